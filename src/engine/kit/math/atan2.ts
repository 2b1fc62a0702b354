import stdAtan2 from '@stdlib/math-base-special-atan2';

export const atan2: (y: number, x: number) => number = stdAtan2;
