import { invalidData } from '../../../src/engine/kit/errors.ts';
import { CATEGORY, ColumnBuilder, INTEGER, ISO_TIME, NUMBER } from '../builder.ts';
import type { ProblemList } from '../problems.ts';
import { BLOCK_ROWS, BlockReader } from './block.ts';
import { integerField, isoField, numberField, skipField, stopBytes } from './cells.ts';

/** A record longer than this is taken for a quote that was never closed, or no table at all. */
const LONGEST_RECORD = 1 << 20;
const LF = 10;
const CR = 13;
const QUOTE = 34;
/** A block that ends before so many records was not worth it: the next ones are read one by one. */
const SHORT_BLOCK = 16;
const MOST_SINGLY = 64;

/** Outcomes of reading one record, where it is not the position after it. */
const UNFINISHED = -1;
const LEFT_OUT = -2;

export interface ScanLayout {
  readonly file: string;
  readonly separator: number;
  /** Names of the header's fields. */
  readonly header: readonly string[];
  /** Builder of each header field; undefined = not read. */
  readonly builders: readonly (ColumnBuilder | undefined)[];
  readonly problems: ProblemList;
  readonly limit: number;
  /** Line number of the first record. */
  readonly firstLine: number;
}

/**
 * Streaming reader of delimited text (RFC 4180, with LF, CRLF or both) into typed columns, field by field from bytes:
 * no string is made for a field unless it needs the careful path. Feed chunks to `push`, the last one with `last`.
 * Rows kept are 0..rows-1 of every builder.
 */
export class DelimitedScanner {
  rows = 0;
  rowsRead = 0;
  blankLines = 0;
  /** Rows with empty fields beyond the header's. */
  widerRows = 0;
  /** Line of a record cut off by the end of the file, if any. */
  cutLine = 0;
  full = false;

  readonly #layout: ScanLayout;
  readonly #stop: Uint8Array;
  readonly #builders: readonly (ColumnBuilder | undefined)[];
  readonly #all: readonly ColumnBuilder[];
  readonly #block: BlockReader;
  /** Records to read one by one before the next block, and after a block that comes to little. */
  #singly = 0;
  #pause = 1;
  #capacity: number;
  #work: Uint8Array = new Uint8Array(0);
  /** Bytes of `#work` that hold data, and the start of the unread rest. */
  #end = 0;
  #line: number;
  #afterRecord = 0;
  #quotedEnd = 0;
  /** Fields of the last record and the one before, empty ones beyond the header included. */
  #width = 0;
  #widthBefore = 0;
  #problem: { column: string; reason: string; value: string } | undefined;

  constructor(layout: ScanLayout, capacity: number) {
    this.#layout = layout;
    this.#stop = stopBytes(layout.separator);
    this.#builders = layout.builders;
    this.#all = layout.builders.filter((builder) => builder !== undefined);
    this.#block = new BlockReader(layout.separator, this.#stop, layout.builders);
    this.#capacity = capacity;
    this.#line = layout.firstLine;
  }

  /** Reads all whole records of what came so far. `last` = nothing comes after this chunk. */
  push(chunk: Uint8Array, last: boolean): void {
    this.#append(chunk);
    const ended = this.#end === 0 || this.#work[this.#end - 1] === LF;
    if (last && !ended) {
      this.#work[this.#end] = LF;
      this.#end += 1;
    }
    // From -1 the search would begin at the end of the buffer.
    const lastBreak = this.#end === 0 ? -1 : this.#work.lastIndexOf(LF, this.#end - 1);
    // A last record without a line break may be cut: it is read by itself.
    const plainLimit = last && !ended ? this.#work.lastIndexOf(LF, Math.max(0, this.#end - 2)) + 1 : lastBreak + 1;
    let pos = 0;
    while (pos <= lastBreak && !this.full) {
      if (this.#singly === 0) {
        pos = this.#plain(pos, plainLimit);
        if (this.#singly === 0 || pos > lastBreak) continue;
      }
      this.#singly -= 1;
      const cutHere = last && !ended && this.#work.indexOf(LF, pos) === this.#end - 1;
      const next = this.#record(pos, lastBreak, cutHere);
      if (next === UNFINISHED) {
        // A quoted field runs past what we have: wait for more, unless there is none or it is far too long.
        if (!last && this.#end - pos < LONGEST_RECORD) break;
        pos = this.#giveUpOn(pos, last && !ended);
        continue;
      }
      pos = next;
    }
    this.#keepRest(this.full ? this.#end : pos);
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#end + chunk.length + 64;
    if (needed > this.#work.length) {
      const work = new Uint8Array(needed);
      work.set(this.#work.subarray(0, this.#end));
      this.#work = work;
    }
    this.#work.set(chunk, this.#end);
    this.#end += chunk.length;
    this.#work.fill(0, this.#end, this.#end + 64);
  }

  #keepRest(pos: number): void {
    this.#work.copyWithin(0, pos, this.#end);
    this.#end -= pos;
    if (this.#end > 16 * LONGEST_RECORD) {
      throw invalidData(
        `line ${this.#line} is longer than ${(16 * LONGEST_RECORD) >> 20} MiB`,
        'check that this is a table with one record per line',
        { file: this.#layout.file, line: this.#line },
      );
    }
  }

  /** Reads a block of plain records from `pos`; says in `#singly` how many records to read one by one after it. */
  #plain(pos: number, limit: number): number {
    const rows = this.#block.read(this.#work, pos, limit, this.#layout.limit - this.rows);
    const next = this.#block.end;
    if (rows > 0) {
      while (this.rows + rows > this.#capacity) this.#grow();
      this.#block.flush(this.rows, rows);
      this.rows += rows;
      this.rowsRead += rows;
      this.#line += rows;
      this.#width = this.#builders.length;
      this.#widthBefore = this.#width;
    }
    this.#pause = rows < SHORT_BLOCK ? Math.min(MOST_SINGLY, this.#pause * 2) : 1;
    if (rows < BLOCK_ROWS) this.#singly = this.#pause;
    return next;
  }

  /** Reads records from `pos`; returns the position after one record, or UNFINISHED. */
  #record(pos: number, lastBreak: number, mayBeCut: boolean): number {
    const bytes = this.#work;
    const first = bytes[pos];
    if (first === LF || (first === CR && bytes[pos + 1] === LF)) {
      this.blankLines += 1;
      this.#line += 1;
      return pos + (first === LF ? 1 : 2);
    }
    if (this.rows >= this.#layout.limit) {
      this.full = true;
      return pos;
    }
    if (this.rows === this.#capacity) this.#grow();
    const line = this.#line;
    const problemsBefore = mayBeCut ? this.#layout.problems.total : 0;
    const outcome = this.#fields(pos, lastBreak);
    if (outcome === UNFINISHED) return UNFINISHED;
    const fields = outcome < 0 ? 0 : outcome;
    const after = this.#afterRecord;
    const narrower = this.#widthBefore > 0 && this.#width < this.#widthBefore;
    this.#widthBefore = this.#width;
    if (mayBeCut && (narrower || outcome === LEFT_OUT || fields < this.#builders.length)) {
      this.#undo();
      this.#layout.problems.forgetSince(problemsBefore);
      this.cutLine = line;
      return after;
    }
    if (outcome >= 0 && fields !== this.#builders.length) {
      this.#undo();
      this.rowsRead += 1;
      const expected = this.#builders.length;
      this.#layout.problems.add(
        line,
        undefined,
        fields < expected ? 'too few fields' : 'too many fields',
        `${fields} fields, the header has ${expected}`,
      );
      return after;
    }
    this.rowsRead += 1;
    if (outcome === LEFT_OUT) this.#undo();
    else this.rows += 1;
    return after;
  }

  /**
   * Reads the fields of one record into row `rows`; sets `#afterRecord`. Returns the number of fields (trailing empty
   * ones beyond the header not counted), LEFT_OUT when a required field is unreadable, or UNFINISHED.
   */
  #fields(start: number, lastBreak: number): number {
    const bytes = this.#work;
    const stop = this.#stop;
    const separator = this.#layout.separator;
    const builders = this.#builders;
    const count = builders.length;
    const row = this.rows;
    let pos = start;
    let leftOut = false;
    for (let f = 0; f < count; f += 1) {
      const builder = builders[f];
      const byte = bytes[pos] as number;
      let next: number;
      if (stop[byte] !== 0) {
        if (builder !== undefined) {
          builder.setMissing(row);
          if (builder.plan.required === true) leftOut = this.#missing(builder, leftOut);
        }
        next = pos;
      } else if (byte === QUOTE) {
        next = -1;
      } else if (builder === undefined) {
        next = skipField(bytes, pos, stop);
      } else if (builder.kind === INTEGER) {
        next = integerField(bytes, pos, stop, builder.ints, row);
      } else if (builder.kind === NUMBER) {
        next = numberField(bytes, pos, stop, builder.floats, row);
      } else if (builder.kind === CATEGORY && byte !== 32) {
        next = builder.dictionary.field(bytes, pos, stop);
        builder.codes[row] = builder.dictionary.code;
        // Blanks at the end are cut, as they are everywhere else.
        if (bytes[next - 1] === 32) next = -1;
      } else {
        next = builder.kind === ISO_TIME ? isoField(bytes, pos, stop, builder.floats, row) : -1;
      }
      if (next < 0) {
        next = this.#careful(builder, pos, lastBreak, row);
        if (next < 0) return UNFINISHED;
        if (this.#problem !== undefined || (builder?.plan.required === true && builder.isMissing(row)))
          leftOut = this.#unreadable(builder as ColumnBuilder, leftOut);
      }
      pos = next;
      if (bytes[pos] !== separator) {
        this.#endRecord(pos);
        this.#width = f + 1;
        return leftOut && f === count - 1 ? LEFT_OUT : f + 1;
      }
      pos += 1;
    }
    return this.#extraFields(pos, count, leftOut);
  }

  /** Fields beyond the header: fine when empty (old TLC files), else the record is bad. */
  #extraFields(from: number, count: number, leftOut: boolean): number {
    const bytes = this.#work;
    let pos = from;
    let fields = count;
    let empty = true;
    for (;;) {
      fields += 1;
      const start = pos;
      pos = skipField(bytes, pos, this.#stop);
      if (pos > start && !(pos === start + 2 && bytes[start] === QUOTE)) empty = false;
      if (bytes[pos] !== this.#layout.separator) break;
      pos += 1;
    }
    this.#endRecord(pos);
    this.#width = fields;
    if (!empty) return fields;
    this.widerRows += 1;
    return leftOut ? LEFT_OUT : count;
  }

  #endRecord(pos: number): void {
    this.#afterRecord = pos + (this.#work[pos] === CR && this.#work[pos + 1] === LF ? 2 : 1);
    this.#line += 1;
  }

  /** Quoted fields, and fields the fast parsers declined. Returns the terminator's position or UNFINISHED. */
  #careful(builder: ColumnBuilder | undefined, pos: number, lastBreak: number, row: number): number {
    const bytes = this.#work;
    this.#problem = undefined;
    let source: Uint8Array = bytes;
    let from = pos;
    let to: number;
    let next: number;
    if (bytes[pos] === QUOTE) {
      const unquoted = this.#unquote(pos, lastBreak);
      if (unquoted === undefined) return UNFINISHED;
      ({ source, from, to } = unquoted);
      next = this.#quotedEnd;
    } else {
      next = skipField(bytes, pos, this.#stop);
      to = next;
    }
    if (builder === undefined) return next;
    const reason = builder.putBytes(source, from, to, row);
    if (reason !== undefined) {
      const value = new TextDecoder().decode(source.subarray(from, Math.min(to, from + 80)));
      this.#problem = { column: builder.plan.column, reason, value };
    }
    return next;
  }

  /** Content of the quoted field at `pos`; undefined when its end is not in the buffer yet. */
  #unquote(pos: number, lastBreak: number): { source: Uint8Array; from: number; to: number } | undefined {
    const bytes = this.#work;
    let p = pos + 1;
    let doubled = false;
    let breaks = 0;
    for (;;) {
      if (p > lastBreak || p - pos > LONGEST_RECORD) return undefined;
      const byte = bytes[p] as number;
      if (byte === LF) breaks += 1;
      if (byte === QUOTE) {
        if (bytes[p + 1] !== QUOTE) break;
        doubled = true;
        p += 1;
      }
      p += 1;
    }
    // Anything between the closing quote and the separator is kept with the field, as PapaParse and Excel do.
    const next = skipField(bytes, p + 1, this.#stop);
    this.#line += breaks;
    this.#quotedEnd = next;
    if (!doubled) return { source: bytes, from: pos + 1, to: p };
    const source = new Uint8Array(p - pos);
    let to = 0;
    for (let i = pos + 1; i < p; i += 1) {
      source[to] = bytes[i] as number;
      to += 1;
      if (bytes[i] === QUOTE) i += 1;
    }
    return { source, from: 0, to };
  }

  #missing(builder: ColumnBuilder, leftOut: boolean): boolean {
    if (!leftOut) this.#layout.problems.add(this.#line, builder.plan.column, 'no value in a column every row needs');
    return true;
  }

  /** Notes the problem of the last careful field; true when the row must be left out. */
  #unreadable(builder: ColumnBuilder, leftOut: boolean): boolean {
    const problem = this.#problem;
    this.#problem = undefined;
    if (problem === undefined) return this.#missing(builder, leftOut);
    this.#layout.problems.add(this.#line, problem.column, problem.reason, problem.value);
    return leftOut || builder.plan.required === true;
  }

  /** A record whose quote never closes: noted, and reading goes on at the next line. */
  #giveUpOn(pos: number, mayBeCut: boolean): number {
    const lineBreak = this.#work.indexOf(LF, pos);
    const after = lineBreak < 0 || lineBreak >= this.#end ? this.#end : lineBreak + 1;
    this.#undo();
    if (mayBeCut && after >= this.#end) {
      this.cutLine = this.#line;
    } else {
      this.rowsRead += 1;
      this.#layout.problems.add(this.#line, undefined, 'a quote is never closed');
    }
    this.#line += 1;
    return after;
  }

  #undo(): void {
    for (const builder of this.#all) builder.clearMark(this.rows);
  }

  #grow(): void {
    this.#capacity = Math.max(1024, Math.ceil(this.#capacity * 1.5));
    for (const builder of this.#all) builder.grow(this.#capacity);
  }
}
