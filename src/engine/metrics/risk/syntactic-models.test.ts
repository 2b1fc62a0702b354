import { describe, expect, it } from 'vitest';
import { rawRelease, toyDataset } from '../../anonymization/toy-trips.ts';
import { quietContext } from '../../kit/context.ts';
import { defaultsOf } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import { seededRng } from '../../rng/rng.ts';
import type { CategoryColumn } from '../../table/table.ts';
import { descriptor, run } from './syntactic-models.ts';

const column = (name: string, cells: readonly number[], levels: readonly string[]): CategoryColumn => ({
  kind: 'category',
  name,
  codes: Uint8Array.from(cells),
  levels,
});

/** Two groups of salaries 3..11 thousand, of which the first are the lowest (Li et al. 2007, table 3, without the rest). */
function salaries(kept: number): TableRelease {
  const group = [0, 0, 0, 1, 1, 1, 1, 1, 1];
  const table = {
    rows: 9,
    columns: [
      column('group', group, ['a', 'b']),
      column('salary', [0, 1, 2, 3, 4, 5, 6, 7, 8], ['3', '4', '5', '6', '7', '8', '9', '10', '11']),
    ],
  };
  const dataset = toyDataset(table, [
    { name: 'group', type: 'category', role: 'quasi-identifier' },
    { name: 'salary', type: 'category', role: 'sensitive' },
  ]);
  const columns = table.columns.map((each) => ({ ...each, codes: each.codes.slice(0, kept) }));
  const rows = Array.from({ length: 9 }, (_, i) => i);
  return {
    ...rawRelease(dataset),
    table: { rows: kept, columns },
    rowOf: Uint32Array.from(rows.slice(0, kept)),
    suppressed: Uint32Array.from(rows.slice(kept)),
  };
}

const measured = async (release: TableRelease): Promise<Readonly<Record<string, number>>> => {
  const scores = await run(release, defaultsOf(descriptor.params), quietContext(seededRng('models')));
  return Object.fromEntries(scores.map((score) => [score.id.split('/')[1] ?? '', score.value]));
};

describe('privacy models achieved', () => {
  it('are those of the worst group', async () => {
    const found = await measured(salaries(9));
    expect(found).toMatchObject({ k: 3, 'distinct-l': 3, 'recursive-2': 0.5, 'recursive-3': 1 });
    expect(found['t-ordered']).toBeCloseTo(0.375, 12);
    expect(found['t-equal']).toBeCloseTo(2 / 3, 12);
    expect(found['entropy-l']).toBeCloseTo(3, 12);
    expect(found['alpha']).toBeCloseTo(1 / 3, 12);
    expect(found['basic-beta']).toBeCloseTo(2, 12);
    expect(found['delta']).toBeCloseTo(Math.log2(3), 12);
  });
  it('compare with the source, suppressed rows included', async () => {
    const found = await measured(salaries(3));
    expect(found['t-ordered']).toBeCloseTo(0.375, 12);
    expect(found['k']).toBe(3);
  });
  it('leave out what no parameter makes hold: three times as likely as a share of a ninth allows', async () => {
    const found = await measured(salaries(9));
    expect(found['enhanced-beta']).toBeCloseTo(2, 12);
    expect((await measured(salaries(1)))['enhanced-beta']).toBeUndefined();
  });
});
