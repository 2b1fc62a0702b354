import { useMemo } from 'react';
import type { Text } from '../../../engine/kit/text.ts';
import { lawsOf } from '../../../engine/kit/laws-of-events.ts';
import { noiseScale } from '../../../engine/kit/preview.ts';
import { type CountedLaw, withNoiseTimes } from '../../../engine/kit/loss-law.ts';
import type { Epsilon } from '../use-epsilon.ts';

/** The laws of the release: as computed, and as they are on the slider's way. */
export interface Laws {
  /** Of the newest finished release, and the epsilon it was made with. */
  readonly settled: readonly CountedLaw[];
  readonly epsilon: number;
  /** The same with all noise scaled to the slider's epsilon. */
  readonly live: readonly CountedLaw[];
}

/** @returns the laws, why there are none, or undefined while nothing is released yet. */
export function useLaws(page: Epsilon): Laws | Text | undefined {
  const { result, epsilon, bank } = page;
  const settled = useMemo(() => (result === undefined ? undefined : lawsOf(result.events)), [result]);
  const made = result?.guarantee.kind === 'dp' ? result.guarantee.epsilon : undefined;
  return useMemo(() => {
    if (settled === undefined) return undefined;
    if (settled.status !== 'ok') return settled.why;
    const from = made ?? epsilon;
    const factor = bank?.param === 'epsilon' ? noiseScale(bank, epsilon) / noiseScale(bank, from) : from / epsilon;
    const live =
      Math.abs(factor - 1) < 1e-9
        ? settled.laws
        : settled.laws.map(({ law, count }) => ({ law: withNoiseTimes(law, factor), count }));
    return { settled: settled.laws, epsilon: from, live };
  }, [settled, made, epsilon, bank]);
}
