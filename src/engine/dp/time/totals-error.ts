import type { Ctx } from '../../kit/context.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { TotalsErrorLane, TotalsErrorQuestion } from '../../kit/over-time.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { type Text, text } from '../../kit/text.ts';
import type { Rng } from '../../rng/rng.ts';
import { fillNormal } from '../../rng/samplers.ts';
import { workloadOf } from '../ranges/factorisation.ts';
import { noisePlan } from '../ranges/noise-plan.ts';
import { optimalStrategy, workloadVariance } from '../ranges/strategy.ts';
import { type SchemeId, schemeOf } from './counters.ts';
import { noisePath } from './noise-paths.ts';

/** Most steps that are all drawn. */
const DRAWN = 400;
/** The search for the optimum costs the cube of the steps: beyond this many one would wait for seconds. */
const MOST_SEARCHED = 128;
const MOST_STEPS = 20_000;
const SCHEMES: readonly SchemeId[] = ['input', 'tree', 'honaker', 'square-root'];

const labels: Readonly<Record<TotalsErrorLane['id'], Text>> = {
  input: text('Noise on every step', 'Ruido en cada paso'),
  tree: text('Binary tree', 'Árbol binario'),
  honaker: text('Tree, all nodes (Honaker)', 'Árbol, todos los nodos (Honaker)'),
  'square-root': text('Square-root factorisation', 'Factorización de raíz cuadrada'),
  optimal: text('The optimum', 'El óptimo'),
};

/**
 * How far off running totals are under each scheme, by the exact formula and by series drawn from another implementation
 * (noise alone, in floating point), which must agree.
 * @throws invalid-param for a figure outside its domain.
 */
export const answer: QuestionModule<'totals-error'>['answer'] = async (question, ctx) => {
  checked(question);
  const steps = drawnSteps(question.steps);
  const lanes: TotalsErrorLane[] = [];
  for (const [i, id] of SCHEMES.entries()) {
    lanes.push(await schemeLane(id, question, steps, ctx, i / 5));
  }
  const optimum = await optimumLane(question, steps, ctx);
  await ctx.checkpoint(1);
  return optimum === undefined
    ? { steps, lanes }
    : { steps, lanes: [...lanes, optimum.lane], leastRms: optimum.leastRms };
};

function checked(question: TotalsErrorQuestion): void {
  const { steps, epsilon, delta, draws, noise } = question;
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= MOST_STEPS)) {
    throw invalidParam('steps', `a whole number from 1 to ${MOST_STEPS}`, steps);
  }
  if (!(epsilon >= 1e-4 && epsilon <= 100)) throw invalidParam('epsilon', 'a number from 0.0001 to 100', epsilon);
  if (noise === 'gaussian' && !(delta >= 1e-300 && delta <= 0.5)) {
    throw invalidParam('delta', 'a number from 1e-300 to 0.5', delta);
  }
  if (!(Number.isInteger(draws) && draws >= 0 && draws <= 2000)) {
    throw invalidParam('draws', 'a whole number from 0 to 2,000', draws);
  }
}

function drawnSteps(steps: number): Float64Array {
  const points = Math.min(steps, DRAWN);
  return Float64Array.from({ length: points }, (_, i) => Math.round(((i + 1) * steps) / points));
}

async function schemeLane(
  id: SchemeId,
  question: TotalsErrorQuestion,
  steps: Float64Array,
  ctx: Ctx,
  from: number,
): Promise<TotalsErrorLane> {
  const scheme = schemeOf(id, question.steps);
  const plan = noisePlan(question, reachOf(scheme.reach, id), 1, { path: 'simulation' });
  await ctx.checkpoint(from);
  const variance = Float64Array.from(scheme.spreads(), (spread) => spread.variance * plan.figures.variance);
  await ctx.checkpoint(from + 0.05);
  const rng = ctx.rng.fork(id);
  const drawn = await simulated(question, ctx, from + 0.1, (draw) =>
    noisePath(id, rng.fork(String(draw)), plan.law, plan.scale, question.steps),
  );
  return laneOf(id, variance, drawn, steps);
}

/** A row is in one node of every level of a tree. */
const reachOf = <R extends { readonly cells: number }>(reach: R, id: SchemeId): R & { readonly levels?: number } =>
  id === 'tree' || id === 'honaker' ? { ...reach, levels: reach.cells } : reach;

/** Mean square of the totals' noise at every step over some series. */
async function simulated(
  { steps, draws }: TotalsErrorQuestion,
  ctx: Ctx,
  fraction: number,
  noiseOf: (draw: number) => Float64Array,
): Promise<Float64Array> {
  const squares = new Float64Array(steps);
  for (let draw = 0; draw < draws; draw += 1) {
    const noise = noiseOf(draw);
    for (let t = 0; t < steps; t += 1)
      squares[t] = (squares[t] as number) + (noise[t] as number) * (noise[t] as number);
    await ctx.checkpoint(fraction);
  }
  return squares.map((square) => (draws === 0 ? Number.NaN : square / draws));
}

function laneOf(
  id: TotalsErrorLane['id'],
  variance: Float64Array,
  drawn: Float64Array,
  steps: Float64Array,
): TotalsErrorLane {
  const mean = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value, 0) / values.length);
  return {
    id,
    label: labels[id],
    exact: steps.map((step) => Math.sqrt(variance[step - 1] as number)),
    simulated: steps.map((step) => Math.sqrt(drawn[step - 1] as number)),
    rms: mean(variance),
    simulatedRms: mean(drawn),
  };
}

interface Optimum {
  readonly lane: TotalsErrorLane;
  readonly leastRms: number;
}

/** Only for Gaussian noise, and where the search is short. */
async function optimumLane(question: TotalsErrorQuestion, steps: Float64Array, ctx: Ctx): Promise<Optimum | undefined> {
  const n = question.steps;
  if (question.noise !== 'gaussian' || n > MOST_SEARCHED) return undefined;
  const { strategy, gap } = await optimalStrategy(workloadOf('prefixes', n), 1e-3, ctx, 0.8, 0.95);
  const plan = noisePlan(question, strategy.reach, 1, { path: 'simulation' });
  const each = plan.figures.variance;
  const variance = Float64Array.from({ length: n }, (_, t) => strategy.variance(0, t + 1) * each);
  const rng = ctx.rng.fork('optimal');
  const drawn = await simulated(question, ctx, 0.97, (draw) =>
    totalsOf(strategy.estimate(normals(rng.fork(String(draw)), n, Math.sqrt(each)))),
  );
  const rms = Math.sqrt(each * workloadVariance({ id: 'prefixes', n }, strategy));
  return { lane: laneOf('optimal', variance, drawn, steps), leastRms: rms / Math.sqrt(1 + gap) };
}

const normals = (rng: Rng, n: number, sigma: number): Float64Array => fillNormal(rng, new Float64Array(n), sigma);

function totalsOf(cells: Float64Array): Float64Array {
  let sum = 0;
  return cells.map((cell) => {
    sum += cell;
    return sum;
  });
}
