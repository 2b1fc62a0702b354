import type { SeriesPicture } from '../../engine/kit/picture.ts';

export interface SeriesFigures {
  readonly done: number;
  /** Answers with a band, and those whose band holds the truth. */
  readonly banded: number;
  readonly inside: number;
  readonly fresh: number;
  /** Root mean squared error of the answers so far. */
  readonly error: number;
}

/** Measured on the steps so far of one series. */
export function seriesFigures({ done, truth, released, halfWidth95, fresh }: SeriesPicture): SeriesFigures {
  let [banded, inside, anew, squares] = [0, 0, 0, 0];
  for (let i = 0; i < done; i += 1) {
    const off = (released[i] as number) - (truth[i] as number);
    const half = halfWidth95[i] as number;
    squares += off * off;
    if (half > 0) {
      banded += 1;
      if (Math.abs(off) <= half) inside += 1;
    }
    if (fresh === undefined || fresh[i] === 1) anew += 1;
  }
  return { done, banded, inside, fresh: anew, error: done === 0 ? 0 : Math.sqrt(squares / done) };
}
