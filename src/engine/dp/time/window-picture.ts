import type { SeriesPicture } from '../../kit/picture.ts';
import { text } from '../../kit/text.ts';
import type { Steps } from './steps.ts';
import { type StepOutcome, sumHalfWidth } from './w-event-stream.ts';

interface Drawn {
  readonly steps: Steps;
  readonly cells: number;
  /** Step by step, cells within. */
  readonly truth: Float64Array;
  readonly unit: string;
}

/** The stream so far, cells added up: what was published, whether it was fresh, and what each window has spent. */
export function seriesPicture(
  { steps, cells, truth, unit }: Drawn,
  { window, epsilon }: { readonly window: number; readonly epsilon: number },
  outcomes: readonly StepOutcome[],
): SeriesPicture {
  const n = steps.levels.length;
  const released = new Float64Array(n);
  const halfWidth95 = new Float64Array(n);
  const fresh = new Uint8Array(n);
  const spent = new Float64Array(n);
  const widths = new Map<number, number>();
  outcomes.forEach((outcome, i) => {
    released[i] = sum(outcome.released, 0, cells) + 0;
    fresh[i] = outcome.isFresh ? 1 : 0;
    if (outcome.isFresh) {
      const width = widths.get(outcome.scale) ?? sumHalfWidth(cells, outcome.scale);
      widths.set(outcome.scale, width);
      halfWidth95[i] = width;
    }
    for (let j = Math.max(0, i - window + 1); j <= i; j += 1) {
      spent[i] = (spent[i] as number) + (outcomes[j] as StepOutcome).spent;
    }
  });
  return {
    view: 'series',
    id: 'stream',
    label: text('Counts by step', 'Conteos por paso'),
    unit,
    stepUnit: steps.unit,
    steps: steps.levels,
    done: outcomes.length,
    truth: released.map((_, i) => (i < outcomes.length ? sum(truth, i * cells, (i + 1) * cells) : 0)),
    released,
    halfWidth95,
    fresh,
    spent: { window, epsilon: spent, limit: epsilon },
  };
}

function sum(values: ArrayLike<number>, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i += 1) total += values[i] as number;
  return total;
}
