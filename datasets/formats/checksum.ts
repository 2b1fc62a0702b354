import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Table } from '../../src/engine/table/table.ts';

/**
 * 128-bit digest of a table's columns as 32 hex digits: names, kinds, values, validity and levels. Four FNV-like lanes
 * over 32-bit words with a murmur finalizer; for telling results apart, not for security. About 1 ns per word.
 */
export function tableChecksum(table: Table): string {
  const state = new Int32Array([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]);
  mixText(state, String(table.rows));
  for (const column of table.columns) {
    mixText(state, `${column.kind}/${column.name}`);
    if (column.kind === 'category') {
      mixArray(state, column.codes);
      mixText(state, column.levels.join('\u0000'));
    } else {
      mixArray(state, column.values);
    }
    if (column.valid !== undefined) mixArray(state, column.valid);
  }
  return [...state].map((lane, i) => hex(finalized(lane ^ (state[(i + 1) & 3] as number)))).join('');
}

const mixText = (state: Int32Array, value: string): void => mixArray(state, utf8ToBytes(value));

function mixArray(state: Int32Array, array: ArrayBufferView & { readonly length: number }): void {
  const bytes = array.byteLength;
  const words = bytes >> 2;
  const aligned = (array.byteOffset & 3) === 0;
  const copy = aligned ? undefined : new Uint8Array(array.buffer, array.byteOffset, bytes).slice();
  const view = copy ?? new Uint8Array(array.buffer, array.byteOffset, bytes);
  const data = new Int32Array(view.buffer, view.byteOffset, words);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let i = 0;
  for (; i + 3 < words; i += 4) {
    a = rotated(Math.imul(a ^ (data[i] as number), 0x9e3779b1));
    b = rotated(Math.imul(b ^ (data[i + 1] as number), 0x85ebca77));
    c = rotated(Math.imul(c ^ (data[i + 2] as number), 0xc2b2ae3d));
    d = rotated(Math.imul(d ^ (data[i + 3] as number), 0x27d4eb2f));
  }
  for (; i < words; i += 1) a = rotated(Math.imul(a ^ (data[i] as number), 0x9e3779b1));
  for (let k = words << 2; k < bytes; k += 1) b = rotated(Math.imul(b ^ (view[k] as number), 0x85ebca77));
  state[0] = a ^ rotated(d + bytes);
  state[1] = b ^ rotated(state[0]);
  state[2] = c ^ rotated(state[1] as number);
  state[3] = d ^ rotated(state[2] as number);
}

const rotated = (x: number): number => (x << 13) | (x >>> 19);

function finalized(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
