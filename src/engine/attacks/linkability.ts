import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import { defineAttack, type MeasureRun } from '../kit/measure.ts';
import { columns, integer } from '../kit/params.ts';
import { exp, log1p } from '../kit/portable-math.ts';
import { isSynthetic } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { encodeEach } from '../table/encode.ts';
import { knownColumns, listed, tableOf } from '../metrics/risk/released-classes.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import { attemptScores, controlWords, targetGroups, targetsTried } from './control.ts';
import { type AuxiliaryColumn, auxiliaryColumn, Neighbours, sharedRows } from './nearest.ts';

/** Joining two partial records of one person through the released row both are near to. */
export const descriptor = defineAttack({
  kind: 'attack',
  id: 'linkability',
  version: 1,
  onDemand: true,
  label: text('two records linked', 'dos registros unidos'),
  summary: text(
    'Two parties each know some columns of the target. They say "the same person" when a released row is among the nearest to both.',
    'Dos partes conocen cada una algunas columnas del objetivo. Dicen «la misma persona» si una fila publicada está entre las más próximas para ambas.',
  ),
  citations: [
    {
      authors: 'Giomi, Boenisch, Wehmeyer, Tasnádi',
      year: 2023,
      title: 'A Unified Framework for Quantifying Privacy Risk in Synthetic Data',
      doi: '10.56553/popets-2023-0055',
    },
  ],
  limits: [
    text(
      'A link counts whichever row joins the records; the line "own row" counts only the row of the target.',
      'Cuenta cualquier fila que una los registros; la línea «por la propia fila» solo cuenta la del objetivo.',
    ),
  ],
  vetting: 'verified',
  params: {
    left: columns({
      label: text('known to the first party', 'conocido por la primera parte'),
      help: text('Empty: every second quasi-identifier.', 'Vacío: uno de cada dos cuasi-identificadores.'),
      roles: ['quasi-identifier'],
    }),
    right: columns({
      label: text('known to the second party', 'conocido por la segunda parte'),
      help: text('Empty: the other quasi-identifiers.', 'Vacío: los demás cuasi-identificadores.'),
      roles: ['quasi-identifier'],
    }),
    neighbours: integer({
      label: text('nearest rows looked at', 'filas próximas consideradas'),
      symbol: 'k',
      help: text(
        'By each party. More link more, by chance too.',
        'Por cada parte. Más filas unen más, también por azar.',
      ),
      min: 1,
      max: 100,
      default: 1,
    }),
    targets: targetsTried,
  },
  accepts: ['table'],
  needs: [],
  adversary: {
    who: text('two parties who compare notes', 'dos partes que cotejan sus datos'),
    knows: [text('one set of columns of the target each', 'un grupo de columnas del objetivo cada una')],
    wants: text('to learn that both records are of one person', 'saber que ambos registros son de una persona'),
  },
  dimensions: ['identity'],
});

/**
 * Scores: links (baseline: two random sets of k rows), the risk beyond a control group, the control, and links through
 * the target's own row. Ties between released rows are settled by lot, for each party apart: a group of equal rows
 * links nobody by its order in the file. O(targets x rows x columns).
 * @throws infeasible with fewer than two known columns in the release
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOf(release);
  const rows = table.table.rows;
  if (rows < 2) throw infeasible('fewer than two rows were released', 'release more rows');
  await encodeEach(table, knownColumns(table, []), () => ctx.checkpoint(0));
  const usable = (names: readonly string[]): readonly AuxiliaryColumn[] =>
    knownColumns(table, names).flatMap((name) => auxiliaryColumn(table, name) ?? []);
  const all = params.left.length > 0 && params.right.length > 0 ? [] : usable([]);
  const left = params.left.length > 0 ? usable(params.left) : others(all, params.right, 0);
  const right =
    params.right.length > 0
      ? usable(params.right)
      : others(
          all,
          left.map(({ name }) => name),
          1,
        );
  if (left.length === 0 || right.length === 0) {
    throw infeasible('linking needs a released column known to each of two parties', 'choose columns for both');
  }
  await ctx.checkpoint(0);
  const rng = ctx.rng.fork('linkability');
  const groups = targetGroups(table, params.targets, rng);
  const k = Math.min(params.neighbours, rows);
  const attempt = attempts(left, right, rows, k, rng.fork('ties'));
  const attack = await attempt(groups.targets, groups.own, false, ctx, 0);
  const control = await attempt(groups.controls, groups.own, groups.control === 'own row removed', ctx, 0.5);
  const tried = groups.targets.length;
  const names = (side: readonly AuxiliaryColumn[], and: string) =>
    listed(
      side.map(({ name }) => name),
      and,
      '',
    );
  const scores = attemptScores({
    id: descriptor.id,
    label: descriptor.label,
    attack: { right: attack.linked, tried },
    baseline: randomLink(rows, k),
    control: { right: control.linked, tried: groups.controls.length, words: controlWords(groups) },
    method: text(
      `${attack.linked} of ${tried} targets: the released rows nearest in ${names(left, 'and')} and those nearest in ${names(right, 'and')} (k = ${k} each) share one. Baseline: random rows, as many.`,
      `${attack.linked} de ${tried} objetivos: las filas publicadas más próximas en ${names(left, 'y')} y las más próximas en ${names(right, 'y')} (k = ${k} cada vez) comparten una. Referencia: otras tantas filas al azar.`,
    ),
    source: 'Giomi et al. 2023',
  });
  if (isSynthetic(table)) return scores;
  return [
    ...scores,
    {
      id: `${descriptor.id}/own-row`,
      label: text('linked through their own row', 'unidos por su propia fila'),
      value: attack.byOwnRow / tried,
      unit: 'share',
      direction: 'lower-is-better',
      meaning: 'risk',
      provenance: 'measured',
      of: 'sample',
      n: tried,
      interval: wilsonInterval(attack.byOwnRow, tried),
      baseline: (k * k) / (rows * rows),
      method: text(
        `${attack.byOwnRow} of ${tried} targets: the released row of the target is among the nearest of both parties (k = ${k}).`,
        `${attack.byOwnRow} de ${tried} objetivos: la fila publicada del objetivo está entre las más próximas de ambas partes (k = ${k}).`,
      ),
    },
  ];
};

/** The columns not taken, or where none is taken every second one. */
function others(all: readonly AuxiliaryColumn[], taken: readonly string[], parity: 0 | 1): readonly AuxiliaryColumn[] {
  return taken.length > 0 ? all.filter(({ name }) => !taken.includes(name)) : all.filter((_, i) => i % 2 === parity);
}

interface Links {
  readonly linked: number;
  readonly byOwnRow: number;
}

function attempts(
  left: readonly AuxiliaryColumn[],
  right: readonly AuxiliaryColumn[],
  rows: number,
  k: number,
  ties: Rng,
) {
  const first = new Neighbours(left, rows);
  const second = new Neighbours(right, rows);
  return async (targets: Uint32Array, own: Int32Array, without: boolean, ctx: Ctx, from: number): Promise<Links> => {
    let linked = 0;
    let byOwnRow = 0;
    for (let t = 0; t < targets.length; t += 1) {
      const target = targets[t] as number;
      const mine = own[t] as number;
      const hidden = without ? mine : -1;
      const both = sharedRows(first.nearest(target, k, ties, hidden), second.nearest(target, k, ties, hidden));
      if (both.length > 0) linked += 1;
      if (both.includes(mine)) byOwnRow += 1;
      await ctx.checkpoint(from + (0.5 * (t + 1)) / targets.length);
    }
    return { linked, byOwnRow };
  };
}

/** Chance that two random sets of k of n rows meet: 1 - C(n - k, k) / C(n, k). */
function randomLink(n: number, k: number): number {
  if (2 * k > n) return 1;
  let log = 0;
  for (let i = 0; i < k; i += 1) log += log1p(-k / (n - i));
  return 1 - exp(log);
}
