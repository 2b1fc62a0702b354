import { describe, expect, it } from 'vitest';
import { networkMs } from './Network.tsx';
import { layoutLatencyAxis } from './latency-axis.layout.ts';

const pairs = [
  { id: 'a', label: 'a', here: { min: 0.02, avg: 0.03, p95: 0.05 }, paper: { min: 3.2, avg: 8.7, p95: 15.3 } },
  { id: 'b', label: 'b', paper: { min: 87.3, avg: 152.4, p95: 273.5 } },
];

describe('the latency axis', () => {
  it('holds every value and the limit within its width', () => {
    const { rows, limitX, ticks } = layoutLatencyAxis(pairs, 500, 600, 16);
    const all = rows.flatMap(({ here, paper }) =>
      [here, paper].flatMap((span) => (span === undefined ? [] : [span.x1, span.x2])),
    );
    for (const x of [...all, limitX]) expect(x >= 0 && x <= 600).toBe(true);
    expect(ticks.map(({ value }) => value)).toEqual([0.01, 0.1, 1, 10, 100, 1000]);
  });

  it('keeps the order min, mean, p95', () => {
    for (const { here, paper } of layoutLatencyAxis(pairs, 500, 300, 16).rows) {
      for (const span of [here, paper])
        if (span !== undefined) expect([span.x1 < span.x, span.x < span.x2]).toEqual([true, true]);
    }
  });
});

describe('the network model', () => {
  it('adds rounds and bytes: 2 rounds of 50 ms and 25,000 bytes at 20 Mbit/s are 110 ms', () => {
    expect(networkMs({ messages: 4, bytes: 25_000, rounds: 2 }, 'mobile')).toBeCloseTo(110, 9);
  });
});
