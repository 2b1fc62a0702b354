import { baseSize, type EncodedColumn } from '../table/hierarchy.ts';
import { EVERYTHING, MISSING } from '../table/ladders.ts';
import { type CategoryColumn, codesFor } from '../table/table.ts';
import type { ReleasedCells } from './cells.ts';
import type { RowClasses } from './greedy-split.ts';

/** Whether cells of a column are better sets than ranges: its values have no order of their own. */
export function cellsAreSets(column: EncodedColumn): boolean {
  if (column.ordered) return false;
  const labels = column.hierarchy.levels[0]?.labels ?? [];
  let before = -Infinity;
  for (const [code, label] of labels.entries()) {
    if (code === column.missingCode) continue;
    const value = label.trim() === '' ? Number.NaN : Number(label);
    if (!(value > before)) return true;
    before = value;
  }
  return false;
}

/**
 * Builds the released column for sets of base codes: each class shows exactly the values its rows have. Whole nodes of
 * the hierarchy are named as such ("Manhattan | Astoria").
 * @param classOf class of each released row
 */
export function setColumn(encoded: EncodedColumn, classes: RowClasses, classOf: Uint32Array): ReleasedCells {
  const count = classes.start.length - 1;
  const seen = new Uint32Array(baseSize(encoded)).fill(0xffffffff);
  const levelOf = new Uint32Array(count);
  const codeOf = new Map<string, number>();
  const members: Uint32Array[] = [];
  for (let c = 0; c < count; c += 1) {
    const values: number[] = [];
    for (let i = classes.start[c] as number; i < (classes.start[c + 1] as number); i += 1) {
      const code = encoded.codes[classes.rows[i] as number] as number;
      if (seen[code] === c) continue;
      seen[code] = c;
      values.push(code);
    }
    values.sort((a, b) => a - b);
    const key = values.join(',');
    let level = codeOf.get(key);
    if (level === undefined) {
      level = members.length;
      codeOf.set(key, level);
      members.push(Uint32Array.from(values));
    }
    levelOf[c] = level;
  }
  const codes = codesFor(classOf.length, members.length);
  for (let i = 0; i < codes.length; i += 1) codes[i] = levelOf[classOf[i] as number] as number;
  const column: CategoryColumn = {
    kind: 'category',
    name: encoded.hierarchy.column,
    codes,
    levels: setLabels(encoded, members),
  };
  const low = Uint32Array.from(members, (values) => values[0] as number);
  const high = Uint32Array.from(members, (values) => values.at(-1) as number);
  return { column, cells: { column: encoded, low, high, members } };
}

/** One name per set; different sets have different names. */
function setLabels(encoded: EncodedColumn, sets: readonly Uint32Array[]): readonly string[] {
  const name = setNamer(encoded);
  const used = new Set<string>();
  return sets.map((members) => {
    let label = name(members);
    // Two values of one name, or a node named like a value: the codes tell them apart.
    if (used.has(label)) label = `${label} (${members.join(', ')})`;
    used.add(label);
    return label;
  });
}

function setNamer(encoded: EncodedColumn): (members: Uint32Array) => string {
  const { hierarchy, missingCode, base } = encoded;
  const size = baseSize(encoded);
  const labels = hierarchy.levels[0]?.labels ?? [];
  const single = (code: number): string => (code === missingCode ? MISSING : (labels[code] as string));
  const among = (code: number): string =>
    code !== missingCode && base.kind === 'places' ? (base.names[code] ?? single(code)) : single(code);
  const nodes = hierarchy.levels.slice(1, -1).map(({ codes, labels: names }) => {
    const sizes = new Uint32Array(names.length);
    for (const code of codes) sizes[code] = (sizes[code] as number) + 1;
    return { codes, names, sizes };
  });
  return (members) => {
    if (members.length === 1) return single(members[0] as number);
    if (members.length === size) return EVERYTHING;
    const parts: { readonly at: number; readonly label: string }[] = [];
    let rest: readonly number[] = [...members];
    for (const level of nodes.toReversed()) {
      const held = new Map<number, number>();
      for (const code of rest) {
        const node = level.codes[code] as number;
        held.set(node, (held.get(node) ?? 0) + 1);
      }
      const whole = (code: number): boolean => {
        const node = level.codes[code] as number;
        return (level.sizes[node] as number) > 1 && held.get(node) === level.sizes[node];
      };
      const named = new Set<number>();
      for (const code of rest) {
        const node = level.codes[code] as number;
        if (!whole(code) || named.has(node)) continue;
        named.add(node);
        parts.push({ at: code, label: level.names[node] as string });
      }
      rest = rest.filter((code) => !whole(code));
    }
    for (const code of rest) parts.push({ at: code, label: among(code) });
    parts.sort((a, b) => a.at - b.at);
    return parts.map((part) => part.label).join(' | ');
  };
}
