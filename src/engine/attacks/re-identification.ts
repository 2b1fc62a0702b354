import { normalQuantile } from '../dp/gaussian.ts';
import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import { defineAttack, type MeasureRun } from '../kit/measure.ts';
import { choice, columns, integer } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { type Text, text } from '../kit/text.ts';
import { boundByK, listed, tableOfPeople } from '../metrics/risk/released-classes.ts';
import { samplingFraction } from '../metrics/risk/shared-params.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import { encodeEach } from '../table/encode.ts';
import { columnOf } from '../table/table.ts';
import { Linker, secretCodes } from './linking.ts';

/** Linking a known trip to a row of a released table. */
export const descriptor = defineAttack({
  kind: 'attack',
  id: 're-identification',
  version: 1,
  label: text('finding a known row', 'encontrar una fila conocida'),
  summary: text(
    'Someone who saw one trip (where, where to, about when) looks for its row in the release, guesses among the rows that fit, and reads its secret.',
    'Alguien que vio un viaje (de dónde, adónde, hacia qué hora) busca su fila en la publicación, elige al azar entre las que encajan y lee su secreto.',
  ),
  citations: [
    {
      authors: 'Sweeney',
      year: 2002,
      title: 'k-anonymity: a model for protecting privacy',
      doi: '10.1142/S0218488502001648',
    },
    {
      authors: 'Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam',
      year: 2007,
      title: 'l-diversity: privacy beyond k-anonymity',
      doi: '10.1145/1217299.1217302',
    },
  ],
  limits: [
    text(
      'One adversary with exact knowledge of a few columns; others may know more, or link several rows of one person.',
      'Un adversario con conocimiento exacto de unas pocas columnas; otros pueden saber más, o unir varias filas de una persona.',
    ),
    text(
      'Success is about this table unless the line says population.',
      'El éxito se refiere a esta tabla salvo que la línea diga población.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    known: columns({
      label: text('what the adversary knows', 'lo que sabe el adversario'),
      help: text('Empty: place, destination and time of one trip.', 'Vacío: lugar, destino y hora de un viaje.'),
      roles: ['quasi-identifier'],
      max: 8,
    }),
    precision: choice({
      label: text('time known to the', 'hora conocida por'),
      help: text('How exactly the time is known.', 'Con qué exactitud se conoce la hora.'),
      options: [
        { value: 'minute', label: text('minute', 'minuto') },
        { value: 'hour', label: text('hour', 'hora') },
        { value: 'day', label: text('day', 'día') },
      ],
      default: 'hour',
    }),
    targets: integer({
      label: text('targets tried', 'objetivos probados'),
      help: text('Drawn at random; more give a narrower interval.', 'Al azar; más dan un intervalo más estrecho.'),
      min: 50,
      max: 5000,
      default: 1000,
      advanced: true,
    }),
    fraction: samplingFraction,
  },
  accepts: ['table'],
  needs: [],
  adversary: {
    who: text('a neighbour, colleague or reporter', 'un vecino, un colega o un periodista'),
    knows: [
      text('where one of them started, or was', 'de dónde salió, o dónde estaba'),
      text('where it ended, if it moved', 'adónde llegó, si se movió'),
      text('about when', 'hacia qué hora'),
      text('that it is in the data', 'que está en los datos'),
    ],
    wants: text('the row of one they know, and its secret', 'la fila de un caso que conocen, y su secreto'),
  },
  dimensions: ['identity', 'location'],
});

interface Tally {
  tried: number;
  right: number;
  expected: number;
  expectedSquares: number;
  singled: number;
  inside: number;
  secretRight: number;
  secretTried: number;
}

export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  const rows = table.dataset.table.rows;
  if (rows === 0) throw infeasible('the data has no rows to look for', 'load data');
  const known = knownTo(table, params.known);
  await encodeEach(table, known, () => ctx.checkpoint(0));
  await ctx.checkpoint(0);
  const linker = new Linker(table, known, params.precision);
  const secret = secretOf(table, linker.used);
  const found = await tryTargets(table, linker, secret, Math.min(params.targets, rows), ctx);
  const en = `${found.tried} of ${rows} rows as targets; known: ${listed(linker.used, 'and', 'nothing that was released')} (time to the ${params.precision})`;
  const es = `${found.tried} de ${rows} filas como objetivo; conocido: ${listed(linker.used, 'y', 'nada de lo publicado')} (hora por ${SPANISH[params.precision]})`;
  return [
    ...linkScores(table, found, linker.used, params.fraction, en, es),
    ...(secret === undefined ? [] : [secretScore(found, secret, en, es)]),
  ];
};

const SPANISH = { minute: 'minuto', hour: 'hora', day: 'día' } as const;

function knownTo(table: TableRelease, named: readonly string[]): readonly string[] {
  for (const name of named) columnOf(table.dataset.table, name);
  const { place, destination, time } = table.dataset.descriptor.parts;
  const parts = [place, destination, time].filter((name): name is string => name !== undefined);
  const byRole = table.dataset.descriptor.columns
    .filter((column) => column.role === 'quasi-identifier')
    .map((column) => column.name);
  const known = named.length > 0 ? named : parts.length > 0 ? parts : byRole;
  if (known.length === 0) {
    throw infeasible(
      'the adversary knows no column',
      'choose what the adversary knows, or give columns the role quasi-identifier',
    );
  }
  return [...new Set(known)];
}

interface Secret {
  readonly name: string;
  readonly truth: Uint32Array;
  readonly released: Uint32Array;
  readonly count: number;
  /** Most frequent value of the whole release, and how often guessing it is right over all source rows. */
  readonly majority: number;
  readonly baseline: number;
}

function secretOf(table: TableRelease, used: readonly string[]): Secret | undefined {
  const name = [...table.sensitive, table.dataset.descriptor.parts.secret ?? ''].find(
    (each) => each !== '' && !used.includes(each),
  );
  const codes = name === undefined ? undefined : secretCodes(table, name);
  if (name === undefined || codes === undefined || codes.released.length === 0) return undefined;
  const counts = new Uint32Array(codes.count);
  for (const code of codes.released) counts[code] = (counts[code] as number) + 1;
  const majority = largest(counts);
  let right = 0;
  for (const code of codes.truth) if (code === majority) right += 1;
  return { name, ...codes, majority, baseline: right / codes.truth.length };
}

function largest(counts: Uint32Array): number {
  let best = 0;
  for (let v = 1; v < counts.length; v += 1) if ((counts[v] as number) > (counts[best] as number)) best = v;
  return best;
}

async function tryTargets(
  table: TableRelease,
  linker: Linker,
  secret: Secret | undefined,
  targets: number,
  ctx: Ctx,
): Promise<Tally> {
  const rng = ctx.rng.fork('re-identification');
  const rows = table.dataset.table.rows;
  const releasedAt = new Int32Array(rows).fill(-1);
  table.rowOf.forEach((row, i) => {
    releasedAt[row] = i;
  });
  const tally: Tally = {
    tried: 0,
    right: 0,
    expected: 0,
    expectedSquares: 0,
    singled: 0,
    inside: 0,
    secretRight: 0,
    secretTried: 0,
  };
  const counts = new Uint32Array(secret?.count ?? 0);
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  for (let t = 0; t < targets; t += 1) {
    const j = t + rng.int(rows - t);
    const target = order[j] as number;
    order[j] = order[t] as number;
    const classes = linker.compatible(target);
    const size = linker.size(classes);
    const own = releasedAt[target] as number;
    const inside = linker.holds(classes, own);
    tally.tried += 1;
    if (inside) {
      tally.inside += 1;
      tally.expected += 1 / size;
      tally.expectedSquares += 1 / (size * size);
      if (size === 1) tally.singled += 1;
    }
    if (size > 0 && linker.pick(classes, rng.int(size)) === own) tally.right += 1;
    if (secret !== undefined) {
      counts.fill(0);
      linker.tally(classes, secret.released, counts);
      const guess = size === 0 ? secret.majority : largest(counts);
      tally.secretTried += 1;
      if (guess === secret.truth[target]) tally.secretRight += 1;
    }
    if (t % 16 === 0) await ctx.checkpoint(t / targets);
  }
  return tally;
}

function linkScores(
  table: TableRelease,
  found: Tally,
  used: readonly string[],
  fraction: number,
  en: string,
  es: string,
): readonly Score[] {
  const { tried } = found;
  const bound = boundByK(table, used);
  const mean = found.expected / tried;
  const half =
    tried > 1
      ? normalQuantile(0.975) * Math.sqrt(Math.max(0, found.expectedSquares / tried - mean * mean) / (tried - 1))
      : 1;
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    n: tried,
    source: 'Sweeney 2002',
  } as const;
  const baseline = 1 / table.dataset.table.rows;
  const method = (tailEn: string, tailEs: string): Text => text(`${en}; ${tailEn}`, `${es}; ${tailEs}`);
  return [
    {
      ...common,
      ...bound,
      id: 're-identification/success',
      label: text('row found', 'fila encontrada'),
      value: found.right / tried,
      provenance: 'measured',
      of: 'sample',
      interval: wilsonInterval(found.right, tried),
      baseline,
      method: method(
        `${found.right} random guesses among the fitting rows were right.`,
        `${found.right} elecciones al azar entre las filas que encajan acertaron.`,
      ),
    },
    {
      ...common,
      ...bound,
      id: 're-identification/expected',
      label: text('row found, expected', 'fila encontrada, esperado'),
      value: mean,
      provenance: 'measured',
      of: 'sample',
      interval: { low: Math.max(0, mean - half), high: Math.min(1, mean + half), level: 0.95, kind: 'sampling' },
      baseline,
      method: method(
        `mean of 1 / number of fitting rows, 0 for the ${tried - found.inside} targets left out.`,
        `media de 1 / número de filas que encajan, 0 para los ${tried - found.inside} objetivos omitidos.`,
      ),
    },
    {
      ...common,
      id: 're-identification/singled-out',
      label: text('only one row fits', 'solo encaja una fila'),
      value: found.singled / tried,
      provenance: 'measured',
      of: 'sample',
      interval: wilsonInterval(found.singled, tried),
      method: method(
        `${found.singled} targets fit a single row, their own.`,
        `${found.singled} objetivos encajan en una sola fila, la suya.`,
      ),
    },
    {
      ...common,
      id: 're-identification/population',
      label: text('row found, if it may be missing', 'fila encontrada, si puede no estar'),
      value: mean * fraction,
      provenance: 'modelled',
      of: 'population',
      method: method(
        `expected success x ${fraction}, the share of all such rows of the city these are assumed to be: the adversary does not know whether the target is among them.`,
        `éxito esperado x ${fraction}, la parte de todas las filas así de la ciudad que se supone que son estas: el adversario no sabe si el objetivo está entre ellas.`,
      ),
    },
  ];
}

const secretScore = (found: Tally, secret: Secret, en: string, es: string): Score => ({
  id: 're-identification/secret',
  label: text('secret guessed', 'secreto adivinado'),
  value: found.secretRight / found.secretTried,
  unit: 'share',
  direction: 'lower-is-better',
  meaning: 'risk',
  provenance: 'measured',
  of: 'sample',
  n: found.secretTried,
  interval: wilsonInterval(found.secretRight, found.secretTried),
  baseline: secret.baseline,
  method: text(
    `${en}; guess: most frequent ${secret.name} among the fitting rows. Baseline: most frequent overall.`,
    `${es}; apuesta: ${secret.name} más frecuente entre las filas que encajan. Referencia: el más frecuente en total.`,
  ),
  source: 'Machanavajjhala et al. 2007',
});
