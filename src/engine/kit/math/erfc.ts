import stdErfc from '@stdlib/math-base-special-erfc';

export const erfc: (x: number) => number = stdErfc;
