/** What colluders infer of the one remaining input from the opened sum: the sum less their own inputs. */
export const remainder = (openedSum: number, colluders: readonly number[]): number =>
  colluders.reduce((rest, own) => rest - own, openedSum);
