import { invalidParam, unsupported } from '../../kit/errors.ts';
import { NO_ROW, type Release, type TableRelease } from '../../kit/release.ts';
import type { Rng } from '../../rng/rng.ts';
import { type Column, isValid } from '../../table/table.ts';
import { labelsOf } from '../axes.ts';
import { boundContributions, hiddenIn } from '../contribution.ts';
import type { Protects } from '../unit.ts';
import type { CodedTable } from './coded-table.ts';
import { type Clock, syntheticColumns, type SyntheticColumn } from './domain.ts';

/** What a synthesizer is shown of a table, and what was kept from it. */
export interface Source {
  readonly input: TableRelease;
  readonly columns: readonly SyntheticColumn[];
  readonly data: CodedTable;
  /** Rows of the input that `data` is made of. */
  readonly used: Uint32Array;
  /** Source rows put aside by lot, for attacks and models to be tested on. */
  readonly heldOut: Uint32Array;
  /** Source rows beyond what one person may contribute. */
  readonly dropped: Uint32Array;
  /** Rows one hidden unit may add or remove, at most. */
  readonly sensitivity: number;
  readonly protects: Protects;
  readonly unit: string;
}

export interface SourceParams {
  readonly columns: readonly string[];
  readonly clock: Clock;
  readonly bands: number;
  readonly protects: Protects;
  readonly contributionBound: number;
  readonly heldOut: number;
}

/**
 * Rows are put aside by lots that do not look at them: one a row, or one a person where persons are hidden. Then persons
 * are bounded.
 * @throws unsupported for a release that is not a table, or to hide a person or a day in a table without ids or times
 */
export async function sourceOf(
  release: Release,
  params: SourceParams,
  rng: Rng,
  pause: () => Promise<void>,
): Promise<Source> {
  if (release.kind !== 'table') {
    throw unsupported('records are drawn from a table', 'put this step where rows are still rows');
  }
  if (!(params.heldOut >= 0 && params.heldOut < 1)) throw invalidParam('heldOut', 'a share below 1', params.heldOut);
  const columns = await syntheticColumns(release, params.columns, params, pause);
  const { unit, ids } = hiddenIn(release, params.protects);
  // Lots are a person's, also where only its days are hidden: attacks ask who was a member.
  const persons = params.protects === 'row' ? undefined : hiddenIn(release, 'entity').ids;
  const aside = setAside(release.table.rows, persons, params.heldOut, rng.fork('held out'));
  await pause();
  const bounded = ids === undefined ? undefined : boundContributions(ids, params.contributionBound, rng.fork('bound'));
  const used: number[] = [];
  const heldOut: number[] = [];
  const dropped: number[] = [];
  for (let i = 0; i < release.table.rows; i += 1) {
    const isKept = bounded === undefined || bounded.keep[i] === 1;
    if (aside[i] !== 1 && isKept) used.push(i);
    else if (release.rowOf[i] !== NO_ROW) (aside[i] === 1 ? heldOut : dropped).push(release.rowOf[i] as number);
  }
  await pause();
  return {
    input: release,
    columns,
    data: coded(columns, used),
    used: Uint32Array.from(used),
    heldOut: Uint32Array.from(heldOut),
    dropped: Uint32Array.from(dropped),
    sensitivity: ids === undefined ? 1 : params.contributionBound,
    protects: params.protects,
    unit,
  };
}

function setAside(rows: number, entity: Column | undefined, share: number, rng: Rng): Uint8Array {
  const out = new Uint8Array(rows);
  if (share === 0) return out;
  if (entity === undefined) return out.map(() => (rng.uniform() < share ? 1 : 0));
  const { codes, levels } = labelsOf(entity);
  const lots = Uint8Array.from(levels, () => (rng.uniform() < share ? 1 : 0));
  return out.map((_, i) => (isValid(entity, i) ? (lots[codes[i] as number] as number) : 0));
}

function coded(columns: readonly SyntheticColumn[], used: readonly number[]): CodedTable {
  return {
    rows: used.length,
    shape: columns.map(({ levels }) => levels.length),
    columns: columns.map(({ codes }) => Uint16Array.from(used, (row) => codes[row] as number)),
  };
}

/** The first columns of a source, as many as have no more combinations than `most`; at least one. */
export function firstThatFit(source: Source, most: number): Source {
  let cells = 1;
  let count = 0;
  for (const values of source.data.shape) {
    cells *= values;
    if (cells > most && count > 0) break;
    count += 1;
  }
  const { rows, shape, columns } = source.data;
  return {
    ...source,
    columns: source.columns.slice(0, count),
    data: { rows, shape: shape.slice(0, count), columns: columns.slice(0, count) },
  };
}
