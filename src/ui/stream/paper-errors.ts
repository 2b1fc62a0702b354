import type { StreamPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import { text } from '../../engine/kit/text.ts';
import { studentT975 } from '../../scenario/collate.ts';
import { filled } from './stream-scores.ts';
import { streamWords as words } from './words.ts';

/** Relative error of one bucket, each second from its own answers. */
export interface BucketError {
  readonly bucket: string;
  /** True share over all seconds. */
  readonly share: number;
  readonly score: Score;
}

/** What the paper's setting gives on this data. */
export interface PaperMeasure {
  readonly owners: number;
  readonly seconds: number;
  readonly answersPerSecond: number;
  readonly epsilonPerAnswer: number;
  readonly common: BucketError;
  /** The bucket whose true share is nearest 5 %; absent when that is the common one. */
  readonly rare?: BucketError;
  /** Expected error of an answer of 80 %, the share the paper reckons with; absent for streams without coins. */
  readonly expected?: Score;
}

const rareShare = 0.05;
const paperShare = 0.8;
/** Mean of |X| over its standard deviation for a normal X: sqrt(2 / pi). */
const halfNormal = 0.7978845608028654;

/** From the frames of a stream (running shares), the error of every second apart. @returns undefined without frames. */
export function paperMeasure(frames: readonly StreamPicture[]): PaperMeasure | undefined {
  const last = frames.at(-1);
  if (last === undefined) return undefined;
  const shares = [...last.truth];
  const common = indexOfLeast(shares.map((share) => -share));
  const rare = indexOfLeast(
    shares.map((share) => (share > 0 ? Math.abs(share - rareShare) : Number.POSITIVE_INFINITY)),
  );
  const answers = last.epochs.reduce((sum, point) => sum + point.answers, 0);
  return {
    owners: last.owners,
    seconds: frames.length,
    answersPerSecond: answers / frames.length,
    epsilonPerAnswer: last.epsilonPerAnswer,
    common: bucketError(frames, common, words.paperCommon),
    ...(rare === common ? {} : { rare: bucketError(frames, rare, words.paperRare) }),
    ...(last.coins === undefined ? {} : { expected: expectedScore(last.coins, answers / frames.length) }),
  };
}

/** Two coins, `n` answers: the variance of the estimated count over n is (f P(1 - P) + (1 - f) Q(1 - Q)) / p^2. */
export function expectedError(p: number, q: number, share: number, n: number): number {
  const [yes, no] = [p + (1 - p) * q, (1 - p) * q];
  const spread = share * yes * (1 - yes) + (1 - share) * no * (1 - no);
  return (halfNormal * Math.sqrt(spread / n)) / (p * share);
}

function expectedScore({ truth, yes }: NonNullable<StreamPicture['coins']>, n: number): Score {
  return {
    id: 'stream/expected-error/80',
    label: words.paperExpected,
    value: 100 * expectedError(truth.probability, yes.probability, paperShare, n),
    unit: '%',
    direction: 'lower-is-better',
    meaning: 'utility',
    provenance: 'modelled',
    method: filled(words.paperExpectedMethod, { n: Math.round(n) }),
  };
}

function indexOfLeast(values: readonly number[]): number {
  let at = 0;
  for (let i = 1; i < values.length; i += 1) if ((values[i] as number) < (values[at] as number)) at = i;
  return at;
}

function bucketError(frames: readonly StreamPicture[], b: number, label: typeof words.paperCommon): BucketError {
  const errors = relativeErrors(frames, b);
  const n = errors.length;
  const mean = errors.reduce((sum, error) => sum + error, 0) / n;
  const variance = errors.reduce((sum, error) => sum + (error - mean) * (error - mean), 0) / Math.max(1, n - 1);
  const half = n > 1 ? studentT975(n - 1) * Math.sqrt(variance / n) : 0;
  const last = frames.at(-1) as StreamPicture;
  const bucket = last.buckets[b] ?? '';
  const share = last.truth[b] ?? 0;
  const percent = (share * 100).toFixed(1);
  return {
    bucket,
    share,
    score: {
      id: `stream/relative-error-per-second/${bucket}`,
      label: {
        en: filled(label, { bucket, share: `${percent} %` }).en,
        es: filled(label, { bucket, share: `${percent.replace('.', ',')} %` }).es ?? '',
      },
      value: mean * 100,
      unit: '%',
      direction: 'lower-is-better',
      meaning: 'utility',
      provenance: 'measured',
      of: 'sample',
      n,
      ...(n > 1
        ? { interval: { low: (mean - half) * 100, high: (mean + half) * 100, level: 0.95, kind: 'repeats' } }
        : {}),
      method: filled(words.paperMethod, { n }),
      source: text('Joy, McGoldrick, Gerla, Fig. 4').en,
    },
  };
}

/** |estimated - true| / true count of a bucket, for each frame's own answers; seconds without a true one are left out. */
export function relativeErrors(frames: readonly StreamPicture[], bucket: number): readonly number[] {
  const errors: number[] = [];
  let before = { truth: 0, estimate: 0 };
  for (const [at, frame] of frames.entries()) {
    const answers = frame.epochs.slice(0, at + 1).reduce((sum, point) => sum + point.answers, 0);
    const now = {
      truth: (frame.truth[bucket] as number) * answers,
      estimate: (frame.estimate[bucket] as number) * answers,
    };
    const truth = now.truth - before.truth;
    if (truth > 0.5) errors.push(Math.abs(now.estimate - before.estimate - truth) / truth);
    before = now;
  }
  return errors;
}
