import { integer } from '../kit/params.ts';
import { isSynthetic, type TableRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { attackRisk, wilson, wilsonInterval } from '../metrics/risk/wilson.ts';

/** Attempts of an attack and how many were right. */
export interface Attempts {
  readonly right: number;
  readonly tried: number;
}

/** Fewer rows that were not released than this make no control group. */
const FEWEST_CONTROLS = 30;

/**
 * Whom an attack is tried on, and who shows what is merely true of everybody (Giomi et al. 2023): rows that were not
 * released; where there are too few of them, the same targets with their own released row taken away.
 */
export interface TargetGroups {
  /** Source rows, and the released row made of each (-1 in a synthetic table, where none is). */
  readonly targets: Uint32Array;
  readonly own: Int32Array;
  readonly control: 'not released' | 'own row removed' | 'none';
  /** Source rows; the targets themselves where their own row is removed; none where no row was held back from a model. */
  readonly controls: Uint32Array;
}

export function targetGroups(release: TableRelease, wanted: number, rng: Rng): TargetGroups {
  const releasedAt = new Int32Array(release.dataset.table.rows).fill(-1);
  if (!isSynthetic(release)) {
    release.rowOf.forEach((row, i) => {
      releasedAt[row] = i;
    });
  }
  const targets = someOf(rowsBehind(release), wanted, rng.fork('targets'));
  const own = Int32Array.from(targets, (row) => releasedAt[row] as number);
  const outside = rowsNotReleased(release);
  if (outside.length >= FEWEST_CONTROLS) {
    return { targets, own, control: 'not released', controls: someOf(outside, wanted, rng.fork('controls')) };
  }
  return isSynthetic(release)
    ? { targets, own, control: 'none', controls: new Uint32Array(0) }
    : { targets, own, control: 'own row removed', controls: targets };
}

/** Source rows that released rows were made of, or a model of them. */
export function rowsBehind(release: TableRelease): Uint32Array {
  if (!isSynthetic(release)) return Uint32Array.from(new Set(release.rowOf));
  const used = new Uint8Array(release.dataset.table.rows).fill(1);
  for (const row of release.suppressed) used[row] = 0;
  for (const row of release.outside ?? []) used[row] = 0;
  return Uint32Array.from(used.keys()).filter((row) => used[row] === 1);
}

/** Source rows of which no released row was made; of a model, those put aside by lot before it saw any. */
export function rowsNotReleased(release: TableRelease): Uint32Array {
  if (isSynthetic(release)) return release.outside ?? new Uint32Array(0);
  const released = new Uint8Array(release.dataset.table.rows);
  for (const row of release.rowOf) released[row] = 1;
  return Uint32Array.from(released.keys()).filter((row) => released[row] === 0);
}

/** `wanted` of the rows, drawn without replacement and kept in order; all of them where there are fewer. */
export function someOf(rows: Uint32Array, wanted: number, rng: Rng): Uint32Array {
  if (rows.length <= wanted) return rows;
  const out = new Uint32Array(wanted);
  let taken = 0;
  for (let i = 0; taken < wanted; i += 1) {
    if (rng.int(rows.length - i) >= wanted - taken) continue;
    out[taken] = rows[i] as number;
    taken += 1;
  }
  return out;
}

/** Parameter shared by the attacks on single targets. */
export const targetsTried = integer({
  label: text('targets tried', 'objetivos probados'),
  help: text('Drawn at random; more give a narrower interval.', 'Al azar; más dan un intervalo más estrecho.'),
  min: 50,
  max: 5000,
  default: 500,
  advanced: true,
});

/** Words for the control group of a sentence. */
export const controlWords = (groups: TargetGroups): Text =>
  groups.control === 'not released'
    ? text(
        `${groups.controls.length} rows that were not released`,
        `${groups.controls.length} filas que no se publicaron`,
      )
    : text(
        'the same targets with their own released row taken away',
        'los mismos objetivos sin su propia fila publicada',
      );

/** An attempt rate as a score, and beside it what a control group adds to its reading. */
export function attemptScores(parts: {
  readonly id: string;
  readonly label: Text;
  readonly attack: Attempts;
  readonly baseline: number;
  readonly bound?: number;
  readonly method: Text;
  readonly source: string;
  /** `against`: the attack as the control is compared with, where that is not the whole attack. */
  readonly control?: Attempts & { readonly words: Text; readonly against?: Attempts };
}): readonly Score[] {
  const { id, label, attack, baseline, bound, method, source, control } = parts;
  const common = {
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    source,
  } as const;
  const first: Score = {
    ...common,
    id,
    label,
    value: attack.tried === 0 ? 0 : attack.right / attack.tried,
    n: attack.tried,
    interval: wilsonInterval(attack.right, attack.tried),
    baseline,
    ...(bound === undefined ? {} : { bound }),
    method,
  };
  if (control === undefined || control.tried === 0 || attack.tried === 0) return [first];
  const { words, against = attack } = control;
  const beyond = attackRisk(wilson(against.right, against.tried), wilson(control.right, control.tried));
  const counts = `${against.right} / ${against.tried}; ${count(control.right)} / ${control.tried}`;
  return [
    first,
    {
      ...common,
      id: `${id}/beyond-control`,
      label: text('risk beyond the control group', 'riesgo por encima del grupo de control'),
      value: beyond.value,
      n: attack.tried,
      interval: { low: beyond.low, high: beyond.high, level: 0.95, kind: 'sampling' },
      baseline: 0,
      method: text(
        `(attack - control) / (1 - control), each a Wilson rate (${counts}): what is left is due to being in the data. Control: ${words.en}.`,
        `(ataque - control) / (1 - control), cada uno una tasa de Wilson (${counts}): lo que queda se debe a estar en los datos. Control: ${words.es ?? words.en}.`,
      ),
    },
    {
      ...common,
      id: `${id}/control`,
      label: text('same attack on the control group', 'el mismo ataque al grupo de control'),
      value: Math.min(1, control.right / control.tried),
      n: control.tried,
      interval: wilsonInterval(Math.min(control.right, control.tried), control.tried),
      method: text(
        `${count(control.right)} of ${control.tried} right; control: ${words.en}.`,
        `${count(control.right)} aciertos de ${control.tried}; control: ${words.es ?? words.en}.`,
      ),
    },
  ];
}

const count = (right: number): string => (Number.isInteger(right) ? String(right) : right.toFixed(1));
