import type { Column } from '../../src/engine/table/table.ts';
import { codesFor } from '../../src/engine/table/table.ts';
import { Dictionary } from './csv/dictionary.ts';
import type { FieldPlan } from './plan.ts';
import { isClockOnly, isMangledTime, parseTime } from './times.ts';

export const INTEGER = 1;
export const NUMBER = 2;
export const ISO_TIME = 3;
export const CATEGORY = 4;
/** Times not written the ISO way: read from text. */
export const OTHER_TIME = 5;

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '\\n', '-', '--']);
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A growing typed column. One class for all kinds, so that the scanner's calls stay monomorphic. */
export class ColumnBuilder {
  kind: number;
  ints: Int32Array;
  floats: Float64Array;
  codes: Uint32Array;
  readonly dictionary = new Dictionary();
  bits: Uint8Array | undefined;
  capacity: number;
  readonly plan: FieldPlan;
  /** Codes of levels that came as text (Parquet, JSON). */
  readonly #byText = new Map<string, number>();

  constructor(plan: FieldPlan, capacity: number) {
    this.plan = plan;
    this.capacity = capacity;
    this.kind = kindOf(plan);
    this.ints = new Int32Array(this.kind === INTEGER ? capacity : 0);
    this.floats = new Float64Array(this.kind === INTEGER || this.kind === CATEGORY ? 0 : capacity);
    this.codes = new Uint32Array(this.kind === CATEGORY ? capacity : 0);
  }

  /** A one-row builder of the same plan and kind, to try a value on. */
  trial(): ColumnBuilder {
    return new ColumnBuilder(this.plan, 8);
  }

  grow(capacity: number): void {
    if (this.kind === INTEGER) this.ints = enlarged(this.ints, capacity);
    else if (this.kind === CATEGORY) this.codes = enlarged(this.codes, capacity);
    else this.floats = enlarged(this.floats, capacity);
    if (this.bits !== undefined) {
      const bits = new Uint8Array((capacity + 7) >> 3).fill(255);
      bits.set(this.bits);
      this.bits = bits;
    }
    this.capacity = capacity;
  }

  setMissing(row: number): void {
    this.bits ??= new Uint8Array((this.capacity + 7) >> 3).fill(255);
    this.bits[row >> 3] = (this.bits[row >> 3] as number) & ~(1 << (row & 7));
    if (this.kind === INTEGER) this.ints[row] = 0;
    else if (this.kind === CATEGORY) this.codes[row] = 0;
    else this.floats[row] = Number.NaN;
  }

  /** Undoes a mark of a row that was left out after all. */
  clearMark(row: number): void {
    if (this.bits !== undefined) this.bits[row >> 3] = (this.bits[row >> 3] as number) | (1 << (row & 7));
  }

  isMissing(row: number): boolean {
    return this.bits !== undefined && ((this.bits[row >> 3] as number) & (1 << (row & 7))) === 0;
  }

  /** The careful path for bytes[start, end): returns undefined when stored, else the reason it is unreadable. */
  putBytes(bytes: Uint8Array, start: number, end: number, row: number): string | undefined {
    let from = start;
    let to = end;
    while (from < to && isBlank(bytes[from] as number)) from += 1;
    while (to > from && isBlank(bytes[to - 1] as number)) to -= 1;
    if (from === to) {
      this.setMissing(row);
      return undefined;
    }
    if (this.kind === CATEGORY) {
      this.codes[row] = this.dictionary.intern(bytes, from, to);
      return undefined;
    }
    return this.putText(decoder.decode(bytes.subarray(from, to)), row);
  }

  /** Stores a value given as text. */
  putText(raw: string, row: number): string | undefined {
    const value = raw.trim();
    if (this.kind === CATEGORY) {
      if (value === '') {
        this.setMissing(row);
        return undefined;
      }
      let code = this.#byText.get(value);
      if (code === undefined) {
        const bytes = encoder.encode(value);
        code = this.dictionary.intern(bytes, 0, bytes.length);
        if (this.#byText.size < 65_536) this.#byText.set(value, code);
      }
      this.codes[row] = code;
      return undefined;
    }
    if (value.length <= 4 && MISSING.has(value.toLowerCase())) {
      this.setMissing(row);
      return undefined;
    }
    if (this.kind === ISO_TIME || this.kind === OTHER_TIME) return this.#putTimeText(value, row);
    const number = value.length <= 40 && NUMERAL.test(value) ? Number(value) : Number.NaN;
    if (!Number.isFinite(number)) {
      this.setMissing(row);
      return this.kind === INTEGER ? 'not a whole number' : 'not a number';
    }
    return this.putNumber(number, row);
  }

  /** Stores a number; a time column takes it as milliseconds. */
  putNumber(value: number, row: number): string | undefined {
    if (Number.isNaN(value)) {
      this.setMissing(row);
      return undefined;
    }
    if (this.kind === INTEGER) {
      if (Number.isInteger(value) && value >= -2147483648 && value <= 2147483647) {
        this.ints[row] = value;
        return undefined;
      }
      if (this.plan.mayWiden !== true) {
        this.setMissing(row);
        return 'not a whole number';
      }
      this.#widen(row);
    }
    if (this.kind === CATEGORY) return this.putText(String(value), row);
    this.floats[row] = value;
    return undefined;
  }

  /** An integer column that turned out to hold decimals goes on as a number column. */
  #widen(rows: number): void {
    const floats = new Float64Array(this.capacity);
    for (let i = 0; i < rows; i += 1) floats[i] = this.isMissing(i) ? Number.NaN : (this.ints[i] as number);
    this.floats = floats;
    this.ints = new Int32Array(0);
    this.kind = NUMBER;
  }

  #putTimeText(value: string, row: number): string | undefined {
    const ms = parseTime(value, this.plan.time ?? 'iso', this.plan.dayMs ?? 0);
    if (!Number.isNaN(ms)) {
      this.floats[row] = ms;
      return undefined;
    }
    this.setMissing(row);
    if (isMangledTime(value)) return 'time damaged by a spreadsheet (the hour is gone)';
    return isClockOnly(value) ? 'time of day without a date' : 'not a date or time';
  }

  /** The finished column of `rows` rows. */
  finish(rows: number): Column {
    const { column: name } = this.plan;
    const valid = this.bits === undefined ? {} : validOf(this.bits, rows);
    if (this.kind === INTEGER) return { kind: 'integer', name, values: this.ints.subarray(0, rows), ...valid };
    if (this.kind === NUMBER) return { kind: 'number', name, values: this.floats.subarray(0, rows), ...valid };
    if (this.kind === CATEGORY) return this.#finishCategory(rows);
    return { kind: 'time', name, values: this.floats.subarray(0, rows), zone: this.plan.zone ?? 'local', ...valid };
  }

  #finishCategory(rows: number): Column {
    const raw = this.dictionary.levels();
    const { codes: source, bits } = this;
    const used = usedCodes(source, bits, rows, raw.length);
    const levels: string[] = [...(this.plan.levels ?? [])];
    const codeOf = new Map(levels.map((level, code) => [level, code]));
    const remap = new Int32Array(raw.length).fill(-1);
    for (let code = 0; code < raw.length; code += 1) {
      if (used[code] === 0) continue;
      const label = this.plan.level === undefined ? raw[code] : this.plan.level(raw[code] as string);
      if (label === undefined) continue;
      let to = codeOf.get(label);
      if (to === undefined) {
        to = levels.length;
        levels.push(label);
        codeOf.set(label, to);
      }
      remap[code] = to;
    }
    const codes = codesFor(rows, Math.max(levels.length, 1));
    // Missing rows hold code 0 then, which is what the finished column has for them.
    if (remap.every((to, code) => to === code)) codes.set(source.subarray(0, rows));
    else this.#recode(codes, remap, rows);
    const valid = this.bits === undefined ? {} : validOf(this.bits, rows);
    return { kind: 'category', name: this.plan.column, codes, levels, ...valid };
  }

  /** Codes by `remap`; rows whose level was turned away (below zero) become missing. */
  #recode(codes: Uint8Array | Uint16Array | Uint32Array, remap: Int32Array, rows: number): void {
    const { codes: source, bits } = this;
    for (let i = 0; i < rows; i += 1) {
      if (bits !== undefined && this.isMissing(i)) continue;
      const to = remap[source[i] as number] as number;
      if (to < 0) this.setMissing(i);
      else codes[i] = to;
    }
  }
}

const NUMERAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

function kindOf(plan: FieldPlan): number {
  switch (plan.kind) {
    case 'integer':
      return INTEGER;
    case 'number':
      return NUMBER;
    case 'category':
      return CATEGORY;
    case 'time':
      return (plan.time ?? 'iso') === 'iso' ? ISO_TIME : OTHER_TIME;
    default:
      return plan.kind satisfies never;
  }
}

/** 1 for every code that a row with a value holds. Ends once all are seen: soon, as a rule. */
function usedCodes(codes: Uint32Array, bits: Uint8Array | undefined, rows: number, count: number): Uint8Array {
  const used = new Uint8Array(count);
  let unseen = count;
  for (let i = 0; i < rows && unseen > 0; i += 1) {
    if (bits !== undefined && ((bits[i >> 3] as number) & (1 << (i & 7))) === 0) continue;
    const code = codes[i] as number;
    unseen -= 1 - (used[code] as number);
    used[code] = 1;
  }
  return used;
}

const isBlank = (byte: number): boolean => byte === 32 || byte === 9;

/** Bitmap of `rows` rows, without the bits beyond; absent when every row has a value. */
function validOf(bits: Uint8Array, rows: number): { valid: Uint8Array } | Record<never, never> {
  const valid = bits.slice(0, (rows + 7) >> 3);
  if ((rows & 7) !== 0) valid[valid.length - 1] = (valid[valid.length - 1] as number) & ((1 << (rows & 7)) - 1);
  let all = true;
  for (let i = 0; i < rows && all; i += 8) {
    const full = rows - i >= 8 ? 255 : (1 << (rows - i)) - 1;
    all = valid[i >> 3] === full;
  }
  return all ? {} : { valid };
}

function enlarged<A extends Int32Array | Uint32Array | Float64Array>(array: A, length: number): A {
  const out = new (array.constructor as new (n: number) => A)(length);
  out.set(array.subarray(0, Math.min(array.length, length)));
  return out;
}
