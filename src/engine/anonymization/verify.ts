import type { Guarantee } from '../kit/guarantee.ts';
import type { Release, TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { distinctNumbers } from '../table/distinct.ts';
import { sortIndices } from '../table/sort.ts';
import { type Column, isValid } from '../table/table.ts';

/**
 * Re-proves k-anonymity and distinct l-diversity on the released table alone: rows are sorted by the *labels* of the
 * quasi-identifiers and runs of equal rows are counted. It shares no code with the methods that formed the classes
 * (they group by radix tables or by cutting) and never looks at their class numbers.
 * @returns the violations found; none = the claim holds
 */
export function verifyClasses(release: Release, guarantee: Guarantee): readonly Text[] {
  if (guarantee.kind !== 'k-anonymity') return [];
  if (release.kind !== 'table') {
    return [
      text(
        'k-anonymity was claimed for something that is no table',
        'se prometió k-anonimato de algo que no es una tabla',
      ),
    ];
  }
  const violations: Text[] = [...lostRows(release)];
  const present = release.table.columns.filter((column) => release.quasiIdentifiers.includes(column.name));
  const keys = present.map(labelCodes);
  const rows = release.table.rows;
  const order = sortIndices(
    keys.map((key) => key.codes),
    keys.map((key) => key.count),
    rows,
  );
  const claimed = guarantee.l;
  const sensitive = claimed === undefined ? undefined : release.table.columns.find((c) => c.name === claimed.column);
  if (claimed !== undefined && sensitive === undefined) {
    violations.push(
      text(
        `the sensitive column ${claimed.column} is not in the table`,
        `la columna sensible ${claimed.column} no está en la tabla`,
      ),
    );
  }
  const secret = sensitive === undefined ? undefined : labelCodes(sensitive);
  const least = scan(order, keys, secret, guarantee.k, claimed?.value ?? 0);
  if (least.small > 0) {
    violations.push(
      text(
        `${least.small} classes have fewer than k = ${guarantee.k} rows (the smallest has ${least.smallest})`,
        `${least.small} clases tienen menos de k = ${guarantee.k} filas (la menor tiene ${least.smallest})`,
      ),
    );
  }
  if (least.poor > 0 && claimed !== undefined) {
    violations.push(
      text(
        `${least.poor} classes have fewer than l = ${claimed.value} values of ${claimed.column} (the poorest has ${least.poorest})`,
        `${least.poor} clases tienen menos de l = ${claimed.value} valores de ${claimed.column} (la más pobre tiene ${least.poorest})`,
      ),
    );
  }
  return violations;
}

/** Smallest class and fewest sensitive values in any class of a released table, by the same independent count. */
export function achievedClasses(
  release: TableRelease,
  sensitive?: string,
): { readonly k: number; readonly l: number; readonly classes: number } {
  const present = release.table.columns.filter((column) => release.quasiIdentifiers.includes(column.name));
  const keys = present.map(labelCodes);
  const order = sortIndices(
    keys.map((key) => key.codes),
    keys.map((key) => key.count),
    release.table.rows,
  );
  const column = release.table.columns.find((each) => each.name === sensitive);
  const found = scan(order, keys, column === undefined ? undefined : labelCodes(column), 0, 0);
  return { k: found.smallest, l: found.poorest, classes: found.classes };
}

interface Coded {
  readonly codes: Uint32Array;
  readonly count: number;
}

/** One code per distinct label an outsider sees; two codes with one label are one. Missing is a label of its own. */
function labelCodes(column: Column): Coded {
  if (column.kind !== 'category') {
    const { values, codes } = distinctNumbers(column.values, column);
    return { codes, count: values.length + 1 };
  }
  const codeOf = new Map<string, number>();
  for (const label of column.levels) if (!codeOf.has(label)) codeOf.set(label, codeOf.size);
  const recode = Uint32Array.from(column.levels, (label) => codeOf.get(label) as number);
  const codes = new Uint32Array(column.codes.length);
  for (let i = 0; i < codes.length; i += 1) codes[i] = recode[column.codes[i] as number] as number;
  if (column.valid !== undefined) {
    for (let i = 0; i < codes.length; i += 1) if (!isValid(column, i)) codes[i] = codeOf.size;
  }
  return { codes, count: codeOf.size + 1 };
}

interface Found {
  small: number;
  smallest: number;
  poor: number;
  poorest: number;
  classes: number;
}

function scan(order: Uint32Array, keys: readonly Coded[], secret: Coded | undefined, k: number, l: number): Found {
  const found: Found = {
    small: 0,
    smallest: order.length === 0 ? 0 : Infinity,
    poor: 0,
    poorest: Infinity,
    classes: 0,
  };
  const seenIn = new Uint32Array(secret?.count ?? 0);
  const differs = new Uint8Array(order.length);
  for (const key of keys) markChanges(order, key.codes, differs);
  let start = 0;
  for (let i = 1; i <= order.length; i += 1) {
    if (i < order.length && differs[i] === 0) continue;
    const size = i - start;
    found.classes += 1;
    if (size < k) found.small += 1;
    found.smallest = Math.min(found.smallest, size);
    if (secret !== undefined) {
      let values = 0;
      for (let j = start; j < i; j += 1) {
        const code = secret.codes[order[j] as number] as number;
        if (seenIn[code] === found.classes) continue;
        seenIn[code] = found.classes;
        values += 1;
      }
      if (values < l) found.poor += 1;
      found.poorest = Math.min(found.poorest, values);
    }
    start = i;
  }
  if (found.poorest === Infinity) found.poorest = 0;
  return found;
}

/** Sets `differs[i]` where the code of row order[i] is not that of the row before. */
function markChanges(order: Uint32Array, codes: Uint32Array, differs: Uint8Array): void {
  let before = codes[order[0] as number];
  for (let i = 1; i < order.length; i += 1) {
    const code = codes[order[i] as number];
    if (code !== before) differs[i] = 1;
    before = code;
  }
}

/** Rows may be left out, but each source row is either released once or listed as suppressed. */
function lostRows(release: TableRelease): readonly Text[] {
  const total = release.dataset.table.rows;
  const seen = new Uint8Array(total);
  let twice = 0;
  for (const rows of [release.rowOf, release.suppressed]) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      if (seen[row] === 1) twice += 1;
      seen[row] = 1;
    }
  }
  let lost = 0;
  for (let row = 0; row < total; row += 1) if (seen[row] === 0) lost += 1;
  if (lost + twice === 0) return [];
  return [
    text(
      `${lost} source rows are neither released nor listed as suppressed, ${twice} appear twice`,
      `${lost} filas de origen no están publicadas ni en la lista de suprimidas, ${twice} aparecen dos veces`,
    ),
  ];
}
