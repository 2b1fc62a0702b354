/**
 * Risks that follow from class sizes alone (El Emam, Guide to the De-Identification of Personal Health Information,
 * 2013, chapters 16-18). A class of size s lets a right guess succeed with probability 1/s.
 */
export interface ClassRisks {
  readonly rows: number;
  readonly classes: number;
  /** 1 / smallest class. */
  readonly highest: number;
  /** 1 / largest class. */
  readonly lowest: number;
  /** Mean over rows of 1 / class size = classes / rows; also the marketer's expected share of right matches. */
  readonly average: number;
  /** Share of rows with 1 / class size above the threshold. */
  readonly atRisk: number;
  /** Share of rows alone in their class. */
  readonly unique: number;
  /** Share of the rows at the lowest and at the highest risk. */
  readonly shareLowest: number;
  readonly shareHighest: number;
}

/** @param threshold largest acceptable probability of a right guess, say 0.2 for classes of 5 */
export function classRisks(sizes: Uint32Array, threshold: number): ClassRisks {
  let rows = 0;
  let classes = 0;
  let least = Infinity;
  let most = 0;
  let above = 0;
  let unique = 0;
  for (let c = 0; c < sizes.length; c += 1) {
    const size = sizes[c] as number;
    if (size === 0) continue;
    classes += 1;
    rows += size;
    if (size < least) least = size;
    if (size > most) most = size;
    if (1 / size > threshold) above += size;
    if (size === 1) unique += 1;
  }
  if (rows === 0) {
    const none = { highest: 0, lowest: 0, average: 0, atRisk: 0, unique: 0, shareLowest: 0, shareHighest: 0 };
    return { rows, classes, ...none };
  }
  let rowsLeast = 0;
  let rowsMost = 0;
  for (let c = 0; c < sizes.length; c += 1) {
    if (sizes[c] === least) rowsLeast += least;
    if (sizes[c] === most) rowsMost += most;
  }
  return {
    rows,
    classes,
    highest: 1 / least,
    lowest: 1 / most,
    average: classes / rows,
    atRisk: above / rows,
    unique: unique / rows,
    shareLowest: rowsMost / rows,
    shareHighest: rowsLeast / rows,
  };
}

/** Risks when the adversary does not know who is in the table: `population[c]` people share class c. */
export interface JournalistRisks {
  readonly highest: number;
  readonly lowest: number;
  /** max(classes / people in them, mean over rows of 1 / people in the class). */
  readonly success: number;
  /** Share of rows with 1 / people in the class above the threshold. */
  readonly atRisk: number;
  /** Mean over rows of 1 / people in the class. */
  readonly marketer: number;
}

export function journalistRisks(sizes: Uint32Array, population: ArrayLike<number>, threshold: number): JournalistRisks {
  let rows = 0;
  let classes = 0;
  let people = 0;
  let least = Infinity;
  let most = 0;
  let weighted = 0;
  let above = 0;
  for (let c = 0; c < sizes.length; c += 1) {
    const size = sizes[c] as number;
    if (size === 0) continue;
    const here = population[c] as number;
    rows += size;
    classes += 1;
    people += here;
    if (here < least) least = here;
    if (here > most) most = here;
    weighted += size / here;
    if (1 / here > threshold) above += size;
  }
  if (rows === 0) return { highest: 0, lowest: 0, success: 0, atRisk: 0, marketer: 0 };
  const marketer = weighted / rows;
  return {
    highest: 1 / least,
    lowest: 1 / most,
    success: Math.max(classes / people, marketer),
    atRisk: above / rows,
    marketer,
  };
}
