import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { unsupported } from '../../kit/errors.ts';
import { choice, integer } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import { encodeColumn, encodeEach } from '../../table/encode.ts';
import { groupRows } from '../../table/group.ts';
import { baseSize, type EncodedColumn } from '../../table/hierarchy.ts';
import { hasColumn } from '../../table/table.ts';
import { tableOfPeople } from './released-classes.ts';
import { Traces } from './unicity-core.ts';
import { wilsonInterval } from './wilson.ts';

/** Share of people singled out by p known points of their trace (de Montjoye et al. 2013). */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'unicity',
  version: 1,
  label: text('unicity of known points', 'unicidad de puntos conocidos'),
  summary: text(
    'How often a few known places and times of a person fit only that person’s trace in the release.',
    'Con qué frecuencia unos pocos lugares y horas conocidos de una persona encajan solo con su rastro en la publicación.',
  ),
  citations: [
    {
      authors: 'de Montjoye, Hidalgo, Verleysen, Blondel',
      year: 2013,
      title: 'Unique in the Crowd: the privacy bounds of human mobility',
      where: 'Scientific Reports 3',
      doi: '10.1038/srep01376',
    },
  ],
  limits: [
    text(
      'Needs an id, even a pseudonym, that joins the rows of a person; a release without one has no traces.',
      'Necesita un identificador, aunque sea un seudónimo, que una las filas de una persona; sin él no hay rastros.',
    ),
    text(
      'Points known by chance; someone who chooses them does better.',
      'Puntos conocidos al azar; quien los elige consigue más.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    points: integer({
      label: text('known points', 'puntos conocidos'),
      symbol: 'p',
      help: text(
        'How many places and times of the person are known.',
        'Cuántos lugares y horas de la persona se conocen.',
      ),
      min: 1,
      max: 10,
      default: 2,
    }),
    precision: choice({
      label: text('times known to the', 'horas conocidas por'),
      help: text('How exactly the times are known.', 'Con qué exactitud se conocen las horas.'),
      options: [
        { value: 'minute', label: text('minute', 'minuto') },
        { value: 'hour', label: text('hour', 'hora') },
        { value: 'day', label: text('day', 'día') },
        { value: 'none', label: text('not known', 'no conocidas') },
      ],
      default: 'hour',
    }),
    people: integer({
      label: text('people tried', 'personas probadas'),
      help: text('Drawn at random; more give a narrower interval.', 'Al azar; más dan un intervalo más estrecho.'),
      min: 50,
      max: 5000,
      default: 1000,
      advanced: true,
    }),
  },
  accepts: ['table'],
  needs: ['entity', 'place', 'time'],
});

type Precision = 'minute' | 'hour' | 'day' | 'none';

export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  const { entity = '', place = '', time = '' } = table.dataset.descriptor.parts;
  await encodeEach(table, [entity, place, time], () => ctx.checkpoint(0));
  const { traces, nobody } = tracesOf(table, params.precision);
  const rng = ctx.rng.fork('unicity');
  const people: number[] = [];
  for (let t = 0; t < traces.count; t += 1) if (t !== nobody && traces.sizeOf(t) > 0) people.push(t);
  const tried = Math.min(params.people, people.length);
  let unique = 0;
  let short = 0;
  for (let i = 0; i < tried; i += 1) {
    const j = i + rng.int(people.length - i);
    const trace = people[j] as number;
    people[j] = people[i] as number;
    const known = traces.draw(trace, params.points, rng);
    if (known.length < params.points) short += 1;
    if (traces.matching(known, 2) === 1) unique += 1;
    if (i % 64 === 0) await ctx.checkpoint(i / tried);
  }
  const score: Score = {
    id: `unicity/p=${params.points}`,
    label: text(`singled out by ${params.points} known points`, `señalados por ${params.points} puntos conocidos`),
    value: tried === 0 ? 0 : unique / tried,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: tried,
    interval: wilsonInterval(unique, tried),
    method: text(
      `${unique} of ${tried} people drawn from ${people.length}: no other trace holds their ${params.points} random points (place, ${params.precision}); ${short} had fewer points, all of them known.`,
      `${unique} de ${tried} personas elegidas entre ${people.length}: ningún otro rastro contiene sus ${params.points} puntos al azar (lugar, ${params.precision}); ${short} tenían menos puntos, todos conocidos.`,
    ),
    source: 'de Montjoye et al. 2013',
  };
  return [score];
};

/** @throws unsupported when the release has no id, place or time to build traces from */
function tracesOf(table: TableRelease, precision: Precision): { traces: Traces; nobody: number | undefined } {
  const { entity, place, time } = table.dataset.descriptor.parts;
  if (entity === undefined || place === undefined || time === undefined) {
    throw unsupported('the data has no person id, place or time', 'choose a dataset with all three');
  }
  const needed = precision === 'none' ? [entity, place] : [entity, place, time];
  const gone = needed.find((name) => !hasColumn(table.table, name));
  if (gone !== undefined) {
    throw unsupported(
      `the release has no column ${gone}, so it holds no traces to single out`,
      'read the re-identification risk instead',
    );
  }
  const who = encodeColumn(table.dataset, entity, table.table);
  const where = encodeColumn(table.dataset, place, table.table);
  const when = precision === 'none' ? undefined : timeCells(encodeColumn(table.dataset, time, table.table), precision);
  const columns = when === undefined ? [where.codes] : [where.codes, when.codes];
  const sizes = when === undefined ? [baseSize(where)] : [baseSize(where), when.count];
  const points = groupRows(columns, sizes, table.table.rows);
  const pairs = groupRows([who.codes, points.classOf], [baseSize(who), points.count], table.table.rows);
  const traces = new Traces(who.codes, points.classOf, baseSize(who), points.count, pairs);
  return { traces, nobody: who.missingCode };
}

/** Times as known: to the minute, hour or day. A generalized time keeps its released label. */
function timeCells(encoded: EncodedColumn, precision: Precision): { codes: Uint32Array; count: number } {
  const name = encoded.base.kind === 'minutes' ? precision : 'value';
  const level = encoded.hierarchy.levels.find((each) => each.name === name) ?? encoded.hierarchy.levels[0];
  const codes = new Uint32Array(encoded.codes.length);
  let most = 0;
  for (let i = 0; i < codes.length; i += 1) {
    const code = level?.codes[encoded.codes[i] as number] ?? 0;
    codes[i] = code;
    if (code > most) most = code;
  }
  return { codes, count: most + 1 };
}
