import type { Comparison } from '../src/engine/kit/vectors.ts';

/** Relative tolerance where a row states none. */
export const defaultTolerance = 1e-9;

/** How two values compare: rule, tolerance, and the direction of a bound. */
export interface Rule {
  readonly compare: Comparison;
  readonly tolerance?: number | null;
  readonly direction?: string;
}

/** Whether a computed value satisfies a row, by the rule of its family (kit/vectors.ts). */
export function agrees(actual: unknown, expected: unknown, rule: Rule): boolean {
  const found = plain(actual);
  const wanted = plain(expected);
  if (rule.direction === 'report') return true;
  const tolerance = rule.tolerance ?? defaultTolerance;
  const scale = largest(wanted);
  return same(found, wanted, (x, v) => within(x, v, tolerance, scale, rule));
}

function within(x: number, v: number, t: number, scale: number, rule: Rule): boolean {
  if (Number.isNaN(x) || Number.isNaN(v)) return Number.isNaN(x) && Number.isNaN(v);
  const slack = t * Math.abs(v);
  switch (rule.direction) {
    case 'lower-bound':
      return x >= v - slack;
    case 'upper-bound':
    case 'max':
      return x <= v + slack;
    default:
  }
  if (x === v) return true;
  if (!Number.isFinite(x) || !Number.isFinite(v) || t === 0) return false;
  const off = Math.abs(x - v);
  switch (rule.compare) {
    case 'each-relative':
      return off <= t * Math.max(1, Math.abs(v));
    case 'max-abs-over-vector':
      // A true zero in doubles may be a few ulps of its terms away.
      return off <= (scale === 0 ? Math.max(t, 1e-12) : t * scale);
    case 'relative':
      return off <= (v === 0 ? t : slack);
  }
}

/** Structure first: same nesting, every expected key; strings and booleans exactly; numbers by `near`. */
function same(found: unknown, wanted: unknown, near: (x: number, v: number) => boolean): boolean {
  if (typeof wanted === 'number') return typeof found === 'number' && near(found, wanted);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((entry, at) => same(found[at], entry, near))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return false;
    const has = new Map(Object.entries(found));
    return Object.entries(wanted).every(([key, entry]) => has.has(key) && same(has.get(key), entry, near));
  }
  return found === wanted;
}

function largest(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.abs(value) : 0;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((most: number, entry: unknown) => Math.max(most, largest(entry)), 0);
}

/** Engine values as JSON has them: typed arrays as arrays, big integers as decimal text, maps as objects; "inf" as infinity. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value === 'inf') return Infinity;
  if (value === '-inf') return -Infinity;
  if (value instanceof Map) return plain(Object.fromEntries(value));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number | bigint>, plain);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
  }
  return value;
}

const longest = 400;

/** One-line rendering; long values are cut, and say so. */
export function show(value: unknown): string {
  const text = render(plain(value));
  return text.length > longest ? `${text.slice(0, longest)}...(${text.length} characters)` : text;
}

function render(value: unknown): string {
  if (value === undefined) return '-';
  if (typeof value === 'number' && !Number.isFinite(value))
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (Array.isArray(value)) return `[${value.map(render).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, entry]) => `${JSON.stringify(key)}:${render(entry)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}
