import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headLines, layoutLadders, shadeOf } from './ladder.layout.ts';
import { LADDERS, LATTICE } from './lattice.gallery.ts';
import { heightOf, layoutOverview, lossStep, rankNodes } from './lattice-overview.layout.ts';
import { layoutCloud, nearestPoint } from './lattice-scatter.layout.ts';
import { textOf } from './text-of.ts';

const SIZE = { width: 400, height: 240, em: 16 };

describe('ladders', () => {
  it('lie as recorded', () => {
    expect(textOf(layoutLadders(LADDERS, SIZE))).toMatchSnapshot();
  });
  it('stand on one ground, exact lowest, and fit the width where there is room', () => {
    const made = layoutLadders(LADDERS, { width: 800, em: 16 });
    expect(made.width).toBe(800);
    const feet = made.columns.map(({ rungs }) => (rungs[0]?.y ?? 0) + (rungs[0]?.height ?? 0));
    expect(new Set(feet).size).toBe(1);
    for (const { rungs } of made.columns) {
      expect(rungs.map(({ y }) => y)).toEqual(rungs.map(({ y }) => y).toSorted((a, b) => b - a));
    }
  });
  it('grow beyond a phone rather than squeeze their words', () => {
    const nine = Array.from({ length: 9 }, () => LADDERS[0]).flatMap((one) => (one === undefined ? [] : [one]));
    expect(layoutLadders(nine, { width: 350, em: 16 }).width).toBeGreaterThan(650);
  });
  it('break a long name once, at a space near its middle', () => {
    expect(headLines('Pickup zone', 20)).toEqual(['Pickup zone']);
    expect(headLines('Hora de recogida', 9)).toEqual(['Hora de', 'recogida']);
    expect(headLines('Unbreakable', 4)).toEqual(['Unbreakable']);
  });
  it('shade a rung by what changes, and not at all by nothing', () => {
    expect([0, 0.001, 0.06, 2, -0.03, Number.NaN].map(shadeOf)).toEqual([0, 1, 3, 4, -2, 0]);
  });
});

describe('the cloud of nodes', () => {
  const layout = layoutCloud(
    { x: LATTICE.risk, y: LATTICE.loss, front: Uint32Array.of(3, 5) },
    { x: { label: '', log: true, domain: [0.001, 1] }, y: { label: '', domain: [0, 1] } },
    SIZE,
  );
  it('keeps every point inside the plot', () => {
    for (let i = 0; i < layout.px.length; i += 1) {
      expect(layout.px[i]).toBeGreaterThanOrEqual(Math.fround(layout.plot.left));
      expect(layout.px[i]).toBeLessThanOrEqual(Math.fround(layout.plot.right));
      expect(layout.py[i]).toBeGreaterThanOrEqual(Math.fround(layout.plot.top));
      expect(layout.py[i]).toBeLessThanOrEqual(Math.fround(layout.plot.bottom));
    }
  });
  it('does not draw a risk of nothing on a log axis', () => {
    const none = layoutCloud(
      { x: [0, 0.1], y: [0, 0], front: [0, 1] },
      { x: { label: '', log: true }, y: { label: '' } },
      SIZE,
    );
    expect([...none.px].map(Number.isNaN)).toEqual([true, false]);
    expect(none.front).not.toContain('NaN');
  });
  it('finds the point under the pointer, and none far from all', () => {
    const [x, y] = [layout.px[7] as number, layout.py[7] as number];
    const found = nearestPoint(layout, x, y, 5, new Set());
    expect(Math.hypot((layout.px[found] as number) - x, (layout.py[found] as number) - y)).toBe(0);
    expect(nearestPoint(layout, -500, -500, 24, new Set())).toBe(-1);
  });
});

describe('the lattice at a glance', () => {
  const layout = layoutOverview(LATTICE.ranks, LATTICE, SIZE);
  it('shows every node and every admissible one exactly once', () => {
    const sum = (of: (mark: (typeof layout.marks)[number]) => number): number =>
      layout.marks.reduce((all, mark) => all + of(mark), 0);
    expect(sum(({ nodes }) => nodes)).toBe(LATTICE.ranks.total);
    expect(sum(({ admissible }) => admissible)).toBe(LATTICE.nodes.length);
  });
  it('names the node that loses least of each mark', () => {
    for (const mark of layout.marks) {
      if (mark.node < 0) continue;
      expect(LATTICE.loss[LATTICE.nodes.indexOf(mark.node)]).toBe(mark.loss);
      expect(heightOf(mark.node, LATTICE.ranks.heights)).toBe(mark.height);
    }
  });
  it('keeps marks inside the picture however large the lattice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }), (heights) => {
        let counts = Float64Array.of(1);
        for (const height of heights) {
          const next = new Float64Array(counts.length + height - 1);
          counts.forEach((count, at) => {
            for (let level = 0; level < height; level += 1) next[at + level] = (next[at + level] as number) + count;
          });
          counts = next;
        }
        const ranks = rankNodes(heights, counts);
        const { marks, plot } = layoutOverview(ranks, { nodes: [ranks.total - 1], loss: [1] }, SIZE);
        for (const mark of marks) {
          expect(mark.x).toBeGreaterThanOrEqual(plot.left);
          expect(mark.x).toBeLessThanOrEqual(plot.right);
          expect(mark.y).toBeGreaterThanOrEqual(plot.top - 3);
          expect(mark.y).toBeLessThanOrEqual(plot.bottom + 3);
        }
      }),
      { numRuns: 40 },
    );
  });
  it('colours from least to most loss', () => {
    expect([lossStep(0.1, 0.1, 0.5), lossStep(0.5, 0.1, 0.5), lossStep(0.3, 0.3, 0.3)]).toEqual([0, 16, 0]);
  });
});
