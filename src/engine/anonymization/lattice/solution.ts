import type { Ctx } from '../../kit/context.ts';
import { infeasible, unsupported } from '../../kit/errors.ts';
import type { LatticeAnswer, LatticeQuestion, LatticeShape, StudyAnswer, StudyQuestion } from '../../kit/lattice.ts';
import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Study, StudyShare } from '../../kit/technique.ts';
import { text } from '../../kit/text.ts';
import { answerFromClasses, answerFromRecords, metricChoice, sizeQuestion } from './answer.ts';
import { boundOf } from './bounds.ts';
import { makeCriterion } from '../models/criteria.ts';
import type { ClassModel } from './class-records.ts';
import { ClassSink } from './class-sink.ts';
import { latticeSize } from './lattice-columns.ts';
import { nodeDetail } from './node-detail.ts';
import { type Found, NodeJudge } from './node-judge.ts';
import { classModels, type LatticeProblem, prepare, type Prepared } from './prepared.ts';
import { RecordSink } from './record-sink.ts';
import { greedySearch, prunedSearch } from './pruned-search.ts';
import { answerOf, SearchSink } from './search-sink.ts';
import { type SolveOptions, visitLattice } from './solve.ts';

export interface StudyOptions extends StudyShare {
  /** Smallest k (and l) a question may name; 1 keeps single rows too. */
  readonly least: number;
  readonly limit: number;
  readonly largest: number;
  /** Largest distinct l answered at once, on the first sensitive column. */
  readonly diversities: number;
  /** Most classes kept for questions beyond k and distinct l; `MOST_CLASSES` when absent. */
  readonly mostClasses?: number;
}

/** Nodes x tuples up to which every node is looked at. */
const EXHAUSTIVE_WORK = 1.5e9;
const EXHAUSTIVE_NODES = 300_000;
/** The same for one question alone, where a measure has no bound. */
const WALK_WORK = 1e10;
/** Entropy sums cost as much again: kept from the start where the whole is small. */
const ENTROPY_WORK = 5e7;
/** Classes kept for questions beyond k and distinct l: 12 bytes and 8 a model each. */
const MOST_CLASSES = 2.4e7;

/** Whether every node can be looked at in reasonable time. */
function isSolvable({ table }: Prepared): boolean {
  const nodes = latticeSize(table.columns.map((column) => column.levels.length));
  return nodes <= EXHAUSTIVE_NODES && nodes * table.tuples <= EXHAUSTIVE_WORK;
}

const carriedFor = (models: readonly ClassModel[], kl: boolean): SolveOptions['carried'] => ({
  population: models.some((model) => model.kind === 'population'),
  mass: kl,
});

/** Rows below which the walk may drop a class: none where cells without a released row matter. */
const droppable = (least: number, models: readonly ClassModel[]): number =>
  models.some((model) => model.kind === 'population' && !model.criterion.emptyCellsHold) ? 0 : least;

export interface SearchResult {
  readonly answer: LatticeAnswer;
  /** Levels of the best node; empty where none is admissible. */
  readonly levels: readonly number[];
  readonly losses: readonly number[];
  readonly ties: number;
  readonly proof: LatticeShape['proof'];
  readonly evaluated: number;
  readonly nodes: number;
  readonly suppressed: number;
}

/**
 * The optimum for one question. A measure with a bound is searched with pruning; one without is looked up in every node
 * within the limit; where the lattice is too large for either, a greedy descent answers, and proves nothing.
 */
export async function searchOptimum(
  prepared: Prepared,
  question: LatticeQuestion,
  ctx: Pick<Ctx, 'checkpoint'>,
): Promise<SearchResult> {
  const { table, context, problem } = prepared;
  const { least, models } = classModels(problem, question.models);
  const heights = table.columns.map((column) => column.levels.length);
  const nodes = latticeSize(heights);
  const lowest = question.metric === 'discernibility-monotonic' ? Math.min(2, least) : least;
  const bound = boundOf(context, metricChoice(question, heights.length));
  const judge = new NodeJudge(context, question, least, models, lowest);
  if (bound !== undefined) {
    const { found, evaluated, isProved } = await prunedSearch(judge, heights, bound, ctx);
    return resultOf([...found.values()], isProved ? 'pruned' : 'heuristic', evaluated, nodes);
  }
  if (nodes > EXHAUSTIVE_NODES || nodes * table.tuples > WALK_WORK) {
    const { found, evaluated } = await greedySearch(judge, heights, ctx);
    return resultOf([...found.values()], 'heuristic', evaluated, nodes);
  }
  const sink = new SearchSink(context, question, least, models, lowest);
  const carried = carriedFor(models, question.metric === 'kl');
  const options = { least: droppable(lowest, models), limit: question.limit, carried, part: 0, parts: 1 };
  const { evaluated } = await visitLattice(table, sink, options, ctx);
  return resultOf(sink.found, 'exhaustive', evaluated, nodes);
}

function resultOf(
  found: readonly Found[],
  proof: LatticeShape['proof'],
  evaluated: number,
  nodes: number,
): SearchResult {
  const answer = answerOf(found);
  // By loss, not by index: nodes of a lattice too large to be numbered have no index of their own.
  const best = found.toSorted((a, b) => a.loss - b.loss)[0];
  const winner = found.find(({ node }) => node === answer.best) ?? best;
  return {
    answer,
    levels: winner?.levels ?? [],
    losses: winner?.perColumn.lossPerColumn ?? [],
    ties: answer.ties.length,
    suppressed: winner?.suppressed ?? 0,
    proof,
    evaluated,
    nodes,
  };
}

const solving = text('solving the lattice', 'resolviendo el retículo');
const reading = text('reading the classes of every node', 'leyendo las clases de cada nodo');

/** Classes of every node, with one number for each model in `kept`, in its order. */
interface HeldClasses {
  readonly sink: ClassSink;
  readonly kept: ReadonlyMap<string, ClassModel>;
  readonly least: number;
  readonly kl: boolean;
}

/** Numbers kept a class: models asked lately stay, so that going back to one is not a new reading. */
const MOST_NUMBERS = 6;
/** Largest l of recursive diversity read along with the one asked. */
const NEAR_L = 5;

const keyOf = ({ criterion }: ClassModel): string => JSON.stringify(withoutThreshold(criterion.model));

/** Models whose numbers differ from an asked one's in what a dial moves, though not in its threshold: l of recursive diversity. */
function neighboursOf(problem: LatticeProblem, model: ClassModel): readonly ClassModel[] {
  const own = model.criterion.model;
  if (model.kind !== 'values' || own.type !== 'recursive-cl') return [];
  const domain = problem.sensitive[model.column]?.domain;
  const values = domain?.overall.filter((rows) => rows > 0).length ?? 1;
  return Array.from({ length: NEAR_L - 1 }, (_, i) => i + 2)
    .filter((l) => l <= values)
    .map((l) => ({ ...model, criterion: makeCriterion({ ...own, l }, domain) }));
}

/** A solved lattice (or this worker's share of it): prepared once, asked often. */
export class LatticeStudy implements Study {
  private classes: HeldClasses | undefined;
  /** Known once reading found more classes than may be kept: never tried again. */
  private hasTooMany = false;

  private constructor(
    private readonly prepared: Prepared,
    private readonly options: StudyOptions,
    readonly shape: LatticeShape,
    private records: RecordSink | undefined,
  ) {}

  /** Looks at every node of the share. @throws cancelled */
  static async solve(
    problem: LatticeProblem,
    options: StudyOptions,
    ctx: Pick<Ctx, 'checkpoint'>,
  ): Promise<LatticeStudy> {
    await ctx.checkpoint(0, solving);
    const prepared = await prepare(problem, () => ctx.checkpoint(0, solving));
    const { table } = prepared;
    const shape = shapeOf(prepared, options);
    if (!isSolvable(prepared)) return new LatticeStudy(prepared, options, { ...shape, proof: 'pruned' }, undefined);
    const { sink, evaluated, excluded } = await record(table, options, shape.nodes * table.tuples <= ENTROPY_WORK, ctx);
    return new LatticeStudy(prepared, options, { ...shape, evaluated, excluded }, sink);
  }

  async ask(question: unknown, ctx: Pick<Ctx, 'checkpoint'>): Promise<StudyAnswer> {
    const asked = question as StudyQuestion;
    if (asked.kind === 'node') return nodeDetail(this.prepared, asked);
    return this.optimum(asked, ctx);
  }

  private async optimum(question: LatticeQuestion, ctx: Pick<Ctx, 'checkpoint'>): Promise<LatticeAnswer> {
    const { prepared, options, records } = this;
    if (question.limit > options.limit + 1e-12) {
      throw infeasible(
        `this solution holds answers up to ${options.limit * 100} % of the rows left out`,
        'solve again with a larger limit',
        { param: 'limit' },
      );
    }
    if (records === undefined) return this.searched(question, ctx);
    const size = sizeQuestion(question, prepared.problem.sensitive[0]?.domain.column);
    const held = size !== undefined && size.l <= options.diversities && size.k <= options.largest;
    if (held && size.k >= options.least) {
      if (!canAnswer(records, question)) {
        // Sums of the entropy measures cost as much again: a large lattice is solved for them when first asked.
        const again = await record(prepared.table, options, true, ctx);
        this.records = again.sink;
      }
      return answerFromRecords((this.records ?? records).records, prepared.context, question, size);
    }
    return this.fromClasses(question, ctx);
  }

  /** Questions about other models: classes are read once for a set of models, then compared with each threshold. */
  private async fromClasses(question: LatticeQuestion, ctx: Pick<Ctx, 'checkpoint'>): Promise<LatticeAnswer> {
    const { prepared, options } = this;
    const { least, models } = classModels(prepared.problem, question.models);
    const asked = new Map(models.map((model) => [keyOf(model), model] as const));
    const kl = question.metric === 'kl';
    if (this.hasTooMany) return this.walked(question, ctx);
    const deep = Math.min(least, options.least);
    const isHeld =
      this.classes !== undefined &&
      [...asked.keys()].every((key) => this.classes?.kept.has(key) === true) &&
      deep >= this.classes.least &&
      (!kl || this.classes.kl);
    if (!isHeld) {
      // The old classes go before the new ones come: each may be a hundred megabytes.
      const before = this.classes?.kept ?? new Map<string, ClassModel>();
      this.classes = undefined;
      this.classes = await this.readClasses(asked, before, deep, kl, ctx);
    }
    const { sink, kept } = this.classes as HeldClasses;
    if (sink.records.isFull) {
      this.hasTooMany = true;
      this.classes = undefined;
      return this.walked(question, ctx);
    }
    const aligned = [...kept.keys()].map((key) => asked.get(key));
    return answerFromClasses(sink.records, prepared.context, question, least, aligned, {
      checkpoint: (fraction) => ctx.checkpoint(0.9 + 0.1 * fraction, reading),
    });
  }

  /** One number a class for each model asked, for neighbours of it a dial may move to, and for those asked before. */
  private async readClasses(
    asked: ReadonlyMap<string, ClassModel>,
    before: ReadonlyMap<string, ClassModel>,
    least: number,
    kl: boolean,
    ctx: Pick<Ctx, 'checkpoint'>,
  ): Promise<HeldClasses> {
    const { prepared, options } = this;
    const near = [...asked.values()].flatMap((model) => neighboursOf(prepared.problem, model));
    const all = new Map([...asked, ...near.map((model) => [keyOf(model), model] as const), ...before]);
    const kept = new Map([...all].slice(0, Math.max(asked.size, MOST_NUMBERS)));
    const models = [...kept.values()];
    const { limit, part, parts } = options;
    const sink = new ClassSink(prepared.table, { least, limit, models, kl, most: options.mostClasses ?? MOST_CLASSES });
    const walk = { least: droppable(least, models), limit, part, parts, carried: carriedFor(models, kl) };
    await visitLattice(prepared.table, sink, walk, {
      checkpoint: (fraction) => ctx.checkpoint(0.9 * fraction, reading),
    });
    return { sink, kept, least, kl };
  }

  /** The pruned search is not shared: the first worker does it, the others have nothing to add. */
  private async searched(question: LatticeQuestion, ctx: Pick<Ctx, 'checkpoint'>): Promise<LatticeAnswer> {
    if (this.options.part > 0) return noAnswer();
    const found = await searchOptimum(this.prepared, question, ctx);
    if (found.nodes > 0xffffffff) {
      throw unsupported(
        `the lattice has ${found.nodes.toExponential(1)} nodes, too many to be numbered`,
        'choose fewer quasi-identifiers, or shorter hierarchies',
      );
    }
    return { ...found.answer, proof: found.proof };
  }

  /** Classes too many to keep are judged as they are formed, in this worker's share alone: every share answers for its own. */
  private async walked(question: LatticeQuestion, ctx: Pick<Ctx, 'checkpoint'>): Promise<LatticeAnswer> {
    const { prepared, options } = this;
    const { least, models } = classModels(prepared.problem, question.models);
    const lowest = question.metric === 'discernibility-monotonic' ? Math.min(2, least) : least;
    const sink = new SearchSink(prepared.context, question, least, models, lowest);
    const { part, parts } = options;
    const carried = carriedFor(models, question.metric === 'kl');
    const walk = { least: droppable(lowest, models), limit: question.limit, carried, part, parts };
    await visitLattice(prepared.table, sink, walk, ctx);
    return answerOf(sink.found);
  }
}

/** Records of every node of the share, with or without the sums that entropies and divergence need. */
async function record(
  table: Prepared['table'],
  options: StudyOptions,
  entropy: boolean,
  ctx: Pick<Ctx, 'checkpoint'>,
): Promise<{ readonly sink: RecordSink; readonly evaluated: number; readonly excluded: number }> {
  const { least, limit, largest, diversities, part, parts } = options;
  const sink = new RecordSink(table, { least, limit, largest, diversities, entropy, kl: entropy });
  const carried = { population: false, mass: entropy };
  const { evaluated, excluded } = await visitLattice(table, sink, { least, limit, part, parts, carried }, ctx);
  return { sink, evaluated, excluded };
}

/** Made anew: the arrays of an answer move to the page. */
const noAnswer = (): LatticeAnswer => ({
  nodes: new Uint32Array(0),
  loss: new Float64Array(0),
  suppressed: new Uint32Array(0),
  classes: new Uint32Array(0),
  smallest: new Uint32Array(0),
  best: -1,
  bestLoss: Infinity,
  ties: [],
  lossPerColumn: [],
  measurePerColumn: [],
});

function canAnswer({ records }: RecordSink, { metric }: LatticeQuestion): boolean {
  const entropic = metric === 'non-uniform-entropy' || metric === 'normalized-entropy' || metric === 'kl';
  return !entropic || records.layout.entropy;
}

/** A model without what `Criterion.holds` compares: two with the same rest share the numbers per class. */
function withoutThreshold(model: PrivacyModel): unknown {
  switch (model.type) {
    case 'k-anonymity':
      return model.type;
    case 'recursive-cl':
      return [model.type, model.column, model.l];
    case 't-closeness':
      return [model.type, model.column, model.distance];
    case 'k-map':
      return model.type;
    case 'delta-presence':
      return [model.type, model.min > 0];
    default:
      return [model.type, model.column];
  }
}

function shapeOf({ table, problem }: Prepared, options: StudyOptions): LatticeShape {
  const heights = table.columns.map((column) => column.levels.length);
  return {
    columns: table.columns.map((column) => column.name),
    heights,
    levelNames: table.columns.map((column) => column.levels.map((level) => level.name)),
    nodes: latticeSize(heights),
    rows: table.rows,
    proof: 'exhaustive',
    evaluated: 0,
    excluded: 0,
    limit: options.limit,
    sensitive: problem.sensitive.map(({ domain }) => domain.column),
    sensitiveValues: problem.sensitive.map(({ domain }) => domain.overall.filter((rows) => rows > 0).length),
  };
}
