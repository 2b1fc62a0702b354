import { type Text, text } from '../kit/text.ts';

/** Something wrong, or worth knowing, about a written-out hierarchy. */
export interface HierarchyProblem {
  readonly kind:
    | 'empty'
    | 'ragged'
    | 'blank-label'
    | 'repeated-value'
    | 'two-parents'
    | 'no-root'
    | 'uncovered'
    | 'unused';
  /** An error keeps the hierarchy from being used; a note does not. */
  readonly severity: 'error' | 'note';
  readonly message: Text;
  readonly remedy: Text;
  /** Level the problem is at; 0 is the base. */
  readonly level?: number;
  readonly value?: string;
}

export interface CheckedHierarchy {
  readonly column: string;
  /** A row is a base value, then its label at each level. */
  readonly rows: readonly (readonly string[])[];
  /** Names of the levels between the base and the root. */
  readonly names?: readonly string[];
}

/** Distinct values of the column in the data and how many rows have each. */
export interface ValueCounts {
  readonly values: readonly string[];
  readonly counts: ArrayLike<number>;
}

/** Problems of one kind listed one by one; the rest is counted in the last sentence. */
const LISTED = 20;

/**
 * Whether a hierarchy can be used: every label has one parent, all rows have the same number of levels, there is one
 * root, no value is written twice, and (with `data`) every value of the data is in it. Linear in labels, so that an
 * editor can check after every change.
 * @returns problems, errors first; empty when there is nothing to say
 */
export function checkHierarchy(given: CheckedHierarchy, data?: ValueCounts): readonly HierarchyProblem[] {
  if (given.rows.length === 0) return [empty(given.column)];
  const shape = [...raggedRows(given), ...blankLabels(given)];
  const found = shape.length > 0 ? shape : [...repeated(given), ...twoParents(given), ...noRoot(given)];
  const covered = data === undefined ? [] : coverage(given, data);
  return [...found, ...covered].sort((a, b) => Number(a.severity === 'note') - Number(b.severity === 'note'));
}

const empty = (column: string): HierarchyProblem => ({
  kind: 'empty',
  severity: 'error',
  message: text(`the hierarchy of "${column}" has no values`, `la jerarquía de «${column}» no tiene valores`),
  remedy: text('give it one line a value, or choose a wizard', 'dele una línea por valor o elija un asistente'),
});

function raggedRows({ column, rows }: CheckedHierarchy): readonly HierarchyProblem[] {
  const depth = rows[0]?.length ?? 0;
  return listed(
    rows.filter((row) => row.length !== depth),
    (row) => ({
      kind: 'ragged',
      severity: 'error',
      value: row[0] ?? '',
      message: text(
        `in the hierarchy of "${column}" the value "${row[0] ?? ''}" has ${row.length} levels, the first value has ${depth}`,
        `en la jerarquía de «${column}» el valor «${row[0] ?? ''}» tiene ${row.length} niveles y el primero tiene ${depth}`,
      ),
      remedy: text(
        'give every value a label at every level; repeat the label below where nothing changes',
        'dé a cada valor una etiqueta en cada nivel; repita la del nivel inferior si nada cambia',
      ),
    }),
    column,
  );
}

function blankLabels({ column, rows }: CheckedHierarchy): readonly HierarchyProblem[] {
  const found: { readonly value: string; readonly level: number }[] = [];
  for (const row of rows) {
    const level = row.findIndex((label, at) => at > 0 && label.trim() === '');
    if (level > 0) found.push({ value: row[0] ?? '', level });
  }
  return listed(
    found,
    ({ value, level }) => ({
      kind: 'blank-label',
      severity: 'error',
      value,
      level,
      message: text(
        `in the hierarchy of "${column}" the value "${value}" has no label at level ${level}`,
        `en la jerarquía de «${column}» el valor «${value}» no tiene etiqueta en el nivel ${level}`,
      ),
      remedy: text(
        `write a label for "${value}" at level ${level}`,
        `escriba una etiqueta para «${value}» en el nivel ${level}`,
      ),
    }),
    column,
  );
}

function repeated({ column, rows }: CheckedHierarchy): readonly HierarchyProblem[] {
  const first = new Map<string, readonly string[]>();
  const found: string[] = [];
  for (const row of rows) {
    const value = row[0] ?? '';
    const before = first.get(value);
    if (before === undefined) first.set(value, row);
    else if (row.some((label, level) => label !== before[level])) found.push(value);
  }
  return listed(
    [...new Set(found)],
    (value) => ({
      kind: 'repeated-value',
      severity: 'error',
      level: 0,
      value,
      message: text(
        `the hierarchy of "${column}" names the value "${value}" twice, with different labels`,
        `la jerarquía de «${column}» nombra el valor «${value}» dos veces, con etiquetas distintas`,
      ),
      remedy: text(`keep one line for "${value}"`, `deje una sola línea para «${value}»`),
    }),
    column,
  );
}

/** Each label of a level must lead to one label of the next: otherwise coarsening could make classes smaller. */
function twoParents({ column, rows }: CheckedHierarchy): readonly HierarchyProblem[] {
  const depth = rows[0]?.length ?? 0;
  const found: { label: string; level: number; one: readonly string[]; other: readonly string[] }[] = [];
  for (let level = 1; level < depth - 1; level += 1) {
    const parent = new Map<string, readonly string[]>();
    const told = new Set<string>();
    for (const row of rows) {
      const label = row[level] ?? '';
      const one = parent.get(label);
      if (one === undefined) parent.set(label, row);
      else if (one[level + 1] !== row[level + 1] && !told.has(label)) {
        told.add(label);
        found.push({ label, level, one, other: row });
      }
    }
  }
  return listed(
    found,
    ({ label, level, one, other }) => {
      const up = level + 1;
      const [a, b] = [one[up] ?? '', other[up] ?? ''];
      return {
        kind: 'two-parents',
        severity: 'error',
        level,
        value: label,
        message: text(
          `in the hierarchy of "${column}" the label "${label}" at level ${level} has two parents at level ${up}: "${a}" (for "${one[0] ?? ''}") and "${b}" (for "${other[0] ?? ''}")`,
          `en la jerarquía de «${column}» la etiqueta «${label}» del nivel ${level} tiene dos padres en el nivel ${up}: «${a}» (para «${one[0] ?? ''}») y «${b}» (para «${other[0] ?? ''}»)`,
        ),
        remedy: text(
          `move all of "${label}" under one of them, or give the two parts different labels`,
          `ponga todo «${label}» bajo uno de ellos o dé etiquetas distintas a las dos partes`,
        ),
      };
    },
    column,
  );
}

function noRoot({ column, rows }: CheckedHierarchy): readonly HierarchyProblem[] {
  const last = (rows[0]?.length ?? 1) - 1;
  const roots = new Set(rows.map((row) => row[last] ?? ''));
  if (last > 0 && roots.size === 1) return [];
  const [a = '', b = ''] = roots;
  return [
    {
      kind: 'no-root',
      severity: 'error',
      level: last,
      value: b,
      message:
        last === 0
          ? text(
              `the hierarchy of "${column}" has values but no levels`,
              `la jerarquía de «${column}» tiene valores pero no niveles`,
            )
          : text(
              `the last level (${last}) of the hierarchy of "${column}" has ${roots.size} labels, "${a}" and "${b}" among them; it needs one root`,
              `el último nivel (${last}) de la jerarquía de «${column}» tiene ${roots.size} etiquetas, entre ellas «${a}» y «${b}»; hace falta una sola raíz`,
            ),
      remedy: text(
        'add a last level that is "*" for every value',
        'añada un último nivel que sea «*» para todos los valores',
      ),
    },
  ];
}

function coverage({ column, rows }: CheckedHierarchy, data: ValueCounts): readonly HierarchyProblem[] {
  const known = new Set(rows.map((row) => row[0] ?? ''));
  const absent = data.values
    .map((value, at) => ({ value, rows: data.counts[at] ?? 0 }))
    .filter(({ value }) => !known.has(value))
    .sort((a, b) => b.rows - a.rows);
  const present = new Set(data.values);
  const unused = [...known].filter((value) => !present.has(value));
  const problems = listed(
    absent,
    ({ value, rows: n }): HierarchyProblem => ({
      kind: 'uncovered',
      severity: 'error',
      level: 0,
      value,
      message: text(
        `the hierarchy of "${column}" does not contain the value "${value}" (rows: ${n})`,
        `la jerarquía de «${column}» no contiene el valor «${value}» (filas: ${n})`,
      ),
      remedy: text(
        `add "${value}" to the hierarchy, or remove those rows`,
        `añada «${value}» a la jerarquía o quite esas filas`,
      ),
    }),
    column,
  );
  if (unused.length === 0) return problems;
  const note: HierarchyProblem = {
    kind: 'unused',
    severity: 'note',
    level: 0,
    value: unused[0] ?? '',
    message: text(
      `values in the hierarchy of "${column}" that no row has: ${unused.length} ("${unused[0] ?? ''}" is one); they count in the loss`,
      `valores de la jerarquía de «${column}» que no tiene ninguna fila: ${unused.length} («${unused[0] ?? ''}» es uno); cuentan en la pérdida`,
    ),
    remedy: text(
      'keep them if they belong to the domain, or remove them so that the loss speaks of this table only',
      'déjelos si son del dominio o quítelos para que la pérdida hable solo de esta tabla',
    ),
  };
  return [...problems, note];
}

/** The first problems one by one, the others as a number. */
function listed<T>(
  found: readonly T[],
  tell: (one: T) => HierarchyProblem,
  column: string,
): readonly HierarchyProblem[] {
  const problems = found.slice(0, LISTED).map(tell);
  const rest = found.length - problems.length;
  const last = problems.at(-1);
  if (rest === 0 || last === undefined) return problems;
  return [
    ...problems,
    {
      kind: last.kind,
      severity: last.severity,
      message: text(`"${column}" has ${rest} more of these`, `«${column}» tiene ${rest} más como estos`),
      remedy: last.remedy,
    },
  ];
}
