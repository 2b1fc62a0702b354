import { unsupported } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { integer } from '../../kit/params.ts';
import type { TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { text } from '../../kit/text.ts';
import type { Rng } from '../../rng/rng.ts';
import { encodeColumn, encodeEach } from '../../table/encode.ts';
import { baseSize } from '../../table/hierarchy.ts';
import { sortIndices } from '../../table/sort.ts';
import { hasColumn } from '../../table/table.ts';
import { tableOfPeople } from './released-classes.ts';
import { OrderedTraces } from './sequences.ts';
import { wilsonInterval } from './wilson.ts';

/** Share of people singled out by p places known in the order they were visited. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'risk',
  id: 'ordered-unicity',
  version: 1,
  onDemand: true,
  label: text('unicity of places in order', 'unicidad de lugares en orden'),
  summary: text(
    'How often a few places of a person, known only in their order, fit only that person’s trace in the release.',
    'Con qué frecuencia unos pocos lugares de una persona, de los que solo se sabe el orden, encajan solo con su rastro.',
  ),
  citations: [
    {
      authors: 'Pellungrini, Pappalardo, Pratesi, Monreale',
      year: 2017,
      title: 'A data mining approach to assess privacy risk in human mobility data',
      doi: '10.1145/3106774',
    },
  ],
  limits: [
    text(
      'Places known by chance, and never their times; rows at one time count in the order of the table.',
      'Lugares conocidos al azar y nunca sus horas; las filas de una misma hora cuentan en el orden de la tabla.',
    ),
  ],
  vetting: 'verified',
  params: {
    points: integer({
      label: text('known places', 'lugares conocidos'),
      symbol: 'p',
      help: text('How many places of the person are known.', 'Cuántos lugares de la persona se conocen.'),
      min: 1,
      max: 10,
      default: 2,
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

/** @throws unsupported where the release has no id or place, or no times that can be put in order */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  const { entity = '', place = '', time = '' } = table.dataset.descriptor.parts;
  await encodeEach(table, [entity, place, time], () => ctx.checkpoint(0));
  const { traces, people } = tracesOf(table);
  const rng = ctx.rng.fork('ordered-unicity');
  const tried = Math.min(params.people, people.length);
  let unique = 0;
  for (let i = 0; i < tried; i += 1) {
    const j = i + rng.int(people.length - i);
    const person = people[j] as number;
    people[j] = people[i] as number;
    if (traces.matching(drawInOrder(traces.trace(person), params.points, rng), 2) === 1) unique += 1;
    if (i % 64 === 0) await ctx.checkpoint(i / tried);
  }
  const score: Score = {
    id: `ordered-unicity/p=${params.points}`,
    label: text(`singled out by ${params.points} places in order`, `señalados por ${params.points} lugares en orden`),
    value: tried === 0 ? 0 : unique / tried,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: tried,
    interval: wilsonInterval(unique, tried),
    method: text(
      `${unique} of ${tried} people drawn from ${people.length}: no other trace passes through their ${params.points} random places in this order.`,
      `${unique} de ${tried} personas elegidas entre ${people.length}: ningún otro rastro pasa por sus ${params.points} lugares al azar en este orden.`,
    ),
    source: 'Pellungrini et al. 2017',
  };
  return [score];
};

function tracesOf(table: TableRelease): { traces: OrderedTraces; people: Uint32Array } {
  const { entity, place, time } = table.dataset.descriptor.parts;
  if (entity === undefined || place === undefined || time === undefined) {
    throw unsupported('the data has no person id, place or time', 'choose a dataset with all three');
  }
  const gone = [entity, place, time].find((name) => !hasColumn(table.table, name));
  if (gone !== undefined) {
    throw unsupported(
      `the release has no column ${gone}, so it holds no traces in order`,
      'read the re-identification risk instead',
    );
  }
  const who = encodeColumn(table.dataset, entity, table.table);
  const where = encodeColumn(table.dataset, place, table.table);
  const when = encodeColumn(table.dataset, time, table.table);
  if (!when.ordered) {
    throw unsupported(`the released ${time} cannot be put in order`, 'read the unicity of known points instead');
  }
  const { rows } = table.table;
  const order = sortIndices([when.codes], [baseSize(when)], rows).filter(
    (row) => who.codes[row] !== who.missingCode && when.codes[row] !== when.missingCode,
  );
  const traces = new OrderedTraces(who.codes, where.codes, order, baseSize(who), baseSize(where));
  const seen = new Set(Array.from(order, (row) => who.codes[row] as number));
  return { traces, people: Uint32Array.from(seen).sort() };
}

/** `p` different positions of the trace, in order; all of them where it has fewer (Knuth's selection sampling). */
function drawInOrder(trace: Uint32Array, p: number, rng: Rng): number[] {
  const out: number[] = [];
  let wanted = Math.min(p, trace.length);
  for (let i = 0; i < trace.length && wanted > 0; i += 1) {
    if (rng.int(trace.length - i) >= wanted) continue;
    out.push(trace[i] as number);
    wanted -= 1;
  }
  return out;
}
