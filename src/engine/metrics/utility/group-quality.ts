import { infeasible } from '../../kit/errors.ts';
import { defineMetric, type MeasureRun } from '../../kit/measure.ts';
import type { Ctx } from '../../kit/context.ts';
import { log2 } from '../../kit/math/log2.ts';
import type { TableRelease } from '../../kit/release.ts';
import type { Score } from '../../kit/score.ts';
import { type Text, text } from '../../kit/text.ts';
import { encodeEach } from '../../table/encode.ts';
import { groupRows } from '../../table/group.ts';
import { type ComparedColumn, comparedColumn } from '../released-cells.ts';
import { tableOfPeople } from '../risk/released-classes.ts';
import { columnsCompared, comparedNames } from './compared-names.ts';

/** The field's measures of a table in groups, for any released table. */
export const descriptor = defineMetric({
  kind: 'metric',
  group: 'utility',
  id: 'group-quality',
  version: 1,
  label: text('quality of the groups', 'calidad de los grupos'),
  summary: text(
    'How large the groups of look-alikes are, how many combinations a row may stand for, and how much information was lost.',
    'Cómo de grandes son los grupos de filas parecidas, cuántas combinaciones puede representar una fila y cuánta información se perdió.',
  ),
  citations: [
    { authors: 'Bayardo, Agrawal', year: 2005, title: 'Data privacy through optimal k-anonymization' },
    { authors: 'LeFevre, DeWitt, Ramakrishnan', year: 2006, title: 'Mondrian multidimensional k-anonymity' },
    { authors: 'Gionis, Tassa', year: 2009, title: 'k-anonymization with minimal loss of information' },
  ],
  limits: [
    text(
      'Discernibility and group size look at the groups only, not at what their cells still say.',
      'La discernibilidad y el tamaño miran solo los grupos, no lo que sus celdas aún dicen.',
    ),
  ],
  vetting: 'reviewed',
  onDemand: true,
  params: { columns: columnsCompared },
  accepts: ['table'],
  needs: [],
});

/**
 * Discernibility (rows left out count as alike to all), average class size, bits left open per row (log2 of the
 * combinations its cells cover) and non-uniform entropy kept; rows left out are counted with the worst value.
 * @throws infeasible without rows or columns
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  const rows = table.dataset.table.rows;
  if (rows === 0) throw infeasible('the data has no rows to compare', 'load data');
  const names = comparedNames(table, params.columns, ['quasi-identifier']);
  await encodeEach(table, names, () => ctx.checkpoint(0));
  const columns = names.map((name) => comparedColumn(table, name));
  const gone = Math.max(0, rows - table.table.rows);
  const open = await bitsOpen(table, names, columns, rows, gone, ctx);
  return [...classScores(columns, rows, gone, table.table.rows), ...open];
};

const common = { meaning: 'utility', provenance: 'measured', of: 'sample' } as const;

function classScores(
  columns: readonly (ComparedColumn | undefined)[],
  rows: number,
  gone: number,
  released: number,
): readonly Score[] {
  const known = columns.filter((column) => column !== undefined);
  const grouping = groupRows(
    known.map((column) => column.codes),
    known.map((column) => column.low.length),
    released,
  );
  let squares = rows * gone;
  for (const size of grouping.sizes) squares += size * size;
  const mean = released === 0 ? rows : released / grouping.count;
  return [
    {
      ...common,
      id: 'group-quality/discernibility',
      label: text('rows a row looks like, on average', 'filas a las que se parece una fila, de media'),
      value: squares / rows,
      unit: 'row',
      direction: 'lower-is-better',
      baseline: rows,
      n: rows,
      method: text(
        `sum of squared group sizes / ${rows} rows; each of ${gone} rows left out counts as alike to all`,
        `suma de tamaños de grupo al cuadrado / ${rows} filas; cada una de las ${gone} filas omitidas cuenta como igual a todas`,
      ),
      source: 'Bayardo, Agrawal 2005',
    },
    {
      ...common,
      id: 'group-quality/class-size',
      label: text('average group', 'grupo medio'),
      value: mean,
      unit: 'row',
      direction: 'lower-is-better',
      baseline: rows,
      n: grouping.count,
      method: text(
        `${released} released rows / ${grouping.count} groups`,
        `${released} filas publicadas / ${grouping.count} grupos`,
      ),
      source: 'LeFevre et al. 2006',
    },
  ];
}

interface Lost {
  readonly bits: number;
  readonly entropy: number;
  readonly mostEntropy: number;
}

async function bitsOpen(
  table: TableRelease,
  names: readonly string[],
  columns: readonly (ComparedColumn | undefined)[],
  rows: number,
  gone: number,
  ctx: Ctx,
): Promise<readonly Score[]> {
  const losses: Lost[] = [];
  for (const [j, column] of columns.entries()) {
    losses.push(column === undefined ? { bits: 0, entropy: 1, mostEntropy: 1 } : lostIn(table, column, gone));
    await ctx.checkpoint((j + 1) / columns.length);
  }
  const bits = losses.reduce((sum, { bits: own }) => sum + own, 0) / rows;
  const most = losses.reduce((sum, { mostEntropy }) => sum + mostEntropy, 0);
  const kept = most === 0 ? 1 : 1 - losses.reduce((sum, { entropy }) => sum + entropy, 0) / most;
  const over: Text = text(names.join(', '), names.join(', '));
  return [
    {
      ...common,
      id: 'group-quality/bits-open',
      label: text('left open about a row', 'abierto sobre una fila'),
      value: bits,
      unit: 'bits',
      direction: 'lower-is-better',
      n: rows,
      method: text(
        `mean log2 of the combinations of ${over.en} that the cells of a row cover; rows left out cover all`,
        `media del log2 de las combinaciones de ${over.es} que abarcan las celdas de una fila; las omitidas abarcan todas`,
      ),
      source: 'Goldberger, Tassa 2010 (ambiguity)',
    },
    {
      ...common,
      id: 'group-quality/entropy-kept',
      label: text('information kept', 'información conservada'),
      value: Math.max(0, Math.min(1, kept)),
      unit: 'share',
      direction: 'higher-is-better',
      baseline: 0,
      n: rows,
      method: text(
        `1 − information lost / information there was, by the frequency of values inside each cell, over ${over.en}`,
        `1 − información perdida / información que había, según la frecuencia de los valores en cada celda, en ${over.es}`,
      ),
      source: 'Gionis, Tassa 2009 (non-uniform entropy)',
    },
  ];
}

/** Bits left open, and entropy lost, over all source rows in one column. */
function lostIn(table: TableRelease, { truth, size, codes, low, high, members }: ComparedColumn, gone: number): Lost {
  const rows = truth.codes.length;
  const counts = new Float64Array(size);
  for (const code of truth.codes) counts[code] = (counts[code] as number) + 1;
  const upTo = new Float64Array(size + 1);
  for (let code = 0; code < size; code += 1) upTo[code + 1] = (upTo[code] as number) + (counts[code] as number);
  const inCell = Float64Array.from(low, (from, cell) =>
    members?.[cell] === undefined
      ? (upTo[(high[cell] as number) + 1] as number) - (upTo[from] as number)
      : members[cell].reduce((sum, code) => sum + (counts[code] as number), 0),
  );
  const width = Float64Array.from(low, (from, cell) => members?.[cell]?.length ?? (high[cell] as number) - from + 1);
  let bits = gone * log2(Math.max(1, size));
  let entropy = 0;
  for (let i = 0; i < codes.length; i += 1) {
    const cell = codes[i] as number;
    const own = counts[truth.codes[table.rowOf[i] as number] as number] as number;
    bits += log2(width[cell] as number);
    // A cell that does not hold the true value (perturbed data) keeps nothing of it.
    entropy += Math.max(0, log2(Math.max(own, inCell[cell] as number) / own));
  }
  let mostEntropy = 0;
  for (const count of counts) if (count > 0) mostEntropy -= count * log2(count / rows);
  return { bits, entropy: Math.min(mostEntropy, entropy + (gone * mostEntropy) / Math.max(1, rows)), mostEntropy };
}
