import { cos } from '../../src/engine/kit/portable-math.ts';
import { type AliasTable, aliasTable, QUANTILE_LEVELS } from '../sampling.ts';

/** Rows of nyc/facts/stations.json: id, name, latitude, longitude, share of starts, share of ends, taxi zone. */
export type StationRow = readonly [number, string, number, number, number, number, number | null];

/** Law of (start, end) pairs, `start * stations + end`, with the crow's distance of each in km (0 = round trip). */
export interface Pairs {
  readonly table: AliasTable;
  readonly km: Float32Array;
}

/** Rounds of fitting; three already give all shares within 1 %. */
const ROUNDS = 8;

/**
 * P(start, end) proportional to share of starts x share of ends x a factor of the distance band, fitted (iterative
 * proportional fitting, Deming and Stephan 1940) to the start and end shares and to the measured distance quantiles.
 */
export function buildPairs(stations: readonly StationRow[], crowKm: readonly number[], roundTrips: number): Pairs {
  const n = stations.length;
  const km = new Float32Array(n * n);
  const band = new Uint8Array(n * n);
  const bandShare = [...QUANTILE_LEVELS, 1].map(
    (level, i) => level - (i === 0 ? 0 : (QUANTILE_LEVELS[i - 1] as number)),
  );
  const weight = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      const a = stations[i] as StationRow;
      const b = stations[j] as StationRow;
      const distance = i === j ? 0 : crow(a, b);
      km[i * n + j] = distance;
      let at = 0;
      while (at < crowKm.length && distance > (crowKm[at] as number)) at += 1;
      band[i * n + j] = at;
      weight[i * n + j] = i === j ? 0 : a[4] * b[5];
    }
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    fitBands(weight, band, bandShare);
    fitEnds(weight, stations);
    fitStarts(weight, stations);
  }
  let total = 0;
  for (let i = 0; i < weight.length; i += 1) total += weight[i] as number;
  const scale = (1 - roundTrips) / total;
  for (let i = 0; i < weight.length; i += 1) weight[i] = (weight[i] as number) * scale;
  const starts = stations.reduce((sum, station) => sum + station[4], 0);
  for (let i = 0; i < n; i += 1) weight[i * n + i] = (roundTrips * (stations[i] as StationRow)[4]) / starts;
  return { table: aliasTable(weight), km };
}

const DEGREE_KM = 111.2;
const KM_PER_LON = DEGREE_KM * cos((40.73 * Math.PI) / 180);

function crow(a: StationRow, b: StationRow): number {
  const x = (a[3] - b[3]) * KM_PER_LON;
  const y = (a[2] - b[2]) * DEGREE_KM;
  return Math.max(0.05, Math.sqrt(x * x + y * y));
}

function fitBands(weight: Float64Array, band: Uint8Array, share: readonly number[]): void {
  const now = new Float64Array(share.length);
  for (let i = 0; i < weight.length; i += 1) {
    const b = band[i] as number;
    now[b] = (now[b] as number) + (weight[i] as number);
  }
  const factor = now.map((mass, b) => (mass > 0 ? (share[b] as number) / mass : 0));
  for (let i = 0; i < weight.length; i += 1) weight[i] = (weight[i] as number) * (factor[band[i] as number] as number);
}

function fitStarts(weight: Float64Array, stations: readonly StationRow[]): void {
  const n = stations.length;
  for (let i = 0; i < n; i += 1) {
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += weight[i * n + j] as number;
    const factor = sum > 0 ? (stations[i] as StationRow)[4] / sum : 0;
    for (let j = 0; j < n; j += 1) weight[i * n + j] = (weight[i * n + j] as number) * factor;
  }
}

function fitEnds(weight: Float64Array, stations: readonly StationRow[]): void {
  const n = stations.length;
  for (let j = 0; j < n; j += 1) {
    let sum = 0;
    for (let i = 0; i < n; i += 1) sum += weight[i * n + j] as number;
    const factor = sum > 0 ? (stations[j] as StationRow)[5] / sum : 0;
    for (let i = 0; i < n; i += 1) weight[i * n + j] = (weight[i * n + j] as number) * factor;
  }
}
