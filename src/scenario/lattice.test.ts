import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LatticeAnswer, LatticeShape, NodeAnswer } from '../engine/kit/lattice.ts';
import {
  levelsOf,
  mergeAnswers,
  mergeShapes,
  neighbours,
  nodeOf,
  nodesByHeight,
  paretoFront,
  positionOf,
  reasonsFor,
  risksOf,
  withLevel,
} from './lattice.ts';

const heights = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
const size = (of: readonly number[]): number => of.reduce((product, height) => product * height, 1);

describe('nodes of a lattice', () => {
  it('go to levels and back, whatever the heights', () => {
    fc.assert(
      fc.property(heights, fc.nat(), (of, seed) => {
        const node = seed % size(of);
        const levels = levelsOf(node, of);
        expect(nodeOf(levels, of)).toBe(node);
        expect(levels.every((level, c) => level >= 0 && level < (of[c] as number))).toBe(true);
      }),
    );
  });
  it('count the last column fastest', () => {
    expect(levelsOf(7, [3, 2, 4])).toEqual([0, 1, 3]);
    expect(nodeOf([2, 1, 3], [3, 2, 4])).toBe(23);
  });
  it('move along one column and nowhere else', () => {
    expect(levelsOf(withLevel(7, [3, 2, 4], 0, 2), [3, 2, 4])).toEqual([2, 1, 3]);
  });
  it('have neighbours one level away, within the lattice, more detail first', () => {
    fc.assert(
      fc.property(heights, fc.nat(), (of, seed) => {
        const node = seed % size(of);
        const here = levelsOf(node, of);
        const found = neighbours(node, of);
        expect(new Set(found.map((one) => one.node)).size).toBe(found.length);
        for (const one of found) {
          const there = levelsOf(one.node, of);
          expect(there.map((level, c) => level - (here[c] as number)).filter((by) => by !== 0)).toEqual([one.by]);
        }
        expect(found.map(({ by }) => by)).toEqual(found.map(({ by }) => by).toSorted((a, b) => a - b));
      }),
    );
  });
  it('are counted by height as if listed', () => {
    fc.assert(
      fc.property(heights, (of) => {
        const counted = nodesByHeight(of);
        const listed = new Float64Array(counted.length);
        for (let node = 0; node < size(of); node += 1) {
          const height = levelsOf(node, of).reduce((sum, level) => sum + level, 0);
          listed[height] = (listed[height] as number) + 1;
        }
        expect(counted).toEqual(listed);
      }),
    );
  });
});

/** An answer over the nodes given, best by loss, lowest node first among equals. */
function answerOf(entries: readonly (readonly [number, number])[]): LatticeAnswer {
  const sorted = entries.toSorted((a, b) => a[0] - b[0]);
  const least = Math.min(...sorted.map(([, loss]) => loss));
  const ties = sorted.filter(([, loss]) => loss === least).map(([node]) => node);
  return {
    nodes: Uint32Array.from(sorted, ([node]) => node),
    loss: Float64Array.from(sorted, ([, loss]) => loss),
    suppressed: Uint32Array.from(sorted, ([node]) => node % 7),
    classes: Uint32Array.from(sorted, ([node]) => 1 + (node % 5)),
    smallest: Uint32Array.from(sorted, ([node]) => 2 + (node % 3)),
    best: ties[0] ?? -1,
    bestLoss: ties.length === 0 ? Number.NaN : least,
    ties,
    lossPerColumn: ties.length === 0 ? [] : [least],
    measurePerColumn: ties.length === 0 ? [] : [least],
  };
}

describe('answers of several parts', () => {
  it('merge to what one part would have answered, however the nodes were dealt out', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 9 })), { selector: ([node]) => node });
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 4 }), (all, parts) => {
        const dealt = Array.from({ length: parts }, (_, part) =>
          answerOf(all.filter(([node]) => (node * 7) % parts === part)),
        );
        expect(mergeAnswers(dealt, [501])).toEqual(answerOf(all));
      }),
    );
  });
  it('count losses that differ by rounding as ties', () => {
    const merged = mergeAnswers([answerOf([[3, 0.1 + 0.2]]), answerOf([[1, 0.3]]), answerOf([[2, 0.301]])], [9]);
    expect(merged.best).toBe(1);
    expect(merged.ties).toEqual([1, 3]);
  });
  it('prefer, of equal losses, the node with fewer levels up', () => {
    // Of heights 2 x 4: node 3 is (0, 3), node 4 is (1, 0).
    expect(mergeAnswers([answerOf([[3, 0.5]]), answerOf([[4, 0.5]])], [2, 4])).toMatchObject({ best: 4, ties: [4, 3] });
  });
  it('are put in order where a part is not', () => {
    const upside: LatticeAnswer = {
      ...answerOf([
        [2, 5],
        [7, 6],
      ]),
      nodes: Uint32Array.of(7, 2),
      loss: Float64Array.of(6, 5),
    };
    const merged = mergeAnswers([upside], [9]);
    expect([...merged.nodes, ...merged.loss, merged.best]).toEqual([2, 7, 5, 6, 2]);
  });
  it('have no best where no part has one', () => {
    expect(mergeAnswers([answerOf([]), answerOf([])], [3])).toMatchObject({ best: -1, ties: [] });
  });
  it('prove no more together than the weakest part', () => {
    const shape = (proof: LatticeShape['proof'], limit: number): LatticeShape => ({
      columns: ['a'],
      heights: [3],
      levelNames: [['x', 'y', '*']],
      nodes: 3,
      rows: 10,
      proof,
      evaluated: 2,
      excluded: 1,
      limit,
      sensitive: [],
      sensitiveValues: [],
    });
    expect(mergeShapes([shape('exhaustive', 0.5), shape('pruned', 0.2)])).toMatchObject({
      proof: 'pruned',
      evaluated: 4,
      excluded: 2,
      limit: 0.2,
    });
    expect(mergeShapes([])).toBeUndefined();
  });
  it('find a node among the admissible ones, or say it is not there', () => {
    const answer = answerOf([
      [4, 1],
      [9, 2],
    ]);
    expect([positionOf(answer, 9), positionOf(answer, 5)]).toEqual([1, -1]);
  });
});

describe('privacy against utility', () => {
  it('keeps exactly the points no other betters', () => {
    const point = fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 40 }), (points) => {
        const front = paretoFront(
          Float64Array.from(points, ([risk]) => risk),
          Float64Array.from(points, ([, loss]) => loss),
        );
        const best = points.filter(([r, l]) => !points.some(([a, b]) => a <= r && b <= l && (a < r || b < l)));
        const named = (of: readonly (readonly number[] | undefined)[]) => [...new Set(of.map(String))].toSorted();
        expect(named([...front].map((i) => points[i]))).toEqual(named(best));
        expect(new Set([...front].map((i) => String(points[i]))).size).toBe(front.length);
      }),
    );
  });
  it('reads the risk off the kept classes, and none where nothing is kept', () => {
    const answer: LatticeAnswer = {
      ...answerOf([
        [0, 1],
        [1, 1],
      ]),
      suppressed: Uint32Array.of(20, 100),
      classes: Uint32Array.of(8, 0),
      smallest: Uint32Array.of(5, 0),
    };
    expect([...risksOf(answer, 100, 'average')]).toEqual([0.1, 0]);
    expect([...risksOf(answer, 100, 'highest')]).toEqual([0.2, 0]);
  });
});

describe('why this node', () => {
  const node = (levels: readonly number[], admissible: boolean, loss: number, suppressed: number): NodeAnswer => ({
    node: 0,
    levels,
    admissible,
    loss,
    lossPerColumn: [],
    classes: 1,
    smallest: 1,
    largest: 1,
    suppressed,
    rows: 100,
    sizes: { size: new Uint32Array(), classes: new Uint32Array() },
    sample: [],
  });
  it('says of each column what one more level of detail would cost', () => {
    const reasons = reasonsFor(node([2, 1, 1], true, 0.4, 3), [
      node([1, 1, 1], false, 0.3, 41),
      node([2, 0, 1], true, 0.45, 4),
      node([2, 1, 0], true, 0.4, 5),
    ]);
    expect(reasons.map(({ column, verdict, suppressedShare }) => [column, verdict, suppressedShare])).toEqual([
      [1, 'loss', 0.04],
      [2, 'tie', 0.05],
      [0, 'limit', 0.41],
    ]);
    expect(reasons[2]).toMatchObject({ from: 2, to: 1 });
    // Seen from a node that is not the optimum, more detail may lose less.
    const [better] = reasonsFor(node([2, 1, 1], true, 0.4, 3), [node([1, 1, 1], true, 0.3, 4)]);
    expect(better).toMatchObject({ verdict: 'loss' });
    expect(better?.moreLoss).toBeCloseTo(-0.1, 12);
    expect(reasons[0]?.moreLoss).toBeCloseTo(0.05, 12);
  });
});
