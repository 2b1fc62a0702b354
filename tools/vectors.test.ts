import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agrees, show } from './vectors-compare.ts';
import { loadAdapters, runFile } from './vectors-run.ts';

const root = resolve(process.env['EPSILON_ROOT'] ?? '..');
const folder = join(root, 'shared/reference');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
if (files.length === 0)
  console.log('reference vectors: 0 files found, skipped (set EPSILON_ROOT to the folder that holds shared/)');

describe.skipIf(files.length === 0)('reference vectors', () => {
  it.each(files)('%s has no miss', { timeout: 600_000 }, async (name) => {
    const adapters = await loadAdapters(resolve(import.meta.dirname, '../src/engine'));
    const misses: string[] = [];
    const tally = await runFile(join(folder, name), adapters, {
      root,
      print: (line) => {
        if (/^\S+ miss /.test(line)) misses.push(line.slice(0, 300));
      },
    });
    console.log(`${name}: ${tally.ok} ok, ${tally.miss} miss, ${tally.unsupported} unsupported`);
    expect(misses).toEqual([]);
  });
});

describe('comparison of a vector', () => {
  it('follows the rule of the family', () => {
    expect(agrees([1, 1e-9], [1, 0], { compare: 'max-abs-over-vector', tolerance: 1e-8 })).toBe(true);
    expect(agrees([1, 1e-9], [1, 0], { compare: 'relative', tolerance: 1e-10 })).toBe(false);
    expect(agrees(0.001 + 1e-7, 0.001, { compare: 'each-relative', tolerance: 1e-6 })).toBe(true);
    expect(agrees(0.001 + 1e-7, 0.001, { compare: 'relative', tolerance: 1e-6 })).toBe(false);
    expect(agrees(3, 3.0000001, { compare: 'relative', tolerance: 0 })).toBe(false);
  });

  it('takes bounds by their direction, and reports never fail', () => {
    const rule = { compare: 'relative', tolerance: 0.01 } as const;
    expect(agrees(0.995, 1, { ...rule, direction: 'lower-bound' })).toBe(true);
    expect(agrees(0.98, 1, { ...rule, direction: 'lower-bound' })).toBe(false);
    expect(agrees(7, 1, { ...rule, direction: 'lower-bound' })).toBe(true);
    expect(agrees(1.02, 1, { ...rule, direction: 'upper-bound' })).toBe(false);
    expect(agrees(99, 1, { ...rule, direction: 'report' })).toBe(true);
  });

  it('reads engine values as JSON has them', () => {
    const rule = { compare: 'relative' } as const;
    expect(agrees(Float64Array.of(1, Infinity), [1, 'inf'], rule)).toBe(true);
    expect(agrees({ a: 12345678901234567890n, b: true }, { a: '12345678901234567890' }, rule)).toBe(true);
    expect(agrees({}, { a: 1 }, rule)).toBe(false);
    expect(agrees([1], [1, 2], rule)).toBe(false);
    expect(show(Float64Array.of(NaN, 1))).toBe('[nan,1]');
  });
});
