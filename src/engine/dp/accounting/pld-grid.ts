import { exp, expm1 } from '../../kit/portable-math.ts';
import type { Pair, Tails } from './pld-pairs.ts';

/**
 * A pair put on a grid of losses, so that whatever is composed of the grid's masses bounds what is composed of the pair.
 * Upper: connect the dots (Doroshenko, Ghazi, Kamath, Kumar, Manurangsi, 2022): every loss is split between the two dots
 * around it so that P and Q keep their mass; the profile becomes its chords in e^epsilon. Lower: losses half a cell
 * around a dot are merged, which only forgets; merging gives the tangents at the cells' middles, and the largest convex
 * chain below them with its corners on dots is the profile. Both err by the square of the cell's width.
 */

/** P masses at losses `origin + (first + i) * width`. */
export interface GridLaw {
  readonly origin: number;
  readonly first: number;
  readonly masses: Float64Array;
  readonly infinity: number;
  /** Error of one release's mean loss from rounding, units of loss: added to epsilon. */
  readonly slack: number;
}

/** A dot this close (in cells) to an atom is its place. */
const SNAP = 1e-9;
/** Above this loss e^loss no longer multiplies a Q mass without overflow; losses are then rounded instead. */
const LARGE = 600;
const ROUNDING = 8.881784197001252e-16;

interface Cells {
  /** Masses of cells (edge i, edge i + 1]. */
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly belowP: number;
  readonly aboveP: number;
  readonly aboveQ: number;
  /** Sum over edges of the lighter of the two masses beside it. */
  readonly light: number;
}

/** Least and largest dot; P leaves at most `share` on either side of them (all of it where the support ends). */
function range(pair: Pair, width: number, origin: number, share: number): readonly [number, number] {
  const out: Tails = { p: 0, q: 0, upper: false };
  const outside = (loss: number, above: boolean): number => {
    if (!pair.tails) return 0;
    pair.tails(loss, out);
    return out.upper === above ? out.p : pair.rest - out.p;
  };
  let low = pair.low;
  let high = pair.high;
  const start = Math.sqrt(pair.square) + width;
  const reach = (above: boolean): number => {
    const sign = above ? 1 : -1;
    let near = 0;
    let far = start;
    while (outside(sign * far, above) > share && far < 1e12) {
      near = far;
      far *= 2;
    }
    for (let i = 0; i < 12; i += 1) {
      const middle = (near + far) / 2;
      if (outside(sign * middle, above) > share) near = middle;
      else far = middle;
    }
    return sign * far;
  };
  if (pair.tails) {
    high = Math.min(high, Math.max(reach(true), pair.atoms.at(-1)?.loss ?? Number.NEGATIVE_INFINITY));
    low = Math.max(low, Math.min(reach(false), pair.atoms[0]?.loss ?? Number.POSITIVE_INFINITY));
  } else {
    [low, high] = atomRange(pair, share);
  }
  const first = Math.floor((low - origin) / width + SNAP * 10);
  const last = Math.ceil((high - origin) / width - SNAP * 10);
  return [first, Math.max(first + 1, last)];
}

function atomRange(pair: Pair, share: number): readonly [number, number] {
  let from = 0;
  let to = pair.atoms.length - 1;
  for (let sum = 0; from < to; from += 1) {
    sum += pair.atoms[from]?.mass ?? 0;
    if (sum > share) break;
  }
  for (let sum = 0; to > from; to -= 1) {
    sum += pair.atoms[to]?.mass ?? 0;
    if (sum > share) break;
  }
  return [pair.atoms[from]?.loss ?? 0, pair.atoms[to]?.loss ?? 0];
}

/** How many dots the pair needs at that width. */
export function dotCount(pair: Pair, width: number, share: number): number {
  const [first, last] = range(pair, width, 0, share);
  return last - first + 1;
}

/** Masses between edges `from + i * width`; `from` and `count` in units of loss and cells. */
function cells(pair: Pair, from: number, width: number, count: number): Cells {
  const p = new Float64Array(count);
  const q = new Float64Array(count);
  if (!pair.tails) return { p, q, belowP: 0, aboveP: 0, aboveQ: 0, light: 0 };
  const { rest, restQ, tails } = pair;
  const out: Tails = { p: 0, q: 0, upper: false };
  tails(from, out);
  const belowP = out.upper ? rest - out.p : out.p;
  if (pair.fill?.(from, width, p, q)) {
    tails(from + count * width, out);
    const aboveP = out.upper ? out.p : rest - out.p;
    const aboveQ = out.upper ? out.q : restQ - out.q;
    // Relative errors of 64 units in the last place, of masses that move by a cell: as light as 32 edges of weight 1.
    return { p, q, belowP, aboveP: Math.max(0, aboveP), aboveQ: Math.max(0, aboveQ), light: 32 };
  }
  let [lastP, lastQ, lastUpper] = [out.p, out.q, out.upper];
  let light = 0;
  for (let i = 0; i < count; i += 1) {
    tails(from + (i + 1) * width, out);
    if (out.upper === lastUpper) {
      p[i] = out.upper ? lastP - out.p : out.p - lastP;
      q[i] = out.upper ? lastQ - out.q : out.q - lastQ;
    } else {
      p[i] = rest - lastP - out.p;
      q[i] = restQ - lastQ - out.q;
    }
    light += out.p;
    lastP = out.p;
    lastQ = out.q;
    lastUpper = out.upper;
  }
  const aboveP = out.upper ? out.p : rest - out.p;
  const aboveQ = out.upper ? out.q : restQ - out.q;
  return { p, q, belowP, aboveP: Math.max(0, aboveP), aboveQ: Math.max(0, aboveQ), light };
}

/** Connect the dots. `share`: mass under P that may be called infinite loss. */
export function upperGrid(pair: Pair, width: number, origin: number, share: number): GridLaw {
  const [first, last] = range(pair, width, origin, share);
  const masses = new Float64Array(last - first + 1);
  const { p, q, belowP, aboveP, light } = cells(pair, origin + first * width, width, last - first);
  const chord = -expm1(-width);
  const factors = powers(width);
  for (let i = 0; i < p.length; i += 1) {
    const mass = p[i] as number;
    if (!(mass > 0)) continue;
    const loss = origin + (first + i) * width;
    const right = loss > LARGE ? mass : (mass - factors(loss, i) * (q[i] as number)) / chord;
    const high = Math.min(mass, Math.max(0, right));
    masses[i + 1] = (masses[i + 1] as number) + high;
    masses[i] = (masses[i] as number) + (mass - high);
  }
  masses[0] = (masses[0] as number) + Math.max(0, belowP);
  let infinity = pair.infinity + aboveP;
  let moved = 0;
  for (const atom of pair.atoms) {
    const place = (atom.loss - origin) / width - first;
    const near = Math.round(place);
    if (Math.abs(place - near) < SNAP) {
      moved = Math.max(moved, Math.abs(place - near));
      if (near > last - first) infinity += atom.mass;
      else masses[Math.max(0, near)] = (masses[Math.max(0, near)] as number) + atom.mass;
      continue;
    }
    const left = Math.floor(place);
    if (left + 1 > last - first) infinity += atom.mass;
    else if (left < 0) masses[0] = (masses[0] as number) + atom.mass;
    else {
      // e^-loss stays the same in the mean: right (1 - e^-width) = 1 - e^(left - loss).
      const right = (atom.mass * -expm1((left - place) * width)) / chord;
      masses[left + 1] = (masses[left + 1] as number) + right;
      masses[left] = (masses[left] as number) + atom.mass - right;
    }
  }
  return { origin, first, masses, infinity, slack: ROUNDING * light + moved * width };
}

/** e^loss along a grid, one exponential every 64 dots. */
function powers(width: number): (loss: number, i: number) => number {
  const steps = Float64Array.from({ length: 64 }, (_, k) => exp(k * width));
  let base = 0;
  return (loss, i) => {
    const k = i % 64;
    if (k === 0 || base === 0) base = exp(loss - k * width);
    return base * (steps[k] as number);
  };
}

/** The largest chain below the tangents at the middles of cells around dots. */
export function lowerGrid(pair: Pair, width: number, origin: number, share: number): GridLaw {
  const [first, last] = range(pair, width, origin, share);
  const count = last - first + 1;
  const around = cells(pair, origin + (first - 0.5) * width, width, count);
  const p = around.p;
  /** Q masses times e^(loss of the dot). */
  const q = new Float64Array(count);
  const factors = powers(width);
  let tailP = around.aboveP;
  let tailQ = around.aboveQ;
  for (let i = 0; i < count; i += 1) {
    const loss = origin + (first + i) * width;
    if (loss > LARGE) {
      // Rounded down by a whole cell, which is below wherever the mass lies in its cell.
      const down = Math.max(0, i - 1);
      p[down] = (p[down] as number) + (p[i] as number);
      q[down] = (q[down] as number) + (p[i] as number);
      p[i] = 0;
    } else q[i] = factors(loss, i) * (around.q[i] as number);
  }
  // An atom at the end of the support keeps its dot to itself: merged with what lies just below it would have to step down.
  const end = pair.atoms.at(-1)?.loss;
  const edge = end === undefined || end < pair.high ? count : Math.round((end - origin) / width) - first;
  if (edge > 0 && edge < count) {
    p[edge - 1] = (p[edge - 1] as number) + (p[edge] as number);
    q[edge - 1] = (q[edge - 1] as number) + (q[edge] as number) * exp(-width);
    p[edge] = 0;
    q[edge] = 0;
  }
  let moved = 0;
  for (const atom of pair.atoms) {
    const place = (atom.loss - origin) / width - first;
    const near = Math.round(place);
    const snaps = Math.abs(place - near) < SNAP;
    if (snaps) moved = Math.max(moved, Math.abs(place - near));
    if (near > count - 1) {
      tailP += atom.mass;
      tailQ += atom.mass * exp(-atom.loss);
    } else if (near >= 0) {
      p[near] = (p[near] as number) + atom.mass;
      q[near] = (q[near] as number) + atom.mass * (snaps ? 1 : exp((near - place) * width));
    }
  }
  const slack = ROUNDING * around.light + moved * width;
  for (let top = count - 1, tries = 0; top >= 1 && tries < 64; top -= 1, tries += 1) {
    // Everything from half a cell below the top dot on is one event, counted as the top dot's loss at most.
    const loss = origin + (first + top) * width;
    const scaled = loss > LARGE ? 0 : tailQ * exp(loss);
    const sumP = tailP + (p[top] as number);
    const sumQ = scaled + (q[top] as number);
    if (sumP > 0 && sumP >= sumQ) {
      const masses = chain(p, q, top, sumP, width);
      if (masses) return { origin, first, masses, infinity: pair.infinity, slack };
    }
    tailP = sumP;
    tailQ += (q[top] as number) * exp(-loss);
  }
  return roundedDown(pair, width, origin, [first, last], slack);
}

/** P masses of the chain with corners at dots 0 to `top`, the last holding `topMass`; undefined where it ends below 0. */
function chain(
  p: Float64Array,
  q: Float64Array,
  top: number,
  topMass: number,
  width: number,
): Float64Array | undefined {
  const rise = expm1(width);
  const growth = rise + 1;
  // gap = e^loss Q - P of the cell: positive where its mean loss lies below the dot.
  const gap = (i: number): number => (i >= top ? 0 : (q[i] as number) - (p[i] as number));
  // The topmost corner is known at once, and refusing it here saves a pass over a million dots.
  if (topMass - (growth * Math.max(0, gap(top - 1))) / rise < 0) return undefined;
  const masses = new Float64Array(top + 1);
  let before = 0;
  for (let i = 0; i <= top; i += 1) {
    const here = gap(i);
    const after = Math.min(0, gap(i + 1)) + Math.max(0, here);
    const own = i === top ? topMass : (q[i] as number);
    masses[i] = own + ((i === top ? 0 : after) - growth * before) / rise;
    // Toward the next dot: the slope correction of the cell that ends there.
    before = after;
  }
  return convex(masses, width) ? masses : undefined;
}

/** Removes corners that bend the wrong way (negative mass), keeping P and Q; false where the topmost is one. */
function convex(masses: Float64Array, width: number): boolean {
  const negative: number[] = [];
  for (let i = 0; i < masses.length; i += 1) if ((masses[i] as number) < 0) negative.push(i);
  if (negative.length === 0) return true;
  // By loops: `from` with a function takes as long as all else here on a million dots.
  const before = new Int32Array(masses.length);
  const after = new Int32Array(masses.length);
  for (let i = 0; i < masses.length; i += 1) {
    before[i] = i - 1;
    after[i] = i + 1;
  }
  while (negative.length > 0) {
    const i = negative.pop() as number;
    const mass = masses[i] as number;
    if (!(mass < 0)) continue;
    const left = before[i] as number;
    const right = after[i] as number;
    if (right >= masses.length) return false;
    const share = left < 0 ? 1 : expm1((left - i) * width) / expm1((left - right) * width);
    masses[i] = 0;
    masses[right] = (masses[right] as number) + mass * share;
    before[right] = left;
    if ((masses[right] as number) < 0) negative.push(right);
    if (left < 0) continue;
    masses[left] = (masses[left] as number) + mass * (1 - share);
    after[left] = right;
    if ((masses[left] as number) < 0) negative.push(left);
  }
  return true;
}

/** Every loss moved down to the dot below: looser, but below any law. */
function roundedDown(
  pair: Pair,
  width: number,
  origin: number,
  [first, last]: readonly [number, number],
  slack: number,
): GridLaw {
  const masses = cells(pair, origin + first * width, width, last - first).p;
  for (const atom of pair.atoms) {
    const place = Math.min(masses.length - 1, Math.floor((atom.loss - origin) / width - first + SNAP));
    if (place >= 0) masses[place] = (masses[place] as number) + atom.mass;
  }
  return { origin, first, masses, infinity: pair.infinity, slack };
}
