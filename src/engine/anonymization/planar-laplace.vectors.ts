import { exp, log, log1p } from '../kit/portable-math.ts';
import type { SchemaReader, VectorAdapter } from '../kit/vectors.ts';
import { lambertWMinus1, logExcessInverse, planarLaplaceCdf, planarLaplaceRadius } from './lambert-w.ts';

type Entry = Readonly<Record<string, number>>;

/** The planar Laplace reference: W_-1, quantiles, distribution and density, and quantiles cut at a largest radius. */
const reader: SchemaReader = function* (doc) {
  for (const [name, part] of Object.entries(doc as Readonly<Record<string, unknown>>)) {
    if (!Array.isArray(part)) continue;
    for (const [i, entry] of (part as readonly Entry[]).entries()) {
      const actual = computed(name, entry);
      for (const [key, expected] of Object.entries(entry)) {
        if (INPUTS[name]?.includes(key) === true) continue;
        const id = `${name}[${i}].${key}`;
        if (actual?.[key] === undefined) yield { id, expected, unsupported: true };
        // The file computes with its decimals; near the branch point the nearest double of x is 1e-13 off in W.
        else yield { id, expected, actual: actual[key], tolerance: 1e-12 };
      }
    }
  }
};

const INPUTS: Readonly<Record<string, readonly string[]>> = {
  lambertWm1: ['x'],
  inverseCdf: ['epsilonPerMeter', 'p'],
  cdf: ['epsilonPerMeter', 'radiusMeters'],
  truncatedInverseCdf: ['epsilonPerMeter', 'maxRadiusMeters', 'p'],
};

function computed(name: string, entry: Entry): Entry | undefined {
  const { x = 0, epsilonPerMeter: epsilon = 1, p = 0, radiusMeters = 0, maxRadiusMeters = 0 } = entry;
  switch (name) {
    case 'lambertWm1':
      return { wMinus1: lambertWMinus1(x) };
    case 'inverseCdf':
      return { radiusMeters: logExcessInverse(p < 0.5 ? -log1p(-p) : -log(complement(p))) / epsilon };
    case 'cdf':
      return {
        cdf: planarLaplaceCdf(epsilon * radiusMeters),
        density2d: ((epsilon * epsilon) / (2 * Math.PI)) * exp(-epsilon * radiusMeters),
      };
    case 'truncatedInverseCdf':
      return { radiusMeters: planarLaplaceRadius(p * planarLaplaceCdf(epsilon * maxRadiusMeters)) / epsilon };
    default:
      return undefined;
  }
}

/** 1 - p of the decimal that the file holds: that of its double is off by 1e-11 at p = 0.999999. */
function complement(p: number): number {
  const digits = /^0\.(\d{1,20})$/.exec(String(p))?.[1];
  if (digits === undefined) return 1 - p;
  return Number(`${10n ** BigInt(digits.length) - BigInt(digits)}e-${digits.length}`);
}

export const vectors: VectorAdapter = { schemas: { 'planar-laplace/1': reader } };
