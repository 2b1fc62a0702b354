import stdTanh from '@stdlib/math-base-special-tanh';

export const tanh: (x: number) => number = stdTanh;
