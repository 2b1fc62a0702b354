import type { Ctx } from '../../kit/context.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { CountedLaw } from '../../kit/loss-law.ts';
import type { OverTimeAnswer, OverTimeQuestion, TimeAccountant, TimeLane } from '../../kit/over-time.ts';
import { log1p, pow } from '../../kit/portable-math.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { type Text, text } from '../../kit/text.ts';
import type { Proves } from '../../kit/accounting.ts';
import { accountants } from '../accounting/list.ts';
import { accumulatedBelief, carried, halfLife, type Habit, lossAt, updated } from './degradation.ts';
import { oneRelease, type Policy, policiesOf } from './policies.ts';

/** Moments the loss is composed at, and lags drawn. */
const MOMENTS = 24;
/** Renewals that are drawn as such: the releases just before and just after each. */
const MOST_RENEWALS = 24;
const LAGS = 366;
const READ: readonly TimeAccountant[] = ['basic', 'advanced', 'zcdp', 'pld'];

/** The longitudinal view: every policy over the horizon, and what one release still says later. */
export const answer: QuestionModule<'over-time'>['answer'] = async (question, ctx) => {
  const releases = checked(question);
  const one = oneRelease(question.mechanism, question.epsilon, question.releaseDelta);
  const moments = momentsOf(releases, during(question, question.renewDays, releases));
  const days = Float64Array.from(moments, (n) => (n * question.everyHours) / 24);
  const lags = lagsOf(question.days);
  const reader = readerOf(question);
  const window = { releases: during(question, question.windowDays, releases), epsilon: question.epsilon };
  const policies = policiesOf(one, releases, window);
  const lanes: TimeLane[] = [];
  for (const [i, policy] of policies.entries()) {
    const step = (fraction: number) => ctx.checkpoint((i + fraction) / policies.length);
    lanes.push(await laneOf(policy, question, { releases, moments, lags, reader, step }));
  }
  await ctx.checkpoint(1);
  return { days, releases, lanes, degradation: degradationOf(question, lags), assumptions };
};

/** @throws invalid-param for a figure outside its domain; the number of releases otherwise. */
function checked(question: OverTimeQuestion): number {
  const within = (name: keyof OverTimeQuestion, low: number, high: number): void => {
    const value = question[name];
    if (!(typeof value === 'number' && value >= low && value <= high)) {
      throw invalidParam(name, `a number from ${low} to ${high}`, value);
    }
  };
  within('everyHours', 1, 8784);
  within('days', 1, 3660);
  within('epsilon', 1e-4, 100);
  within('presence', 0, 1);
  within('renewDays', 1 / 24, 3660);
  within('windowDays', 1 / 24, 3660);
  within('persistence', 0, 1);
  within('prior', 1e-9, 1 - 1e-9);
  within('delta', 1e-300, 0.5);
  within('grid', 1e-6, 1);
  if (question.mechanism === 'gaussian') within('releaseDelta', 1e-300, 0.5);
  return Math.max(1, Math.floor((question.days * 24) / question.everyHours + 1e-9));
}

/** Numbers of releases drawn, ascending, the first and the last among them, and both sides of every renewal. */
function momentsOf(releases: number, perPeriod: number): readonly number[] {
  const points = Math.min(releases, MOMENTS);
  const out = new Set<number>([1]);
  for (let i = 1; i <= points; i += 1) out.add(Math.max(1, Math.round((i * releases) / points)));
  if (perPeriod > 1 && releases / perPeriod <= MOST_RENEWALS) {
    for (let n = perPeriod; n < releases; n += perPeriod) out.add(n).add(n + 1);
  }
  return [...out].sort((a, b) => a - b);
}

/** Releases in that many days, at least one. */
const during = ({ everyHours }: OverTimeQuestion, days: number, releases: number): number =>
  Math.min(releases, Math.max(1, Math.ceil((days * 24) / everyHours - 1e-9)));

function lagsOf(days: number): Float64Array {
  const whole = Math.floor(days);
  const points = Math.min(whole, LAGS);
  return Float64Array.from({ length: points + 1 }, (_, i) => (i * whole) / points);
}

/** Releases of `n` a unit is in: that share of them, and at least one. */
const appearances = ({ presence }: OverTimeQuestion, n: number): number =>
  Math.min(n, Math.max(1, Math.ceil(presence * n - 1e-9)));

type Reader = (laws: readonly CountedLaw[]) => ReadonlyMap<TimeAccountant, { epsilon: number; proves: Proves }>;

/** All four accountants, each set of laws read once. */
function readerOf({ delta, grid }: OverTimeQuestion): Reader {
  const known = new Map<string, ReturnType<Reader>>();
  return (laws) => {
    const key = JSON.stringify(laws);
    const before = known.get(key);
    if (before !== undefined) return before;
    const out = new Map<TimeAccountant, { epsilon: number; proves: Proves }>();
    for (const id of READ) {
      const accountant = accountants.find(({ descriptor }) => descriptor.id === id);
      const only = laws.length === 1 && laws[0]?.count === 1 ? laws[0].law : undefined;
      if (id === 'pld' && only?.kind === 'laplace') {
        // One Laplace release has a closed form: delta(e) = 1 - exp((e - epsilon) / 2).
        out.set(id, { epsilon: Math.max(0, only.epsilon + 2 * log1p(-delta)), proves: 'exact' });
        continue;
      }
      const read = accountant?.account(laws, delta, Math.max(grid, coarseFor(laws)));
      if (accountant === undefined || read?.status !== 'ok') continue;
      // Where losses are large the plain sum is the better proof, and always one.
      const plain = out.get('basic')?.epsilon ?? Number.POSITIVE_INFINITY;
      const epsilon = id === 'pld' ? read.epsilon : Math.min(read.epsilon, plain);
      out.set(id, { epsilon, proves: accountant.descriptor.proves });
    }
    known.set(key, out);
    return out;
  };
}

/** Width of a cell of loss that suffices for a picture: a thousandth of the composed loss's spread. */
const coarseFor = (laws: readonly CountedLaw[]): number =>
  laws.reduce((width, { law, count }) => {
    return law.kind === 'laplace' ? Math.max(width, Math.min(0.05, 1e-3 * law.epsilon * Math.sqrt(count))) : width;
  }, 0);

interface Timeline {
  readonly releases: number;
  readonly moments: readonly number[];
  readonly lags: Float64Array;
  readonly reader: Reader;
  step(fraction: number): ReturnType<Ctx['checkpoint']>;
}

async function laneOf(policy: Policy, question: OverTimeQuestion, timeline: Timeline): Promise<TimeLane> {
  const { moments, reader, step, releases } = timeline;
  const read: ReturnType<Reader>[] = [];
  for (const [i, n] of moments.entries()) {
    read.push(reader(policy.laws(appearances(question, n), n)));
    await step(i / moments.length);
  }
  const loss = READ.filter((id) => read.every((one) => one.has(id))).map((id) => ({
    id,
    proves: read.at(-1)?.get(id)?.proves ?? ('bound' as const),
    epsilon: Float64Array.from(read, (one) => one.get(id)?.epsilon ?? 0),
  }));
  const tightest = (n: number): number => {
    const all = [...reader(policy.laws(appearances(question, n), n)).values()];
    return all.reduce((least, { epsilon }) => Math.min(least, epsilon), Number.POSITIVE_INFINITY);
  };
  const promises = {
    release: tightest(1),
    period: tightest(during(question, question.renewDays, releases)),
    window: tightest(during(question, question.windowDays, releases)),
    lifetime: tightest(releases),
  };
  return {
    id: policy.id,
    label: policy.label,
    loss,
    booked: bookedOf(policy, question, moments, during(question, question.renewDays, releases)),
    promises,
    periodError: policy.periodError,
    totalError: policy.totalError,
    says: saying(policy, promises, question),
    effect: effectOf(policy, question, timeline.lags),
  };
}

/** Epsilon the policy's own books show: added up, and from zero again every period where it is renewed. */
function bookedOf(
  { id, keeps }: Policy,
  question: OverTimeQuestion,
  moments: readonly number[],
  perPeriod: number,
): Float64Array {
  const { epsilon } = question;
  return Float64Array.from(moments, (n) => {
    if (keeps !== 'never' || id === 'window') return epsilon;
    if (id === 'renewed') return epsilon * (((n - 1) % perPeriod) + 1);
    return epsilon * n;
  });
}

/** Expected change of the answer given that many days later by a unit that was there at day 0. */
function effectOf({ keeps }: Policy, question: OverTimeQuestion, lags: Float64Array): Float64Array {
  const { presence, persistence, everyHours } = question;
  const period = everyHours / 24;
  // Somebody seen once is back with their usual share, and more likely while habits persist; an event never is.
  const again = (day: number): number => {
    if (day < period) return 1;
    return presence === 0 ? 0 : presence + (1 - presence) * pow(persistence, day);
  };
  let total = 0;
  let counted = -1;
  return lags.map((day) => {
    if (keeps === 'answer') return 1;
    if (keeps === 'never') return again(day);
    for (const due = Math.floor(day / period + 1e-9); counted < due; ) {
      counted += 1;
      total += again(counted * period);
    }
    return total;
  });
}

function degradationOf(question: OverTimeQuestion, lags: Float64Array): OverTimeAnswer['degradation'] {
  const { epsilon, everyHours } = question;
  const habit: Habit = question;
  const after = updated(habit.prior, epsilon);
  return {
    lags,
    belief: lags.map((day) => carried(habit, after, day)),
    epsilon: lags.map((day) => lossAt(habit, epsilon, day)),
    halfLifeDays: halfLife(habit, epsilon),
    accumulated: accumulatedBelief(habit, epsilon, everyHours / 24, lags),
  };
}

function saying({ id }: Policy, promises: TimeLane['promises'], question: OverTimeQuestion): Text {
  const [release, period, window, lifetime] = [
    promises.release,
    promises.period,
    promises.window,
    promises.lifetime,
  ].map((epsilon) => String(Number(epsilon.toPrecision(3))));
  const { renewDays, windowDays, days } = question;
  switch (id) {
    case 'fresh':
      return text(
        `Each release costs ${release}; any ${windowDays} days cost ${window}, all ${days} days ${lifetime}.`,
        `Cada publicación cuesta ${release}; ${windowDays} días cualesquiera cuestan ${window}; los ${days} días, ${lifetime}.`,
      );
    case 'renewed':
      return text(
        `The books start from zero every ${renewDays} days and show ${period} at most; what one unit loses in ${days} days is ${lifetime} all the same. Renewing a budget forgets a loss, it does not undo it.`,
        `Las cuentas vuelven a cero cada ${renewDays} días y muestran ${period} como mucho; lo que una unidad pierde en ${days} días es igualmente ${lifetime}. Renovar un presupuesto olvida una pérdida, no la deshace.`,
      );
    case 'window':
      return text(
        `Any ${windowDays} days cost ${window}, however much happens in them, and every answer gets a share of that; who stays longer pays again in every window: ${lifetime} in ${days} days.`,
        `${windowDays} días cualesquiera cuestan ${window}, pase lo que pase en ellos, y cada respuesta recibe una parte; quien se queda más paga de nuevo en cada ventana: ${lifetime} en ${days} días.`,
      );
    case 'memoised':
      return text(
        `Costs ${release} for ever, however often it is read: but the answer is that of the first day, and its error never averages out.`,
        `Cuesta ${release} para siempre, se lea cuantas veces se lea: pero la respuesta es la del primer día, y su error nunca se promedia.`,
      );
    case 'tree':
    case 'square-root':
      return text(
        `One appearance costs ${release} over the whole series; a unit that is there as often as assumed loses ${lifetime} in ${days} days.`,
        `Una aparición cuesta ${release} en toda la serie; una unidad presente tan a menudo como se supone pierde ${lifetime} en ${days} días.`,
      );
  }
}

const assumptions: readonly Text[] = [
  text(
    'Every release counts the rows of its own period; a unit adds one row to each release it is in.',
    'Cada publicación cuenta las filas de su propio período; una unidad añade una fila a cada publicación en la que está.',
  ),
  text(
    'Losses are worst cases over all tables and outputs; appearances fall where they cost the most.',
    'Las pérdidas son el peor caso sobre todas las tablas y salidas; las apariciones caen donde más cuestan.',
  ),
  text(
    'Later days: the unit’s yes-or-no habit follows a stationary two-state Markov chain, known to the attacker; its correlation falls by the same factor every day. Real habits also have weekly rhythms.',
    'Días posteriores: el hábito de sí o no de la unidad sigue una cadena de Markov estacionaria de dos estados que el atacante conoce; su correlación cae cada día por el mismo factor. Los hábitos reales tienen además ritmos semanales.',
  ),
  text(
    'Beliefs assume that every release points the attacker the right way as far as its ε allows; with Gaussian noise, outside an event of probability δ for each.',
    'Las creencias suponen que cada publicación orienta bien al atacante tanto como permite su ε; con ruido gaussiano, salvo un suceso de probabilidad δ en cada una.',
  ),
];
