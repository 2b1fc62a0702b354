import stdErf from '@stdlib/math-base-special-erf';

export const erf: (x: number) => number = stdErf;
