import { describe, expect, it } from 'vitest';
import { tinyDataset } from '../../testing/tiny-dataset.ts';
import { sensitiveDomain } from './sensitive-domain.ts';

describe('a sensitive column by bands', () => {
  const dataset = tinyDataset(120);
  const withWidths = (widths: readonly number[]) => ({
    ...dataset,
    descriptor: {
      ...dataset.descriptor,
      columns: dataset.descriptor.columns.map((column) =>
        column.name === 'age' ? { ...column, ladder: { kind: 'interval', origin: 0, widths } as const } : column,
      ),
    },
  });

  it('has the first bands of its ladder for values', () => {
    const wide = withWidths([40, 80]);
    expect(sensitiveDomain(wide, 'age', wide.table, true).domain.size).toBeLessThan(
      sensitiveDomain(wide, 'age').domain.size,
    );
  });

  it('is the column itself where a band is one unit wide, so that one tree explains it', () => {
    const narrow = withWidths([1, 2, 8]);
    expect(sensitiveDomain(narrow, 'age', narrow.table, true)).toEqual(sensitiveDomain(narrow, 'age'));
  });
});
