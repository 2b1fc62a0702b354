import { describe, expect, it } from 'vitest';
import {
  addLevel,
  addValues,
  buildTree,
  keyAt,
  moveNodes,
  moveToNew,
  nameOf,
  nodesAtLevel,
  removeLevel,
  renameNodes,
  type TreeRows,
} from './tree-model.ts';
import { ancestorAt, firstOpenLevel, layoutTree, neighbour, type TreeView } from './tree.layout.ts';
import { firstSpec, niceWidth, numbersIn, orderSpec, sizesOf, withStep, wizardsFor } from './wizards.ts';

const tree: TreeRows = {
  names: ['kind', 'family'],
  rows: [
    ['a', 'vowel', 'letter', '*'],
    ['b', 'consonant', 'letter', '*'],
    ['c', 'consonant', 'letter', '*'],
    ['1', 'digit', 'number', '*'],
  ],
};
const counts = {
  rows: new Map([
    ['a', 5],
    ['b', 1],
    ['1', 2],
  ]),
  names: {},
};
const key = (row: number, level: number): string => keyAt(tree.rows[row] ?? [], level);
const view: TreeView = { toggled: new Map(), openLevel: 1, shown: new Map(), search: '' };
const pathsOf = ({ rows }: TreeRows): readonly string[] => rows.map((row) => row.join('>'));

describe('a tree', () => {
  it('counts the values and the rows of the data under every node', () => {
    const [root] = buildTree(tree, counts);
    expect([root?.label, root?.values, root?.rows]).toEqual(['*', 4, 8]);
    expect(root?.children.map(({ label, values, rows }) => [label, values, rows])).toEqual([
      ['letter', 3, 6],
      ['number', 1, 2],
    ]);
  });

  it('writes the name of an id beside it, and is found by either', () => {
    const named = buildTree(tree, { ...counts, names: { a: 'alpha' } });
    const found = layoutTree(named, 4, { ...view, search: 'ALPH' });
    expect(found.cells.map(({ node }) => nameOf(node))).toEqual(['*', 'letter', 'vowel', 'alpha (a)']);
  });

  it('moves a value with the whole path of its new group', () => {
    expect(pathsOf(moveNodes(tree, 0, new Set([key(2, 0)]), key(3, 1)))[2]).toBe('c>digit>number>*');
  });

  it('moves a group with all that is under it', () => {
    expect(pathsOf(moveNodes(tree, 1, new Set([key(1, 1)]), key(3, 2))).slice(1, 3)).toEqual([
      'b>consonant>number>*',
      'c>consonant>number>*',
    ]);
  });

  it('moves several values to a new group beside theirs', () => {
    expect(pathsOf(moveToNew(tree, 0, new Set([key(0, 0), key(3, 0)]), 'mixed'))).toEqual([
      'a>mixed>letter>*',
      'b>consonant>letter>*',
      'c>consonant>letter>*',
      '1>mixed>letter>*',
    ]);
    expect(moveToNew(tree, 2, new Set([key(0, 2)]), 'x')).toBe(tree);
  });

  it('renames a group, and leaves another group of the same label alone', () => {
    const twice = moveNodes(tree, 1, new Set([key(0, 1)]), key(3, 2));
    const both = renameNodes(twice, 1, new Set([keyAt(twice.rows[0] ?? [], 1)]), 'digit');
    expect(pathsOf(both)[0]).toBe('a>digit>number>*');
    expect(pathsOf(renameNodes(tree, 1, new Set([key(1, 1)]), 'rest'))).toContain('c>rest>letter>*');
  });

  it('adds a step that changes nothing at first, and takes it away again', () => {
    const more = addLevel(tree, 1, 'sub');
    expect(more.names).toEqual(['kind', 'sub', 'family']);
    expect(pathsOf(more)[1]).toBe('b>consonant>consonant>letter>*');
    expect(removeLevel(more, 2)).toEqual(tree);
    expect(removeLevel(tree, 3)).toBe(tree);
    expect(removeLevel(tree, 0)).toBe(tree);
  });

  it('takes in the values of the data it misses', () => {
    expect(pathsOf(addValues(tree, ['a', 'z'], 'other')).slice(4)).toEqual(['z>other>other>*']);
  });
});

describe('the picture of a tree', () => {
  const roots = buildTree(tree, counts);

  it('gives every value a line and every group the lines of its values', () => {
    const picture = layoutTree(roots, 4, view);
    expect(picture.lines).toBe(4);
    expect(picture.cells.map(({ node, line, span, column }) => [node.label, line, span, column])).toEqual([
      ['*', 0, 4, 0],
      ['letter', 0, 3, 1],
      ['vowel', 0, 1, 2],
      ['a', 0, 1, 3],
      ['consonant', 1, 2, 2],
      ['b', 1, 1, 3],
      ['c', 2, 1, 3],
      ['number', 3, 1, 1],
      ['digit', 3, 1, 2],
      ['1', 3, 1, 3],
    ]);
  });

  it('closes what is closed by hand, and shows part of a long list', () => {
    const closed = layoutTree(roots, 4, { ...view, toggled: new Map([[key(0, 2), false]]) });
    expect(closed.lines).toBe(2);
    expect(closed.cells.find(({ node }) => node.label === 'letter')?.closed).toBe(true);
    const part = layoutTree(roots, 4, { ...view, shown: new Map([[key(1, 1), 1]]) });
    expect(part.more).toEqual([{ parent: key(1, 1), column: 3, line: 2, hidden: 1 }]);
  });

  it('shows what matches a search, with the way up', () => {
    const picture = layoutTree(roots, 4, { ...view, search: 'CONSO' });
    expect(picture.matches).toBe(1);
    expect(picture.cells.map(({ node }) => node.label)).toEqual(['*', 'letter', 'consonant']);
  });

  it('walks with the arrow keys and finds where a dragged box would go', () => {
    const picture = layoutTree(roots, 4, view);
    expect(neighbour(picture, key(1, 0), 'ArrowLeft')).toBe(key(1, 1));
    expect(neighbour(picture, key(1, 1), 'ArrowRight')).toBe(key(1, 0));
    expect(neighbour(picture, key(1, 0), 'ArrowDown')).toBe(key(2, 0));
    expect(neighbour(picture, key(0, 0), 'ArrowUp')).toBeUndefined();
    expect(neighbour(picture, key(0, 0), 'End')).toBe(key(3, 0));
    expect(ancestorAt(picture.cells, key(3, 0), 1)).toBe(key(3, 1));
    expect(ancestorAt(picture.cells, key(0, 2), 1)).toBeUndefined();
  });

  it('opens a tree as far as it fits', () => {
    const many = Array.from({ length: 500 }, (_, i) => [`v${i}`, `g${i % 30}`, '*']);
    const big = buildTree({ names: ['g'], rows: many }, { rows: new Map(), names: {} });
    expect(firstOpenLevel(big, 3)).toBe(2);
    expect(layoutTree(big, 3, { ...view, openLevel: 2 }).lines).toBe(30);
    expect(nodesAtLevel(big, 1, 7)).toHaveLength(7);
  });
});

describe('wizards', () => {
  const column = {
    column: 'c',
    spec: { kind: 'suppress' },
    missing: 0,
    values: [],
    counts: new Uint32Array(),
  } as const;

  it('fit the kind of column', () => {
    expect(wizardsFor({ type: 'time', numeric: false, hasPlaces: false })[0]).toBe('date');
    expect(wizardsFor({ type: 'category', numeric: false, hasPlaces: true })[0]).toBe('place');
    expect(wizardsFor({ type: 'category', numeric: false, hasPlaces: false })).not.toContain('interval');
  });

  it('start with round figures', () => {
    expect([0.03, 1, 7, 12, 0].map(niceWidth)).toEqual([0.05, 1, 10, 20, 1]);
    const ages = {
      ...column,
      type: 'integer',
      numeric: true,
      hasPlaces: false,
      distinct: 74,
      range: [17, 90],
    } as const;
    expect(firstSpec('interval', ages)).toEqual({ kind: 'interval', origin: 15, widths: [5, 10, 50] });
  });

  it('turn group sizes into cuts and back', () => {
    const spec = orderSpec([2, 2], 9);
    expect(spec.cuts).toEqual([
      [2, 4, 6, 8],
      [4, 8],
    ]);
    expect(sizesOf(spec)).toEqual([2, 2]);
    expect(sizesOf({ kind: 'order', cuts: [[2, 5]] })).toBeUndefined();
    expect(orderSpec([20], 9).cuts).toEqual([]);
  });

  it('read lists of numbers, and keep weeks apart from months', () => {
    expect(numbersIn('5, 10;20')).toEqual([5, 10, 20]);
    expect(numbersIn('5, x')).toBeUndefined();
    expect(withStep(['day', 'week'], 'month', true)).toEqual(['day', 'month']);
    expect(withStep(['day', 'month', 'year'], 'week', true)).toEqual(['day', 'week']);
  });
});
