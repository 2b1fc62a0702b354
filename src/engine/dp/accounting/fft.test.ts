import { describe, expect, it } from 'vitest';
import { seededRng } from '../../rng/rng.ts';
import { realSequence, realSpectrum } from './fft.ts';

/** The reference: the definition, term by term, at frequency bit-reverse(p). */
function byDefinition(values: Float64Array): { re: number[]; im: number[] } {
  const size = values.length / 2;
  const bits = Math.log2(size);
  const re: number[] = [];
  const im: number[] = [];
  for (let p = 0; p < size; p += 1) {
    let frequency = 0;
    for (let b = 0; b < bits; b += 1) frequency |= ((p >> b) & 1) << (bits - 1 - b);
    let x = 0;
    let y = 0;
    values.forEach((value, j) => {
      const angle = (-2 * Math.PI * ((frequency * j) % values.length)) / values.length;
      x += value * Math.cos(angle);
      y += value * Math.sin(angle);
    });
    re.push(x);
    im.push(y);
  }
  im[0] = values.reduce((sum, value, j) => sum + (j % 2 === 0 ? value : -value), 0);
  return { re, im };
}

const random = (size: number): Float64Array => {
  const rng = seededRng(`fft/${size}`);
  return Float64Array.from({ length: size }, () => rng.uniform() - 0.3);
};

describe('real Fourier transform', () => {
  for (const size of [4, 8, 16, 32, 128, 512, 1024]) {
    it(`agrees with the definition at length ${size}`, () => {
      const values = random(size);
      const expected = byDefinition(values);
      const { re, im } = realSpectrum(values);
      for (let p = 0; p < size / 2; p += 1) {
        // Both sides err by a few units in the last place of the largest term.
        expect(Math.abs((re[p] as number) - (expected.re[p] as number))).toBeLessThan(1e-13 * size);
        expect(Math.abs((im[p] as number) - (expected.im[p] as number))).toBeLessThan(1e-13 * size);
      }
    });
  }

  for (const size of [4, 8, 2048, 4096, 8192, 65536]) {
    it(`comes back from the spectrum at length ${size}`, () => {
      const values = random(size);
      const back = realSequence(realSpectrum(values));
      let worst = 0;
      values.forEach((value, j) => (worst = Math.max(worst, Math.abs(value - (back[j] as number)))));
      expect(worst).toBeLessThan(1e-15 * 8 * Math.log2(size));
    });
  }

  it('turns products of spectra into circular convolutions', () => {
    const a = new Float64Array(64);
    const b = new Float64Array(64);
    a[3] = 2;
    a[60] = 1;
    b[10] = 5;
    const x = realSpectrum(a);
    const y = realSpectrum(b);
    for (let p = 0; p < 32; p += 1) {
      const [r, i, s, t] = [x.re[p], x.im[p], y.re[p], y.im[p]] as [number, number, number, number];
      x.re[p] = p === 0 ? r * s : r * s - i * t;
      x.im[p] = p === 0 ? i * t : r * t + i * s;
    }
    const c = realSequence(x);
    expect(c[13]).toBeCloseTo(10, 12);
    expect(c[6]).toBeCloseTo(5, 12);
    expect(c.reduce((sum, value) => sum + Math.abs(value), 0)).toBeCloseTo(15, 10);
  });
});
