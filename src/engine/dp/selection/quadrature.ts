import { cos } from '../../kit/portable-math.ts';

/** Nodes and weights of a quadrature rule: integral of f = sum of weights[i] f(nodes[i]). */
export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Points of one panel: exact for polynomials of degree 47, and to the last digits for exp(-20 x) over its panel. */
const POINTS = 24;
/** Panels grow by this factor away from a knot, where integrands have their layers. */
const GROWTH = 1.3;

/** Gauss-Legendre rule on [0, 1] (Newton's method on the Legendre recurrence). */
function legendreRule(points: number): Rule {
  const nodes = new Float64Array(points);
  const weights = new Float64Array(points);
  for (let i = 0; i < points; i += 1) {
    let x = cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 1;
    for (let round = 0; round < 100; round += 1) {
      let before = 1;
      let value = x;
      for (let n = 2; n <= points; n += 1) {
        const next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
        before = value;
        value = next;
      }
      slope = (points * (x * value - before)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    nodes[points - 1 - i] = (1 + x) / 2;
    weights[points - 1 - i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

const unit = /* @__PURE__ */ legendreRule(POINTS);

/** Rule over consecutive panels `edges[0]..edges[1]..`, each with the same points. */
export function panelRule(edges: readonly number[]): Rule {
  const panels = Math.max(0, edges.length - 1);
  const nodes = new Float64Array(panels * POINTS);
  const weights = new Float64Array(panels * POINTS);
  for (let k = 0; k < panels; k += 1) {
    const low = edges[k] as number;
    const width = (edges[k + 1] as number) - low;
    for (let i = 0; i < POINTS; i += 1) {
      nodes[k * POINTS + i] = low + width * (unit.nodes[i] as number);
      weights[k * POINTS + i] = width * (unit.weights[i] as number);
    }
  }
  return { nodes, weights };
}

/**
 * Rule for an integrand over the whole line that is smooth between `knots` (ascending, distinct), changes near a knot within
 * lengths of about `finest`, and is negligible further than `tail` beyond the outer ones: panels of `finest` at each knot, growing away from it.
 */
export function knotRule(knots: readonly number[], finest: number, tail: number): Rule {
  const first = knots[0] as number;
  const last = knots[knots.length - 1] as number;
  const edges = layers(tail, finest)
    .map((d) => first - d)
    .reverse();
  edges.push(first);
  for (let k = 1; k < knots.length; k += 1) {
    const low = knots[k - 1] as number;
    const high = knots[k] as number;
    const half = layers((high - low) / 2, finest);
    for (const d of half) edges.push(low + d);
    for (const d of half.slice(0, -1).reverse()) edges.push(high - d);
    edges.push(high);
  }
  for (const d of layers(tail, finest)) edges.push(last + d);
  return panelRule(edges);
}

/** Distances from a knot at which panels end, the last of them `length`. */
function layers(length: number, finest: number): number[] {
  const ends: number[] = [];
  for (let d = finest; d < length; d = Math.max(d + finest, d * GROWTH)) ends.push(d);
  ends.push(length);
  return ends;
}
