import type { Ctx } from '../kit/context.ts';
import { infeasible, unsupported } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { defineAttack } from '../kit/measure.ts';
import { exp } from '../kit/portable-math.ts';
import type { AnswerSet, Release } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import type { Rng } from '../rng/rng.ts';
import { laplace, normal } from '../rng/samplers.ts';

export const descriptor = defineAttack({
  kind: 'attack',
  id: 'reconstruction-from-answers',
  version: 1,
  label: text('Rebuild the missing row', 'Reconstruir la fila que falta'),
  summary: text(
    'An attacker who knows every row but one looks at the published counts and names the cell of the missing row. Without noise one subtraction gives it away; with noise the fullest cell is soon the best guess.',
    'Un atacante que conoce todas las filas menos una mira los recuentos publicados y dice en qué celda está la que falta. Sin ruido, una resta la delata; con ruido, la celda más llena pronto es la mejor apuesta.',
  ),
  citations: [
    {
      authors: 'Dinur, Nissim',
      year: 2003,
      title: 'Revealing information while preserving privacy',
      where: 'PODS',
      doi: '10.1145/773153.773173',
    },
    {
      authors: 'Balle, Cherubin, Hayes',
      year: 2022,
      title: 'Reconstructing training data with informed adversaries',
      where: 'IEEE S&P',
    },
  ],
  limits: [
    text(
      'Each grid of counts is attacked on its own; someone who combines grids that share a column may do better.',
      'Cada tabla de recuentos se ataca por separado; quien combine tablas con una columna en común puede acertar más.',
    ),
    text(
      'Only counts are attacked: sums and statistics have no cell the missing row sits in.',
      'Solo se atacan recuentos: las sumas y los estadísticos no tienen una celda en la que esté la fila que falta.',
    ),
  ],
  vetting: 'draft',
  params: {},
  accepts: ['answers'],
  onDemand: true,
  needs: [],
  adversary: {
    who: text(
      'a reader of the published numbers who knows every other row',
      'quien lee los números publicados y conoce todas las demás filas',
    ),
    knows: [
      text("all rows but the target's", 'todas las filas menos la de la persona'),
      text(
        'that the target is in the table, and the law of the noise',
        'que la persona está en la tabla, y la ley del ruido',
      ),
    ],
    wants: text("the cell of the target's row: where and when", 'la celda de la fila de la persona: dónde y cuándo'),
  },
  dimensions: ['identity', 'location'],
});

const CHUNK = 65_536;
/** Rows that the attacker allows for in a cell where nobody else is. */
const NOBODY = 0.5;

export async function run(release: Release, _params: object, ctx: Ctx): Promise<readonly Score[]> {
  await ctx.checkpoint(0);
  if (release.kind !== 'answers') throw unsupported(`rows are rebuilt from published counts, not from ${release.kind}`);
  const grids = release.answers
    .filter(({ of, truth }) => of === 'counts' && truth.some((count) => count > 0))
    .sort((a, b) => b.truth.length - a.truth.length);
  if (grids.length === 0)
    throw infeasible('no counts of at least one row were released', 'release counts over some cells');
  const scores: Score[] = [];
  for (const [i, grid] of grids.entries()) {
    const isNormal = release.events.some(({ scale, mechanism }) => scale === grid.scale && /gauss/i.test(mechanism));
    const found = await rebuilt(grid, isNormal, ctx.rng.fork(grid.id), (fraction) =>
      ctx.checkpoint((i + fraction) / grids.length),
    );
    scores.push(scoreOf(grid, found, release.guarantee, i === 0));
  }
  return scores;
}

interface Rebuilt {
  /** Share of rows whose cell is named. */
  readonly share: number;
  /** Share of the fullest cell: the best guess without the release. */
  readonly baseline: number;
  readonly rows: number;
  /** Independent guesses these rows amount to: those of one cell stand or fall together (Kish, 1965). */
  readonly effective: number;
}

/**
 * Every row takes its turn as the missing one: exact over all rows, for the noise that was drawn. Where a unit has several rows,
 * what noise was added to is not in the release, so the noise is drawn afresh and the target has all its rows in one cell.
 */
async function rebuilt(
  grid: AnswerSet,
  isNormal: boolean,
  rng: Rng,
  pause: (fraction: number) => Promise<void>,
): Promise<Rebuilt> {
  const { truth, released, scale } = grid;
  const moved = Math.max(1, grid.sensitivity);
  const n = truth.length;
  const noiseOf = (i: number): number => {
    if (moved === 1) return (released[i] as number) - (truth[i] as number);
    return scale === 0 ? 0 : isNormal ? normal(rng, scale) : laplace(rng, scale);
  };
  // Evidence in favour of a cell = ln prior + ln likelihood ratio of its number with and without the target.
  const noise = new Float64Array(n);
  const best: [number, number] = [-1, -1];
  const absent = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    noise[i] = noiseOf(i);
    absent[i] = weightOf(truth[i] as number, noise[i] as number, moved, scale, isNormal);
    if (best[0] < 0 || (absent[i] as number) > (absent[best[0]] as number)) {
      best[1] = best[0];
      best[0] = i;
    } else if (best[1] < 0 || (absent[i] as number) > (absent[best[1]] as number)) best[1] = i;
    if (i % CHUNK === CHUNK - 1) await pause((0.5 * i) / n);
  }
  let rows = 0;
  let squares = 0;
  let right = 0;
  let fullest = 0;
  for (let i = 0; i < n; i += 1) {
    const count = truth[i] as number;
    if (!(count > 0)) continue;
    rows += count;
    squares += count * count;
    fullest = Math.max(fullest, count);
    const rival = best[0] === i ? best[1] : best[0];
    const own = weightOf(Math.max(0, count - 1), (noise[i] as number) + moved, moved, scale, isNormal);
    if (rival < 0 || own > (absent[rival] as number)) right += count;
    if (i % CHUNK === CHUNK - 1) await pause(0.5 + (0.5 * i) / n);
  }
  await pause(1);
  return { share: right / rows, baseline: fullest / rows, rows, effective: (rows * rows) / squares };
}

/** Prior times likelihood ratio of a cell with `others` rows whose number stands `over` above them, if a target of `moved` rows sits there. */
function weightOf(others: number, over: number, moved: number, scale: number, isNormal: boolean): number {
  const far = Math.abs(over);
  const near = Math.abs(over - moved);
  const prior = others + NOBODY;
  if (scale === 0) return near < far ? Number.MAX_VALUE : prior / Number.MAX_VALUE;
  const evidence = isNormal ? (far * far - near * near) / (2 * scale * scale) : (far - near) / scale;
  return prior * exp(Math.min(600, Math.max(-600, evidence)));
}

function scoreOf(grid: AnswerSet, found: Rebuilt, guarantee: Guarantee, isFirst: boolean): Score {
  const { share, baseline, rows, effective } = found;
  const { low, high, level } = wilsonInterval(share * effective, effective);
  return {
    id: isFirst ? descriptor.id : `${descriptor.id}/${grid.id}`,
    label: isFirst
      ? descriptor.label
      : text(
          `Missing row rebuilt from: ${grid.label.en}`,
          `Fila que falta, reconstruida de: ${grid.label.es ?? grid.label.en}`,
        ),
    value: share,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: rows,
    interval: { low: Math.min(low, share), high: Math.max(high, share), level, kind: 'noise' },
    baseline,
    ...(guarantee.kind === 'dp' && guarantee.unit !== 'client' ? { bound: boundAt(guarantee, baseline) } : {}),
    method: text(
      `Each of ${rows} rows is the missing one in turn; its cell of ${grid.truth.length} is named by prior times likelihood. Always naming the fullest cell gets ${percent(baseline)} %.`,
      `Cada una de las ${rows} filas es por turno la que falta; se nombra su celda, de ${grid.truth.length}, por probabilidad previa y verosimilitud. Nombrando siempre la celda más llena se acierta el ${percent(baseline).replace('.', ',')} %.`,
    ),
  };
}

/** e^epsilon times the best blind guess, plus delta (Balle, Cherubin, Hayes, 2022, for pure loss). */
const boundAt = ({ epsilon, delta }: Extract<Guarantee, { kind: 'dp' }>, baseline: number): number =>
  Math.min(1, baseline * exp(Math.min(epsilon, 700)) + delta);

const percent = (share: number): string => (100 * share).toFixed(1);
