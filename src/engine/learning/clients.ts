import type { LoadedDataset } from '../kit/dataset.ts';
import { columnOf, type Table } from '../table/table.ts';
import { placeColumnOf } from './task.ts';

/** Clients of a federation: who owns which of the given rows. `clientOf[i]` belongs to the i-th of `rows`. */
export interface Clients {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly clientOf: Uint32Array;
}

/**
 * Groups rows by place: each place with at least `minRows` rows is a client, at most `limit` of them, largest first;
 * the rest joins one client per district (one in all, where districts are many). Without a place column the rows are dealt to ten sites in blocks.
 * Whether a place stands alone depends on its row count, which is taken as public.
 */
export function clientsOf(
  dataset: LoadedDataset,
  table: Table,
  rows: Uint32Array,
  limit: number,
  minRows: number,
): Clients {
  const place = placeColumnOf(dataset, table);
  const column = place === undefined ? undefined : columnOf(table, place);
  if (column === undefined || column.kind === 'time') return dealt(rows.length, Math.min(10, limit));
  const labelOf = (value: number): string =>
    column.kind === 'category' ? (column.levels[value] ?? '?') : String(value);
  const values = column.kind === 'category' ? column.codes : column.values;
  const counts = new Map<number, number>();
  for (const row of rows) {
    const value = values[row] as number;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const places = new Map((dataset.places?.places ?? []).map((one) => [one.id, one]));
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || (labelOf(a[0]) < labelOf(b[0]) ? -1 : 1));
  // Room is kept for the clients that gather the small places: one per district where those are few, else one in all.
  const districts = new Set(ordered.map(([value]) => places.get(labelOf(value))?.parents[0] ?? ''));
  const byDistrict = 3 * districts.size <= limit;
  const alone = ordered.length <= limit ? limit : Math.max(0, limit - (byDistrict ? districts.size : 1));
  const ids: string[] = [];
  const labels: string[] = [];
  const clientByValue = new Map<number, number>();
  const clientByArea = new Map<string, number>();
  const open = (id: string, label: string): number => {
    ids.push(id);
    labels.push(label);
    return ids.length - 1;
  };
  ordered.forEach(([value, count], position) => {
    const id = labelOf(value);
    const known = places.get(id);
    if (count >= minRows && position < alone) {
      clientByValue.set(value, open(id, known?.label ?? id));
      return;
    }
    const area = byDistrict ? (known?.parents[0] ?? '') : '';
    const client =
      clientByArea.get(area) ?? open(`rest/${area}`, area === '' ? 'other places' : `${area}, other places`);
    clientByArea.set(area, client);
    clientByValue.set(value, client);
  });
  return { ids, labels, clientOf: Uint32Array.from(rows, (row) => clientByValue.get(values[row] as number) ?? 0) };
}

function dealt(rows: number, sites: number): Clients {
  const count = Math.max(1, Math.min(sites, rows));
  const names = Array.from({ length: count }, (_, i) => `site ${i + 1}`);
  return { ids: names, labels: names, clientOf: Uint32Array.from({ length: rows }, (_, i) => i % count) };
}
