import type { JobResult, Latency } from '../engine/kit/job.ts';
import type { AllocationPicture, Picture } from '../engine/kit/picture.ts';
import type { Score } from '../engine/kit/score.ts';
import { type Text, text } from '../engine/kit/text.ts';
import { taskOf } from './claims.ts';
import type { Claim, Expectation, Source, Test } from './claims.types.ts';

/** What the tasks have brought so far, by task id, and the rows of the dataset they ran on. */
export interface Evidence {
  readonly runs: ReadonlyMap<string, JobResult>;
  readonly latencies: ReadonlyMap<string, readonly Latency[]>;
  readonly rows: number;
}

/** `unclear`: the interval reaches to both sides. `alone`: nothing to hold it against. `missing`: ran, but gave no such figure. */
export type Verdict = 'holds' | 'fails' | 'unclear' | 'alone' | 'cannot' | 'pending' | 'missing';

export interface Finding {
  readonly verdict: Verdict;
  readonly measured?: Score;
}

/** A claim against the evidence. */
export function judge(claim: Claim, evidence: Evidence): Finding {
  if (claim.test === undefined) return { verdict: 'cannot' };
  const found = resolve(claim.test.source, claim.test, evidence);
  if (found === 'pending' || found === 'missing') return { verdict: found };
  return { verdict: verdictOf(found, claim.test.expect), measured: found };
}

/** Whether a value agrees: the whole interval has to lie on one side for a yes or a no. */
export function verdictOf({ value, interval }: Pick<Score, 'value' | 'interval'>, expect: Expectation): Verdict {
  const low = interval?.low ?? value;
  const high = interval?.high ?? value;
  switch (expect.at) {
    case 'alone':
      return 'alone';
    case 'most':
      return high <= expect.value ? 'holds' : low > expect.value ? 'fails' : 'unclear';
    case 'least':
      return low >= expect.value ? 'holds' : high < expect.value ? 'fails' : 'unclear';
    case 'about': {
      const [from, to] = [expect.value - expect.within, expect.value + expect.within];
      if (low >= from && high <= to) return 'holds';
      return high < from || low > to ? 'fails' : 'unclear';
    }
  }
}

type Found = Score | 'pending' | 'missing';

function resolve(source: Source, test: Test, evidence: Evidence): Found {
  if (source.kind === 'change') return changeOf(source, test, evidence);
  if (source.kind === 'latency') {
    const rows = evidence.latencies.get(taskOf(source));
    if (rows === undefined) return 'pending';
    return latencyOf(rows, source.stat, test.measures) ?? 'missing';
  }
  const run = evidence.runs.get(taskOf(source));
  if (run === undefined) return 'pending';
  return readingOf(source, run, test.measures, evidence.rows) ?? 'missing';
}

/** A measured figure that no metric made: same fields, same honesty. */
const reading = (
  id: string,
  label: Text,
  value: number,
  unit: string,
  method: Text,
  more: Partial<Score> = {},
): Score => ({
  id,
  label,
  value,
  unit,
  direction: 'neutral',
  meaning: 'cost',
  provenance: 'measured',
  method,
  ...more,
});

type Plain = Exclude<Source, { readonly kind: 'change' | 'latency' }>;

function readingOf(source: Plain, run: JobResult, method: Text, rows: number): Score | undefined {
  switch (source.kind) {
    case 'score':
      return run.scores.find(({ id }) => id === source.score);
    case 'bytes':
      return reading('claims/bytes', text('bytes sent', 'bytes enviados'), run.cost.bytes, 'bytes', method);
    case 'epsilon': {
      const { guarantee } = run;
      if (guarantee.kind !== 'dp') return undefined;
      return reading('claims/epsilon', text('privacy loss', 'pérdida de privacidad'), guarantee.epsilon, 'ε', method, {
        meaning: 'privacy',
      });
    }
    case 'allocation':
      return allocationOf(run.pictures, method);
    case 'throughput': {
      const ms = run.timings.filter(({ stage }) => protects.has(stage)).reduce((sum, { wallMs }) => sum + wallMs, 0);
      if (!(ms > 0)) return undefined;
      return reading(
        'claims/throughput',
        text('rows a second', 'filas por segundo'),
        Number(((1000 * rows) / ms).toPrecision(2)),
        '/ s',
        method,
        {
          n: 1,
        },
      );
    }
    case 'model-loss':
      return modelLossOf(run.pictures, source.of, method);
    case 'stream-error':
    case 'stream-epsilon':
      return streamOf(run.pictures, source, method);
  }
}

const protects = new Set(['source', 'edge', 'transit', 'curator', 'release']);

function pictureOf<V extends Picture['view']>(
  pictures: readonly Picture[],
  view: V,
): Extract<Picture, { readonly view: V }> | undefined {
  return pictures.find((picture): picture is Extract<Picture, { readonly view: V }> => picture.view === view);
}

/** Budget of the first (high) class over the last (low) one: above 1 the low class carries the stronger noise. */
function allocationOf(pictures: readonly Picture[], method: Text): Score | undefined {
  const ends = endsOf(pictureOf(pictures, 'allocation'));
  if (ends === undefined) return undefined;
  return reading('claims/allocation', text('ε high / ε low', 'ε alta / ε baja'), ends[0] / ends[1], '×', method, {
    meaning: 'privacy',
  });
}

function endsOf(picture: AllocationPicture | undefined): readonly [number, number] | undefined {
  const first = picture?.parts[0]?.epsilon;
  const last = picture?.parts.at(-1)?.epsilon;
  return first === undefined || last === undefined || picture?.parts.length === 1 ? undefined : [first, last];
}

function modelLossOf(pictures: readonly Picture[], of: 'f1' | 'accuracy', method: Text): Score | undefined {
  const picture = pictureOf(pictures, 'rounds');
  const last = picture?.rounds.at(-1);
  if (picture?.central === undefined || last === undefined) return undefined;
  return reading(
    `claims/${of}-loss`,
    of === 'f1' ? text('F1 lost', 'F1 perdido') : text('accuracy lost', 'exactitud perdida'),
    100 * (picture.central[of] - last[of]),
    'points',
    method,
    { meaning: 'utility', direction: 'lower-is-better' },
  );
}

function streamOf(
  pictures: readonly Picture[],
  source: Extract<Plain, { readonly kind: 'stream-error' | 'stream-epsilon' }>,
  method: Text,
): Score | undefined {
  const picture = pictureOf(pictures, 'stream');
  if (picture === undefined) return undefined;
  if (source.kind === 'stream-epsilon') {
    const label = text('privacy loss of one answer', 'pérdida de privacidad de una respuesta');
    return reading('claims/stream-epsilon', label, picture.epsilonPerAnswer, 'ε', method, { meaning: 'privacy' });
  }
  const answers = picture.epochs.reduce((sum, epoch) => sum + epoch.answers, 0);
  let best = 0;
  picture.estimate.forEach((share, at) => {
    if (share > (picture.estimate[best] ?? 0)) best = at;
  });
  const share = picture.estimate[best] ?? 0;
  if (!(share > 0) || answers === 0) return undefined;
  const here = (picture.halfWidth95[best] ?? 0) / share;
  return reading(
    'claims/stream-error',
    text('relative error at a million answers', 'error relativo con un millón de respuestas'),
    here * Math.sqrt(answers / source.answers),
    'share',
    method,
    { meaning: 'utility', direction: 'lower-is-better', provenance: 'modelled', n: answers },
  );
}

function latencyOf(rows: readonly Latency[], stat: 'minMs' | 'avgMs' | 'p95Ms', method: Text): Score | undefined {
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  return reading(`claims/latency/${stat}`, last.label, last[stat], 'ms', method, {
    direction: 'lower-is-better',
    n: last.repeats,
  });
}

/** to / from - 1; the interval joins the far ends of both, so it is wide rather than wrong. */
function changeOf(source: Extract<Source, { readonly kind: 'change' }>, test: Test, evidence: Evidence): Found {
  const from = resolve(source.from, test, evidence);
  const to = resolve(source.to, test, evidence);
  if (from === 'pending' || to === 'pending') return 'pending';
  if (from === 'missing' || to === 'missing' || !(from.value > 0)) return 'missing';
  const high = (to.interval?.high ?? to.value) / (from.interval?.low ?? from.value) - 1;
  const low = (to.interval?.low ?? to.value) / (from.interval?.high ?? from.value) - 1;
  const sampled = from.interval !== undefined || to.interval !== undefined;
  return reading('claims/change', test.measures, to.value / from.value - 1, 'share', test.measures, {
    meaning: to.meaning,
    ...(sampled && Number.isFinite(high) ? { interval: { low, high, level: 0.95, kind: 'sampling' as const } } : {}),
    ...(to.of === undefined ? {} : { of: to.of }),
    ...(to.n === undefined ? {} : { n: to.n }),
  });
}
