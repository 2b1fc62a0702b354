import type { StreamPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import { fill } from '../i18n/format.ts';
import type { Text } from '../../engine/kit/text.ts';
import { streamWords as words } from './words.ts';

/** A text with its holes filled in both languages. */
export const filled = (template: Text, vars: Readonly<Record<string, string | number>>): Text => ({
  en: fill(template.en, vars, 'en'),
  es: fill(template.es ?? template.en, vars, 'es'),
});

/** Bucket with the largest share. */
export function topBucket(shares: Float64Array): number {
  let top = 0;
  for (let b = 1; b < shares.length; b += 1) if ((shares[b] as number) > (shares[top] as number)) top = b;
  return top;
}

/** What one answer and all answers of an owner cost. */
export function spendScores(picture: StreamPicture): { readonly each: Score; readonly all: Score } {
  const base = { unit: 'ε', direction: 'lower-is-better', meaning: 'risk', provenance: 'modelled' } as const;
  return {
    each: {
      ...base,
      id: 'stream/epsilon-per-answer',
      label: words.perAnswer,
      value: picture.epsilonPerAnswer,
      method: words.perAnswerMethod,
    },
    all: {
      ...base,
      id: 'stream/epsilon-so-far',
      label: words.soFar,
      value: picture.epsilonSpent,
      method: words.soFarMethod,
    },
  };
}

/** Share of one bucket as estimated, with the noise interval of its coins. */
export function estimateScore(picture: StreamPicture, bucket: number): Score {
  const value = picture.estimate[bucket] ?? Number.NaN;
  const half = picture.halfWidth95[bucket] ?? Number.NaN;
  const name = picture.buckets[bucket] ?? '';
  return {
    id: `stream/estimate/${name}`,
    label: { en: name },
    value,
    unit: 'share',
    direction: 'neutral',
    meaning: 'privacy',
    provenance: 'measured',
    of: 'sample',
    n: picture.epochs.reduce((sum, point) => sum + point.answers, 0),
    interval: { low: value - half, high: value + half, level: 0.95, kind: 'noise' },
    method: words.estimateMethod,
  };
}

export function errorScore(picture: StreamPicture): Score {
  return {
    id: 'stream/mean-error',
    label: words.error,
    value: picture.epochs.at(-1)?.runningError ?? Number.NaN,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    n: picture.buckets.length,
    method: filled(words.errorMethod, { n: picture.buckets.length }),
  };
}

/** How many of the intervals contain the true share. */
export function coveredBuckets({ truth, estimate, halfWidth95 }: StreamPicture): number {
  let inside = 0;
  for (let b = 0; b < truth.length; b += 1) {
    if (Math.abs((truth[b] as number) - (estimate[b] as number)) <= (halfWidth95[b] as number)) inside += 1;
  }
  return inside;
}
