import stdErfinv from '@stdlib/math-base-special-erfinv';

/** Inverse of `erf` on (-1, 1). */
export const erfinv: (x: number) => number = stdErfinv;
