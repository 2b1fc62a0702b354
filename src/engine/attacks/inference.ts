import type { Ctx } from '../kit/context.ts';
import { infeasible, invalidData } from '../kit/errors.ts';
import { defineAttack, type MeasureRun } from '../kit/measure.ts';
import { column, number } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { knownColumns, listed, tableOf } from '../metrics/risk/released-classes.ts';
import { knownToOutsider } from '../metrics/risk/shared-params.ts';
import { encodeEach } from '../table/encode.ts';
import { columnOf } from '../table/table.ts';
import { attemptScores, controlWords, type TargetGroups, targetGroups, targetsTried } from './control.ts';
import { bestConstant } from './constant-guess.ts';
import { type AuxiliaryColumn, auxiliaryColumn, Neighbours } from './nearest.ts';

/** Reading a target's secret off the released row nearest to what is known of the target. */
export const descriptor = defineAttack({
  kind: 'attack',
  id: 'inference',
  version: 1,
  onDemand: true,
  label: text('secret inferred', 'secreto inferido'),
  summary: text(
    'Looks for the released row most like the target and takes its secret for the target’s.',
    'Busca la fila publicada más parecida al objetivo y toma su secreto por el del objetivo.',
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
      'Rows that were not released are often the unusual ones, so a control made of them can be harder to guess.',
      'Las filas no publicadas suelen ser las poco habituales, y un control hecho de ellas puede ser más difícil de adivinar.',
    ),
  ],
  vetting: 'verified',
  params: {
    known: knownToOutsider,
    secret: column({
      label: text('secret', 'secreto'),
      help: text(
        'Empty: the sensitive column of the release or dataset.',
        'Vacío: la columna sensible de la publicación o del conjunto.',
      ),
      roles: ['sensitive'],
    }),
    tolerance: number({
      label: text('a number counts as right within', 'un número se da por acertado con un margen de'),
      help: text('Share of the guess, either way.', 'Parte de lo adivinado, por arriba o por abajo.'),
      min: 0,
      max: 0.5,
      default: 0.05,
    }),
    targets: targetsTried,
  },
  accepts: ['table'],
  needs: [],
  adversary: {
    who: text('someone who knows facts about a person', 'alguien que sabe cosas de una persona'),
    knows: [text('the known columns of the target', 'las columnas conocidas del objetivo')],
    wants: text("the target's secret", 'el secreto del objetivo'),
  },
  dimensions: ['identity'],
});

/**
 * Whether a guess counts: equal for labels; for numbers within `tolerance` of the guess's size. The size is |guess|:
 * dividing by the signed guess would call every negative guess right.
 */
export const guessIsRight = (guess: number, truth: number, isNumber: boolean, tolerance: number): boolean =>
  isNumber && !Number.isNaN(guess) && !Number.isNaN(truth)
    ? Math.abs(guess - truth) / (Math.abs(guess) + 1e-12) <= tolerance
    : Object.is(guess, truth);

/**
 * Scores: the attack (baseline: the better of a random and the best constant guess), its risk beyond a control group,
 * the control, and both guesses. O(targets x rows x columns). Random draws: targets, ties, values inside a released range.
 * @throws infeasible without a known or a secret column, invalid-data where the release says nothing about the secret
 */
export const run: MeasureRun<typeof descriptor> = async (release, params, ctx) => {
  const table = tableOf(release);
  if (table.table.rows < 2) throw infeasible('fewer than two rows were released', 'release more rows');
  const names = knownColumns(table, params.known);
  await encodeEach(table, names, () => ctx.checkpoint(0));
  const secret = secretOf(table, params.secret);
  await ctx.checkpoint(0);
  const known: AuxiliaryColumn[] = [];
  for (const name of names) {
    const found = name === secret.name ? undefined : auxiliaryColumn(table, name);
    if (found !== undefined) known.push(found);
    await ctx.checkpoint(0);
  }
  if (known.length === 0) {
    throw infeasible('the adversary knows no released column', 'choose known columns that are in the release');
  }
  await ctx.checkpoint(0);
  const rng = ctx.rng.fork('inference');
  const groups = targetGroups(table, params.targets, rng);
  const judge = (guess: number, row: number): boolean =>
    guessIsRight(guess, secret.truth[row] as number, secret.range !== undefined, params.tolerance);
  const attempt = attempts(known, secret, table.table.rows, judge, rng.fork('ties'));
  const attack = await attempt(groups.targets, groups.own, false, ctx, [0, 0.5]);
  const control = await attempt(groups.controls, groups.own, groups.control === 'own row removed', ctx, [0.5, 1]);
  return scores(table, params.tolerance, known, secret, groups, attack, control, judge, rng);
};

function secretOf(table: TableRelease, named: string): AuxiliaryColumn {
  if (named !== '') columnOf(table.dataset.table, named);
  const wanted = named === '' ? [...table.sensitive, table.dataset.descriptor.parts.secret ?? ''] : [named];
  const name = wanted.find((each) => each !== '');
  if (name === undefined) {
    throw infeasible('the data has no secret to infer', 'give a column the role sensitive, or choose the secret');
  }
  for (const each of wanted) {
    const found = each === '' ? undefined : auxiliaryColumn(table, each);
    if (found !== undefined) return found;
  }
  throw invalidData(`the release says nothing about ${name}`, 'choose a secret that was released', { column: name });
}

type Attempt = (
  rows: Uint32Array,
  own: Int32Array,
  without: boolean,
  ctx: Ctx,
  progress: readonly [number, number],
) => Promise<number>;

/** Right guesses over the rows; `without` takes each target's own released row away first. */
function attempts(
  known: readonly AuxiliaryColumn[],
  secret: AuxiliaryColumn,
  rows: number,
  judge: (guess: number, row: number) => boolean,
  ties: Rng,
): Attempt {
  const near = new Neighbours(known, rows);
  return async (targets, own, without, ctx, [from, to]) => {
    let right = 0;
    for (let t = 0; t < targets.length; t += 1) {
      const target = targets[t] as number;
      const row = near.nearest(target, 1, ties, without ? (own[t] as number) : -1)[0] ?? 0;
      if (judge(guessFrom(secret, secret.codes[row] as number, ties), target)) right += 1;
      await ctx.checkpoint(from + ((to - from) * (t + 1)) / targets.length);
    }
    return right;
  };
}

/** The middle of a released range of numbers; any of the labels a released cell stands for. */
function guessFrom(secret: AuxiliaryColumn, cell: number, rng: Rng): number {
  const low = secret.low[cell] as number;
  const high = secret.high[cell] as number;
  if (Number.isNaN(low)) return Number.NaN;
  if (secret.range !== undefined) return (low + high) / 2;
  const members = secret.members?.[cell];
  return members === undefined ? low + rng.int(high - low + 1) : (members[rng.int(members.length)] as number);
}

function scores(
  table: TableRelease,
  tolerance: number,
  known: readonly AuxiliaryColumn[],
  secret: AuxiliaryColumn,
  groups: TargetGroups,
  attack: number,
  control: number,
  judge: (guess: number, row: number) => boolean,
  rng: Rng,
): readonly Score[] {
  const tried = groups.targets.length;
  const share = (guess: (row: number) => number): number =>
    groups.targets.reduce((sum, row) => sum + (judge(guess(row), row) ? 1 : 0), 0) / tried;
  const lots = rng.fork('random guess');
  const random = share(() => guessFrom(secret, secret.codes[lots.int(table.table.rows)] as number, lots));
  const best = bestConstant(secret, tolerance);
  const constant = share(() => best);
  const names = known.map((each) => each.name);
  const within = secret.range === undefined ? '' : ` (± ${100 * tolerance} %)`;
  const guessScore = (id: string, label: Score['label'], value: number): Score => ({
    id: `${descriptor.id}/${id}`,
    label,
    value,
    unit: 'share',
    direction: 'neutral',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n: tried,
    method: text(
      `Same ${tried} targets and secret, without looking at what is known of them.`,
      `Los mismos ${tried} objetivos y secreto, sin mirar lo que se sabe de ellos.`,
    ),
  });
  return [
    ...attemptScores({
      id: descriptor.id,
      label: descriptor.label,
      attack: { right: attack, tried },
      baseline: Math.max(random, constant),
      control: { right: control, tried: groups.controls.length, words: controlWords(groups) },
      method: text(
        `${attack} of ${tried} targets: ${secret.name}${within} read off the released row nearest in ${listed(names, 'and', 'nothing')}. Baseline: the better of a random released secret (${percent(random)}) and one guess for all (${percent(constant)}).`,
        `${attack} de ${tried} objetivos: ${secret.name}${within} leído de la fila publicada más próxima en ${listed(names, 'y', 'nada')}. Referencia: lo mejor entre un secreto publicado al azar (${percent(random)}) y una misma apuesta para todos (${percent(constant)}).`,
      ),
      source: 'Giomi et al. 2023',
    }),
    guessScore('random-guess', text('a random released secret', 'un secreto publicado al azar'), random),
    guessScore('constant-guess', text('one best guess for all', 'una misma mejor apuesta para todos'), constant),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
