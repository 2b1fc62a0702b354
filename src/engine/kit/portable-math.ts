/**
 * Transcendental functions with the same bits in every browser. `Math.exp`, `log`, `pow` and their kin differ in the
 * last place between engines, and one such bit changes a digest; the lint bans them in the engine. These are the pure
 * JavaScript ports of FreeBSD's msun and Cephes in @stdlib, 1.6 to 2.3 times slower. `Math.sqrt` is exact everywhere.
 *
 * One function a file: the bundler then gives each worker chunk only the functions it uses (all together are 70 kB).
 */
export { exp } from './math/exp.ts';
export { expm1 } from './math/expm1.ts';
export { log } from './math/log.ts';
export { log1p } from './math/log1p.ts';
export { log2 } from './math/log2.ts';
export { log10 } from './math/log10.ts';
export { pow } from './math/pow.ts';
export { sin } from './math/sin.ts';
export { cos } from './math/cos.ts';
export { tan } from './math/tan.ts';
export { tanh } from './math/tanh.ts';
export { asin } from './math/asin.ts';
export { atan2 } from './math/atan2.ts';
export { erf } from './math/erf.ts';
export { erfc } from './math/erfc.ts';
export { erfinv } from './math/erfinv.ts';
export { gammaln } from './math/gammaln.ts';
export { betainc, betaincUpper } from './math/betainc.ts';
export { gammainc } from './math/gammainc.ts';
