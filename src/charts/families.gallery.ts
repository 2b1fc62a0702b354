/** Examples of the family views, shared by the gallery and the tests. Hand-made numbers in the shapes of the kit's pictures. */
import type {
  BeforeAfterTableProps,
  BudgetPart,
  ClassHistogramProps,
  LatencyRow,
  LineSeries,
  PacketsViewProps,
  PartiesDiagramProps,
  RoundsChartProps,
  StreamChartProps,
} from './props.ts';

type Data<P> = Omit<P, 'title' | 'description' | 'onK' | 'onRound'>;

export const CLASSES: Data<ClassHistogramProps> = {
  before: { size: Uint32Array.of(1, 2, 3, 5, 9), classes: Uint32Array.of(620, 95, 30, 12, 5) },
  after: { size: Uint32Array.of(5, 6, 8, 12, 20, 40), classes: Uint32Array.of(40, 22, 18, 10, 6, 4) },
  k: 5,
  rows: 1000,
  suppressedRows: 24,
};

export const ROWS: Data<BeforeAfterTableProps> = {
  columns: ['pickup', 'dropoff', 'hour', 'fare'],
  before: [
    ['Times Sq', 'JFK Airport', '18:42', 52],
    ['East Village', 'SoHo', '08:05', 9.5],
    ['Astoria', 'LaGuardia', '06:12', 14],
    ['Harlem', 'Midtown', '18:55', 21.5],
  ],
  after: [
    ['Manhattan', 'Queens', '18–20', 52],
    ['Manhattan', 'Manhattan', '08–10', 9.5],
    null,
    ['Manhattan', 'Manhattan', '18–20', 21.5],
  ],
};

export const BUDGET: readonly BudgetPart[] = [
  { id: 'high', label: 'health visits', share: 0.3, text: '± 9.9 visits' },
  { id: 'medium', label: 'trips', share: 0.5, text: '± 6.0 trips' },
  { id: 'low', label: 'air quality', share: 0.2, text: '± 1.4 µg/m³' },
];

const CLIENTS = ['Manhattan', 'Brooklyn', 'Queens', 'Bronx', 'Staten Island'];

export const ROUNDS: Data<RoundsChartProps> = {
  clients: CLIENTS.map((label, i) => ({ id: `c${i}`, label, rows: [8200, 2100, 1900, 300, 40][i] ?? 0 })),
  rounds: Array.from({ length: 20 }, (_, i) => ({
    round: i + 1,
    loss: 0.42 + 0.27 / (1 + i * 0.6),
    accuracy: 0.81 - 0.2 / (1 + i * 0.5),
    f1: 0.74 - 0.3 / (1 + i * 0.5),
    updateNorms: Float64Array.from(CLIENTS, (_, c) =>
      c === 3 && i % 4 === 1 ? Number.NaN : (1 + 0.2 * c) / (1 + 0.15 * i),
    ),
    bytes: 5 * 1064,
  })),
  central: { loss: 0.41, accuracy: 0.825, f1: 0.77 },
  majority: { accuracy: 0.64 },
};

export const STREAM: Data<StreamChartProps> = {
  buckets: ['0–4', '4–8', '8–12', '12–16', '16–20', '20–24'],
  truth: Float64Array.of(0.06, 0.15, 0.2, 0.19, 0.24, 0.16),
  estimate: Float64Array.of(0.04, 0.17, 0.21, 0.18, 0.25, 0.15),
  halfWidth95: new Float64Array(6).fill(0.03),
  epochs: Array.from({ length: 24 }, (_, i) => ({
    epoch: i + 1,
    answers: 500,
    error: 0.06 + 0.012 * Math.sin(i * 2.3),
    runningError: 0.06 / Math.sqrt(i + 1),
  })),
};

export const PARTIES: Data<PartiesDiagramProps> = {
  parties: ['Health', 'Transport', 'Safety'],
  messages: [0, 1, 2].flatMap((from) => [
    ...[0, 1, 2]
      .filter((to) => to !== from)
      .map((to) => ({ from, to, round: 1, bytes: 1024, what: 'one share of each count' })),
    ...[0, 1, 2].filter((to) => to !== from).map((to) => ({ from, to, round: 2, bytes: 512, what: 'sum of shares' })),
  ]),
  labels: ['people in all three registers', 'visits'],
  seen: [0, 1, 2].map((party) => ({
    party,
    words: Uint32Array.from({ length: 8 }, (_, i) => Math.imul(2654435761, party * 8 + i + 1)),
  })),
  opened: Float64Array.of(412, 9731),
  truth: Float64Array.of(412, 9731),
  modulus: '2^64',
};

const flat = Float64Array.from({ length: 256 }, (_, i) => 1 / 256 + 0.0004 * Math.sin(i * 7.7));
const bunched = new Float64Array(256);
for (let i = 48; i < 58; i++) bunched[i] = 0.045;
for (let i = 97; i < 123; i++) bunched[i] = 0.016;
bunched[34] = 0.08;
bunched[32] = 0.054;

export const PACKETS: Data<PacketsViewProps> = {
  plain: ['{"sensor":"3072","t":18.4,"light":1250}', '{"sensor":"3073","t":18.6,"light":1190}'],
  cipherHex: ['8f21c07ab44e019d2c5566a1f0e9b73c5d41', '04bb9ce1f7320a6d88c3155de2904f7ab016'],
  nonceHex: ['a1b2c3d4e5f600000001', 'a1b2c3d4e5f600000002'],
  plainBytes: 39,
  cipherBytes: 67,
  plainBytesShare: bunched,
  cipherBytesShare: flat,
};

export const SWEEP: readonly LineSeries[] = [
  {
    id: 'error',
    label: 'error',
    meaning: 'utility',
    points: [0.01, 0.03, 0.1, 0.3, 1, 3, 10].map((x) => ({ x, y: 3 / x, low: 2.6 / x, high: 3.4 / x })),
  },
  {
    id: 'k',
    label: 'k-anonymity',
    meaning: 'neutral',
    dashed: true,
    points: [0.01, 0.03, 0.1, 0.3, 1, 3, 10].map((x) => ({ x, y: 6 })),
  },
];

export const LATENCY: readonly LatencyRow[] = [
  { id: 'perturb', label: 'Noise on the device', min: 0.0004, avg: 0.0006, p95: 0.0011, kind: 'measured', n: 200 },
  { id: 'encrypt', label: 'Encrypt a reading', min: 0.011, avg: 0.014, p95: 0.022, kind: 'measured', n: 200 },
  { id: 'network', label: 'Mobile network, there and back', min: 25, avg: 48, p95: 110, kind: 'modelled' },
  { id: 'aggregate', label: 'Aggregate and release', min: 0.31, avg: 0.42, p95: 0.8, kind: 'measured', n: 200 },
];
