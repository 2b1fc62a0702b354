import { Words } from '../rng/words.ts';

/**
 * Proof of a sampler's law without statistics: run on every tape of random words, shortest first. A tape of n words of `bits` bits has
 * probability 2^(-n bits); those on which the sampler ends add up to the mass of what it returned. Those on which it begins anew are
 * left out, since what follows has the law of the whole: masses are given that it does not. All others are unresolved.
 */
export interface Walk {
  readonly mass: ReadonlyMap<number, number>;
  /** Probability of the tapes too short to end on. */
  readonly unresolved: number;
  readonly tapes: number;
}

const TOO_SHORT = { tape: 'too short' };
const ANEW = { tape: 'thrown away' };

/**
 * Walks until the unresolved mass is at most `until`.
 * @throws Error for a sampler that needs more than `most` tapes.
 */
export function walkTapes(bits: number, run: (words: Words) => number, until = 1 / 1048576, most = 2_000_000): Walk {
  const mass = new Map<number, number>();
  const choices = 1 << bits;
  // A tape of up to 52 bits, written as a number.
  let frontier = new Float64Array(1);
  let [kept, tapes, weight] = [0, 0, 1];
  for (let length = 1; ; length += 1) {
    const open: number[] = [];
    weight /= choices;
    for (const prefix of frontier) {
      for (let word = 0; word < choices; word += 1) {
        const tape = prefix * choices + word;
        const value = endOn(new Tape(bits, unpacked(tape, length, choices)), run);
        if (value === TOO_SHORT) open.push(tape);
        else if (typeof value === 'number') {
          mass.set(value, (mass.get(value) ?? 0) + weight);
          kept += weight;
        }
      }
    }
    tapes += frontier.length * choices;
    frontier = Float64Array.from(open);
    const unresolved = open.length * weight;
    if (unresolved <= until * (kept + unresolved)) {
      for (const [x, m] of mass) mass.set(x, m / (kept + unresolved));
      return { mass, unresolved: unresolved / (kept + unresolved), tapes };
    }
    if (tapes > most || (length + 1) * bits > 52) {
      throw new Error(`${unresolved} of the mass unresolved after ${tapes} tapes`);
    }
  }
}

class Tape extends Words {
  constructor(bits: number, tape: Uint32Array) {
    let read = false;
    super(bits, () => {
      if (read) throw TOO_SHORT;
      read = true;
      return tape;
    });
  }

  override restart(): void {
    throw ANEW;
  }
}

function unpacked(tape: number, length: number, choices: number): Uint32Array {
  const words = new Uint32Array(length);
  let rest = tape;
  for (let i = length - 1; i >= 0; i -= 1) {
    words[i] = rest % choices;
    rest = Math.floor(rest / choices);
  }
  return words;
}

function endOn(tape: Tape, run: (words: Words) => number): number | object {
  try {
    return run(tape);
  } catch (thrown) {
    if (thrown === TOO_SHORT || thrown === ANEW) return thrown as object;
    throw thrown;
  }
}

/**
 * How far a walked sampler is from the stated masses, in units of what the walk left open: at most 1 for an exact sampler. 1e-13 of slack
 * for the doubles that the masses are given in. `pmf(x)` is asked at every x of the support listed, which must hold all that was drawn.
 */
export function deviation(walk: Walk, support: readonly number[], pmf: (x: number) => number): number {
  const known = new Set(support);
  for (const x of walk.mass.keys()) if (!known.has(x) || Object.is(x, -0)) return Infinity;
  const allowed = walk.unresolved + 1e-13;
  let worst = 0;
  for (const x of support) {
    const gap = pmf(x) - (walk.mass.get(x) ?? 0);
    // Walked mass can only be missing, never too much.
    worst = Math.max(worst, gap < -1e-13 ? Infinity : gap / allowed);
  }
  return worst;
}
