import { type MondrianPartition, mondrianPartition } from '../anonymization/mondrian-partition.ts';
import { infeasible } from '../kit/errors.ts';
import { defineAttack, type MeasureRun } from '../kit/measure.ts';
import { integer, number } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import { knownColumns, listed, tableOfPeople } from '../metrics/risk/released-classes.ts';
import { knownToOutsider } from '../metrics/risk/shared-params.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import { encodeColumn, encodeEach } from '../table/encode.ts';
import { rowsByClass } from '../table/group.ts';
import { baseSize } from '../table/hierarchy.ts';
import { secretColumn, secretOfClass } from './class-secrets.ts';
import { someOf, targetsTried } from './control.ts';
import { Linker, secretCodes } from './linking.ts';

/** What is left of a secret when two releases of overlapping data are put side by side. */
export const descriptor = defineAttack({
  kind: 'attack',
  id: 'intersection',
  version: 1,
  onDemand: true,
  label: text('secret left by two releases', 'secreto que dejan dos publicaciones'),
  summary: text(
    'The same rows are released twice, grouped differently. A target’s secret must be possible in both groups it is in.',
    'Las mismas filas se publican dos veces, agrupadas de forma distinta. El secreto del objetivo ha de ser posible en sus dos grupos.',
  ),
  citations: [
    {
      authors: 'Ganta, Kasiviswanathan, Smith',
      year: 2008,
      title: 'Composition attacks and auxiliary information in data privacy',
      where: 'KDD',
      doi: '10.1145/1401890.1401926',
    },
  ],
  limits: [
    text(
      'The second release is made here, by strict Mondrian on a random part of the rows, with exact secrets.',
      'La segunda publicación se hace aquí, con Mondrian estricto sobre una parte al azar de las filas y secretos exactos.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    share: number({
      label: text('rows in the second release', 'filas de la segunda publicación'),
      help: text('Share of the first, drawn at random.', 'Parte de la primera, elegida al azar.'),
      min: 0.05,
      max: 1,
      default: 0.8,
    }),
    k: integer({
      label: text('smallest group of the second release', 'grupo mínimo de la segunda publicación'),
      symbol: 'k',
      help: text('As in any other release of the kind.', 'Como en cualquier otra publicación de este tipo.'),
      min: 2,
      max: 1000,
      default: 5,
      scale: 'log',
    }),
    l: integer({
      label: text('different secrets in its groups', 'secretos distintos en sus grupos'),
      symbol: 'l',
      help: text('1 = not asked for.', '1 = no se exige.'),
      min: 1,
      max: 20,
      default: 2,
    }),
    known: knownToOutsider,
    secret: secretOfClass,
    targets: targetsTried,
  },
  accepts: ['table'],
  needs: [],
  adversary: {
    who: text('a reader of two releases', 'quien lee dos publicaciones'),
    knows: [
      text('the known columns of the target', 'las columnas conocidas del objetivo'),
      text('that it is in both', 'que está en ambas'),
    ],
    wants: text("the target's secret", 'el secreto del objetivo'),
  },
  dimensions: ['identity'],
});

interface Tally {
  first: number;
  second: number;
  both: number;
  right: number;
  before: number;
  after: number;
}

/**
 * For each target in both releases: the set of secrets of the released rows that fit it, in each release and in both.
 * Scores: targets with one secret left (baseline: after the better of the two releases alone), those for whom that
 * secret is the true one, and mean secrets left. O(rows log rows) for the second release, then targets x classes.
 * Random draws: the rows of the second release, the targets.
 * @throws infeasible without a released secret or known column, or when no second release with that k and l exists
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOfPeople(release);
  const name = secretColumn(table, params.secret);
  const known = knownColumns(table, params.known).filter((each) => each !== name);
  await encodeEach(table, known, () => ctx.checkpoint(0));
  const secret = secretCodes(table, name);
  await ctx.checkpoint(0);
  const linker = new Linker(table, known, 'minute');
  if (secret === undefined || linker.used.length === 0) {
    throw infeasible(
      secret === undefined ? `the release says nothing about ${name}` : 'the adversary knows no released column',
      'choose a secret and known columns that are in the release',
    );
  }
  const rng = ctx.rng.fork('intersection');
  const sources = Uint32Array.from(new Set(table.rowOf));
  const rows = someOf(sources, Math.max(1, Math.round(params.share * sources.length)), rng.fork('rows'));
  await ctx.checkpoint(0);
  const second = await secondRelease(table, linker.used, secret.truth, secret.count, rows, params, ctx);
  const positions = Uint32Array.from(rows.keys());
  const targets = someOf(positions, params.targets, rng.fork('targets'));
  const members = rowsByClass({ ...second, first: new Uint32Array(0) });
  const tally: Tally = { first: 0, second: 0, both: 0, right: 0, before: 0, after: 0 };
  const counts = new Uint32Array(secret.count);
  for (const [t, position] of targets.entries()) {
    const target = rows[position] as number;
    counts.fill(0);
    linker.tally(linker.compatible(target), secret.released, counts);
    const inFirst = valuesOf(counts);
    const c = second.classOf[position] as number;
    const inSecond = new Set(
      Array.from(
        members.rows.subarray(members.start[c], members.start[c + 1]),
        (row) => secret.truth[rows[row] as number] as number,
      ),
    );
    judge(tally, inFirst, inSecond, secret.truth[target] as number);
    await ctx.checkpoint(0.6 + (0.4 * (t + 1)) / targets.length);
  }
  return scores(tally, targets.length, rows.length, second.count, name, linker.used, params);
};

/** Classes of the chosen source rows; exact secrets stand beside them. */
async function secondRelease(
  table: TableRelease,
  used: readonly string[],
  secret: Uint32Array,
  values: number,
  rows: Uint32Array,
  params: { readonly k: number; readonly l: number },
  ctx: Parameters<typeof run>[2],
): Promise<MondrianPartition> {
  const codes = rows.map((row) => secret[row] as number);
  const distinct = new Set(codes).size;
  if (params.k > rows.length || params.l > distinct) {
    throw infeasible(
      `a second release of ${rows.length} rows with ${distinct} secrets cannot have k = ${params.k} and l = ${params.l}`,
      'lower k or l of the second release',
      { param: params.k > rows.length ? 'k' : 'l' },
    );
  }
  const encoded = used.map((each) => encodeColumn(table.dataset, each));
  return mondrianPartition(
    {
      columns: encoded.map((column) => rows.map((row) => column.codes[row] as number)),
      sizes: encoded.map(baseSize),
      k: params.k,
      l: params.l,
      sensitive: { codes, size: values },
      relaxed: false,
    },
    { ...ctx, checkpoint: (fraction, ...rest) => ctx.checkpoint(0.6 * fraction, ...rest) },
  );
}

function valuesOf(counts: Uint32Array): ReadonlySet<number> {
  const out = new Set<number>();
  counts.forEach((count, value) => {
    if (count > 0) out.add(value);
  });
  return out;
}

function judge(tally: Tally, first: ReadonlySet<number>, second: ReadonlySet<number>, truth: number): void {
  const left = [...first].filter((value) => second.has(value));
  if (first.size === 1) tally.first += 1;
  if (second.size === 1) tally.second += 1;
  if (left.length === 1) tally.both += 1;
  if (left.length === 1 && left[0] === truth) tally.right += 1;
  tally.before += Math.min(first.size, second.size);
  tally.after += left.length;
}

function scores(
  tally: Tally,
  tried: number,
  rows: number,
  classes: number,
  secret: string,
  known: readonly string[],
  params: { readonly k: number; readonly l: number },
): readonly Score[] {
  const alone = Math.max(tally.first, tally.second) / tried;
  const mean = (sum: number): number => sum / tried;
  const common = { provenance: 'measured', of: 'sample', n: tried, source: 'Ganta et al. 2008' } as const;
  const share = { ...common, unit: 'share', direction: 'lower-is-better', meaning: 'risk' } as const;
  return [
    {
      ...share,
      id: descriptor.id,
      label: descriptor.label,
      value: mean(tally.both),
      interval: wilsonInterval(tally.both, tried),
      baseline: alone,
      method: text(
        `${tally.both} of ${tried} targets have one ${secret} left in both releases; known: ${listed(known, 'and', '')}. Second release: ${rows} rows in ${classes} groups, k = ${params.k}, l = ${params.l}. Baseline: one left in one release alone.`,
        `A ${tally.both} de ${tried} objetivos les queda un ${secret} entre ambas publicaciones; conocido: ${listed(known, 'y', '')}. Segunda publicación: ${rows} filas en ${classes} grupos, k = ${params.k}, l = ${params.l}. Referencia: uno solo con una de ellas.`,
      ),
    },
    {
      ...share,
      id: `${descriptor.id}/right`,
      label: text('and it is the true one', 'y es el verdadero'),
      value: mean(tally.right),
      interval: wilsonInterval(tally.right, tried),
      method: text(
        `${tally.right} of ${tried} targets; a secret that was perturbed can leave a wrong one.`,
        `${tally.right} de ${tried} objetivos; un secreto perturbado puede dejar uno falso.`,
      ),
    },
    {
      ...common,
      id: `${descriptor.id}/secrets-left`,
      label: text('secrets still possible', 'secretos aún posibles'),
      value: mean(tally.after),
      unit: 'count',
      direction: 'higher-is-better',
      meaning: 'privacy',
      baseline: mean(tally.before),
      method: text(
        `Mean over ${tried} targets; ${mean(tally.before).toFixed(2)} with the better of the two releases alone.`,
        `Media de ${tried} objetivos; ${mean(tally.before).toFixed(2)} con la mejor de las dos por separado.`,
      ),
    },
  ];
}
