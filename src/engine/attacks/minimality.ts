import type { Ctx } from '../kit/context.ts';
import { unsupported } from '../kit/errors.ts';
import { defineAttack, type MeasureRun } from '../kit/measure.ts';
import { integer } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import { comparedColumn, type ComparedColumn } from '../metrics/released-cells.ts';
import { tableOfPeople } from '../metrics/risk/released-classes.ts';
import type { Rng } from '../rng/rng.ts';
import { encodeColumn } from '../table/encode.ts';
import { type Grouping, groupRows, rowsByClass } from '../table/group.ts';
import { classInterval, secretColumn, secretOfClass } from './class-secrets.ts';
import { someOf } from './control.ts';
import { type KnownClass, knownClass, type Rule, ruleOf } from './minimality-class.ts';
import { type Belief, beliefAfterCutting, plainBelief } from './minimality-posterior.ts';
import { fullDomainLevels, readLevels } from './minimality-levels.ts';

/** What follows from knowing that a release is no coarser than it had to be. */
export const descriptor = defineAttack({
  kind: 'attack',
  id: 'minimality',
  version: 1,
  onDemand: true,
  label: text('secret told by minimality', 'secreto delatado por la minimalidad'),
  summary: text(
    'Someone who knows everybody’s quasi-identifiers, and that the method never coarsens without need, asks which secrets made it coarsen here.',
    'Quien conoce los cuasi-identificadores de todos, y que el método nunca generaliza sin necesidad, se pregunta qué secretos obligaron a hacerlo.',
  ),
  citations: [
    {
      authors: 'Wong, Fu, Wang, Pei',
      year: 2007,
      title: 'Minimality attack in privacy preserving data publishing',
      where: 'VLDB',
    },
  ],
  limits: [
    text(
      'Uses one fact a group: no further cut was allowed, or one level lower was not. An adversary may use more.',
      'Usa un hecho por grupo: no se permitía otro corte, o no se permitía un nivel menos. Un adversario puede usar más.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    secret: secretOfClass,
    classes: integer({
      label: text('groups examined', 'grupos examinados'),
      help: text('Drawn at random, where cuts made them.', 'Elegidos al azar, si los hicieron cortes.'),
      min: 10,
      max: 5000,
      default: 300,
      advanced: true,
    }),
  },
  accepts: ['table'],
  needs: [],
  adversary: {
    who: text('a reader with a register and the manual', 'quien tiene un censo y el manual'),
    knows: [
      text("everybody's quasi-identifiers", 'los cuasi-identificadores de todos'),
      text('the method, its k and its diversity', 'el método, su k y su diversidad'),
    ],
    wants: text("the target's secret", 'el secreto del objetivo'),
  },
  dimensions: ['identity'],
});

interface Source {
  readonly table: TableRelease;
  readonly columns: readonly ComparedColumn[];
  /** Secret of each released row. */
  readonly codes: Uint32Array;
  readonly grouping: Grouping;
  /** Most classes examined. */
  readonly wanted: number;
}

/** Classes with what the reader believes of them. */
interface Reading {
  readonly classes: readonly KnownClass[];
  readonly beliefs: readonly Belief[];
  readonly en: string;
  readonly es: string;
}

/**
 * Scores: rows guessed right by the most probable secret (baseline: the class's most frequent one, without the
 * reasoning), rows whose secret is certain, rows whose surest guess gained over 1 point. Exact on small classes
 * (arrangements.ts). Random draws: classes, and arrangements of large ones.
 * @throws unsupported where no diversity is promised, a quasi-identifier cannot be compared, or the release is coarser
 * than its method would have left it, so that the reasoning would be false
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  await ctx.checkpoint(0);
  const secret = secretColumn(table, params.secret);
  const rng = ctx.rng.fork('minimality');
  const columns = table.quasiIdentifiers.flatMap((name) => comparedColumn(table, name) ?? []);
  const codes = encodeColumn(table.dataset, secret, table.table).codes;
  const source: Source = { table, columns, codes, grouping: classesOf(table, columns), wanted: params.classes };
  // A table no rule has shaped tells nothing by its shape: the reader is left with the classes as they are.
  if (table.guarantee.kind !== 'k-anonymity') {
    return scores(await readCuts(source, undefined, rng, ctx), secret);
  }
  const rule = ruleOf(table, secret);
  const unknown = table.quasiIdentifiers.find((name) => !columns.some((column) => column.name === name));
  if (unknown !== undefined) {
    throw unsupported(`the release does not say what ${unknown} stands for`, 'attack another release');
  }
  const levels = fullDomainLevels(columns);
  const reading =
    levels === undefined
      ? await readCuts(source, rule, rng, ctx)
      : await readLevels(table, columns, levels, codes, source.grouping, rule, rng, ctx);
  return scores(reading, secret);
};

function classesOf(table: TableRelease, columns: readonly ComparedColumn[]): Grouping {
  const sizes = columns.map((column) => column.low.length);
  const cells = columns.map((column) => column.codes);
  // Groups that look alike are still apart where the method says so: their number is part of the release.
  const own = table.classOf;
  const most = own?.reduce((a, b) => Math.max(a, b), 0) ?? 0;
  return own === undefined ? groupRows(cells, sizes, table.table.rows) : groupRows([own], [most + 1], table.table.rows);
}

/** @param rule absent where the table was made by none */
async function readCuts(
  { table, columns, codes, grouping, wanted }: Source,
  rule: Rule | undefined,
  rng: Rng,
  ctx: Ctx,
): Promise<Reading> {
  const members = rowsByClass(grouping);
  const chosen = someOf(Uint32Array.from(grouping.sizes.keys()), wanted, rng.fork('classes'));
  const classes: KnownClass[] = [];
  const beliefs: Belief[] = [];
  for (const [i, c] of chosen.entries()) {
    const rows = members.rows.subarray(members.start[c], members.start[c + 1]);
    const cls = knownClass(table, columns, codes, rows);
    const belief = rule === undefined ? plainBelief(cls) : beliefAfterCutting(cls, rule, rng.fork(`class/${c}`));
    if (belief === undefined) {
      throw unsupported(
        `a group of ${cls.size} rows could have been cut further with k = ${rule?.k}: the release was not cut as far as possible`,
        'attack a release made by strict cuts (Mondrian), or by levels',
      );
    }
    classes.push(cls);
    beliefs.push(belief);
    await ctx.checkpoint((i + 1) / chosen.length);
  }
  return rule === undefined
    ? { classes, beliefs, en: 'No rule shaped this table', es: 'Ninguna regla dio forma a esta tabla' }
    : { classes, beliefs, en: 'No group could be cut further', es: 'Ningún grupo admitía otro corte' };
}

interface Tally {
  rows: number;
  right: number;
  /** Right without the reasoning. */
  before: number;
  certain: number;
  certainBefore: number;
  raised: number;
}

function tallyOf({ classes, beliefs }: Reading): Tally {
  const tally: Tally = { rows: 0, right: 0, before: 0, certain: 0, certainBefore: 0, raised: 0 };
  classes.forEach((cls, c) => {
    const values = cls.counts.length;
    const top = cls.counts.reduce((a, b) => Math.max(a, b), 0);
    tally.rows += cls.size;
    tally.before += top;
    if (values === 1) tally.certainBefore += cls.size;
    const { probability } = beliefs[c] ?? plainBelief(cls);
    cls.groups.forEach((inGroup, g) => {
      const mine = probability.subarray(g * values, (g + 1) * values);
      const surest = mine.reduce((a, b) => Math.max(a, b), 0);
      const likely = Array.from(mine.keys()).filter((v) => (mine[v] as number) >= surest - 1e-9);
      tally.right += likely.reduce((sum, v) => sum + (cls.truth[g * values + v] as number), 0) / likely.length;
      if (surest >= 1 - 1e-9) tally.certain += inGroup;
      if (surest > top / cls.size + 0.01) tally.raised += inGroup;
    });
  });
  return tally;
}

function scores(reading: Reading, secret: string): readonly Score[] {
  const { classes, beliefs, en, es } = reading;
  const { rows, right, before, certain, certainBefore, raised } = tallyOf(reading);
  const sizes = Uint32Array.from(classes, (cls) => cls.size);
  const exact = beliefs.filter((belief) => belief.exact).length;
  const reasoned = beliefs.filter((belief) => belief.reasoned).length;
  const share = (
    id: string,
    label: Score['label'],
    value: number,
    baseline: number,
    method: Score['method'],
  ): Score => ({
    id,
    label,
    value,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: rows,
    interval: classInterval(value, sizes),
    baseline,
    method,
    source: 'Wong et al. 2007',
  });
  return [
    share(
      descriptor.id,
      descriptor.label,
      right / rows,
      before / rows,
      text(
        `${en}: this tells something in ${reasoned} of ${classes.length} groups (${exact} counted exactly), and the likeliest ${secret} is right for ${right.toFixed(1)} of ${rows} rows; ${before} without that reasoning.`,
        `${es}: esto dice algo en ${reasoned} de ${classes.length} grupos (${exact} contados exactamente), y el ${secret} más probable acierta en ${right.toFixed(1)} de ${rows} filas; ${before} sin ese razonamiento.`,
      ),
    ),
    share(
      `${descriptor.id}/certain`,
      text('secret certain', 'secreto seguro'),
      certain / rows,
      certainBefore / rows,
      text(
        `${certain} of ${rows} rows; ${certainBefore} without that reasoning.`,
        `${certain} de ${rows} filas; ${certainBefore} sin ese razonamiento.`,
      ),
    ),
    share(
      `${descriptor.id}/raised`,
      text('surest guess raised', 'apuesta más segura reforzada'),
      raised / rows,
      0,
      text(
        `${raised} of ${rows} rows: their likeliest ${secret} gained over 1 point of probability.`,
        `${raised} de ${rows} filas: su ${secret} más probable ganó más de 1 punto de probabilidad.`,
      ),
    ),
  ];
}
