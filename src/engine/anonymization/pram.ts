import { infeasible, invalidData } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, columns, number } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import { log } from '../kit/portable-math.ts';
import { type CategoryColumn, columnOf } from '../table/table.ts';
import { presentRows } from './numeric-columns.ts';
import { perturbed } from './perturbed.ts';
import { drawPram, pramMatrix, unbiasedCounts } from './pram-matrix.ts';
import { chosenColumns, tableInput } from './table-input.ts';

/** Post-randomization method (Gouweleeuw, Kooiman, Willenborg, de Wolf, 1998). */
export const descriptor = defineTechnique({
  id: 'pram',
  version: 1,
  family: 'anonymization',
  label: text('post-randomization (PRAM)', 'posaleatorización (PRAM)'),
  summary: text(
    'Changes each category by chance, by probabilities that are published, so that counts can be corrected.',
    'Cambia cada categoría al azar, con probabilidades que se publican para poder corregir los recuentos.',
  ),
  citations: [
    {
      authors: 'Gouweleeuw, Kooiman, Willenborg, de Wolf',
      year: 1998,
      title: 'Post randomisation for statistical disclosure control: theory and implementation',
      where: 'Journal of Official Statistics 14(4)',
    },
  ],
  limits: [
    text(
      'Each column is changed by itself: a row can still be found by what is not changed.',
      'Cada columna se cambia por separado: aún se puede encontrar una fila por lo que no cambia.',
    ),
    text('Changes can make combinations that do not exist.', 'Los cambios pueden crear combinaciones que no existen.'),
  ],
  vetting: 'reviewed',
  params: {
    keep: number({
      label: text('probability to keep a value', 'probabilidad de conservar un valor'),
      symbol: 'p',
      help: text(
        'Otherwise the value becomes another one, each equally likely.',
        'Si no, el valor pasa a otro, todos igual de probables.',
      ),
      ends: [text('stronger privacy', 'más privacidad'), text('better accuracy', 'más exactitud')],
      min: 0,
      max: 1,
      default: 0.8,
    }),
    method: choice({
      label: text('probabilities', 'probabilidades'),
      help: text(
        'Invariant probabilities leave the counts right on average, without a correction.',
        'Las probabilidades invariantes dejan los recuentos correctos de media, sin corrección.',
      ),
      options: [
        { value: 'uniform', label: text('to all others alike', 'a las demás por igual') },
        { value: 'invariant', label: text('invariant', 'invariantes') },
      ],
      default: 'uniform',
    }),
    columns: columns({
      label: text('categories to change', 'categorías que se cambian'),
      help: text(
        'Empty: all categories that identify or are sensitive.',
        'Vacío: todas las categorías que identifican o son sensibles.',
      ),
      roles: ['quasi-identifier', 'sensitive'],
    }),
  },
  stage: 'release',
  does: 'perturb',
  dimensions: { serves: ['identity', 'footprint'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: true,
  guarantee: (): Guarantee => NONE,
});

const NONE: Guarantee = {
  kind: 'none',
  why: 'only the chosen columns are randomized; a row can be found by the others (the notes give the epsilon of each column)',
};

/** @throws infeasible where the table has no category */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const chosen = chosenCategories(source, params.columns);
  const rng = ctx.rng.fork('pram');
  const made: CategoryColumn[] = [];
  const notes: Text[] = [];
  for (const [j, column] of chosen.entries()) {
    await ctx.checkpoint(j / chosen.length);
    const rows = presentRows(column);
    const size = column.levels.length;
    const before = tally(column, rows);
    const law = pramMatrix(params.method, params.keep, before);
    const codes = column.codes.slice();
    const draw = rng.fork(column.name);
    let changed = 0;
    for (const row of rows) {
      const drawn = drawPram(law, column.codes[row] as number, draw);
      if (drawn !== codes[row]) changed += 1;
      codes[row] = drawn;
    }
    const after: CategoryColumn = { ...column, codes };
    made.push(after);
    notes.push(
      text(
        `${column.name}: ${changed} of ${rows.length} values changed among ${size} categories.`,
        `${column.name}: cambiaron ${changed} de ${rows.length} valores entre ${size} categorías.`,
      ),
      ...matrixNotes(column, params.method, params.keep, tally(after, rows)),
    );
  }
  return perturbed(source, made, NONE, notes, () => ctx.checkpoint(0.99));
};

function chosenCategories(source: TableRelease, named: readonly string[]): readonly CategoryColumn[] {
  const found = chosenColumns(source, named, ['quasi-identifier', 'sensitive']).flatMap((name) => {
    const column = columnOf(source.table, name);
    if (column.kind === 'category' && (named.length > 0 || column.levels.length > 1)) return [column];
    if (named.length === 0) return [];
    throw invalidData(`column "${name}" has no categories`, 'choose columns of names, or generalize it first', {
      column: name,
    });
  });
  if (found.length === 0) throw infeasible('the table has no column of categories to change', 'choose another method');
  return found;
}

function tally(column: CategoryColumn, rows: Uint32Array): Float64Array {
  const counts = new Float64Array(column.levels.length);
  for (const row of rows) {
    const code = column.codes[row] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}

/** What an analyst needs: the matrix in closed form, and the corrected count of the commonest categories. */
function matrixNotes(
  column: CategoryColumn,
  method: 'uniform' | 'invariant',
  keep: number,
  released: Float64Array,
): readonly Text[] {
  const size = released.length;
  const other = size > 1 ? (1 - keep) / (size - 1) : 0;
  if (size < 2) return [];
  if (method === 'invariant') {
    return [
      text(
        `${column.name}: the matrix R leaves the counts t unchanged on average (t R = t). R = P Q with P(same) = ${short(keep)}, P(other) = ${short(other)} and Q(l, j) = P(j, l) t(j) / sum over i of P(i, l) t(i).`,
        `${column.name}: la matriz R deja igual la media de los recuentos t (t R = t). R = P Q con P(igual) = ${short(keep)}, P(otra) = ${short(other)} y Q(l, j) = P(j, l) t(j) / suma en i de P(i, l) t(i).`,
      ),
    ];
  }
  const matrix = text(
    `${column.name}: P(same) = ${short(keep)}, P(each other) = ${short(other)}.`,
    `${column.name}: P(igual) = ${short(keep)}, P(cada otra) = ${short(other)}.`,
  );
  const epsilon = Math.abs(log(keep / other));
  const meaning = Number.isFinite(epsilon)
    ? [
        text(
          `Taken alone, the column is ${short(epsilon)}-locally differentially private (randomized response).`,
          `Por sí sola, la columna cumple privacidad diferencial local con ε = ${short(epsilon)} (respuesta aleatorizada).`,
        ),
      ]
    : [];
  const corrected = unbiasedCounts(released, keep);
  if (corrected === undefined) {
    return [
      matrix,
      ...meaning,
      text(
        'Every category is equally likely whatever the truth: nothing can be corrected.',
        'Cualquier categoría es igual de probable sea cual sea la verdad: no se puede corregir nada.',
      ),
    ];
  }
  const largest = Array.from(released.keys())
    .sort((a, b) => (released[b] as number) - (released[a] as number) || a - b)
    .slice(0, 3)
    .map((code) => {
      const name = column.levels[code] ?? '';
      return `${name} ${released[code]} → ${short(corrected.counts[code] as number)} ± ${short(1.96 * (corrected.deviation[code] as number))}`;
    })
    .join('; ');
  return [
    matrix,
    ...meaning,
    text(
      `Unbiased count = (released - rows x P(each other)) / (P(same) - P(each other)): ${largest}.`,
      `Recuento insesgado = (publicado - filas x P(cada otra)) / (P(igual) - P(cada otra)): ${largest}.`,
    ),
  ];
}

const short = (x: number): string => String(Number(x.toPrecision(4)));
