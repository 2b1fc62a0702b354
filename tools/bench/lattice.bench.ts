import type { LatticeAnswer, LatticeMetric, LatticeQuestion } from '../../src/engine/kit/lattice.ts';
import type { PrivacyModel } from '../../src/engine/kit/privacy-model.ts';
import { type LatticeProblem, prepare } from '../../src/engine/anonymization/lattice/prepared.ts';
import { levelsOfNode } from '../../src/engine/anonymization/lattice/lattice-columns.ts';
import { LatticeStudy, searchOptimum } from '../../src/engine/anonymization/lattice/solution.ts';
import { sensitiveDomain } from '../../src/engine/anonymization/models/sensitive-domain.ts';
import { encodeColumn } from '../../src/engine/table/encode.ts';
import { groupRows } from '../../src/engine/table/group.ts';
import { baseSize } from '../../src/engine/table/hierarchy.ts';
import type { BenchRow } from '../bench-kit.ts';
import { adultTable } from './adult-table.ts';
import { hardTable } from './hard-table.ts';

/**
 * Full-domain search. The plain alternative forms the classes of a node with a Map keyed by text, for a sample of the
 * nodes, and is scaled to the whole lattice. Where the reference tables are present, Adult (30,162 rows, 12,960 nodes) is
 * solved; otherwise only the generated table of a million rows is searched.
 */
const quiet = { checkpoint: async (): Promise<void> => undefined };

export async function bench(): Promise<BenchRow[]> {
  const adult = adultTable();
  return [...(adult === undefined ? [] : await adultRows(adult)), ...(await hardRows())];
}

async function adultRows(adult: NonNullable<ReturnType<typeof adultTable>>): Promise<BenchRow[]> {
  const problem = (names: readonly string[], secret?: string): LatticeProblem => ({
    columns: names.map((name) => encodeColumn(adult, name)),
    sensitive: secret === undefined ? [] : [sensitiveDomain(adult, secret)],
    rows: adult.table.rows,
  });
  const names = adult.table.columns.map(({ name }) => name);
  const nine = problem(names);
  const options = { least: 2, limit: 0.2, largest: 1000, diversities: 1, part: 0, parts: 1 } as const;
  const halves: number[] = [];
  const studies: LatticeStudy[] = [];
  for (const part of [0, 1]) {
    const start = performance.now();
    studies.push(await LatticeStudy.solve(nine, { ...options, part, parts: 2 }, quiet));
    halves.push(performance.now() - start);
  }
  const plain = plainNodes(nine, 40);
  const solved = Math.max(...halves);
  const nodes = studies[0]?.shape.nodes ?? 0;
  const rows: BenchRow[] = [
    {
      name: `Adult 9 QIs: ${nodes} nodes solved, the longer of two workers' shares`,
      ours: { ms: solved },
      peer: { name: 'Map with text keys, every node, half of them each', ms: (plain * nodes) / 2 },
      ratio: (plain * nodes) / 2 / solved,
      budgetMs: 4000,
    },
    await asked('Adult 9 QIs: a move of k, limit, measure or weight, one worker of two', studies[0], moves(), 2),
  ];
  const eight = problem(
    names.filter((name) => name !== 'occupation'),
    'occupation',
  );
  const study = await LatticeStudy.solve(eight, { ...options, diversities: 8, parts: 2 }, quiet);
  rows.push(await asked('Adult 8 QIs: a move of k and distinct l, one worker of two', study, diverse(), 2));
  for (const [name, make] of Object.entries(thresholds)) {
    await study.ask(question([{ type: 'k-anonymity', k: 5 }, make(0)], 0.05), quiet);
    const list = [1, 2, 3, 4].map((step) => question([{ type: 'k-anonymity', k: 5 }, make(step)], 0.05));
    rows.push(await asked(`Adult 8 QIs: a move of ${name}, one worker of two`, study, list, 200));
  }
  return rows;
}

const question = (models: readonly PrivacyModel[], limit: number, metric: LatticeMetric = 'loss'): LatticeQuestion => ({
  kind: 'optimum',
  models,
  limit,
  metric,
  gsFactor: 0.5,
});

const METRICS: readonly LatticeMetric[] = ['loss', 'discernibility', 'class-size', 'non-uniform-entropy', 'precision'];

function moves(): readonly LatticeQuestion[] {
  const out: LatticeQuestion[] = [];
  for (const k of [2, 5, 10, 50]) {
    for (const limit of [0, 0.02, 0.05, 0.2]) {
      for (const metric of METRICS) out.push(question([{ type: 'k-anonymity', k }], limit, metric));
      out.push({
        ...question([{ type: 'k-anonymity', k }], limit),
        weights: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((w) => w / 10),
      });
    }
  }
  return out;
}

const diverse = (): readonly LatticeQuestion[] =>
  [2, 5, 20].flatMap((k) =>
    [1, 2, 3, 5, 8].map((l) =>
      question(
        [
          { type: 'k-anonymity', k },
          { type: 'distinct-l', column: 'occupation', l },
        ],
        0.05,
      ),
    ),
  );

const column = 'occupation';
const thresholds: Readonly<Record<string, (step: number) => PrivacyModel>> = {
  'entropy l': (step) => ({ type: 'entropy-l', column, l: 2 + step / 2 }),
  'c of recursive (c, 3)': (step) => ({ type: 'recursive-cl', column, c: 1 + step, l: 3 }),
  't (equal)': (step) => ({ type: 't-closeness', column, t: 0.1 + step / 10, distance: 'equal' }),
  'beta (basic)': (step) => ({ type: 'basic-beta', column, beta: 1 + step }),
};

/** Mean time of an answer over a list of questions, after one round of them. */
async function asked(
  name: string,
  study: LatticeStudy | undefined,
  list: readonly LatticeQuestion[],
  budgetMs: number,
): Promise<BenchRow> {
  const times: number[] = [];
  for (const round of [0, 1]) {
    for (const one of list) {
      const start = performance.now();
      (await study?.ask(one, quiet)) as LatticeAnswer | undefined;
      if (round === 1) times.push(performance.now() - start);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { name, ours: { ms: at(0.5), minMs: at(0), maxMs: at(1), repeats: times.length }, budgetMs };
}

async function hardRows(): Promise<BenchRow[]> {
  const problem = hardTable(1_000_000);
  const start = performance.now();
  const found = await searchOptimum(
    await prepare(problem),
    question(
      [
        { type: 'k-anonymity', k: 5 },
        { type: 'distinct-l', column: 'diagnosis', l: 3 },
      ],
      0.05,
    ),
    quiet,
  );
  const ms = performance.now() - start;
  const plain = plainNodes(problem, 2);
  const five = problem.columns.slice(0, 5);
  const codes = five.map((each) => each.codes);
  const before = performance.now();
  const classes = groupRows(codes, five.map(baseSize), problem.rows).count;
  const grouped = performance.now() - before;
  return [
    {
      name: `1M rows, 6 QIs, k=5 + l=3, 5 %: optimum (${found.evaluated} of ${found.nodes} nodes looked at)`,
      ours: { ms },
      peer: { name: 'Map with text keys, the same number of nodes', ms: plain * found.evaluated },
      ratio: (plain * found.evaluated) / ms,
      budgetMs: 10_000,
    },
    { name: `classes of 1M rows x 5 QIs (${classes})`, ours: { ms: grouped }, budgetMs: 100 },
  ];
}

/** Milliseconds a node of the plain way: one text key a row, a Map of counts. */
function plainNodes({ columns, rows }: LatticeProblem, sample: number): number {
  const heights = columns.map((each) => each.hierarchy.levels.length);
  const nodes = heights.reduce((all, height) => all * height, 1);
  const start = performance.now();
  let classes = 0;
  for (let s = 0; s < sample; s += 1) {
    const levels = levelsOfNode(Math.floor(((s + 0.5) * nodes) / sample), heights);
    const steps = columns.map((each, j) => each.hierarchy.levels[levels[j] as number]?.codes ?? new Uint32Array(0));
    const counts = new Map<string, number>();
    for (let i = 0; i < rows; i += 1) {
      const key = columns.map((each, j) => steps[j]?.[each.codes[i] as number]).join(',');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    classes += counts.size;
  }
  if (classes === 0) throw new RangeError('no classes were formed');
  return (performance.now() - start) / sample;
}
