import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../kit/errors.ts';
import { checkHierarchy } from './hierarchy-check.ts';
import { parseHierarchyCsv, writeHierarchyCsv } from './hierarchy-csv.ts';
import { rowsToHierarchy } from './hierarchy-rows.ts';

const good = [
  ['a', 'vowel', 'letter', '*'],
  ['b', 'consonant', 'letter', '*'],
  ['1', 'digit', 'number', '*'],
];
const kinds = (rows: readonly (readonly string[])[]): readonly string[] =>
  checkHierarchy({ column: 'sign', rows }).map(({ kind }) => kind);

describe('checking a hierarchy', () => {
  it('has nothing to say about a tree that holds all values', () => {
    expect(checkHierarchy({ column: 'sign', rows: good }, { values: ['a', 'b', '1'], counts: [1, 2, 3] })).toEqual([]);
  });

  it('names a label with two parents, its level and a remedy, in both languages', () => {
    const [problem] = checkHierarchy({ column: 'sign', rows: [...good, ['c', 'consonant', 'other', '*']] });
    expect(problem?.message.en).toBe(
      'in the hierarchy of "sign" the label "consonant" at level 1 has two parents at level 2: "letter" (for "b") and "other" (for "c")',
    );
    expect(problem?.message.es).toContain('dos padres');
    expect(problem?.remedy.en).toContain('move all of "consonant"');
  });

  it('finds every other defect', () => {
    expect(kinds([])).toEqual(['empty']);
    expect(kinds([...good, ['c', '*']])).toEqual(['ragged']);
    expect(kinds([...good, ['c', ' ', 'letter', '*']])).toEqual(['blank-label']);
    expect(kinds([...good, ['a', 'consonant', 'letter', '*']])).toEqual(['repeated-value']);
    expect(kinds(good.map((row) => row.slice(0, 3)))).toEqual(['no-root']);
    expect(kinds(good.map((row) => row.slice(0, 1)))).toEqual(['no-root']);
  });

  it('lists values of the data that are missing, most rows first, and counts those nobody has', () => {
    const problems = checkHierarchy({ column: 'sign', rows: good }, { values: ['a', 'x', 'y'], counts: [1, 2, 30] });
    expect(problems.map(({ kind, value }) => [kind, value])).toEqual([
      ['uncovered', 'y'],
      ['uncovered', 'x'],
      ['unused', 'b'],
    ]);
    expect(problems[0]?.message.en).toContain('rows: 30');
  });

  it('lists twenty problems and counts the others', () => {
    const values = Array.from({ length: 50 }, (_, i) => `v${i}`);
    const problems = checkHierarchy({ column: 'sign', rows: good }, { values, counts: values.map(() => 1) });
    expect(problems.filter(({ kind }) => kind === 'uncovered')).toHaveLength(21);
    expect(problems.some(({ message }) => message.en.includes('30 more'))).toBe(true);
  });

  it('agrees with the tree: whatever passes has one parent a label', () => {
    const label = constantFrom('x', 'y', 'z');
    assert(
      property(array(tuple(label, label, label), { minLength: 1, maxLength: 8 }), (paths) => {
        const rows = paths.map((path, i) => [`v${i}`, ...path, '*']);
        const nested = [1, 2, 3].every((level) =>
          rows.every((a) => rows.every((b) => a[level] !== b[level] || a[level + 1] === b[level + 1])),
        );
        expect(checkHierarchy({ column: 'c', rows }).length === 0).toBe(nested);
        if (nested) expect(rowsToHierarchy('c', rows).levels).toHaveLength(5);
        else expect(() => rowsToHierarchy('c', rows)).toThrow(EngineError);
      }),
    );
  });
});

describe('hierarchy files', () => {
  it('reads the usual form, other separators, quotes, a byte order mark and blank lines', () => {
    expect(parseHierarchyCsv('a;x;*\nb;x;*\n', 'c').rows).toEqual([
      ['a', 'x', '*'],
      ['b', 'x', '*'],
    ]);
    expect(parseHierarchyCsv('\uFEFFa,x,*\r\n\r\nb,"y, or ""z""",*', 'c')).toEqual({
      rows: [
        ['a', 'x', '*'],
        ['b', 'y, or "z"', '*'],
      ],
      separator: ',',
      rootAdded: false,
    });
    expect(parseHierarchyCsv('a\tx\t*\n', 'c').separator).toBe('\t');
    expect(parseHierarchyCsv('1,5;1 to 2;*\n2,5;2 to 3;*\n', 'c').separator).toBe(';');
  });

  it('adds a root where the file has none, and says so', () => {
    expect(parseHierarchyCsv('a;x\nb;y\n', 'c')).toMatchObject({
      rows: [
        ['a', 'x', '*'],
        ['b', 'y', '*'],
      ],
      rootAdded: true,
    });
    expect(parseHierarchyCsv('a\nb\n', 'c')).toMatchObject({
      rows: [
        ['a', '*'],
        ['b', '*'],
      ],
      rootAdded: true,
    });
  });

  it('names the line of what is wrong', () => {
    const lineOf = (source: string): number | undefined => {
      try {
        parseHierarchyCsv(source, 'c');
      } catch (error) {
        return error instanceof EngineError ? error.place?.line : -1;
      }
      return 0;
    };
    expect(lineOf('a;x;*\n\nb;*\n')).toBe(3);
    expect(lineOf('a;x;*\nb;"open;*\n')).toBe(2);
    expect(() => parseHierarchyCsv(' \n', 'c')).toThrow(/empty/);
  });

  it('writes what it reads, whatever the labels hold', () => {
    const label = string({ minLength: 1, maxLength: 6 }).filter(
      (value) => value.trim() !== '' && !value.includes('\r'),
    );
    assert(
      property(array(tuple(label, label), { minLength: 1, maxLength: 6 }), (pairs) => {
        const rows = pairs.map((pair) => [...pair, '*']);
        expect(parseHierarchyCsv(writeHierarchyCsv(rows), 'c').rows).toEqual(rows);
      }),
    );
  });
});
