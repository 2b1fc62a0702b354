import type { AllocationPolicy, BudgetedQuestion } from '../kit/allocation.ts';
import type { Audited } from '../kit/audit.ts';
import type { Ctx } from '../kit/context.ts';
import type { Guarantee, PrivacyEvent } from '../kit/guarantee.ts';
import { choice, integer, number, type Params } from '../kit/params.ts';
import type { AllocationPicture } from '../kit/picture.ts';
import type { AnswerSet, AnswersRelease, Release } from '../kit/release.ts';
import { defineTechnique, type Session } from '../kit/technique.ts';
import { invalidParam } from '../kit/errors.ts';
import { type Text, text } from '../kit/text.ts';
import { splitExactly } from './allocate.ts';
import { allocate, decayedDemand } from './allocation/policies.ts';
import { askings, type LogKind } from './allocation/query-log.ts';
import {
  allocationOf,
  type AnswerParams,
  answerOf,
  claimOf,
  eventOf,
  pictureOf,
  type Plan,
  planOf,
  sensitivityOf,
  sensitivitySteps,
} from './answers.ts';
import { drawNoise } from './noise.ts';
import type { Query } from './queries.ts';

export const descriptor = defineTechnique({
  id: 'adaptive-allocation',
  version: 1,
  family: 'dp',
  label: text('Counts over periods, budget adapted', 'Conteos por periodos, presupuesto adaptado'),
  summary: text(
    'A dashboard answers the same questions every period. Each period has an equal part of ε; how it is divided between location, behaviour and environment follows from which questions were asked before, never from the data.',
    'Un panel responde las mismas preguntas cada periodo. Cada periodo tiene una parte igual de ε; cómo se reparte entre localización, comportamiento y entorno depende de qué se preguntó antes, nunca de los datos.',
  ),
  citations: [
    {
      authors: 'Dwork, McSherry, Nissim, Smith',
      year: 2006,
      title: 'Calibrating noise to sensitivity in private data analysis',
      where: 'TCC',
      doi: '10.1007/11681878_14',
    },
  ],
  limits: [
    text(
      'Whoever can ask often can move noise from their own questions to those of others, within the stated room and no further.',
      'Quien pregunta mucho puede pasar ruido de sus preguntas a las de los demás, dentro del margen indicado y nada más.',
    ),
    text(
      'Which questions are asked counts as public. If the askings themselves say something about people, this rule tells it on.',
      'Qué se pregunta se considera público. Si las propias preguntas dicen algo sobre personas, esta regla lo transmite.',
    ),
    text(
      'The periods ask about the same rows: their losses add up. Every period costs its part of ε, used or not.',
      'Los periodos preguntan por las mismas filas: sus pérdidas se suman. Cada periodo cuesta su parte de ε, se use o no.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    epsilon: number({
      label: text('Privacy budget of all periods', 'Presupuesto de todos los periodos'),
      symbol: 'ε',
      help: text(
        'Divided equally between the periods, then between the questions.',
        'Se reparte por igual entre los periodos y luego entre las preguntas.',
      ),
      min: 0.01,
      max: 20,
      default: 2.1,
      scale: 'log',
      stops: [0.1, 0.5, 1, 2.1, 5, 10],
      warnAbove: 10,
      ends: [text('stronger privacy', 'más privacidad'), text('better accuracy', 'más exactitud')],
    }),
    periods: integer({
      label: text('Periods', 'Periodos'),
      help: text(
        'How often all questions are answered anew.',
        'Cuántas veces se responden de nuevo todas las preguntas.',
      ),
      min: 1,
      max: 60,
      default: 6,
    }),
    policy: choice({
      label: text('Rule', 'Regla'),
      help: text(
        'What decides how a period is divided: public facts about the questions only.',
        'Qué decide el reparto de un periodo: solo datos públicos sobre las preguntas.',
      ),
      options: [
        { value: 'adaptive', label: text('Adaptive, within limits', 'Adaptativa, con límites') },
        {
          value: '30-50-20',
          label: text('30 / 50 / 20 (digital-twin paper)', '30 / 50 / 20 (artículo de gemelos digitales)'),
        },
        {
          value: 'hierarchical',
          label: text(
            '30 / 50 / 20, within a class by askings',
            '30 / 50 / 20, dentro de la clase según lo preguntado',
          ),
        },
        { value: 'equal', label: text('Equal', 'A partes iguales') },
        { value: 'frequency', label: text('By askings, no limits', 'Según lo preguntado, sin límites') },
        { value: 'importance', label: text('By stated importance', 'Según la importancia declarada') },
        { value: 'optimal', label: text('Least total error', 'Menor error total') },
      ],
      default: 'adaptive',
    }),
    log: choice({
      label: text('Who asks what', 'Quién pregunta qué'),
      help: text(
        'A stated log of askings, to see what the rule makes of it.',
        'Un registro de preguntas supuesto, para ver qué hace la regla con él.',
      ),
      options: [
        { value: 'steady', label: text('All alike', 'Todas por igual') },
        { value: 'rush on places', label: text('A rush on places', 'Una avalancha sobre los lugares') },
        {
          value: 'adverse',
          label: text('Someone asks about places only, without end', 'Alguien pregunta solo por lugares, sin fin'),
        },
        { value: 'by chance', label: text('By chance', 'Al azar') },
      ],
      default: 'rush on places',
    }),
    important: choice({
      label: text('What matters most', 'Lo que más importa'),
      help: text('Counts three times as much.', 'Cuenta el triple.'),
      options: [
        { value: 'nothing', label: text('Nothing in particular', 'Nada en particular') },
        { value: 'high', label: text('Location', 'Localización') },
        { value: 'medium', label: text('Behaviour', 'Comportamiento') },
        { value: 'low', label: text('Environment and rhythm', 'Entorno y ritmo') },
      ],
      default: 'nothing',
      advanced: true,
    }),
    decay: number({
      label: text('Memory', 'Memoria'),
      help: text(
        'Share of a period’s askings that still counts one period later.',
        'Parte de las preguntas de un periodo que aún cuenta un periodo después.',
      ),
      min: 0,
      max: 1,
      default: 0.5,
      advanced: true,
    }),
    room: number({
      label: text('Room to move', 'Margen'),
      help: text(
        'How far askings may move a class from 30 / 50 / 20: 0.5 = up to half of its share more or less.',
        'Cuánto puede alejarse una clase de 30 / 50 / 20: 0,5 = hasta la mitad de su parte de más o de menos.',
      ),
      min: 0,
      max: 1,
      default: 0.5,
      advanced: true,
    }),
  },
  stage: 'curator',
  dimensions: { serves: ['query', 'location', 'footprint'] },
  view: 'counts',
  accepts: ['table'],
  produces: 'answers',
  randomized: true,
  guarantee: (params): Guarantee => ({
    kind: 'dp',
    epsilon: params.epsilon,
    delta: 0,
    neighbours: 'add-remove',
    unit: 'row',
    model: 'central',
  }),
});

type P = Params<(typeof descriptor)['params']>;

const answerParams = ({ epsilon }: P): AnswerParams => ({
  epsilon,
  allocation: '30-50-20',
  hours: 'each hour',
  protects: 'row',
  contributionBound: 1,
  round: true,
  nonNegative: true,
});

/** One period a step. The rule may change between periods; what has been spent cannot. */
export async function session(input: Release, params: P, ctx: Ctx): Promise<Session> {
  const asking = answerParams(params);
  const plan = await planOf(input, asking, ctx);
  const budgets = splitExactly(
    params.epsilon,
    Array.from({ length: params.periods }, () => 1),
  );
  const log: (readonly number[])[] = [];
  const questions = questionsOf(plan, asking, params);
  const events: PrivacyEvent[] = [...plan.input.events];
  let policy: AllocationPolicy = params.policy;
  let kind: LogKind = params.log;
  let last: AnswersRelease | undefined;
  const step = async (at: Ctx): Promise<Release> => {
    const period = log.length;
    if (period >= params.periods) {
      if (last === undefined) throw invalidParam('periods', 'at least one period', params.periods);
      return last;
    }
    const demand = decayedDemand(log, period, params.decay, questions.length);
    const budget = budgets[period] as number;
    const epsilons = allocate(policy, budget, { questions, demand, room: params.room });
    const answers = await answered(plan, epsilons, asking, period, events, at);
    const classes = questions.map(({ sensitivityClass }) => sensitivityClass);
    log.push(askings(kind, classes, period, at.rng.fork(`log ${period}`)));
    last = {
      kind: 'answers',
      dataset: plan.input.dataset,
      guarantee: claimOf(plan, { epsilon: params.epsilon, delta: 0 }),
      events: [...events],
      answers,
      pictures: [...answers.map((answer) => pictureOf(answer)), sharesOf(answers, plan, epsilons, budget)],
      notes: notesOf(plan, epsilons, period, params),
    };
    return last;
  };
  return {
    steps: params.periods,
    step,
    set: (name, value) => {
      const option = (spec: { readonly options: readonly { readonly value: string }[] }): boolean =>
        spec.options.some((one) => one.value === value);
      if (name === 'policy' && option(descriptor.params.policy)) policy = value as AllocationPolicy;
      else if (name === 'log' && option(descriptor.params.log)) kind = value as LogKind;
      else
        throw invalidParam(
          name,
          'a rule or a log of this method; all else is spent by what it was started with',
          value,
        );
    },
  };
}

const questionsOf = (plan: Plan, asking: AnswerParams, { important }: P): readonly BudgetedQuestion[] =>
  plan.queries.map((query) => ({
    id: query.id,
    sensitivityClass: query.sensitivityClass,
    cells: query.size,
    sensitivity: sensitivityOf(query, plan, asking),
    importance: query.sensitivityClass === important ? 3 : 1,
  }));

async function answered(
  plan: Plan,
  epsilons: Float64Array,
  asking: AnswerParams,
  period: number,
  events: PrivacyEvent[],
  ctx: Ctx,
): Promise<readonly AnswerSet[]> {
  const answers: AnswerSet[] = [];
  for (const [i, query] of plan.queries.entries()) {
    const epsilon = epsilons[i] as number;
    const kind = ctx.rng.path === 'secure' ? 'discrete' : 'laplace';
    const rng = ctx.rng.fork(`period ${period}`).fork(query.id);
    // A share of zero buys no answer: an empty one, whose noise is as wide as the rule made it, is left out.
    if (!(epsilon > 0)) continue;
    const steps = sensitivitySteps(query, plan, asking);
    const noise = drawNoise(rng, kind, query.size, steps, epsilon);
    const answer = answerOf(query, noise, plan, asking);
    const mechanism = kind === 'discrete' ? 'discrete Laplace' : 'Laplace';
    const event = eventOf(answer, query, { epsilon, delta: 0 }, plan, mechanism);
    events.push({
      ...event,
      law:
        kind === 'discrete'
          ? { kind: 'discrete-laplace', scale: noise.scale, sensitivity: steps }
          : { kind: 'laplace', epsilon },
    });
    answers.push(answer);
    await ctx.checkpoint((i + 1) / plan.queries.length);
  }
  return answers;
}

/** How this period was divided. */
const sharesOf = (
  answers: readonly AnswerSet[],
  plan: Plan,
  epsilons: Float64Array,
  budget: number,
): AllocationPicture => allocationOf(answers, { ...plan, epsilons: epsilons.filter((epsilon) => epsilon > 0) }, budget);

function notesOf(plan: Plan, epsilons: Float64Array, period: number, params: P): readonly Text[] {
  const notes = [
    text(
      `Period ${period + 1} of ${params.periods}. Each period answers anew: ε adds up to ${params.epsilon} over all of them.`,
      `Periodo ${period + 1} de ${params.periods}. Cada periodo responde de nuevo: ε suma ${params.epsilon} entre todos.`,
    ),
  ];
  const least = (name: string): number =>
    plan.queries.reduce(
      (low, query, i) => (query.sensitivityClass === name ? Math.min(low, epsilons[i] as number) : low),
      Number.POSITIVE_INFINITY,
    );
  if (least('low') < least('high')) {
    notes.push(
      text(
        'The least sensitive questions have the smallest budget here, so the strongest noise: the reverse of the stated aim.',
        'Aquí las preguntas menos sensibles tienen el presupuesto más pequeño, es decir, el ruido más fuerte: lo contrario de lo que se propone.',
      ),
    );
  }
  return notes;
}

/** All periods; the answers are those of the last one. */
export async function run(input: Release, params: P, ctx: Ctx): Promise<Release> {
  const live = await session(input, params, ctx);
  for (let period = 1; ; period += 1) {
    const from = (period - 1) / params.periods;
    const checkpoint: Ctx['checkpoint'] = (fraction) => ctx.checkpoint(0.4 + 0.6 * (from + fraction / params.periods));
    const release = await live.step({ ...ctx, checkpoint });
    if (period === params.periods) return release;
  }
}

/** Histograms of a single period that has all of epsilon, divided by the chosen rule before anything was asked. */
export async function audit(params: P, ctx: Ctx): Promise<Audited> {
  const { AUDITED_GRID, auditHistogram } = await import('./histogram-audit.ts');
  const asking: AnswerParams = { ...answerParams(params), ...AUDITED_GRID };
  return auditHistogram({
    params: asking,
    claim: { epsilon: params.epsilon, delta: 0 },
    planOf: async (rows) => {
      const plan = await planOf(rows, asking, ctx);
      const questions = questionsOf(plan, asking, params);
      const demand = decayedDemand([], 0, params.decay, questions.length);
      return { ...plan, epsilons: allocate(params.policy, params.epsilon, { questions, demand, room: params.room }) };
    },
    noiseOf: (plan, i, rng) => {
      const query = plan.queries[i] as Query;
      return drawNoise(rng, 'laplace', query.size, sensitivitySteps(query, plan, asking), plan.epsilons[i] as number);
    },
  });
}
