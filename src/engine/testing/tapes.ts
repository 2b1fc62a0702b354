import { Words } from '../rng/words.ts';

/**
 * Proof of a sampler's law without statistics: run on every tape of random words, shortest first. A tape of n words of `bits` bits has
 * probability 2^(-n bits); those on which the sampler ends add up to the mass of what it returned, the others are unresolved.
 */
export interface Walk {
  readonly mass: ReadonlyMap<number, number>;
  /** Probability of the tapes too short to end on. */
  readonly unresolved: number;
  readonly tapes: number;
}

const ENDED = { ended: true };

/**
 * Walks until the unresolved mass is at most `until`, or `most` tapes were run. Tapes are numbers below 2^52, so n bits <= 52.
 */
export function walkTapes(bits: number, run: (words: Words) => number, until = 1 / 1048576, most = 4_000_000): Walk {
  const mass = new Map<number, number>();
  const choices = 1 << bits;
  const tape = new Float64Array(52);
  let frontier = new Float64Array(1);
  let weight = 1;
  let tapes = 0;
  for (let length = 0; ; length += 1) {
    const unresolved = frontier.length * weight;
    const next = frontier.length * choices;
    if (unresolved <= until || tapes + next > most || (length + 1) * bits > 52) return { mass, unresolved, tapes };
    const open: number[] = [];
    weight /= choices;
    for (const prefix of frontier) {
      for (let word = 0; word < choices; word += 1) {
        const name = prefix * choices + word;
        unpack(name, length + 1, choices, tape);
        const value = endOn(bits, tape, length + 1, run);
        if (value === undefined) open.push(name);
        else mass.set(value, (mass.get(value) ?? 0) + weight);
      }
    }
    tapes += next;
    frontier = Float64Array.from(open);
  }
}

function unpack(name: number, length: number, choices: number, tape: Float64Array): void {
  let rest = name;
  for (let i = length - 1; i >= 0; i -= 1) {
    tape[i] = rest % choices;
    rest = Math.floor(rest / choices);
  }
}

/** What the sampler returns on exactly this tape; undefined if it asks for more. */
function endOn(bits: number, tape: Float64Array, length: number, run: (words: Words) => number): number | undefined {
  const block = new Uint32Array(1);
  let at = 0;
  const words = new Words(bits, () => {
    if (at === length) throw ENDED;
    block[0] = tape[at] as number;
    at += 1;
    return block;
  });
  try {
    return run(words);
  } catch (thrown) {
    if (thrown === ENDED) return undefined;
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
