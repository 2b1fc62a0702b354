import type { ColumnDescriptor, LoadedDataset, PlaceTable } from '../kit/dataset.ts';
import { cos, sin } from '../kit/portable-math.ts';
import { type Column, isValid, type Table } from '../table/table.ts';

/** Which features a table gives, and a routine that writes those of the chosen rows. */
export interface FeaturePlan {
  readonly names: readonly string[];
  /** Row-major `rows.length` x `names.length`. Missing values are 0, the middle of every scale. */
  fill(rows: Uint32Array): Float64Array;
}

interface Encoder {
  readonly names: readonly string[];
  write(out: Float64Array, width: number, at: number, rows: Uint32Array): void;
}

/** Categories with more levels than this get no one-hot columns. */
const oneHotLimit = 12;
const dayMs = 86_400_000;
const turn = 6.283185307179586;

/**
 * Features of every column but the target, identifiers, the entity and other sensitive columns: numbers scaled to
 * [-1, 1] by their *declared* bounds (never by the data, which would leak), times as sine and cosine of the hour plus a
 * weekend mark, small categories one-hot, places by the coarser areas and the coordinates of the public place table.
 */
export function featurePlan(dataset: LoadedDataset, table: Table, target: string): FeaturePlan {
  const { descriptor, places } = dataset;
  const encoders: Encoder[] = [];
  for (const column of table.columns) {
    const about = descriptor.columns.find((one) => one.name === column.name);
    if (column.name === target || column.name === descriptor.parts.entity) continue;
    if (about?.role === 'identifier' || about?.role === 'sensitive') continue;
    const encoder = encoderOf(column, about, places);
    if (encoder !== undefined) encoders.push(encoder);
  }
  const names = encoders.flatMap((encoder) => encoder.names);
  return {
    names,
    fill: (rows) => {
      const out = new Float64Array(rows.length * names.length);
      let at = 0;
      for (const encoder of encoders) {
        encoder.write(out, names.length, at, rows);
        at += encoder.names.length;
      }
      return out;
    },
  };
}

function encoderOf(column: Column, about: ColumnDescriptor | undefined, places?: PlaceTable): Encoder | undefined {
  switch (column.kind) {
    case 'time':
      return timeEncoder(column.name, column.values, column);
    case 'number':
    case 'integer':
      return about?.bounds === undefined ? undefined : scaledEncoder(column, column.values, about.bounds);
    case 'category':
      if (column.levels.length <= oneHotLimit) return oneHotEncoder(column, column.codes, column.levels);
      return places === undefined || about?.ladder?.kind !== 'place'
        ? undefined
        : placeEncoder(column, column.codes, column.levels, places);
  }
}

function scaledEncoder(column: Column, values: ArrayLike<number>, bounds: readonly [number, number]): Encoder {
  const middle = (bounds[0] + bounds[1]) / 2;
  const half = Math.max((bounds[1] - bounds[0]) / 2, 1e-12);
  return {
    names: [column.name],
    write: (out, width, at, rows) => {
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i] as number;
        const scaled = ((values[row] as number) - middle) / half;
        out[i * width + at] = isValid(column, row) && Number.isFinite(scaled) ? Math.max(-1, Math.min(1, scaled)) : 0;
      }
    },
  };
}

function timeEncoder(name: string, values: Float64Array, column: Column): Encoder {
  return {
    names: [`${name}: sin(hour)`, `${name}: cos(hour)`, `${name}: weekend`],
    write: (out, width, at, rows) => {
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i] as number;
        const ms = values[row] as number;
        if (!isValid(column, row) || !Number.isFinite(ms)) continue;
        const day = Math.floor(ms / dayMs);
        const angle = (turn * (ms - day * dayMs)) / dayMs;
        const weekday = (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday; 0 = Sunday
        out[i * width + at] = sin(angle);
        out[i * width + at + 1] = cos(angle);
        out[i * width + at + 2] = weekday === 0 || weekday === 6 ? 1 : 0;
      }
    },
  };
}

function oneHotEncoder(column: Column, codes: ArrayLike<number>, levels: readonly string[]): Encoder {
  return {
    names: levels.map((level) => `${column.name} = ${level}`),
    write: (out, width, at, rows) => {
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i] as number;
        if (isValid(column, row)) out[i * width + at + (codes[row] as number)] = 1;
      }
    },
  };
}

/** A place by its area one level up (one-hot, where few) and by its coordinates scaled to the extent of the city. */
function placeEncoder(
  column: Column,
  codes: ArrayLike<number>,
  levels: readonly string[],
  places: PlaceTable,
): Encoder {
  const byId = new Map(places.places.map((place) => [place.id, place]));
  const areas = [...new Set(places.places.map((place) => place.parents[0] ?? ''))].sort();
  const shownAreas = areas.length <= oneHotLimit ? areas : [];
  const lon = scaleOf(places.places.map((place) => place.lon));
  const lat = scaleOf(places.places.map((place) => place.lat));
  const names = [
    ...shownAreas.map((area) => `${column.name} in ${area}`),
    `${column.name}: longitude`,
    `${column.name}: latitude`,
  ];
  const width = names.length;
  const rowOfLevel = new Float64Array(levels.length * width);
  levels.forEach((level, code) => {
    const place = byId.get(level);
    if (place === undefined) return;
    const area = shownAreas.indexOf(place.parents[0] ?? '');
    if (area >= 0) rowOfLevel[code * width + area] = 1;
    rowOfLevel[code * width + width - 2] = lon(place.lon);
    rowOfLevel[code * width + width - 1] = lat(place.lat);
  });
  return {
    names,
    write: (out, total, at, rows) => {
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i] as number;
        if (!isValid(column, row)) continue;
        const from = (codes[row] as number) * width;
        for (let j = 0; j < width; j += 1) out[i * total + at + j] = rowOfLevel[from + j] as number;
      }
    },
  };
}

function scaleOf(values: readonly (number | undefined)[]): (value: number | undefined) => number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === undefined) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) return () => 0;
  return (value) => (value === undefined ? 0 : (2 * (value - low)) / (high - low) - 1);
}
