/**
 * Transcendental functions with the same bits in every browser. `Math.exp`, `log`, `pow` and their kin differ in the
 * last place between engines, and one such bit changes a digest; the lint bans them in the engine. These are the pure
 * JavaScript ports of FreeBSD's msun and Cephes in @stdlib, 1.6 to 2.3 times slower. `Math.sqrt` is exact everywhere.
 */
import stdAsin from '@stdlib/math-base-special-asin';
import stdAtan2 from '@stdlib/math-base-special-atan2';
import stdBetainc from '@stdlib/math-base-special-betainc';
import stdCos from '@stdlib/math-base-special-cos';
import stdErf from '@stdlib/math-base-special-erf';
import stdErfc from '@stdlib/math-base-special-erfc';
import stdErfinv from '@stdlib/math-base-special-erfinv';
import stdExp from '@stdlib/math-base-special-exp';
import stdExpm1 from '@stdlib/math-base-special-expm1';
import stdGammainc from '@stdlib/math-base-special-gammainc';
import stdGammaln from '@stdlib/math-base-special-gammaln';
import stdLn from '@stdlib/math-base-special-ln';
import stdLog10 from '@stdlib/math-base-special-log10';
import stdLog1p from '@stdlib/math-base-special-log1p';
import stdLog2 from '@stdlib/math-base-special-log2';
import stdPow from '@stdlib/math-base-special-pow';
import stdSin from '@stdlib/math-base-special-sin';
import stdTan from '@stdlib/math-base-special-tan';
import stdTanh from '@stdlib/math-base-special-tanh';

export const exp: (x: number) => number = stdExp;
export const expm1: (x: number) => number = stdExpm1;
/** Natural logarithm. */
export const log: (x: number) => number = stdLn;
export const log1p: (x: number) => number = stdLog1p;
export const log2: (x: number) => number = stdLog2;
export const log10: (x: number) => number = stdLog10;
export const pow: (base: number, exponent: number) => number = stdPow;
export const sin: (x: number) => number = stdSin;
export const cos: (x: number) => number = stdCos;
export const tan: (x: number) => number = stdTan;
export const tanh: (x: number) => number = stdTanh;
export const asin: (x: number) => number = stdAsin;
export const atan2: (y: number, x: number) => number = stdAtan2;
export const erf: (x: number) => number = stdErf;
export const erfc: (x: number) => number = stdErfc;
/** Inverse of `erf` on (-1, 1). */
export const erfinv: (x: number) => number = stdErfinv;
/** Natural logarithm of |gamma(x)|. */
export const gammaln: (x: number) => number = stdGammaln;
/** Regularized lower incomplete beta I_x(a, b). */
export const betainc = (x: number, a: number, b: number): number => stdBetainc(x, a, b);
/** Regularized lower incomplete gamma P(s, x). */
export const gammainc = (x: number, s: number): number => stdGammainc(x, s);
