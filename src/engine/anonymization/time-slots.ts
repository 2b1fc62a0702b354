import { timeSpanLabel } from '../table/ladders.ts';
import type { ReleasedCells } from './cells.ts';
import { type LocatedRows, setColumn } from './location-cells.ts';

export interface TimeSlots {
  /** Joined slot of each row with a time. */
  readonly slotOf: Uint32Array;
  readonly count: number;
  /** The time column at these slots for the given rows; `undefined` where the table has no time. */
  readonly released: (rows: Uint32Array) => ReleasedCells | undefined;
}

/**
 * Temporal cloaking (Gruteser, Grunwald, 2003, section 4.2): slots of time in order, each joined with the next ones until
 * it holds k located rows; what remains at the end joins the last.
 */
export function timeSlots(rows: LocatedRows, k: number): TimeSlots {
  const counts = new Uint32Array(rows.slots + 1);
  for (const row of rows.located) {
    const slot = rows.slotOf[row] as number;
    counts[slot] = (counts[slot] as number) + 1;
  }
  const joined = new Uint32Array(rows.slots + 1);
  let current = 0;
  let held = 0;
  for (let slot = 0; slot < rows.slots; slot += 1) {
    if (held >= k) {
      current += 1;
      held = 0;
    }
    joined[slot] = current;
    held += counts[slot] as number;
  }
  if (held < k && current > 0) {
    for (let slot = 0; slot < rows.slots; slot += 1) if (joined[slot] === current) joined[slot] = current - 1;
    current -= 1;
  }
  joined[rows.slots] = current;
  const slotOf = rows.slotOf.map((slot) => joined[slot] as number);
  return { slotOf, count: current + 1, released: (kept) => spans(rows, slotOf, current + 1, kept) };
}

function spans(rows: LocatedRows, slotOf: Uint32Array, count: number, kept: Uint32Array): ReleasedCells | undefined {
  const { time, slotOf: fine } = rows;
  if (time === undefined || time.base.kind !== 'minutes') return undefined;
  const minutes = time.base.values;
  const low = new Float64Array(count).fill(Infinity);
  const high = new Float64Array(count).fill(-Infinity);
  const sets: number[][] = Array.from({ length: count }, () => []);
  const slotOfMinute = new Int32Array(minutes.length).fill(-1);
  for (let row = 0; row < fine.length; row += 1) {
    const code = time.codes[row] as number;
    if (code !== time.missingCode) slotOfMinute[code] = slotOf[row] as number;
  }
  minutes.forEach((minute, code) => {
    const slot = slotOfMinute[code] as number;
    if (slot < 0) return;
    sets[slot]?.push(code);
    low[slot] = Math.min(low[slot] as number, minute);
    high[slot] = Math.max(high[slot] as number, minute);
  });
  const labels = Array.from(sets.keys()).map((slot) => timeSpanLabel(low[slot] as number, high[slot] as number));
  const ranges = sets.map((set) => Uint32Array.from(set));
  const labelOf = kept.map((row) => slotOf[row] as number);
  return setColumn(time, labelOf, labels, ranges);
}
