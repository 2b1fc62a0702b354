import type { Place, PlaceTable } from '../../src/engine/kit/dataset.ts';
import type { CategoryColumn, Column } from '../../src/engine/table/table.ts';
import { codesFor, isValid } from '../../src/engine/table/table.ts';
import { found, numbersOf, put } from './columns-ops.ts';
import type { Draft, FinishTools } from './plan.ts';

/** One place column with the columns that say where its places are. */
export interface PlaceColumn {
  readonly place: string;
  readonly lon?: string;
  readonly lat?: string;
  readonly label?: string;
}

interface Seen {
  readonly lon?: number;
  readonly lat?: number;
  readonly label?: string;
}

/**
 * Gives the file's place columns one common list of levels, and its places: position and name from the app's own table
 * `known` where the id is in it, else from the first row of the file that tells.
 */
export async function withPlaces(
  draft: Draft,
  columns: readonly PlaceColumn[],
  known: { readonly table: string; readonly city: string },
  tools: FinishTools,
): Promise<Draft> {
  const present = columns.filter((each) => found(draft, each.place)?.kind === 'category');
  if (present.length === 0) return draft;
  const levels: string[] = [];
  const codeOf = new Map<string, number>();
  for (const { place } of present) {
    for (const level of (found(draft, place) as CategoryColumn).levels) {
      if (codeOf.has(level)) continue;
      codeOf.set(level, levels.length);
      levels.push(level);
    }
  }
  const recoded = present.map(({ place }) => recode(found(draft, place) as CategoryColumn, levels, codeOf));
  const seen: (Seen | undefined)[] = levels.map(() => undefined);
  present.forEach((each, i) => lookAt(draft, each, recoded[i] as CategoryColumn, seen));
  const table = await tools.placesOf?.(known.table);
  const places = placesOf(levels, seen, table, known);
  return { ...put(draft, recoded), places };
}

function recode(
  column: CategoryColumn,
  levels: readonly string[],
  codeOf: ReadonlyMap<string, number>,
): CategoryColumn {
  const to = Uint32Array.from(column.levels, (level) => codeOf.get(level) as number);
  const codes = codesFor(column.codes.length, levels.length);
  for (let i = 0; i < codes.length; i += 1) codes[i] = to[column.codes[i] as number] ?? 0;
  return { ...column, codes, levels };
}

/** Notes position and name of every place at its first row that has them. */
function lookAt(draft: Draft, spec: PlaceColumn, column: CategoryColumn, seen: (Seen | undefined)[]): void {
  const lon = spec.lon === undefined ? undefined : found(draft, spec.lon);
  const lat = spec.lat === undefined ? undefined : found(draft, spec.lat);
  const label = spec.label === undefined ? undefined : found(draft, spec.label);
  const x = numbersOf(lon);
  const y = numbersOf(lat);
  let waiting = seen.filter((each) => each === undefined).length;
  for (let i = 0; i < draft.rows && waiting > 0; i += 1) {
    const code = column.codes[i] as number;
    if (seen[code] !== undefined || !isValid(column, i)) continue;
    const located =
      x !== undefined &&
      y !== undefined &&
      isValid(lon as Column, i) &&
      Number.isFinite(x[i]) &&
      isValid(lat as Column, i);
    if (x !== undefined && !located) continue;
    const name = label?.kind === 'category' && isValid(label, i) ? label.levels[label.codes[i] as number] : undefined;
    seen[code] = {
      ...(located ? { lon: x[i] as number, lat: (y as ArrayLike<number>)[i] as number } : {}),
      ...(name === undefined ? {} : { label: name }),
    };
    waiting -= 1;
  }
}

function placesOf(
  levels: readonly string[],
  seen: readonly (Seen | undefined)[],
  table: PlaceTable | undefined,
  known: { readonly table: string; readonly city: string },
): PlaceTable {
  const byId = new Map(table?.places.map((place) => [place.id, place]));
  const coarser = table?.coarser ?? ['city'];
  const city = table?.places[0]?.parents.at(-1) ?? known.city;
  const places = levels.map((id, code): Place => {
    const own = byId.get(id);
    if (own !== undefined) return own;
    const here = seen[code];
    return {
      id,
      label: here?.label ?? id,
      ...(here?.lon === undefined ? {} : { lon: here.lon }),
      ...(here?.lat === undefined ? {} : { lat: here.lat }),
      // Finer levels than the city are not known for places of the file alone.
      parents: coarser.map((_, i) => (i === coarser.length - 1 ? city : 'not in our list')),
    };
  });
  return { id: known.table, places, coarser, ...(table?.geometry === undefined ? {} : { geometry: table.geometry }) };
}
