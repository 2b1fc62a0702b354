import type { Ctx } from '../kit/context.ts';
import { unsupported } from '../kit/errors.ts';
import { choice, column, integer, type Params } from '../kit/params.ts';
import { memoryChannels, type PartyContext } from '../kit/party.ts';
import type { PartiesPicture } from '../kit/picture.ts';
import type { Release, SharesRelease, TableRelease } from '../kit/release.ts';
import { defineTechnique, type PartyOutcome, type Probe, type Protocol } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { type PartyInputs, partyInputs } from './party-inputs.ts';
import { addInto, decode, encode, type Ring, share } from './ring.ts';

export const descriptor = defineTechnique({
  id: 'additive-sum',
  version: 1,
  family: 'mpc',
  label: text('Secure sum by additive shares', 'Suma segura con partes aditivas'),
  summary: text(
    'Departments learn the city-wide total without showing their own numbers: each splits every number into random parts, one per department; the parts are added up separately and only the total is put together again. The total is exact.',
    'Los departamentos obtienen el total de la ciudad sin mostrar sus cifras: cada uno parte cada número en trozos aleatorios, uno por departamento; los trozos se suman por separado y solo se recompone el total. El total es exacto.',
  ),
  citations: [
    {
      authors: 'Ito, Saito, Nishizeki',
      year: 1987,
      title: 'Secret Sharing Scheme Realizing General Access Structure',
      where: 'GLOBECOM',
    },
    {
      authors: 'Bogdanov, Laur, Willemson',
      year: 2008,
      title: 'Sharemind: A Framework for Fast Privacy-Preserving Computations',
      where: 'ESORICS',
      doi: '10.1007/978-3-540-88313-5_13',
    },
    {
      authors: 'Cramer, Damgård, Nielsen',
      year: 2015,
      title: 'Secure Multiparty Computation and Secret Sharing',
      where: 'Cambridge University Press',
    },
  ],
  limits: [
    text(
      'Parties follow the protocol and enter true numbers; one that changes a share changes the total unnoticed.',
      'Las partes siguen el protocolo e introducen cifras verdaderas; si una altera un trozo, altera el total sin que se note.',
    ),
    text(
      'The opened total is exact: all other parties together can subtract their own numbers from it, and a differencing attack works on it. Noise has to come from another method.',
      'El total abierto es exacto: las demás partes juntas pueden restarle sus cifras, y sirve para un ataque de diferencias. El ruido debe venir de otro método.',
    ),
    text(
      'The parties are simulated in this browser; their randomness is seeded so that runs can be repeated.',
      'Las partes se simulan en este navegador; su azar parte de una semilla para poder repetir.',
    ),
  ],
  vetting: 'verified',
  params: {
    query: choice({
      label: text('Question', 'Pregunta'),
      help: text('What the departments add up.', 'Qué suman los departamentos.'),
      options: [
        { value: 'count', label: text('how many rows', 'cuántas filas') },
        { value: 'sum', label: text('sum of a column', 'suma de una columna') },
        { value: 'mean', label: text('mean of a column', 'media de una columna') },
      ],
      default: 'count',
    }),
    by: choice({
      label: text('For each', 'Para cada'),
      help: text('One secure sum per hour of the day or per place.', 'Una suma segura por hora del día o por lugar.'),
      options: [
        { value: 'hour', label: text('hour of the day', 'hora del día') },
        { value: 'place', label: text('place', 'lugar') },
      ],
      default: 'hour',
    }),
    parties: integer({
      label: text('Parties', 'Partes'),
      symbol: 'k',
      help: text(
        'Departments that take part; rows go to them by district.',
        'Departamentos que participan; las filas se reparten por distrito.',
      ),
      min: 2,
      max: 7,
      default: 3,
    }),
    bits: choice({
      label: text('Word length', 'Longitud de palabra'),
      help: text(
        'Numbers are kept modulo 2 to this power.',
        'Los números se guardan módulo 2 elevado a esta potencia.',
      ),
      options: [
        { value: '32', label: text('32 bits', '32 bits') },
        { value: '64', label: text('64 bits', '64 bits') },
      ],
      default: '64',
    }),
    fractionBits: integer({
      label: text('Fraction bits', 'Bits de fracción'),
      symbol: 'f',
      help: text(
        'Sums are rounded to multiples of 2 to the minus this. Counts use none.',
        'Las sumas se redondean a múltiplos de 2 elevado a menos este número. Los recuentos no usan ninguno.',
      ),
      min: 0,
      max: 24,
      default: 16,
      advanced: true,
    }),
    valueColumn: column({
      label: text('Column added up', 'Columna que se suma'),
      help: text('Empty: the value shown on the map.', 'Vacío: el valor que muestra el mapa.'),
      roles: ['sensitive', 'other'],
      advanced: true,
    }),
    partyColumn: column({
      label: text('Column that names the party', 'Columna que nombra a la parte'),
      help: text('Empty: the district of the place.', 'Vacío: el distrito del lugar.'),
      roles: ['quasi-identifier', 'other'],
      advanced: true,
    }),
  },
  stage: 'transit',
  dimensions: { serves: ['owner', 'query'] },
  view: 'parties',
  accepts: ['table'],
  produces: 'shares',
  randomized: true,
  guarantee: (params) => ({
    kind: 'secret-sharing',
    parties: params.parties,
    corrupted: params.parties - 1,
    adversary: 'semi-honest',
  }),
});

export type AdditiveSumParams = Params<typeof descriptor.params>;

const ringOf = (params: AdditiveSumParams): Ring => ({
  bits: params.bits === '32' ? 32 : 64,
  fractionBits: params.query === 'count' ? 0 : params.fractionBits,
});

/** Input of a party and what it does: share, add what came in, open. */
export const protocol: Protocol<typeof descriptor.params> = {
  parties: (params) => params.parties,
  inputOf: (input, params, party) => inputsOf(input, params).inputs[party] as Float64Array,
  play: (input, params, context) => playWords(input, params, context),
};

async function playWords(input: Float64Array, params: AdditiveSumParams, context: PartyContext): Promise<PartyOutcome> {
  const { party, parties, channel } = context;
  const ring = ringOf(params);
  const shares = share(encode(input, ring, parties), parties, ring, context.rng.fork('shares'));
  const own = (shares[party] as Uint32Array).slice();
  const length = own.length;
  const seen = new Uint32Array(2 * (parties - 1) * length);
  let at = 0;
  for (let other = 0; other < parties; other += 1) {
    if (other !== party) channel.send(other, shares[other] as Uint32Array);
  }
  const gather = async (into: Uint32Array): Promise<void> => {
    for (let other = 0; other < parties; other += 1) {
      if (other === party) continue;
      const words = await channel.receive(other);
      addInto(into, words, ring);
      seen.set(words, at);
      at += length;
    }
  };
  await gather(own);
  const opened = own.slice();
  for (let other = 0; other < parties; other += 1) if (other !== party) channel.send(other, own);
  await gather(opened);
  return {
    opened: answerOf(decode(opened, ring), params.query),
    seen,
    messages: 2 * (parties - 1),
    bytes: 2 * (parties - 1) * 4 * length,
    rounds: 2,
  };
}

/** Counts and sums as they are; a mean divides the opened sums by the opened counts (0 where nobody is counted). */
function answerOf(values: Float64Array, query: AdditiveSumParams['query']): Float64Array {
  if (query !== 'mean') return values;
  const width = values.length >> 1;
  return Float64Array.from({ length: width }, (_, i) => {
    const count = values[i] as number;
    return count > 0 ? (values[width + i] as number) / count : 0;
  });
}

/** The protocol between parties joined in memory. */
export async function run(input: Release, params: AdditiveSumParams, ctx: Ctx): Promise<SharesRelease> {
  const source = tableOf(input);
  await ctx.checkpoint(0, text('Cutting each party its own rows', 'Dando a cada parte sus filas'));
  const held = inputsOf(source, params);
  await ctx.checkpoint(0.5, text('Sharing and adding', 'Repartiendo y sumando'));
  const outcomes = await playAll(held.inputs, params, ctx.rng.fork('additive-sum'));
  for (const outcome of outcomes) ctx.cost.send(outcome.messages, outcome.bytes);
  ctx.cost.round(2);
  await ctx.checkpoint(1);
  const plain = new Float64Array(held.inputs[0]?.length ?? 0);
  for (const values of held.inputs)
    for (let i = 0; i < plain.length; i += 1) plain[i] = (plain[i] as number) + (values[i] as number);
  const truth = answerOf(plain, params.query);
  const opened = (outcomes[0] as PartyOutcome).opened;
  return {
    kind: 'shares',
    dataset: source.dataset,
    guarantee: descriptor.guarantee(params, source.dataset.descriptor.privacyUnit),
    events: source.events,
    pictures: [pictureOf(held, outcomes, opened, truth, params)],
    notes: [noteOf(opened, truth, params)],
    parties: held.names,
    labels: held.labels,
    opened,
    truth,
    views: outcomes.map((outcome) => outcome.seen),
  };
}

/** One secure sum of the whole vector between parties in memory. */
export async function probe(input: Release, params: AdditiveSumParams, ctx: Ctx): Promise<Probe> {
  const held = inputsOf(input, params);
  const rng = ctx.rng.fork('probe');
  return {
    label: text('One secure sum', 'Una suma segura'),
    once: async () => {
      await playAll(held.inputs, params, rng);
    },
  };
}

/** All parties' outcomes; party p draws from the fork `party-p`. */
export function playAll(
  inputs: readonly Float64Array[],
  params: AdditiveSumParams,
  rng: Rng,
): Promise<readonly PartyOutcome[]> {
  const channels = memoryChannels(inputs.length);
  return Promise.all(
    inputs.map((values, party) =>
      playWords(values, params, {
        party,
        parties: inputs.length,
        channel: channels[party] as (typeof channels)[number],
        rng: rng.fork(`party-${party}`),
      }),
    ),
  );
}

/** Words shown of what each party saw. */
const shownWords = 32;

function pictureOf(
  held: PartyInputs,
  outcomes: readonly PartyOutcome[],
  opened: Float64Array,
  truth: Float64Array,
  params: AdditiveSumParams,
): PartiesPicture {
  const parties = held.names.length;
  const bytes = 4 * (ringOf(params).bits / 32) * (held.inputs[0]?.length ?? 0);
  const words = [
    text('a random-looking share', 'un trozo de aspecto aleatorio'),
    text('its partial sum', 'su suma parcial'),
  ];
  const messages = words.flatMap((what, round) =>
    held.names.flatMap((_, from) =>
      held.names.flatMap((__, to) => (from === to ? [] : [{ from, to, round: round + 1, bytes, what }])),
    ),
  );
  return {
    view: 'parties',
    parties: held.names,
    messages: parties > 0 ? messages : [],
    labels: held.labels,
    inputs: held.inputs.map((values) => answerOf(values, params.query)),
    seen: outcomes.map((outcome, party) => ({ party, words: outcome.seen.slice(0, shownWords) })),
    opened,
    truth,
    modulus: `2^${params.bits}`,
  };
}

function noteOf(opened: Float64Array, truth: Float64Array, params: AdditiveSumParams): ReturnType<typeof text> {
  let worst = 0;
  for (let i = 0; i < opened.length; i += 1)
    worst = Math.max(worst, Math.abs((opened[i] as number) - (truth[i] as number)));
  return worst === 0
    ? text(
        `All ${opened.length} opened totals equal the plain totals exactly.`,
        `Los ${opened.length} totales abiertos coinciden exactamente con los reales.`,
      )
    : text(
        `The opened numbers differ from the plain ones by at most ${worst.toPrecision(2)}, the rounding to ${params.fractionBits} fraction bits.`,
        `Los números abiertos difieren de los reales en ${worst.toPrecision(2)} como máximo, por el redondeo a ${params.fractionBits} bits de fracción.`,
      );
}

const inputsOf = (input: Release, params: AdditiveSumParams): PartyInputs => partyInputs(tableOf(input), params);

function tableOf(input: Release): TableRelease {
  if (input.kind !== 'table')
    throw unsupported(`a secure sum needs a table, got ${input.kind}`, 'put it first in its branch');
  return input;
}
