import { infeasible } from '../kit/errors.ts';
import { column } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Interval } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import { knownColumns, releasedClasses } from '../metrics/risk/released-classes.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import { encodeColumn } from '../table/encode.ts';
import { refine } from '../table/group.ts';
import { baseSize } from '../table/hierarchy.ts';
import { columnOf, hasColumn } from '../table/table.ts';

/** Parameter shared by the attacks that read secrets off classes. */
export const secretOfClass = column({
  label: text('secret', 'secreto'),
  help: text(
    'Empty: the sensitive column of the release or dataset.',
    'Vacío: la columna sensible de la publicación o del conjunto.',
  ),
  roles: ['sensitive'],
});

/** Secret values, as released, inside the classes an outsider can tell apart. */
export interface ClassSecrets {
  readonly secret: string;
  readonly known: readonly string[];
  readonly rows: number;
  readonly sizes: Uint32Array;
  /** Rows of class c with each of its values, descending: `counts[start[c]] .. counts[start[c + 1] - 1]`; their values beside. */
  readonly start: Uint32Array;
  readonly counts: Uint32Array;
  readonly values: Uint32Array;
  /** Rows of the whole release with each value, by code. */
  readonly overall: Uint32Array;
}

/** @throws infeasible without rows, or without a released secret */
export function classSecrets(
  release: TableRelease,
  knownNames: readonly string[],
  secretName: string,
  precision: 'minute' | 'hour' | 'day',
): ClassSecrets {
  const secret = secretColumn(release, secretName);
  const known = knownColumns(release, knownNames).filter((name) => name !== secret);
  const classes = releasedClasses(release, known, precision);
  const encoded = encodeColumn(release.dataset, secret, release.table);
  const refined = refine(classes, encoded.codes, baseSize(encoded));
  const start = new Uint32Array(classes.count + 1);
  const parents = refined.first.map((row) => classes.classOf[row] as number);
  for (const c of parents) start[c + 1] = (start[c + 1] as number) + 1;
  for (let c = 0; c < classes.count; c += 1) start[c + 1] = (start[c + 1] as number) + (start[c] as number);
  const order = Uint32Array.from(parents.keys()).sort(
    (a, b) =>
      (parents[a] as number) - (parents[b] as number) || (refined.sizes[b] as number) - (refined.sizes[a] as number),
  );
  const overall = new Uint32Array(baseSize(encoded));
  for (const code of encoded.codes) overall[code] = (overall[code] as number) + 1;
  return {
    secret,
    known,
    rows: release.table.rows,
    sizes: classes.sizes,
    start,
    counts: order.map((i) => refined.sizes[i] as number),
    values: order.map((i) => encoded.codes[refined.first[i] as number] as number),
    overall,
  };
}

/** The named secret, or the first sensitive column that was released. @throws infeasible when there is none */
export function secretColumn(release: TableRelease, named: string): string {
  if (named !== '') columnOf(release.dataset.table, named);
  const wanted = named === '' ? [...release.sensitive, release.dataset.descriptor.parts.secret ?? ''] : [named];
  const found = wanted.find((name) => name !== '' && hasColumn(release.table, name));
  if (release.table.rows === 0) throw infeasible('no row was released', 'leave fewer rows out, or load data');
  if (found === undefined) {
    throw infeasible(
      `no secret was released${named === '' ? '' : ` as ${named}`}`,
      'give a released column the role sensitive, or choose the secret',
    );
  }
  return found;
}

/** Fewest different secrets a class is promised to have by the release's guarantee; 1 when nothing is promised. */
export function promisedDiversity(
  { guarantee, quasiIdentifiers }: TableRelease,
  secret: string,
  known: readonly string[],
): number {
  if (guarantee.kind !== 'k-anonymity' || !known.every((name) => quasiIdentifiers.includes(name))) return 1;
  let least = guarantee.l?.column === secret ? guarantee.l.value : 1;
  for (const model of guarantee.models ?? []) {
    const l = model.type === 'distinct-l' || model.type === 'entropy-l' || model.type === 'recursive-cl' ? model.l : 1;
    if ('column' in model && model.column === secret) least = Math.max(least, Math.ceil(l));
  }
  return least;
}

/**
 * Wilson's interval of a share of rows whose fate is that of their class: rows of one class are one observation, so n is
 * Kish's effective size (sum of sizes)^2 / sum of squared sizes.
 */
export function classInterval(share: number, sizes: Uint32Array): Interval {
  let sum = 0;
  let squares = 0;
  for (const size of sizes) {
    sum += size;
    squares += size * size;
  }
  const n = squares === 0 ? 0 : (sum * sum) / squares;
  return wilsonInterval(share * n, n);
}

/** Sum of the `most` largest of some counts. */
export function largestSum(counts: Uint32Array, most: number): number {
  const sorted = counts.slice().sort();
  let sum = 0;
  for (let i = 0; i < Math.min(most, sorted.length); i += 1) sum += sorted[sorted.length - 1 - i] as number;
  return sum;
}
