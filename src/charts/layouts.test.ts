import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowChanges } from './before-after.layout.ts';
import { moveBorder, wholeSteps } from './budget-bar.layout.ts';
import { ringOfPoints, SQUARES } from './city-map.gallery.ts';
import {
  drawOrder,
  fitView,
  layoutMap,
  legendTicks,
  neighbour,
  placeClasses,
  pointFrame,
  pointRadius,
  rampPosition,
  scaleBar,
  shownValues,
} from './city-map.layout.ts';
import { binSizes, layoutClasses, rowsBelow } from './class-histogram.layout.ts';
import { gaussianQuantiles, laplaceQuantiles, layoutDots, quantilesOf } from './dot-plot.layout.ts';
import { CLASSES, LATENCY, PARTIES, ROWS, STREAM, SWEEP } from './families.gallery.ts';
import { HOURS, METERS, POSSIBLE, TRADE_OFF } from './first-view.gallery.ts';
import { bucketAt, labelAt, layoutStrip, strippedKey } from './hour-strip.layout.ts';
import { layoutLatency } from './latency.layout.ts';
import { layoutLines, spreadLabels } from './lines.layout.ts';
import { layoutMeter } from './meter-bar.layout.ts';
import { hexWords, layoutParties } from './parties.layout.ts';
import { axisDomain, makeScale } from './scale.ts';
import { layoutScatter, paretoFrontier } from './scatter.layout.ts';
import { layoutBuckets } from './stream.layout.ts';
import { textOf } from './text-of.ts';
import { zoomAbout } from './use-map-view.ts';

const SIZE = { width: 400, height: 240, em: 16 };

describe('city map', () => {
  const layout = layoutMap(SQUARES.places, SQUARES.geometry, undefined, undefined);

  it('lays out the gallery squares as recorded', () => {
    expect(textOf(layout)).toMatchSnapshot();
  });
  it('frames points by their 2nd to 98th percentile, so that a stray sensor does not squeeze the rest', () => {
    const places = Array.from({ length: 100 }, (_, i) => ({ id: `${i}`, label: '', lon: -3.8 + i * 1e-4, lat: 43.46 }));
    const stray = { id: 'x', label: '', lon: -9, lat: 40 };
    const [west, south, east, north] = pointFrame([...places, stray]) ?? [];
    expect(west).toBeGreaterThan(-3.81);
    expect(east).toBeLessThan(-3.78);
    expect(south).toBeCloseTo(43.4585, 9);
    expect(north).toBeCloseTo(43.4615, 9);
    expect(pointFrame([stray])).toBeUndefined();
  });
  it('draws the highest points last and unknown ones first', () => {
    expect(drawOrder(Float64Array.of(5, Number.NaN, 9, -1))).toEqual([1, 3, 0, 2]);
  });
  it('draws many points small and few large, and grows them with the zoom', () => {
    expect(pointRadius(8, 800, 800, 1)).toBe(10);
    expect(pointRadius(5000, 800, 800, 1)).toBe(3.2);
    expect(pointRadius(5000, 800, 800, 4)).toBeCloseTo(6.4, 9);
  });
  it('chooses a round distance for the scale bar', () => {
    expect(scaleBar(12, 110)).toEqual({ metres: 1000, pixels: 1000 / 12 });
    expect(scaleBar(0, 110)).toBeUndefined();
  });
  it('knows the metres of a world unit: a minute of latitude is about 1,855 m on this sphere', () => {
    const pair = [0, 1 / 60].map((lat, i) => ({ id: `${i}`, label: '', lon: 0, lat }));
    const points = layoutMap(pair, undefined, undefined, undefined);
    expect(((points.cy[0] as number) - (points.cy[1] as number)) * points.metres).toBeCloseTo(1855.3, 0);
  });
  it('lists places without shape or coordinates beside the map', () => {
    expect(layout.unmapped).toEqual([6]);
  });
  it('tells suppressed, no data, zero and values apart', () => {
    const classes = placeClasses(SQUARES.values, SQUARES.suppressed, 'released', [0, 64], 'sqrt', []);
    expect(classes).toEqual([
      'ec-place ec-s7',
      'ec-zero',
      'ec-blank',
      'ec-place ec-s16',
      'ec-place ec-s12',
      'ec-hatched',
      'ec-place ec-s16',
    ]);
  });
  it('centres the difference ramp on zero whatever the domain', () => {
    const gap = shownValues(SQUARES.values, SQUARES.truth, 'difference');
    expect(Array.from(gap).slice(0, 2)).toEqual([-2, -1]);
    expect(rampPosition(0, [-3, 8], 'difference', 'sqrt')).toBe(0.5);
    expect(legendTicks([-3, 8], 'difference', 'sqrt')).toEqual([-8, 0, 8]);
  });
  it('gives the colour in the middle of a square-root ramp its exact value', () => {
    expect(rampPosition(legendTicks([0, 64], 'released', 'sqrt')[1], [0, 64], 'released', 'sqrt')).toBe(0.5);
  });
  it('moves by arrow to the neighbouring square', () => {
    expect([neighbour(layout, 0, 1, 0), neighbour(layout, 0, 0, 1), neighbour(layout, 0, -1, 0)]).toEqual([1, 3, -1]);
  });
  it('keeps the frame inside the free part of any screen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 2000 }),
        fc.integer({ min: 100, max: 2000 }),
        fc.nat(400),
        fc.nat(400),
        (width, height, right, bottom) => {
          const box = fitView(layout.frame, { width, height }, [0, right, bottom, 0]);
          const slack = 1e-6 * box.width;
          expect(box.x).toBeLessThanOrEqual(layout.frame.x + slack);
          expect(box.x + box.width).toBeGreaterThanOrEqual(layout.frame.x + layout.frame.width - slack);
          expect(box.y + box.height).toBeGreaterThanOrEqual(layout.frame.y + layout.frame.height - slack);
          expect(box.width / box.height).toBeCloseTo(width / height, 9);
        },
      ),
    );
  });
  it('zooms about the pointer: the point under it stays', () => {
    const fitted = { x: 0, y: 0, width: 1000, height: 600 };
    const size = { width: 500, height: 300 };
    const world = (view: { dx: number; zoom: number }) => 500 + view.dx + (120 - 250) * (2 / view.zoom);
    const home = { dx: 0, dy: 0, zoom: 1 };
    expect(world(zoomAbout(fitted, home, size, 3, 120, 40))).toBeCloseTo(world(home), 9);
  });
  it('draws points where there is no geometry', () => {
    const { places } = ringOfPoints(40);
    const points = layoutMap(places, undefined, undefined, undefined);
    expect(points.unmapped).toEqual([]);
    expect(points.shapes).toEqual([]);
    expect(points.cx.every((x) => x >= 0 && x <= 1000)).toBe(true);
  });
});

describe('hour strip', () => {
  it('lays out the gallery hours as recorded', () => {
    expect(textOf(layoutStrip(HOURS, { width: 560, height: 80, em: 16 }))).toMatchSnapshot();
  });
  it('never draws a noisy negative count below the base', () => {
    const [bar, next] = layoutStrip({ released: [-5, 10], truth: [1, 9] }, SIZE).bars;
    expect(labelAt('a', bar, SIZE).textAnchor).toBe('middle');
    expect(labelAt('a label longer than the half of all bars', bar, SIZE)).toEqual({ x: 0, textAnchor: 'start' });
    expect(labelAt('a label longer than the half of all bars', next, SIZE)).toEqual({ x: 400, textAnchor: 'end' });
    expect(bar?.height).toBe(0);
  });
  it('finds the bucket under the pointer and stays inside', () => {
    expect([bucketAt(-3, 240, 24), bucketAt(185, 240, 24), bucketAt(999, 240, 24)]).toEqual([0, 18, 23]);
  });
  it('moves, stretches and frees the selection by keys', () => {
    expect(strippedKey('ArrowRight', false, { from: 3, to: 3 }, 24)).toEqual({ from: 4, to: 4 });
    expect(strippedKey('ArrowRight', true, { from: 3, to: 4 }, 24)).toEqual({ from: 3, to: 5 });
    expect(strippedKey('ArrowLeft', true, { from: 3, to: 3 }, 24)).toEqual({ from: 2, to: 3 });
    expect(strippedKey('Escape', false, { from: 3, to: 3 }, 24)).toBeNull();
    expect(strippedKey('a', false, null, 24)).toBeUndefined();
  });
});

describe('quantile dotplot', () => {
  it('places one dot a quantile and stacks them inside the picture', () => {
    const { dots, base } = layoutDots(POSSIBLE.laplace, undefined, [36], { width: 300, height: 110, em: 16 });
    expect(dots).toHaveLength(60);
    expect(Math.min(...dots.map((dot) => dot.y))).toBeGreaterThan(0);
    expect(Math.max(...dots.map((dot) => dot.y))).toBeLessThan(base);
    expect(textOf(dots.slice(0, 6))).toMatchSnapshot();
  });
  it('uses exact quantiles of Laplace and normal laws', () => {
    // Laplace(0, 2): the 75 % quantile is 2 ln 2. Normal: 97.5 % is 1.959964.
    expect(laplaceQuantiles(0, 2, 2)[1]).toBeCloseTo(2 * Math.LN2, 12);
    expect(gaussianQuantiles(0, 1, 20)[19]).toBeCloseTo(1.959963985, 7);
  });
  it('takes the nearest rank of drawn values', () => {
    expect(Array.from(quantilesOf([4, 1, 3, 2], 2))).toEqual([2, 4]);
  });
});

describe('trade-off scatter', () => {
  it('keeps on the frontier exactly what nothing else beats on both axes', () => {
    expect(
      paretoFrontier(
        [
          { x: 1, y: 3 },
          { x: 2, y: 2 },
          { x: 3, y: 3 },
          { x: 3, y: 1 },
        ],
        'lower',
        'lower',
      ),
    ).toEqual([true, true, false, true]);
    expect(paretoFrontier([{ x: 1, y: 3 }], 'lower', 'none')).toEqual([false]);
  });
  it('always labels the current point and never overlaps labels', () => {
    const { points } = layoutScatter(TRADE_OFF.points, TRADE_OFF, 'dp1', SIZE);
    expect(points.find(({ point }) => point.id === 'dp1')?.label).not.toBeNull();
    expect(
      textOf(points.map(({ point, x, y, label, onFrontier }) => ({ id: point.id, x, y, label, onFrontier }))),
    ).toMatchSnapshot();
  });
});

describe('scales', () => {
  it('inverts, linear and log', () => {
    const log = makeScale([0.01, 100], [0, 400], { log: true });
    expect(log(1)).toBeCloseTo(200, 9);
    expect(log.invert(300)).toBeCloseTo(10, 9);
    expect(makeScale([3, 3], [0, 10]).domain).toEqual([2.7, 3.3]);
  });
  it('keeps zero on the axis of counts but not of temperatures', () => {
    expect(axisDomain({ label: 'n' }, [3, 40])[0]).toBe(0);
    expect(axisDomain({ label: '°C' }, [18, 21])[0]).toBeGreaterThan(17);
  });
});

describe('meters and budgets', () => {
  it('lays out the gallery meters as recorded', () => {
    expect(textOf(METERS.map(layoutMeter))).toMatchSnapshot();
  });
  it('shares always sum to one exactly and none vanishes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.02, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 }),
        fc.nat(4),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (raw, border, delta) => {
          const moved = moveBorder(raw, border % (raw.length - 1), delta);
          expect(moved.reduce((sum, share) => sum + Math.round(share * 100), 0)).toBe(100);
          expect(moved.every((share) => share >= 0)).toBe(true);
        },
      ),
    );
  });
  it('moves only the two parts at the border', () => {
    expect(moveBorder([0.3, 0.5, 0.2], 0, 0.05)).toEqual([0.35, 0.45, 0.2]);
    expect(moveBorder([0.3, 0.5, 0.2], 1, 0.9)).toEqual([0.3, 0.69, 0.01]);
    expect(wholeSteps([1, 1, 1], 100)).toEqual([34, 33, 33]);
  });
});

describe('family views', () => {
  it('bins class sizes by doubling and loses no row', () => {
    const bins = binSizes(CLASSES.before, CLASSES.after);
    expect(bins.map((bin) => bin.from)).toEqual([1, 2, 3, 5, 9, 17, 33]);
    expect(bins.reduce((sum, bin) => sum + bin.before, 0)).toBe(620 + 190 + 90 + 60 + 45);
  });
  it('counts rows below k and never at k', () => {
    expect(rowsBelow(CLASSES.before, 5)).toBe(620 + 190 + 90);
    expect(rowsBelow(CLASSES.after, 5)).toBe(0);
  });
  it('finds the k it drew: the line and its drag agree for powers of two plus one', () => {
    for (const k of [1, 2, 3, 5, 9, 17]) {
      const { kX, kAt } = layoutClasses({ ...CLASSES, k, kMax: 100 }, SIZE);
      expect(kAt(kX)).toBe(k);
    }
  });
  it('marks changed cells and suppressed rows', () => {
    const rows = rowChanges(ROWS.before, ROWS.after);
    expect(rows.map((row) => row.suppressed)).toEqual([false, false, true, false]);
    expect(rows[0]?.cells.map((cell) => cell.changed)).toEqual([true, true, true, false]);
  });
  it('spreads end labels without changing their order', () => {
    expect(spreadLabels([50, 51, 49], 10, 0, 60)).toEqual([50, 60, 40]);
  });
  it('lays out lines, buckets, parties and latency as recorded', () => {
    const axes = { x: { label: 'ε', log: true }, y: { label: 'error', log: true } };
    expect(textOf(layoutLines({ series: SWEEP, ...axes }, SIZE).lines)).toMatchSnapshot();
    expect(textOf(layoutBuckets(STREAM, SIZE).bars)).toMatchSnapshot();
    expect(textOf(layoutParties(PARTIES.parties, PARTIES.messages, 1, SIZE))).toMatchSnapshot();
    expect(textOf(layoutLatency(LATENCY, true, SIZE).bars)).toMatchSnapshot();
  });
  it('names few lines above a narrow plot, so that it keeps its width; many stay named at their ends', () => {
    const axes = { x: { label: 'x' }, y: { label: 'y', log: true, domain: [1e-6, 1] as const } };
    const line = (id: string, low?: number) => ({
      id,
      label: `a rather long name ${id}`,
      meaning: 'privacy' as const,
      points: [
        { x: 0, y: 0.5, ...(low === undefined ? {} : { low, high: 1 }) },
        { x: 1, y: 1e-9, ...(low === undefined ? {} : { low, high: 1 }) },
      ],
    });
    const narrow = { width: 300, height: 200, em: 13 };
    const few = layoutLines({ series: [line('a'), line('b')], ...axes }, narrow);
    expect(few.legend.map(({ series }) => series.id)).toEqual(['a', 'b']);
    expect(few.plot.right).toBeGreaterThan(270);
    const many = layoutLines({ series: ['a', 'b', 'c', 'd'].map((id) => line(id)), ...axes }, narrow);
    expect(many.legend).toEqual([]);
    expect(layoutLines({ series: [line('a'), line('b')], ...axes }, { ...narrow, width: 800 }).legend).toEqual([]);
    // Below the axis there is no dot, and a bound of nought is a band down to the axis.
    expect(few.lines[0]?.dots).toHaveLength(1);
    expect(layoutLines({ series: [line('a', 0)], ...axes }, narrow).lines[0]?.band).not.toMatch(/NaN|Infinity/);
  });
  it('shows words as eight hexadecimal digits', () => {
    expect(hexWords(Uint32Array.of(255, 0xdeadbeef))).toBe('000000ff deadbeef');
  });
});
