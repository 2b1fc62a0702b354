import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LatticeAnswer, LatticeMetric, LatticeQuestion, NodeAnswer } from '../../kit/lattice.ts';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { EncodedColumn } from '../../table/hierarchy.ts';
import { applyLevels } from './apply.ts';
import { latticeSize, levelsOfNode, nodeOfLevels } from './lattice-columns.ts';
import { type LatticeProblem, prepare } from './prepared.ts';
import { LatticeStudy, searchOptimum, type StudyOptions } from './solution.ts';

/**
 * The solved lattice beside a plain evaluator: every node, classes by a Map of text keys, measures by their formulas.
 * Numbers of cases are per run; the seeds of fast-check are printed when one fails.
 */
const quiet = { checkpoint: async (): Promise<void> => undefined };
const runs = process.env['EPSILON_FULL'] === undefined ? 60 : 2000;

/** A column of `size` base values in a random tree, and codes for `rows` rows. */
function column(name: string, size: number, cuts: readonly number[], codes: readonly number[]): EncodedColumn {
  const levels = [1, ...cuts].map((width, depth) => ({
    name: `level ${depth}`,
    codes: Uint32Array.from({ length: size }, (_, base) => Math.floor(base / width)),
    labels: Array.from({ length: Math.ceil(size / width) }, (_, node) => `${name}${depth}:${node}`),
  }));
  levels.push({ name: '*', codes: new Uint32Array(size), labels: ['*'] });
  return {
    hierarchy: { column: name, levels },
    codes: Uint32Array.from(codes, (code) => code % size),
    ordered: false,
    base: { kind: 'labels' },
  };
}

const table = fc
  .record({
    rows: fc.integer({ min: 1, max: 40 }),
    shapes: fc.array(
      fc.constantFrom<readonly [number, readonly number[]]>([2, []], [4, [2]], [6, [2, 6]], [5, [3]], [1, []]),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    seed: fc.infiniteStream(fc.integer({ min: 0, max: 100 })),
    values: fc.integer({ min: 1, max: 4 }),
    sampled: fc.boolean(),
  })
  .map(({ rows, shapes, seed, values, sampled }): LatticeProblem => {
    const draw = (): number => Number(seed.next().value);
    const columns = shapes.map(([size, cuts], j) => column(`c${j}`, size, cuts, Array.from({ length: rows }, draw)));
    const codes = Uint32Array.from({ length: rows }, () => draw() % values);
    const overall = new Uint32Array(values);
    for (const code of codes) overall[code] = (overall[code] as number) + 1;
    const labels = Array.from({ length: values }, (_, code) => `s${code}`);
    const domain = { column: 'secret', size: values, labels, overall, rows };
    const sample =
      sampled && rows > 3 ? { sample: Uint8Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 1 : 0)) } : {};
    return { columns, sensitive: [{ domain, codes }], rows, ...sample };
  });

const ask = fc.record({
  k: fc.integer({ min: 2, max: 6 }),
  l: fc.integer({ min: 1, max: 3 }),
  limit: fc.constantFrom(0, 0.1, 0.3, 0.5, 1),
  gsFactor: fc.constantFrom(0.5, 0.25, 0.75),
  metric: fc.constantFrom<LatticeMetric>(
    'loss',
    'loss-arithmetic',
    'discernibility',
    'discernibility-monotonic',
    'class-size',
    'non-uniform-entropy',
    'normalized-entropy',
    'precision',
    'height',
    'ambiguity',
    'kl',
  ),
});

const questionOf = ({
  k,
  l,
  limit,
  gsFactor,
  metric,
}: {
  k: number;
  l: number;
  limit: number;
  gsFactor: number;
  metric: LatticeMetric;
}): LatticeQuestion => ({
  kind: 'optimum',
  models: [{ type: 'k-anonymity', k }, ...(l > 1 ? [{ type: 'distinct-l', column: 'secret', l } as const] : [])],
  limit,
  metric,
  gsFactor,
});

const whole: StudyOptions = { least: 2, limit: 1, largest: 1000, diversities: 3, part: 0, parts: 1 };

interface PlainNode {
  readonly suppressed: number;
  readonly loss: readonly number[];
}

/** Classes by text keys, column losses by the formula of the literature. */
function plainNode(problem: LatticeProblem, levels: readonly number[], k: number, l: number): PlainNode {
  const released = Array.from({ length: problem.rows }, (_, i) => i).filter((i) => problem.sample?.[i] !== 0);
  const node = (j: number, i: number): number =>
    problem.columns[j]?.hierarchy.levels[levels[j] as number]?.codes[problem.columns[j]?.codes[i] as number] as number;
  const classes = new Map<string, number[]>();
  for (const i of released) {
    const key = levels.map((_, j) => node(j, i)).join('/');
    classes.set(key, [...(classes.get(key) ?? []), i]);
  }
  const kept = [...classes.values()].filter(
    (rows) => rows.length >= Math.max(k, l) && new Set(rows.map((i) => problem.sensitive[0]?.codes[i])).size >= l,
  );
  const n = released.length;
  const suppressed = n - kept.reduce((sum, rows) => sum + rows.length, 0);
  const loss = problem.columns.map((each, j) => {
    const codes = each.hierarchy.levels[levels[j] as number]?.codes ?? new Uint32Array(0);
    const size = codes.length;
    const share = (i: number): number => codes.filter((other) => other === node(j, i)).length / size;
    const area = kept.flat().reduce((sum, i) => sum + share(i), 0) + suppressed;
    return size === 1 ? 0 : Math.max(0, (area - n / size) / (n - n / size));
  });
  return { suppressed, loss };
}

describe('a solved lattice', () => {
  it('agrees with classes formed the plain way, at every node', async () => {
    await fc.assert(
      fc.asyncProperty(table, ask, async (problem, asked) => {
        const question = questionOf({ ...asked, metric: 'loss-arithmetic', gsFactor: 0.5 });
        const study = await LatticeStudy.solve(problem, whole, quiet);
        const answer = (await study.ask(question, quiet)) as LatticeAnswer;
        const { heights, rows } = study.shape;
        const allowed = Math.floor(asked.limit * rows);
        for (let index = 0; index < latticeSize(heights); index += 1) {
          const plain = plainNode(problem, levelsOfNode(index, heights), asked.k, asked.l);
          const at = answer.nodes.indexOf(index);
          expect(at >= 0).toBe(plain.suppressed <= allowed);
          if (at < 0) continue;
          expect(answer.suppressed[at]).toBe(plain.suppressed);
          const mean = plain.loss.reduce((sum, loss) => sum + loss, 0) / heights.length;
          expect(answer.loss[at]).toBeCloseTo(mean, 9);
        }
      }),
      { numRuns: runs },
    );
  });

  it('gives the optimum that a search for this question alone gives, for every measure', async () => {
    await fc.assert(
      fc.asyncProperty(table, ask, async (problem, asked) => {
        const question = questionOf(asked);
        const study = await LatticeStudy.solve(problem, whole, quiet);
        const answer = (await study.ask(question, quiet)) as LatticeAnswer;
        const found = await searchOptimum(await prepare(problem), question, quiet);
        expect(found.levels.length > 0).toBe(answer.best >= 0);
        if (answer.best < 0) return;
        expect(found.answer.bestLoss).toBeCloseTo(answer.bestLoss, 8);
        expect(answer.ties).toContain(nodeOfLevels(found.levels, study.shape.heights));
      }),
      { numRuns: runs },
    );
  });

  it('answers about other models what the classes of each node say, whatever was asked before', async () => {
    const column = 'secret';
    const sets: readonly (readonly PrivacyModel[])[] = [
      [
        { type: 'entropy-l', column, l: 1.5 },
        { type: 't-closeness', column, t: 0.4, distance: 'equal' },
      ],
      [{ type: 't-closeness', column, t: 0.2, distance: 'equal' }],
      [{ type: 'recursive-cl', column, c: 2, l: 2 }],
      [{ type: 'recursive-cl', column, c: 3, l: 3 }],
      [
        { type: 'distinct-l', column, l: 2 },
        { type: 'basic-beta', column, beta: 1 },
      ],
      [{ type: 'entropy-l', column, l: 2 }],
    ];
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(0, 0.2, 0.6),
        fc.integer({ min: 2, max: 3 }),
        async (problem, limit, k) => {
          const study = await LatticeStudy.solve(problem, whole, quiet);
          const { heights, rows } = study.shape;
          for (const set of sets) {
            const models: readonly PrivacyModel[] = [{ type: 'k-anonymity', k }, ...set];
            const question: LatticeQuestion = { kind: 'optimum', models, limit, metric: 'loss', gsFactor: 0.5 };
            const answer = (await study.ask(question, quiet)) as LatticeAnswer;
            for (let index = 0; index < latticeSize(heights); index += 1) {
              const applied = applyLevels(problem, levelsOfNode(index, heights), models);
              let suppressed = 0;
              applied.grouping.sizes.forEach((size, c) => {
                if (applied.keep[c] === 0) suppressed += size;
              });
              const at = answer.nodes.indexOf(index);
              expect(at >= 0).toBe(suppressed <= Math.floor(limit * rows));
              if (at >= 0) expect(answer.suppressed[at]).toBe(suppressed);
            }
          }
        },
      ),
      { numRuns: runs },
    );
  });

  it('describes a node as the answer does', async () => {
    await fc.assert(
      fc.asyncProperty(table, ask, async (problem, asked) => {
        const question = questionOf(asked);
        const study = await LatticeStudy.solve(problem, whole, quiet);
        const answer = (await study.ask(question, quiet)) as LatticeAnswer;
        if (answer.best < 0) return;
        const at = answer.nodes.indexOf(answer.best);
        const detail = (await study.ask({ kind: 'node', node: answer.best, question }, quiet)) as NodeAnswer;
        expect(detail.admissible).toBe(true);
        expect(detail.suppressed).toBe(answer.suppressed[at]);
        expect(detail.classes).toBe(answer.classes[at]);
        expect(detail.loss).toBeCloseTo(answer.bestLoss, 8);
        const rows = detail.sizes.size.reduce((sum, size, i) => sum + size * (detail.sizes.classes[i] as number), 0);
        expect(rows).toBe(detail.rows);
      }),
      { numRuns: runs },
    );
  });

  it('suppresses no fewer rows at any node as k or l grows, and admits no fewer nodes as the limit grows', async () => {
    await fc.assert(
      fc.asyncProperty(table, ask, async (problem, asked) => {
        const study = await LatticeStudy.solve(problem, whole, quiet);
        const count = async (change: Partial<typeof asked>): Promise<LatticeAnswer> =>
          (await study.ask(questionOf({ ...asked, limit: 1, ...change }), quiet)) as LatticeAnswer;
        const [now, more] = [await count({}), await count({ k: asked.k + 1 })];
        const diverse = await count({ l: Math.min(3, asked.l + 1) });
        expect([...more.nodes]).toEqual([...now.nodes]);
        now.suppressed.forEach((rows, i) => {
          expect(more.suppressed[i]).toBeGreaterThanOrEqual(rows);
          expect(diverse.suppressed[i]).toBeGreaterThanOrEqual(rows);
        });
        const tight = await count({ limit: 0.1 });
        for (const node of tight.nodes) expect(now.nodes).toContain(node);
      }),
      { numRuns: runs },
    );
  });

  it('gives the same answer where the classes are too many to keep, share by share', async () => {
    const models: readonly PrivacyModel[] = [
      { type: 'k-anonymity', k: 2 },
      { type: 't-closeness', column: 'secret', t: 0.3, distance: 'equal' },
    ];
    const question: LatticeQuestion = { kind: 'optimum', models, limit: 0.4, metric: 'loss', gsFactor: 0.5 };
    const asked = async (problem: LatticeProblem, options: StudyOptions): Promise<LatticeAnswer> => {
      const study = await LatticeStudy.solve(problem, options, quiet);
      await study.ask(question, quiet);
      return (await study.ask(question, quiet)) as LatticeAnswer;
    };
    await fc.assert(
      fc.asyncProperty(table, async (problem) => {
        const all = await asked(problem, whole);
        const tight = { ...whole, mostClasses: 1, parts: 2 };
        const parts = [await asked(problem, { ...tight, part: 0 }), await asked(problem, { ...tight, part: 1 })];
        const nodes = parts.flatMap((part) => [...part.nodes]).toSorted((a, b) => a - b);
        expect(nodes).toEqual([...all.nodes].toSorted((a, b) => a - b));
        expect(Math.min(...parts.map(({ bestLoss }) => bestLoss))).toBeCloseTo(all.bestLoss, 9);
      }),
      { numRuns: runs },
    );
  });

  it('says of each answer searched for alone what it proves', async () => {
    // Twelve columns of four levels: too many nodes to solve, few enough candidates to prove.
    const columns = Array.from({ length: 12 }, (_, j) => column(`c${j}`, 6, [2, 6], [j, j + 1, j, j + 1, j, j + 1]));
    const domain = { column: 'secret', size: 1, labels: ['s0'], overall: Uint32Array.of(6), rows: 6 };
    const problem: LatticeProblem = { columns, sensitive: [{ domain, codes: new Uint32Array(6) }], rows: 6 };
    const study = await LatticeStudy.solve(problem, whole, quiet);
    expect(study.shape.proof).toBe('pruned');
    const one = { k: 2, l: 1, limit: 0, gsFactor: 0.5 };
    const bounded = (await study.ask(questionOf({ ...one, metric: 'loss' }), quiet)) as LatticeAnswer;
    expect(bounded.proof).toBe('pruned');
    const unbounded = (await study.ask(questionOf({ ...one, metric: 'discernibility' }), quiet)) as LatticeAnswer;
    expect(unbounded.proof).toBe('heuristic');
  });

  it('refuses a limit beyond the one it was solved for, with a remedy', async () => {
    const [problem] = fc.sample(table, { numRuns: 1, seed: 1 });
    if (problem === undefined) return;
    const study = await LatticeStudy.solve(problem, { ...whole, limit: 0.1 }, quiet);
    const question = questionOf({ k: 2, l: 1, limit: 0.3, gsFactor: 0.5, metric: 'loss' });
    await expect(study.ask(question, quiet)).rejects.toMatchObject({ code: 'infeasible', place: { param: 'limit' } });
  });
});
