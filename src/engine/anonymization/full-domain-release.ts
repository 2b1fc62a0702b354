import type { Pause } from '../kit/context.ts';
import type { ClassesPicture } from '../kit/picture.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';
import { takeRows } from '../table/table.ts';
import { levelColumn } from './cells.ts';
import { classRelease, type FormedClasses } from './class-release.ts';
import type { ChosenSecret } from './class-secrets.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import type { AppliedLevels } from './lattice/apply.ts';
import type { SearchResult } from './lattice/solution.ts';

/** The node to release: found by a search, or chosen by hand (`proof` undefined). */
export interface ChosenNode extends Pick<SearchResult, 'levels' | 'evaluated' | 'nodes'> {
  readonly proof: SearchResult['proof'] | undefined;
  /** Loss of each column. */
  readonly losses: readonly number[];
  readonly ties: number;
}

/** The released table of one node: classes that keep every promise at its levels, the other rows listed as suppressed. */
export async function nodeRelease(
  source: TableRelease,
  encoded: readonly EncodedColumn[],
  secrets: readonly ChosenSecret[],
  applied: AppliedLevels,
  chosen: ChosenNode,
  guarantee: Guarantee,
  k: number,
  pause: Pause,
): Promise<TableRelease> {
  const kept = keptPositions(applied);
  const cut = cutTo(source, applied, kept);
  await pause();
  const formed = formedClasses(applied, kept, encoded, chosen);
  await pause();
  const shown = secrets.map((secret) => ({
    ...secret,
    shown: { ...secret.shown, codes: kept.map((row) => secret.shown.codes[row] as number) },
  }));
  const release = await classRelease(cut, encoded, formed, shown, guarantee, k, pause);
  return {
    ...release,
    notes: [suppressionNote(applied, cut, source), proofNote(chosen), ...release.notes],
    pictures: release.pictures.map((each) => withLevels(each, encoded, chosen)),
  };
}

/** Positions in the table of rows whose class keeps every promise, ascending. */
function keptPositions({ rows, grouping, keep }: AppliedLevels): Uint32Array {
  return rows.filter((_, i) => keep[grouping.classOf[i] as number] === 1);
}

/** The source cut to the kept rows; the others of the release are listed as suppressed. */
function cutTo(source: TableRelease, { rows, grouping, keep }: AppliedLevels, kept: Uint32Array): TableRelease {
  const dropped = rows.filter((_, i) => keep[grouping.classOf[i] as number] === 0);
  const suppressed = new Uint32Array(source.suppressed.length + dropped.length);
  suppressed.set(source.suppressed);
  suppressed.set(
    dropped.map((row) => source.rowOf[row] as number),
    source.suppressed.length,
  );
  return {
    ...source,
    table: kept.length === source.table.rows ? source.table : takeRows(source.table, kept),
    rowOf: kept.map((row) => source.rowOf[row] as number),
    suppressed: suppressed.sort(),
    ...(rows.length === source.table.rows ? {} : { outside: outsideOf(source, rows) }),
  };
}

/** Source rows that are not in the sample, and those an earlier sample left out. */
function outsideOf(source: TableRelease, rows: Uint32Array): Uint32Array {
  const drawn = new Uint8Array(source.table.rows);
  for (const row of rows) drawn[row] = 1;
  const undrawn = source.rowOf.filter((_, position) => drawn[position] === 0);
  return Uint32Array.from([...(source.outside ?? []), ...undrawn]).sort();
}

function formedClasses(
  { rows, grouping, keep }: AppliedLevels,
  kept: Uint32Array,
  encoded: readonly EncodedColumn[],
  found: ChosenNode,
): FormedClasses {
  const dense = new Uint32Array(grouping.count);
  let count = 0;
  for (let c = 0; c < grouping.count; c += 1) {
    dense[c] = count;
    count += keep[c] as number;
  }
  const classOf = new Uint32Array(kept.length);
  let at = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const c = grouping.classOf[i] as number;
    if (keep[c] === 0) continue;
    classOf[at] = dense[c] as number;
    at += 1;
  }
  return {
    classOf,
    count,
    sizes: grouping.sizes.filter((_, c) => keep[c] === 1),
    cells: encoded.map((column, j) => levelColumn(column, found.levels[j] as number, kept)),
    losses: found.losses,
  };
}

/** Level names in place of averages: all cells of a column are at one level. */
function withLevels(
  picture: TableRelease['pictures'][number],
  encoded: readonly EncodedColumn[],
  found: ChosenNode,
): TableRelease['pictures'][number] {
  if (picture.view !== 'classes') return picture;
  const columnsLoss = encoded.map(({ hierarchy }, j): ClassesPicture['columnsLoss'][number] => {
    const words = `${hierarchy.column}: ${hierarchy.levels[found.levels[j] as number]?.name ?? ''}`;
    return { column: hierarchy.column, words: text(words, words), loss: found.losses[j] ?? 0 };
  });
  return { ...picture, columnsLoss };
}

function suppressionNote({ rows }: AppliedLevels, cut: TableRelease, source: TableRelease): Text {
  const left = cut.suppressed.length - source.suppressed.length;
  const share = rows.length === 0 ? '0.0' : ((100 * left) / rows.length).toFixed(1);
  return text(
    `${left} of ${rows.length} rows (${share} %) were left out: their group would have broken a promise.`,
    `${left} de ${rows.length} filas (${share} %) se han omitido: su grupo habría incumplido una promesa.`,
  );
}

function proofNote({ proof, nodes, evaluated, ties }: ChosenNode): Text {
  if (proof === undefined) return text('The levels were chosen by hand.', 'Los niveles se eligieron a mano.');
  if (proof === 'heuristic') {
    return text(
      `Best of ${evaluated} combinations tried out of ${nodes}: not proved to be the optimum.`,
      `La mejor de ${evaluated} combinaciones probadas de ${nodes}: no está probado que sea el óptimo.`,
    );
  }
  const alike = ties > 1 ? ` ${ties} combinations are equally good.` : '';
  const iguales = ties > 1 ? ` ${ties} combinaciones son igual de buenas.` : '';
  return text(
    `Proved optimum of ${nodes} combinations of levels.${alike}`,
    `Óptimo probado entre ${nodes} combinaciones de niveles.${iguales}`,
  );
}
