import type { Ctx } from '../../kit/context.ts';
import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import { column, integer } from '../../kit/params.ts';
import { isSynthetic, type TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { type Text, text } from '../../kit/text.ts';
import type { Rng } from '../../rng/rng.ts';
import { encodeColumn } from '../../table/encode.ts';
import { baseSize } from '../../table/hierarchy.ts';
import { columnOf } from '../../table/table.ts';
import { listed, tableOf } from '../risk/released-classes.ts';
import { wilsonInterval } from '../risk/wilson.ts';
import { type BinnedColumn, binnedColumn, type SpreadCells } from './bins.ts';
import { columnsCompared, comparedNames } from './compared-names.ts';
import { BayesCounts } from './naive-bayes.ts';

/** How well a classifier trained on the release predicts original rows it has not seen. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'utility',
  id: 'classification',
  version: 1,
  onDemand: true,
  label: text('classifier trained on the release', 'clasificador entrenado con la publicación'),
  summary: text(
    'Trains a naive Bayes classifier on the released rows and tests it on original rows held out, beside one trained on the original and the most frequent value.',
    'Entrena un clasificador bayesiano ingenuo con las filas publicadas y lo prueba con filas originales apartadas, junto a otro entrenado con el original y el valor más frecuente.',
  ),
  citations: [
    {
      authors: 'Iyengar',
      year: 2002,
      title: 'Transforming data to satisfy privacy constraints',
      where: 'KDD',
      doi: '10.1145/775047.775089',
    },
  ],
  limits: [
    text(
      'One simple classifier on at most 64 bins a column; a better one may use more of what is left, or miss more of what is gone.',
      'Un solo clasificador sencillo con 64 intervalos por columna como máximo; uno mejor puede aprovechar más lo que queda o perder más con lo que falta.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    target: column({
      label: text('column to predict', 'columna que predecir'),
      help: text('Empty: the sensitive column.', 'Vacío: la columna sensible.'),
      roles: ['sensitive', 'other', 'quasi-identifier'],
    }),
    columns: columnsCompared,
    folds: integer({
      label: text('parts held out in turn', 'partes apartadas por turno'),
      help: text(
        'Rows of a part are predicted by a classifier that saw none of them.',
        'Las filas de una parte las predice un clasificador que no vio ninguna.',
      ),
      min: 2,
      max: 20,
      default: 5,
      advanced: true,
    }),
  },
  accepts: ['table'],
  needs: [],
});

const FEATURE_BINS = 64;
const CLASSES = 32;

interface Right {
  released: number;
  original: number;
  majority: number;
}

/** Fold of released rows that were made of no original row: nobody's, they are held out from none. */
const ALWAYS = 255;

/** Fewest rows put aside that make a test of their own. */
const FEWEST_ASIDE = 30;

/** Parts of the original rows that are held out, and those of them that are predicted. */
interface Folds {
  readonly of: Uint8Array;
  readonly tested: readonly number[];
  readonly count: number;
  /** Rows predicted. */
  readonly rows: number;
  readonly words: Text;
}

/**
 * Original rows are held out in turn. Of a synthetic table there may be rows the model never saw: then these are predicted, by
 * classifiers trained on all records and on all other original rows (Esteban, Hyland, Ratsch, 2017, "train on synthetic, test on
 * real"); without any, the records have seen every row, and the sentence says so.
 */
function foldsOf(table: TableRelease, folds: number, rng: Rng): Folds {
  const { rows } = table.dataset.table;
  const aside = isSynthetic(table) ? (table.outside ?? new Uint32Array(0)) : new Uint32Array(0);
  if (aside.length >= FEWEST_ASIDE) {
    const of = new Uint8Array(rows).fill(1);
    for (const row of aside) of[row] = 0;
    return {
      of,
      tested: [0],
      count: 2,
      rows: aside.length,
      words: text('rows put aside before the records were drawn', 'filas apartadas antes de sortear los registros'),
    };
  }
  const of = Uint8Array.from({ length: rows }, () => rng.int(folds));
  const seen = isSynthetic(table);
  return {
    of,
    tested: Array.from({ length: folds }, (_, fold) => fold),
    count: folds,
    rows,
    words: text(
      seen ? 'all rows, which the records were made of' : `${folds} parts held out in turn`,
      seen ? 'todas las filas, con las que se hicieron los registros' : `${folds} partes apartadas por turno`,
    ),
  };
}

/**
 * k-fold: a fold's original rows are predicted by naive Bayes trained on the released rows made of the other folds, and
 * on the original rows of the other folds. Numbers to predict are taken in at most 32 bands of their hierarchy. Scores:
 * accuracy trained on the release (baseline: ZeroR, the most frequent released value), trained on the original, and the
 * relative accuracy (release - ZeroR) / (original - ZeroR). Random draws: the folds. O(rows x classes x columns).
 * @throws infeasible with fewer rows than folds, without a target of two values, or a target that was not released
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOf(release);
  const { rows } = table.dataset.table;
  if (rows < params.folds || table.table.rows === 0) {
    throw infeasible(`${rows} rows cannot be held out in ${params.folds} parts`, 'use more rows');
  }
  const target = targetOf(table, params.target);
  const truths = comparedNames(table, params.columns, ['quasi-identifier'])
    .filter((name) => name !== target.name)
    .map((name) => encodeColumn(table.dataset, name));
  if (truths.length === 0) throw infeasible('no column is left to predict from', 'choose columns beside the target');
  await ctx.checkpoint(0);
  const features = truths.map((truth) => binnedColumn(table, truth, FEATURE_BINS));
  const rng = ctx.rng.fork('classification');
  const folds = foldsOf(table, params.folds, rng);
  const right = await crossValidate(table, target, features, folds, ctx);
  return scores(
    right,
    folds,
    target,
    listed(
      features.map(({ name }) => name),
      'and',
      '',
    ),
    listed(
      features.map(({ name }) => name),
      'y',
      '',
    ),
  );
};

function targetOf(table: TableRelease, named: string): BinnedColumn & { readonly cells: SpreadCells } {
  if (named !== '') columnOf(table.dataset.table, named);
  const wanted = named === '' ? [...table.sensitive, table.dataset.descriptor.parts.secret ?? ''] : [named];
  const name = wanted.find((each) => each !== '');
  if (name === undefined) {
    throw infeasible('there is no column to predict', 'choose one, or give a column the role sensitive');
  }
  const truth = encodeColumn(table.dataset, name);
  const binned = binnedColumn(table, truth, CLASSES);
  const grouped = binned.binOf !== truth.hierarchy.levels.find(({ codes }) => codes === binned.binOf)?.codes;
  if (baseSize(truth) < 2 || (grouped && !truth.ordered)) {
    const why = grouped ? `more than ${CLASSES} values and no order` : 'fewer than two values';
    throw infeasible(`${name} has ${why}, so it cannot be predicted`, 'choose another column to predict', {
      column: name,
    });
  }
  const { cells } = binned;
  if (cells === undefined) {
    throw infeasible(`${name} was not released, so nothing can be trained on it`, 'choose a released column', {
      column: name,
    });
  }
  return { ...binned, cells };
}

async function crossValidate(
  table: TableRelease,
  target: BinnedColumn & { readonly cells: SpreadCells },
  features: readonly BinnedColumn[],
  { of: foldOf, tested, count }: Folds,
  ctx: Ctx,
): Promise<Right> {
  const fresh = (): BayesCounts =>
    new BayesCounts(
      target.bins,
      features.map(({ bins }) => bins),
    );
  const synthetic = isSynthetic(table);
  const released = Array.from({ length: count }, fresh);
  const always = fresh();
  for (let i = 0; i < table.table.rows; i += 1) {
    const fold = synthetic ? ALWAYS : (foldOf[table.rowOf[i] as number] as number);
    countReleased(fold === ALWAYS ? always : (released[fold] as BayesCounts), target, features, i);
    if (i % 4096 === 0) await ctx.checkpoint((0.3 * i) / table.table.rows);
  }
  const original = Array.from({ length: count }, fresh);
  const bins = features.map(({ truth }) => truth);
  for (let row = 0; row < foldOf.length; row += 1) {
    countOriginal(original[foldOf[row] as number] as BayesCounts, target, features, row);
    if (row % 8192 === 0) await ctx.checkpoint(0.3 + (0.1 * row) / foldOf.length);
  }
  const right: Right = { released: 0, original: 0, majority: 0 };
  for (const [turn, fold] of tested.entries()) {
    const others = (all: readonly BayesCounts[]): BayesCounts => {
      const sum = fresh();
      all.forEach((counts, f) => {
        if (f !== fold) sum.add(counts, 1);
      });
      return sum;
    };
    const seen = others(released);
    seen.add(always, 1);
    const [mine, plain, majority] = [seen.model(), others(original).model(), seen.majority()];
    for (let row = 0; row < foldOf.length; row += 1) {
      if (row % 4096 === 0) await ctx.checkpoint(0.4 + (0.6 * (turn + row / foldOf.length)) / tested.length);
      if (foldOf[row] !== fold) continue;
      const truth = target.truth[row];
      if (mine.predict(bins, row) === truth) right.released += 1;
      if (plain.predict(bins, row) === truth) right.original += 1;
      if (majority === truth) right.majority += 1;
    }
  }
  return right;
}

function countReleased(
  counts: BayesCounts,
  target: BinnedColumn & { readonly cells: SpreadCells },
  features: readonly BinnedColumn[],
  row: number,
): void {
  const cell = target.cells.codes[row] as number;
  for (let t = target.cells.start[cell] as number; t < (target.cells.start[cell + 1] as number); t += 1) {
    const y = target.cells.bin[t] as number;
    const weight = target.cells.weight[t] as number;
    counts.classes[y] = (counts.classes[y] as number) + weight;
    features.forEach(({ bins, cells }, j) => {
      // A column that says nothing adds nothing: all classes are alike in it.
      if (cells === undefined) return;
      const into = counts.features[j] as Float64Array;
      const own = cells.codes[row] as number;
      for (let i = cells.start[own] as number; i < (cells.start[own + 1] as number); i += 1) {
        const at = y * bins + (cells.bin[i] as number);
        into[at] = (into[at] as number) + weight * (cells.weight[i] as number);
      }
    });
  }
}

function countOriginal(
  counts: BayesCounts,
  target: BinnedColumn,
  features: readonly BinnedColumn[],
  row: number,
): void {
  const y = target.truth[row] as number;
  counts.classes[y] = (counts.classes[y] as number) + 1;
  features.forEach(({ bins, truth }, j) => {
    const into = counts.features[j] as Float64Array;
    const at = y * bins + (truth[row] as number);
    into[at] = (into[at] as number) + 1;
  });
}

function scores(
  right: Right,
  { rows, words }: Folds,
  target: BinnedColumn,
  names: string,
  nombres: string,
): readonly Score[] {
  const baseline = right.majority / rows;
  const share = (id: string, label: Text, hits: number, method: Text): Score => ({
    id,
    label,
    value: hits / rows,
    unit: 'share',
    direction: 'higher-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    n: rows,
    interval: wilsonInterval(hits, rows),
    baseline,
    method,
    source: 'Iyengar 2002',
  });
  const gain = right.original - right.majority;
  return [
    share(
      descriptor.id,
      descriptor.label,
      right.released,
      text(
        `${target.name} (${target.bins} classes) of ${right.released} of ${rows} original rows predicted from ${names}: ${words.en}; the most frequent released value is right for ${right.majority}.`,
        `${target.name} (${target.bins} clases) de ${right.released} de ${rows} filas originales predicho con ${nombres}: ${words.es ?? words.en}; el valor publicado más frecuente acierta en ${right.majority}.`,
      ),
    ),
    share(
      `${descriptor.id}/original`,
      text('classifier trained on the original', 'clasificador entrenado con el original'),
      right.original,
      text(
        `The same with original rows: ${right.original} of ${rows}.`,
        `Lo mismo con filas originales: ${right.original} de ${rows}.`,
      ),
    ),
    ...(gain <= 0
      ? []
      : [
          {
            id: `${descriptor.id}/relative`,
            label: text('accuracy kept', 'acierto conservado'),
            value: (right.released - right.majority) / gain,
            unit: 'share',
            direction: 'higher-is-better',
            meaning: 'utility',
            provenance: 'measured',
            of: 'sample',
            n: rows,
            baseline: 0,
            method: text(
              `(release - most frequent) / (original - most frequent) = ${right.released - right.majority} / ${gain}`,
              `(publicación - más frecuente) / (original - más frecuente) = ${right.released - right.majority} / ${gain}`,
            ),
          } satisfies Score,
        ]),
  ];
}
