import type { LoadedDataset } from '../kit/dataset.ts';
import { baseSize, type EncodedColumn, type GeneralizedCells } from '../table/hierarchy.ts';
import { EVERYTHING, MISSING, numberText, timeSpanLabel } from '../table/ladders.ts';
import { type CategoryColumn, codesFor } from '../table/table.ts';

/** A released generalized column and what its labels cover. */
export interface ReleasedCells {
  readonly column: CategoryColumn;
  readonly cells: GeneralizedCells;
}

/**
 * Builds the released column for ranges of base codes: one label per distinct range.
 * @param classOf class of each released row
 * @param low smallest base code of class c at `low[c * stride + offset]`, likewise `high`
 */
export function rangeColumn(
  encoded: EncodedColumn,
  dataset: LoadedDataset,
  classOf: Uint32Array,
  low: Uint32Array,
  high: Uint32Array,
  stride: number,
  offset: number,
): ReleasedCells {
  const size = baseSize(encoded);
  const classes = Math.floor(low.length / stride);
  const codeOf = new Map<number, number>();
  const levelOf = new Uint32Array(classes);
  const lows: number[] = [];
  const highs: number[] = [];
  for (let c = 0; c < classes; c += 1) {
    const from = low[c * stride + offset] as number;
    const to = high[c * stride + offset] as number;
    const key = from * size + to;
    let code = codeOf.get(key);
    if (code === undefined) {
      code = lows.length;
      codeOf.set(key, code);
      lows.push(from);
      highs.push(to);
    }
    levelOf[c] = code;
  }
  const label = rangeLabeller(encoded, dataset);
  const levels = lows.map((from, i) => label(from, highs[i] as number));
  const codes = codesFor(classOf.length, levels.length);
  for (let i = 0; i < codes.length; i += 1) codes[i] = levelOf[classOf[i] as number] as number;
  return {
    column: { kind: 'category', name: encoded.hierarchy.column, codes, levels },
    cells: { column: encoded, low: Uint32Array.from(lows), high: Uint32Array.from(highs) },
  };
}

/** The column at one level of its hierarchy for the kept rows, with the range each node covers. */
export function levelColumn(encoded: EncodedColumn, level: number, rows: Uint32Array): ReleasedCells {
  const step = encoded.hierarchy.levels[Math.min(level, encoded.hierarchy.levels.length - 1)];
  const labels = step?.labels ?? [];
  const low = new Uint32Array(labels.length).fill(0xffffffff);
  const high = new Uint32Array(labels.length);
  step?.codes.forEach((node, base) => {
    low[node] = Math.min(low[node] as number, base);
    high[node] = Math.max(high[node] as number, base);
  });
  const codes = codesFor(rows.length, labels.length);
  for (let i = 0; i < rows.length; i += 1) {
    codes[i] = step?.codes[encoded.codes[rows[i] as number] as number] as number;
  }
  return {
    column: { kind: 'category', name: encoded.hierarchy.column, codes, levels: labels },
    cells: { column: encoded, low, high },
  };
}

/** Names a range of base codes so that different ranges have different names, and people can read them. */
function rangeLabeller(encoded: EncodedColumn, dataset: LoadedDataset): (low: number, high: number) => string {
  const { base, missingCode } = encoded;
  const size = baseSize(encoded);
  const present = missingCode === undefined ? size : size - 1;
  const plain = plainLabeller(encoded, dataset);
  return (low, high) => {
    if (low === 0 && high === size - 1 && size > 1) return EVERYTHING;
    if (low === missingCode) return MISSING;
    if (high !== missingCode) return plain(low, high);
    return `${low === 0 && present > 1 && base.kind === 'places' ? 'any' : plain(low, high - 1)} or ${MISSING}`;
  };
}

function plainLabeller(encoded: EncodedColumn, dataset: LoadedDataset): (low: number, high: number) => string {
  const { base } = encoded;
  const labels = encoded.hierarchy.levels[0]?.labels ?? [];
  switch (base.kind) {
    case 'minutes':
      return (low, high) => timeSpanLabel(base.values[low] as number, base.values[high] as number);
    case 'numbers':
      return (low, high) =>
        low === high
          ? numberText(base.values[low] as number)
          : `${numberText(base.values[low] as number)} to ${numberText(base.values[high] as number)}`;
    case 'places':
      return placeLabeller(encoded, dataset, base.names);
    case 'labels':
      return (low, high) => {
        if (low === high) return labels[low] as string;
        return high - low < 3
          ? labels.slice(low, high + 1).join(' | ')
          : `${labels[low]} .. ${labels[high]} (${high - low + 1})`;
      };
  }
}

/** "Manhattan" for a whole borough, "Manhattan (14 zones: Alphabet City - East Village)" for a part of one. */
function placeLabeller(
  encoded: EncodedColumn,
  dataset: LoadedDataset,
  names: readonly string[],
): (low: number, high: number) => string {
  const levels = encoded.hierarchy.levels;
  const labels = levels[0]?.labels ?? [];
  const parents = levels.length > 2 ? levels[1] : undefined;
  const noun = dataset.places?.coarser.length ? 'zones' : 'places';
  return (low, high) => {
    if (low === high) return labels[low] as string;
    const count = `${high - low + 1} ${noun}: ${names[low]} - ${names[high]}`;
    if (parents === undefined) return count;
    const first = parents.codes[low] as number;
    const last = parents.codes[high] as number;
    const whole = (low === 0 || parents.codes[low - 1] !== first) && parents.codes[high + 1] !== last;
    const spanned = parents.labels.slice(first, last + 1).join(', ');
    return whole ? spanned : `${spanned} (${count})`;
  };
}

/** Mean share of the domain a cell covers beyond one value, over rows: 0 = exact, 1 = "*" (suppressed rows count 1). */
export function rangeLoss(
  sizes: Uint32Array,
  low: Uint32Array,
  high: Uint32Array,
  stride: number,
  offset: number,
  size: number,
  suppressed: number,
): number {
  let sum = suppressed;
  let rows = suppressed;
  for (let c = 0; c < sizes.length; c += 1) {
    const count = sizes[c] as number;
    rows += count;
    const span = (high[c * stride + offset] as number) - (low[c * stride + offset] as number);
    if (size > 1) sum += (count * span) / (size - 1);
  }
  return rows === 0 ? 0 : sum / rows;
}
