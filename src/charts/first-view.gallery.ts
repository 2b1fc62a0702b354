/** Examples of the first view's charts, shared by the gallery and the tests. */
import { gaussianQuantiles, laplaceQuantiles } from './dot-plot.layout.ts';
import type { AxisSpec, MeterBarProps, ScatterPoint } from './props.ts';

const TRUE_HOURS = [
  140, 80, 55, 40, 38, 50, 104, 180, 214, 200, 197, 201, 207, 214, 216, 221, 213, 203, 236, 264, 270, 224, 226, 210,
];

export const HOURS = {
  truth: Float64Array.from(TRUE_HOURS),
  released: Float64Array.from(TRUE_HOURS, (value, i) => value + Math.round(9 * Math.sin(i * 5.3))),
  halfWidth95: 14,
};

export const POSSIBLE = {
  laplace: laplaceQuantiles(36, 1, 60),
  gaussian: gaussianQuantiles(36, 4, 100),
  outcomes: Float64Array.from({ length: 40 }, (_, i) => 36 + 4 * Math.sin(i * 12.3)),
};

export const TRADE_OFF: { points: ScatterPoint[]; x: AxisSpec; y: AxisSpec } = {
  x: { label: 'Error a zone', unit: 'trips', better: 'lower', log: true },
  y: { label: 'Found', unit: '%', better: 'lower', domain: [40, 104] },
  points: [
    { id: 'none', label: 'No protection', x: 0.3, y: 98, yLow: 96.5, yHigh: 99, meaning: 'risk' },
    { id: 'pseudonyms', label: 'Pseudonyms', x: 0.34, y: 97, yLow: 95, yHigh: 98.5 },
    { id: 'k5', label: 'k = 5, l = 3', x: 6, y: 71, xLow: 4.6, xHigh: 7.7, yLow: 68, yHigh: 74 },
    { id: 'dp1', label: 'DP ε = 1', x: 3.1, y: 52, xLow: 2.9, xHigh: 3.3, yLow: 50, yHigh: 54 },
    { id: 'dp01', label: 'DP ε = 0.1', x: 30, y: 50.4, xLow: 28, xHigh: 32, yLow: 48.5, yHigh: 52.3 },
    { id: 'hybrid', label: 'Hybrid', x: 3.4, y: 51, xLow: 3.1, xHigh: 3.7, yLow: 49, yHigh: 53 },
    { id: 'fl', label: 'Federated', x: 9, y: 57, xLow: 8, xHigh: 10, yLow: 55, yHigh: 59 },
  ],
};

export const METERS: readonly MeterBarProps[] = [
  {
    label: 'Privacy',
    meaning: 'privacy',
    value: 0.52,
    low: 0.5,
    high: 0.54,
    text: '52 % found (50–54)',
    baseline: { value: 0.5, label: '50 %' },
    bound: { value: 0.73, label: '73 %' },
  },
  {
    label: 'Utility',
    meaning: 'utility',
    value: 0.86,
    low: 0.82,
    high: 0.89,
    text: '± 3 trips a zone',
    note: 'top 10 zones right in 97 of 100 releases',
  },
  {
    label: 'Cost',
    meaning: 'cost',
    value: 0.4,
    domain: [0.01, 1000],
    log: true,
    text: '0.4 ms measured',
    note: 'no network, one curator is trusted',
  },
  {
    label: 'Network',
    meaning: 'cost',
    value: 80,
    low: 40,
    high: 160,
    domain: [0.01, 1000],
    log: true,
    text: '80 ms modelled',
    provenance: 'modelled',
  },
];
