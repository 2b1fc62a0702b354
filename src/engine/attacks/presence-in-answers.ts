import type { Ctx } from '../kit/context.ts';
import { infeasible, unsupported } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { defineAttack } from '../kit/measure.ts';
import { integer, type Params } from '../kit/params.ts';
import { log1p } from '../kit/portable-math.ts';
import type { AnswerSet, Release, SharesRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { type Text, text } from '../kit/text.ts';
import { accuracyBound } from '../learning/accounting.ts';
import { gaussian } from '../learning/aggregate.ts';
import type { Rng } from '../rng/rng.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import { boundOf } from './bounds.ts';

export const descriptor = defineAttack({
  kind: 'attack',
  id: 'presence-in-answers',
  version: 3,
  label: text('Was this one in the data?', '¿Estaba en los datos?'),
  summary: text(
    'The strongest reader of released counts: knows every row but one and asks which world fits the published numbers better, the one with that row or the one without. This is the very game differential privacy bounds.',
    'El lector más fuerte de los recuentos: conoce todas las filas menos una y se pregunta qué mundo encaja mejor con lo publicado, con esa fila o sin ella. Es justo el juego que acota la privacidad diferencial.',
  ),
  citations: [
    {
      authors: 'Wasserman, Zhou',
      year: 2010,
      title: 'A Statistical Framework for Differential Privacy',
      where: 'JASA 105',
      doi: '10.1198/jasa.2009.tm08651',
    },
    {
      authors: 'Kairouz, Oh, Viswanath',
      year: 2015,
      title: 'The Composition Theorem for Differential Privacy',
      where: 'ICML',
    },
  ],
  limits: [
    text(
      'Few real adversaries know everyone else; this one is the worst case.',
      'Pocos adversarios reales conocen a todos los demás; este es el peor caso.',
    ),
    text(
      'In sums the target contributes the largest amount the clipping allows; in counts, one row. Limits on rows per person are not known to the adversary.',
      'En sumas la persona aporta lo máximo que permite el recorte; en recuentos, una fila. El adversario no conoce los límites de filas por persona.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    trials: integer({
      label: text('Trials', 'Intentos'),
      help: text(
        'Worlds drawn, and cells of each released grid tried at most.',
        'Mundos sorteados, y celdas probadas como máximo de cada tabla publicada.',
      ),
      min: 20,
      max: 20_000,
      default: 4000,
      scale: 'log',
    }),
  },
  accepts: ['answers', 'shares'],
  needs: [],
  adversary: {
    who: text(
      'a reader of the published numbers who knows every other row',
      'quien lee los números publicados y conoce todas las demás filas',
    ),
    knows: [
      text("all rows but the target's", 'todas las filas menos la de la persona'),
      text(
        "the target's cell in every grid, and the law of the noise",
        'la celda de la persona en cada tabla y la ley del ruido',
      ),
    ],
    wants: text('to learn whether the target took part', 'saber si el objetivo estaba entre los datos'),
  },
  dimensions: ['identity', 'query'],
});

type PresenceParams = Params<typeof descriptor.params>;

/** A grid of released numbers as the adversary reads it. */
interface Grid {
  readonly id: string;
  readonly of: AnswerSet['of'];
  readonly label: Text;
  readonly truth: Float64Array;
  readonly released: Float64Array;
  /** What the target adds to its cell. */
  readonly contribution: number;
  readonly scale: number;
  readonly law: 'laplace' | 'discrete' | 'gaussian';
  readonly epsilon?: number;
}

export async function run(release: Release, params: PresenceParams, ctx: Ctx): Promise<readonly Score[]> {
  await ctx.checkpoint(0);
  if (release.kind !== 'answers' && release.kind !== 'shares') {
    throw unsupported(`presence is read off released numbers, not off ${release.kind}`);
  }
  const grids =
    release.kind === 'answers' ? release.answers.map((set) => gridOf(set, release.events)) : [exactGrid(release)];
  // A statistic of its own (a mean, a quantile) has no cell a target sits in.
  const usable = grids.filter((grid) => grid.truth.length > 0 && grid.of !== 'values');
  if (usable.length === 0) throw infeasible('no numbers were released', 'release at least one cell');
  if (usable.some(hidesSeveralRows)) {
    // What noise was added to (each person's rows cut to the bound) is not in the release, so only fresh draws are fair.
    return [overAllGrids(usable, params.trials, ctx.rng.fork('presence'), release.guarantee)];
  }
  const perGrid: Score[] = [];
  for (const [at, grid] of usable.entries()) {
    const score = onRelease(grid, params.trials, ctx.rng.fork(`presence/${grid.id}`), release.guarantee);
    if (score !== undefined) perGrid.push(score);
    await ctx.checkpoint((at + 1) / (usable.length + 1));
  }
  if (usable.length === 1 && perGrid[0] !== undefined) {
    return [{ ...perGrid[0], id: descriptor.id, label: descriptor.label, ...boundOf(release.guarantee) }];
  }
  return [overAllGrids(usable, params.trials, ctx.rng.fork('presence'), release.guarantee), ...perGrid];
}

/** Whether a count hides a person with several rows: the target is then the one who has all of them in one cell. */
const hidesSeveralRows = (grid: Grid): boolean => grid.of === 'counts' && grid.contribution > 1;

/**
 * Cells of the actual release: the noise is the one that was drawn. Each trial takes somebody who is in the data; in the
 * world without them, a cell is read whose truth is what theirs would be without them. So both worlds are equally likely
 * whatever the adversary knows: cells are mostly empty, and where noise is cut at zero, "absent" would be a safe guess.
 * Undefined where nobody can be asked about.
 */
function onRelease(grid: Grid, most: number, rng: Rng, guarantee: Guarantee): Score | undefined {
  const members = cellsOf(grid).filter((cell) => (grid.truth[cell] as number) > 0 || grid.of !== 'counts');
  if (members.length === 0) return undefined;
  const likeCell = likeCells(grid, rng);
  const n = Math.min(most, members.length);
  let hits = 0;
  let taken = 0;
  for (let i = 0; i < members.length && taken < n; i += 1) {
    if (rng.int(members.length - i) >= n - taken) continue;
    taken += 1;
    const cell = members[i] as number;
    const takesPart = (rng.u32() & 1) === 1;
    const others = (grid.truth[cell] as number) - grid.contribution;
    const read = takesPart ? cell : likeCell(others);
    const without = takesPart ? others : (grid.truth[read] as number);
    const evidence = logLikelihoodRatio(grid, grid.released[read] as number, without);
    const says = evidence === 0 ? (rng.u32() & 1) === 1 : evidence > 0;
    hits += says === takesPart ? 1 : 0;
  }
  const bound =
    guarantee.kind === 'dp' && grid.epsilon !== undefined
      ? { bound: accuracyBound(grid.epsilon, guarantee.delta) }
      : {};
  return {
    ...common(hits, n),
    id: `${descriptor.id}/${grid.id}`,
    label: text(`Presence read off: ${grid.label.en}`, `Presencia leída en: ${grid.label.es ?? grid.label.en}`),
    ...bound,
    method: text(
      `Likelihood of the published number with and without the target, in ${n} cells of this release, half of them of somebody absent; right in ${hits}.`,
      `Verosimilitud del número publicado con y sin la persona, en ${n} celdas de esta publicación, la mitad de alguien ausente; acierta en ${hits}.`,
    ),
  };
}

const cellsOf = ({ truth }: Grid): Uint32Array => Uint32Array.from(truth, (_, cell) => cell);

/** Picks a cell, by chance among equals, whose truth is nearest to a number. */
function likeCells(grid: Grid, rng: Rng): (truth: number) => number {
  const order = cellsOf(grid).sort((a, b) => (grid.truth[a] as number) - (grid.truth[b] as number));
  const at = (i: number): number => grid.truth[order[i] as number] as number;
  /** First place in the order whose truth is not below (or, after equals, above) a number. */
  const placeOf = (truth: number, afterEquals: boolean): number => {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(middle) < truth || (afterEquals && at(middle) === truth)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (truth) => {
    const place = placeOf(truth, false);
    const above = Math.min(place, order.length - 1);
    const below = Math.max(place - 1, 0);
    const nearest = at(above) - truth <= truth - at(below) || place === 0 ? at(above) : at(below);
    const first = placeOf(nearest, false);
    return order[first + rng.int(placeOf(nearest, true) - first)] as number;
  };
}

/** One target across all grids at once, over fresh draws of each grid's noise law. */
function overAllGrids(grids: readonly Grid[], trials: number, rng: Rng, guarantee: Guarantee): Score {
  let hits = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const takesPart = (rng.u32() & 1) === 1;
    let evidence = 0;
    for (const grid of grids) {
      evidence += logLikelihoodRatio(grid, (takesPart ? grid.contribution : 0) + drawOf(grid, rng), 0);
    }
    const says = evidence === 0 ? (rng.u32() & 1) === 1 : evidence > 0;
    hits += says === takesPart ? 1 : 0;
  }
  const most = Math.max(...grids.filter(hidesSeveralRows).map((grid) => grid.contribution), 1);
  const who =
    most > 1
      ? {
          en: ` (${most} rows in one cell, the most a person may have)`,
          es: ` (${most} filas en una celda, lo máximo por persona)`,
        }
      : { en: '', es: '' };
  return {
    ...common(hits, trials),
    id: descriptor.id,
    label: descriptor.label,
    interval: { ...wilsonInterval(hits, trials), kind: 'noise' },
    ...boundOf(guarantee),
    method: text(
      `Likelihood of all ${grids.length} released grids together, with and without the target${who.en}, over ${trials} draws of their noise; right in ${hits}.`,
      `Verosimilitud de las ${grids.length} tablas publicadas a la vez, con y sin la persona${who.es}, en ${trials} sorteos de su ruido; acierta en ${hits}.`,
    ),
  };
}

const common = (hits: number, n: number) =>
  ({
    value: hits / n,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n,
    interval: wilsonInterval(hits, n),
    baseline: 0.5,
  }) as const;

/** ln P(number | with) - ln P(number | without) under the grid's noise; exact numbers decide by which world is nearer. */
function logLikelihoodRatio(grid: Grid, number: number, without: number): number {
  const far = Math.abs(number - without);
  const near = Math.abs(number - without - grid.contribution);
  if (grid.scale === 0) return far - near;
  return grid.law === 'gaussian'
    ? (far * far - near * near) / (2 * grid.scale * grid.scale)
    : (far - near) / grid.scale;
}

function gridOf(set: AnswerSet, events: readonly { readonly mechanism: string; readonly scale?: number }[]): Grid {
  const mechanism = events.find((event) => event.scale === set.scale)?.mechanism ?? '';
  const normal = /gauss/i.test(mechanism);
  const counts = set.of === 'counts';
  const noisy = set.scale > 0;
  return {
    id: set.id,
    of: set.of,
    label: set.label,
    truth: set.truth,
    released: set.released,
    contribution: counts ? Math.max(1, set.sensitivity) : Math.max(set.sensitivity, 1e-12),
    scale: noisy ? set.scale : 0,
    law: normal ? 'gaussian' : counts && /discrete/i.test(mechanism) ? 'discrete' : 'laplace',
    ...(noisy && !normal ? { epsilon: set.sensitivity / set.scale } : {}),
  };
}

/** Totals of a secure sum carry no noise: whoever knows the other rows subtracts them. */
const exactGrid = (release: SharesRelease): Grid => ({
  id: 'opened',
  // The release does not say; whole totals are counts, and in a count a cell of 0 has no member to ask about.
  of: release.truth.every((value) => value >= 0 && Number.isInteger(value)) ? 'counts' : 'sums',
  label: text('opened totals', 'totales abiertos'),
  truth: release.truth,
  released: release.opened,
  contribution: 1,
  scale: 0,
  law: 'laplace',
});

/** A draw of the grid's noise: Gaussian, Laplace by inversion, or discrete Laplace as the difference of two geometric draws. */
function drawOf(grid: Grid, rng: Rng): number {
  if (grid.law === 'gaussian') return grid.scale * gaussian(rng);
  const first = -grid.scale * log1p(-rng.uniform());
  if (grid.law === 'discrete') return Math.floor(first) - Math.floor(-grid.scale * log1p(-rng.uniform()));
  return (rng.u32() & 1) === 1 ? first : -first;
}
