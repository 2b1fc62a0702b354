import type { LoadedDataset } from '../kit/dataset.ts';
import { infeasible } from '../kit/errors.ts';
import type { Examples } from '../kit/release.ts';
import type { Text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import type { Table } from '../table/table.ts';
import { clientsOf } from './clients.ts';
import { featurePlan } from './features.ts';
import { labelsOf, splitRows, targetOf, taskOf, usableRows } from './task.ts';

/** A federation ready to train. Training rows lie client after client: client c owns rows `offsets[c]`..`offsets[c+1]`. */
export interface Federation {
  readonly task: Text;
  readonly featureNames: readonly string[];
  readonly clients: readonly { readonly id: string; readonly label: string; readonly rows: number }[];
  readonly offsets: Uint32Array;
  readonly training: Examples;
  readonly heldOut: Examples;
}

export interface FederationOptions {
  /** Column to predict; empty = by the rule of `targetOf`. */
  readonly target: string;
  /** 0 = the median of the calibration rows. */
  readonly cut: number;
  readonly rows: number;
  readonly clients: number;
  readonly minRows: number;
}

/** Fewer labelled rows than this cannot be split into calibration, training and test. */
const fewestRows = 20;

/** @throws infeasible for too few rows, invalid-data when nothing can be predicted. */
export function prepareFederation(
  dataset: LoadedDataset,
  table: Table,
  options: FederationOptions,
  rng: Rng,
): Federation {
  const target = targetOf(dataset, table, options.target);
  const rows = usableRows(table, target, options.rows, rng.fork('sample'));
  if (rows.length < fewestRows) {
    throw infeasible(
      `only ${rows.length} rows have a value of "${target}"; training needs at least ${fewestRows}`,
      'use more rows, or predict another column',
      { column: target },
    );
  }
  const split = splitRows(rows, rng.fork('split'));
  const task = taskOf(dataset, table, target, split.calibration, options.cut);
  const labels = labelsOf(table, task);
  const plan = featurePlan(dataset, table, target);
  const clients = clientsOf(dataset, table, split.training, options.clients, options.minRows);
  const offsets = offsetsOf(clients.clientOf, clients.ids.length);
  const ordered = byClient(split.training, clients.clientOf, offsets);
  const examples = (chosen: Uint32Array): Examples => ({
    rows: chosen.length,
    width: plan.names.length,
    features: plan.fill(chosen),
    labels: Uint8Array.from(chosen, (row) => labels[row] as number),
  });
  return {
    task: task.words,
    featureNames: plan.names,
    clients: clients.ids.map((id, c) => ({
      id,
      label: clients.labels[c] as string,
      rows: (offsets[c + 1] as number) - (offsets[c] as number),
    })),
    offsets,
    training: examples(ordered),
    heldOut: examples(split.heldOut),
  };
}

/** The first `limit` rows; used where training order is already random. */
export function firstRows(rows: Examples, limit: number): Examples {
  if (rows.rows <= limit) return rows;
  return {
    rows: limit,
    width: rows.width,
    features: rows.features.slice(0, limit * rows.width),
    labels: rows.labels.slice(0, limit),
  };
}

/** `limit` of the rows, drawn without replacement. */
export function someRows(rows: Examples, limit: number, rng: Rng): Examples {
  if (rows.rows <= limit) return rows;
  const features = new Float64Array(limit * rows.width);
  const labels = new Uint8Array(limit);
  let taken = 0;
  for (let row = 0; row < rows.rows && taken < limit; row += 1) {
    if (rng.int(rows.rows - row) >= limit - taken) continue;
    features.set(rows.features.subarray(row * rows.width, (row + 1) * rows.width), taken * rows.width);
    labels[taken] = rows.labels[row] as number;
    taken += 1;
  }
  return { rows: limit, width: rows.width, features, labels };
}

function offsetsOf(clientOf: Uint32Array, clients: number): Uint32Array {
  const offsets = new Uint32Array(clients + 1);
  for (const client of clientOf) offsets[client + 1] = (offsets[client + 1] as number) + 1;
  for (let c = 0; c < clients; c += 1) offsets[c + 1] = (offsets[c + 1] as number) + (offsets[c] as number);
  return offsets;
}

function byClient(rows: Uint32Array, clientOf: Uint32Array, offsets: Uint32Array): Uint32Array {
  const next = offsets.slice();
  const out = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) {
    const client = clientOf[i] as number;
    out[next[client] as number] = rows[i] as number;
    next[client] = (next[client] as number) + 1;
  }
  return out;
}
