import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { columns, number } from '../kit/params.ts';
import { cos, sin } from '../kit/portable-math.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { encodeColumn } from '../table/encode.ts';
import { EVERYTHING } from '../table/ladders.ts';
import { hasColumn } from '../table/table.ts';
import type { ReleasedCells } from './cells.ts';
import { planarLaplaceRadius } from './lambert-w.ts';
import { setColumn } from './location-cells.ts';
import { square } from './matrices.ts';
import { perturbed } from './perturbed.ts';
import { type PlacePoints, requirePlacePoints } from './places-plane.ts';
import { chosenColumns, tableInput } from './table-input.ts';

/** Planar Laplace noise on places: geo-indistinguishability (Andres, Bordenabe, Chatzikokolakis, Palamidessi, 2013). */
export const descriptor = defineTechnique({
  id: 'planar-laplace',
  version: 1,
  family: 'anonymization',
  label: text('noisy places (planar Laplace)', 'lugares con ruido (Laplace plano)'),
  summary: text(
    'Moves each place by a random distance and releases the zone nearest to where it lands.',
    'Mueve cada lugar una distancia aleatoria y publica la zona más cercana a donde cae.',
  ),
  citations: [
    {
      authors: 'Andrés, Bordenabe, Chatzikokolakis, Palamidessi',
      year: 2013,
      title: 'Geo-indistinguishability: differential privacy for location-based systems',
      doi: '10.1145/2508859.2516735',
    },
  ],
  limits: [
    text(
      'Hides a place among near ones only, and each further row of a person adds up.',
      'Oculta un lugar solo entre los cercanos, y cada fila más de una persona se suma.',
    ),
    text('Times and other columns stay exact.', 'Las horas y las demás columnas quedan exactas.'),
  ],
  vetting: 'verified',
  params: {
    level: number({
      label: text('how well places are told apart at the radius', 'cuánto se distinguen los lugares a esa distancia'),
      symbol: 'ℓ',
      help: text(
        'Two places a radius apart give any outcome with chances within a factor e^ℓ.',
        'Dos lugares separados por el radio dan cualquier resultado con probabilidades dentro de un factor e^ℓ.',
      ),
      ends: [text('stronger privacy', 'más privacidad'), text('better accuracy', 'más exactitud')],
      min: 0.05,
      max: 10,
      default: 0.7,
      scale: 'log',
    }),
    radius: number({
      label: text('radius', 'radio'),
      symbol: 'r',
      unit: 'm',
      help: text('ε = ℓ / r for each metre.', 'ε = ℓ / r por cada metro.'),
      min: 10,
      max: 20_000,
      default: 500,
      scale: 'log',
    }),
    columns: columns({
      label: text('place columns', 'columnas de lugar'),
      help: text('Empty: all places.', 'Vacío: todos los lugares.'),
      roles: ['quasi-identifier'],
    }),
  },
  stage: 'edge',
  does: 'places',
  dimensions: { serves: ['location'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: true,
  guarantee: (params): Guarantee => claim(params.level, params.radius),
});

const claim = (level: number, radius: number): Guarantee => ({
  kind: 'none',
  why: `geo-indistinguishability with epsilon = ${short(level / radius)} per metre hides a place among near ones; it is not differential privacy, for places far apart stay apart`,
});

/** @throws infeasible where the table has no places with coordinates */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const names = placeColumns(source, params.columns);
  const epsilon = params.level / params.radius;
  const rng = ctx.rng.fork('planar-laplace');
  const made: ReleasedCells[] = [];
  const notes: Text[] = [];
  for (const [j, name] of names.entries()) {
    const encoded = encodeColumn(source.dataset, name, source.table);
    const points = requirePlacePoints(source.dataset, encoded);
    const labels = [...(encoded.hierarchy.levels[0]?.labels ?? []), EVERYTHING];
    const index = new NearestPlace(points);
    const draw = rng.fork(name);
    const out = new Uint32Array(encoded.codes.length).fill(labels.length - 1);
    let moved = 0;
    let noise = 0;
    let placed = 0;
    for (let row = 0; row < out.length; row += 1) {
      if (row % 4096 === 0) await ctx.checkpoint((j + row / out.length) / names.length);
      const code = encoded.codes[row] as number;
      if (!Number.isFinite(points.x[code])) continue;
      const [x, y] = noisyPoint(points.x[code] as number, points.y[code] as number, epsilon, draw);
      const released = index.nearest(x, y);
      out[row] = released;
      moved += Math.sqrt(squaredGap(points, code, released));
      noise += Math.sqrt(square(x - (points.x[code] as number)) + square(y - (points.y[code] as number)));
      placed += 1;
    }
    const all = Uint32Array.from({ length: labels.length - 1 }, (_, code) => code);
    const sets = labels.map((_, label) => (label < all.length ? all.subarray(label, label + 1) : all));
    made.push(setColumn(encoded, out, labels, sets));
    const count = Math.max(1, placed);
    notes.push(...accuracy(name, epsilon, moved / count, noise / count, out.length - placed));
  }
  if (names.length > 1) {
    notes.push(
      text(
        `The ${names.length} places of a row add up: together they are told apart by up to ${short(names.length * epsilon)} for each metre all of them move.`,
        `Los ${names.length} lugares de una fila se suman: juntos se distinguen hasta ${short(names.length * epsilon)} por cada metro que se mueven todos.`,
      ),
    );
  }
  return perturbed(
    source,
    made.map((each) => each.column),
    claim(params.level, params.radius),
    notes,
    () => ctx.checkpoint(0.999),
    Object.fromEntries(made.map((each) => [each.column.name, each.cells])),
  );
};

const short = (x: number): string => String(Number(x.toPrecision(3)));

function placeColumns(source: TableRelease, named: readonly string[]): readonly string[] {
  if (named.length > 0) return chosenColumns(source, named, []);
  const found = source.dataset.descriptor.columns
    .filter((column) => column.ladder?.kind === 'place' && hasColumn(source.table, column.name))
    .map((column) => column.name);
  if (found.length === 0) throw infeasible('the table has no place column', 'choose data with places');
  return found;
}

/** A point moved by planar Laplace noise: radius by the inverse of 1 - (1 + er) e^-er, angle uniform. */
export function noisyPoint(x: number, y: number, epsilon: number, rng: Rng): readonly [number, number] {
  const radius = planarLaplaceRadius(rng.uniform()) / epsilon;
  const angle = 2 * Math.PI * rng.uniform();
  return [x + radius * cos(angle), y + radius * sin(angle)];
}

/**
 * Accuracy that holds whatever the data: the noise stays within r95 with probability 0.95, and the nearest place to the
 * point it lands on is then at most r95 from that point, for the true place is. So the released place is within 2 r95.
 */
function accuracy(name: string, epsilon: number, mean: number, noise: number, unplaced: number): readonly Text[] {
  const r95 = planarLaplaceRadius(0.95) / epsilon;
  const notes = [
    text(
      `${name}: 95 % of the released places lie within ${short(2 * r95)} m of the true one (proven: twice the noise radius of ${short(r95)} m); ${short(mean)} m on average in this run, from noise of ${short(noise)} m.`,
      `${name}: el 95 % de los lugares publicados está a menos de ${short(2 * r95)} m del verdadero (demostrado: el doble del radio del ruido, ${short(r95)} m); ${short(mean)} m de media en esta ejecución, con un ruido de ${short(noise)} m.`,
    ),
  ];
  if (unplaced === 0) return notes;
  return [
    ...notes,
    text(
      `${name}: ${unplaced} values have no coordinates and are released as *.`,
      `${name}: ${unplaced} valores no tienen coordenadas y se publican como *.`,
    ),
  ];
}

function squaredGap({ x, y }: PlacePoints, a: number, b: number): number {
  return square((x[a] as number) - (x[b] as number)) + square((y[a] as number) - (y[b] as number));
}

/** Nearest place to a point: places by x, searched outwards until the strip is wider than the best distance. */
export class NearestPlace {
  private readonly order: Uint32Array;

  constructor(private readonly points: PlacePoints) {
    this.order = Uint32Array.from(points.x.keys())
      .filter((code) => Number.isFinite(points.x[code]))
      .sort((a, b) => (points.x[a] as number) - (points.x[b] as number) || a - b);
  }

  nearest(x: number, y: number): number {
    const { order, points } = this;
    let right = 0;
    let end = order.length;
    while (right < end) {
      const middle = (right + end) >> 1;
      if ((points.x[order[middle] as number] as number) < x) right = middle + 1;
      else end = middle;
    }
    let left = right - 1;
    let best = order[Math.min(right, order.length - 1)] as number;
    let least = Infinity;
    const look = (at: number): boolean => {
      const code = order[at] as number;
      const strip = square((points.x[code] as number) - x);
      if (strip > least) return false;
      const gap = strip + square((points.y[code] as number) - y);
      if (gap < least || (gap === least && code < best)) {
        least = gap;
        best = code;
      }
      return true;
    };
    let [goLeft, goRight] = [true, true];
    while (goLeft || goRight) {
      goRight = goRight && right < order.length && look(right);
      goLeft = goLeft && left >= 0 && look(left);
      right += 1;
      left -= 1;
    }
    return best;
  }
}
