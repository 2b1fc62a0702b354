import type { Ctx, Pause } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import { defineAttack, type MeasureRun } from '../kit/measure.ts';
import { choice, columns, integer } from '../kit/params.ts';
import { isSynthetic, type TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { encodeEach } from '../table/encode.ts';
import { columnOf } from '../table/table.ts';
import { tableOf } from '../metrics/risk/released-classes.ts';
import { type Attempts, attemptScores, rowsBehind, rowsNotReleased, someOf } from './control.ts';
import { type AuxiliaryColumn, auxiliaryColumn } from './nearest.ts';
import {
  Counter,
  mediansOf,
  multivariatePredicate,
  type Predicate,
  randomPredicate,
  univariatePredicates,
} from './predicates.ts';
import { sizeCorrection } from './singling-out-integral.ts';

/** Predicates read off a release that fit exactly one person of the original data. */
export const descriptor = defineAttack({
  kind: 'attack',
  id: 'singling-out',
  version: 1,
  onDemand: true,
  label: text('singled out by a description', 'señalado por una descripción'),
  summary: text(
    'Looks in the release for descriptions that fit one row only, and asks whether they fit exactly one row of the original data.',
    'Busca en lo publicado descripciones que encajan en una sola fila y mira si encajan en exactamente una fila de los datos originales.',
  ),
  citations: [
    {
      authors: 'Giomi, Boenisch, Wehmeyer, Tasnádi',
      year: 2023,
      title: 'A Unified Framework for Quantifying Privacy Risk in Synthetic Data',
      doi: '10.56553/popets-2023-0055',
    },
    {
      authors: 'Cohen, Nissim',
      year: 2020,
      title: "Towards formalizing the GDPR's notion of singling out",
      where: 'PNAS 117(15)',
      doi: '10.1073/pnas.1914598117',
    },
  ],
  limits: [
    text(
      'Only descriptions that isolate a released row are tried; where there is none, the adversary stays silent.',
      'Solo se prueban descripciones que aíslan una fila publicada; donde no hay ninguna, el adversario calla.',
    ),
    text(
      'Without rows that were not released there is no control group, and part of the success may be true of any such data.',
      'Sin filas no publicadas no hay grupo de control, y parte del acierto puede deberse a cualquier dato parecido.',
    ),
  ],
  vetting: 'verified',
  params: {
    mode: choice({
      label: text('descriptions', 'descripciones'),
      help: text('Of one column, or of several at once.', 'De una columna o de varias a la vez.'),
      options: [
        { value: 'multivariate', label: text('several columns', 'varias columnas') },
        { value: 'univariate', label: text('one column', 'una columna') },
      ],
      default: 'multivariate',
    }),
    width: integer({
      label: text('columns of a description', 'columnas de una descripción'),
      help: text('Used for several columns.', 'Se usa con varias columnas.'),
      min: 2,
      max: 10,
      default: 3,
    }),
    known: columns({
      label: text('columns used', 'columnas usadas'),
      help: text(
        'Empty: all released columns but identifiers.',
        'Vacío: todas las columnas publicadas salvo identificadores.',
      ),
      roles: ['quasi-identifier', 'sensitive', 'other'],
    }),
    attempts: integer({
      label: text('descriptions tried', 'descripciones probadas'),
      help: text('At most; more give a narrower interval.', 'Como máximo; más dan un intervalo más estrecho.'),
      min: 50,
      max: 5000,
      default: 500,
      advanced: true,
    }),
  },
  accepts: ['table'],
  needs: [],
  adversary: {
    who: text('any reader of the release', 'cualquiera que lea lo publicado'),
    knows: [text('the released table, and nobody in it', 'la tabla publicada, y a nadie de ella')],
    wants: text('a description that fits exactly one person', 'una descripción que encaje en una sola persona'),
  },
  dimensions: ['identity'],
});

/**
 * Scores: predicates that isolate a row of the originals among those that isolate a released row (baseline: random
 * predicates), the risk beyond a control group where rows were held back, the control, and how many predicates there were.
 * A success against a control group of another size is rescaled by the singling-out integral. O(predicates x rows).
 * @throws infeasible when the release holds no column to compare
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOf(release);
  if (table.table.rows === 0) throw infeasible('no row was released', 'leave fewer rows out, or load data');
  const used = await usedColumns(table, params.known, () => ctx.checkpoint(0));
  if (used.length === 0) throw infeasible('no released column can be compared', 'choose columns that were released');
  await ctx.checkpoint(0);
  const rng = ctx.rng.fork('singling-out');
  const width = params.mode === 'univariate' ? 1 : Math.min(params.width, used.length);
  const counter = new Counter(used, table.table.rows);
  const { predicates, looked } = await search(counter, params.mode, width, params.attempts, rng, ctx);
  const source = rowsBehind(table);
  const outside = rowsNotReleased(table);
  const lots = rng.fork('random predicates');
  const naive = Array.from({ length: params.attempts }, () => randomPredicate(used, width, lots));
  const right = await isolating(counter, predicates, source, ctx, 0.4, 0.6);
  const byChance = await isolating(counter, naive, source, ctx, 0.6, 0.8);
  // Of a model, any rows behind it are like any others: as many of them as were put aside need no correction for their number.
  const alike = isSynthetic(table) ? someOf(source, outside.length, rng.fork('alike')) : source;
  const against =
    alike.length === source.length || outside.length < 2
      ? undefined
      : { right: await isolating(counter, predicates, alike, ctx, 0.8, 0.8), tried: predicates.length };
  const control = outside.length < 2 ? undefined : await controlOf(counter, predicates, outside, alike.length, ctx);
  return scores(
    used,
    predicates.length,
    looked,
    right,
    byChance / naive.length,
    width,
    control && { ...control, against },
  );
};

async function usedColumns(
  table: TableRelease,
  named: readonly string[],
  pause: Pause,
): Promise<readonly AuxiliaryColumn[]> {
  for (const name of named) columnOf(table.dataset.table, name);
  const names =
    named.length > 0
      ? named
      : table.dataset.descriptor.columns.filter(({ role }) => role !== 'identifier').map(({ name }) => name);
  const present = names.filter((name) => table.dataset.table.columns.some((column) => column.name === name));
  await encodeEach(table, present, pause);
  const used: AuxiliaryColumn[] = [];
  for (const name of present) {
    const found = auxiliaryColumn(table, name);
    if (found !== undefined) used.push(found);
    await pause();
  }
  return used;
}

interface Search {
  readonly predicates: readonly Predicate[];
  /** Predicates looked at in the release. */
  readonly looked: number;
}

/** Most predicates looked at for one that isolates a released row. */
const PATIENCE = 10;

async function search(
  counter: Counter,
  mode: 'univariate' | 'multivariate',
  width: number,
  wanted: number,
  rng: Rng,
  ctx: Ctx,
): Promise<Search> {
  const found: Predicate[] = [];
  const lots = rng.fork('predicates');
  const listed = mode === 'univariate' ? shuffled(univariatePredicates(counter), lots) : undefined;
  await ctx.checkpoint(0);
  const medians = mode === 'univariate' ? [] : mediansOf(counter.columns);
  const most = listed?.length ?? wanted * PATIENCE;
  const seen = new Set<string>();
  let looked = 0;
  while (looked < most && found.length < wanted) {
    const predicate = listed?.[looked] ?? multivariatePredicate(counter.columns, medians, width, lots);
    looked += 1;
    const key = predicate
      .map((one) => `${one.column}${one.operator}${one.low}:${one.high}`)
      .sort()
      .join(' ');
    if (!seen.has(key) && counter.inRelease(predicate, 2) === 1) found.push(predicate);
    seen.add(key);
    await ctx.checkpoint((0.4 * looked) / most);
  }
  return { predicates: found, looked };
}

function shuffled<T>(items: readonly T[], rng: Rng): readonly T[] {
  const out = items.slice();
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = rng.int(i + 1);
    const kept = out[i] as T;
    out[i] = out[j] as T;
    out[j] = kept;
  }
  return out;
}

async function isolating(
  counter: Counter,
  predicates: readonly Predicate[],
  rows: Uint32Array,
  ctx: Ctx,
  from: number,
  to: number,
): Promise<number> {
  let right = 0;
  for (const [i, predicate] of predicates.entries()) {
    if (counter.among(rows, predicate, 2) === 1) right += 1;
    await ctx.checkpoint(from + ((to - from) * (i + 1)) / predicates.length);
  }
  return right;
}

interface Compared extends Control {
  readonly against: Attempts | undefined;
}

interface Control {
  readonly right: number;
  readonly tried: number;
  readonly rows: number;
  readonly factor: number;
}

async function controlOf(
  counter: Counter,
  predicates: readonly Predicate[],
  outside: Uint32Array,
  size: number,
  ctx: Ctx,
): Promise<Control> {
  const matches = new Uint32Array(predicates.length);
  for (const [i, predicate] of predicates.entries()) {
    matches[i] = counter.among(outside, predicate, outside.length);
    await ctx.checkpoint(0.8 + (0.2 * (i + 1)) / predicates.length);
  }
  const factor = sizeCorrection(matches, outside.length, size);
  const right = matches.filter((count) => count === 1).length;
  return { right: Math.min(matches.length, right * factor), tried: matches.length, rows: outside.length, factor };
}

function scores(
  used: readonly AuxiliaryColumn[],
  found: number,
  looked: number,
  right: number,
  baseline: number,
  width: number,
  control: Compared | undefined,
): readonly Score[] {
  const tried = found > 0 ? found : looked;
  const common = { provenance: 'measured', of: 'sample' } as const;
  const noneEn = found > 0 ? '' : ' None isolates a released row, so nothing is claimed of anybody.';
  const noneEs = found > 0 ? '' : ' Ninguna aísla una fila publicada, así que no se afirma nada de nadie.';
  return [
    ...attemptScores({
      id: descriptor.id,
      label: descriptor.label,
      attack: { right, tried },
      baseline,
      ...(control === undefined || found === 0
        ? {}
        : {
            control: {
              right: control.right,
              tried: control.tried,
              ...(control.against === undefined ? {} : { against: control.against }),
              words: text(
                `${control.rows} rows that were not released, successes times ${control.factor.toFixed(3)} for their number`,
                `${control.rows} filas que no se publicaron, aciertos por ${control.factor.toFixed(3)} según su número`,
              ),
            },
          }),
      method: text(
        `${looked} descriptions of ${width} of ${used.length} columns looked at, ${found} isolate a released row, ${right} of them isolate an original row.${noneEn} Baseline: random descriptions.`,
        `${looked} descripciones de ${width} de ${used.length} columnas vistas, ${found} aíslan una fila publicada, ${right} de ellas una original.${noneEs} Referencia: descripciones al azar.`,
      ),
      source: 'Giomi et al. 2023',
    }),
    {
      ...common,
      id: `${descriptor.id}/predicates`,
      label: text('descriptions that isolate a released row', 'descripciones que aíslan una fila publicada'),
      value: looked === 0 ? 0 : found / looked,
      unit: 'share',
      direction: 'lower-is-better',
      meaning: 'risk',
      n: looked,
      method: text(`${found} of the ${looked} looked at.`, `${found} de las ${looked} vistas.`),
    },
  ];
}
