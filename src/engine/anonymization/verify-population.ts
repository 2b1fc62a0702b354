import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { type ModelCheck, unproved } from './verify-check.ts';
import { groupsOf } from './verify-groups.ts';
import { type SourceSide, sourceSide } from './verify-source.ts';

/** Limits are met up to the rounding of one division. */
const SLACK = 2e-12;

/**
 * Re-proves k-map and delta-presence. The population is the whole source table: all its rows are generalized as the
 * released ones were and counted in their cells. A cell without a released row has the share 0, unless rows of it were
 * suppressed.
 */
export function checkPopulation(
  release: TableRelease,
  model: Extract<PrivacyModel, { type: 'k-map' | 'delta-presence' }>,
): ModelCheck {
  const sides: SourceSide[] = [];
  for (const name of release.quasiIdentifiers) {
    const side = sourceSide(release, name);
    if (side === undefined) {
      return unproved(
        model,
        text(
          `the cells of ${name} were not made at one level, so population rows have no place in them`,
          `las celdas de ${name} no se hicieron a un solo nivel y las filas de la población no tienen lugar en ellas`,
        ),
      );
    }
    sides.push(side);
  }
  const rows = release.dataset.table.rows;
  const cells = groupsOf(
    sides.map((side) => ({ codes: side.ofSource, count: side.count })),
    rows,
  );
  const released = new Uint8Array(rows);
  for (const row of release.rowOf) released[row] = 1;
  for (const row of release.suppressed) released[row] = 2;
  let broken = 0;
  let classes = 0;
  let worst: number | undefined;
  for (let c = 0; c < cells.count; c += 1) {
    const members = cells.order.subarray(cells.start[c], cells.start[c + 1]);
    let sample = 0;
    let left = 0;
    for (const row of members) {
      if (released[row] === 1) sample += 1;
      else if (released[row] === 2) left += 1;
    }
    if (sample === 0 && (left > 0 || model.type === 'k-map')) continue;
    classes += 1;
    const share = sample / members.length;
    const value = model.type === 'k-map' ? members.length : share;
    const fine =
      model.type === 'k-map' ? members.length >= model.k : share >= model.min - SLACK && share <= model.max + SLACK;
    if (!fine) broken += 1;
    if (worst === undefined || (model.type === 'k-map' ? value < worst : value > worst)) worst = value;
  }
  return { model, holds: broken === 0, classes, broken, ...(worst === undefined ? {} : { worst }) };
}
