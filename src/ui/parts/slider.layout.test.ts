import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTyped, positionOf, stepped, valueAt, type Scale } from './slider.layout.ts';

const epsilon: Scale = { min: 0.01, max: 20, log: true, whole: false };

describe('slider', () => {
  it('reads decimals, fractions and exponents as people type them, and nothing else', () => {
    expect([parseTyped('1/3'), parseTyped('0,5'), parseTyped(' 2e-3 ')]).toEqual([1 / 3, 0.5, 0.002]);
    expect([parseTyped('1/0'), parseTyped('abc'), parseTyped('')]).toEqual([undefined, undefined, undefined]);
  });
  it('steps to the next tidy value on a logarithmic scale, and back', () => {
    expect(stepped(epsilon, 1, 1)).toBe(1.1);
    expect(stepped(epsilon, 1, -1)).toBe(0.95);
    expect(stepped(epsilon, 20, 1)).toBe(20);
  });
  it('goes from value to position and back within two significant digits', () => {
    assert(
      property(double({ min: 0.01, max: 20, noNaN: true }), (value) => {
        expect(Math.abs(valueAt(epsilon, positionOf(epsilon, value)) - value) / value).toBeLessThan(0.051);
      }),
    );
  });
});
