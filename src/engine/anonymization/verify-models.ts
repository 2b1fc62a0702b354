import type { PrivacyModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import { text } from '../kit/text.ts';
import { type ModelCheck, type SensitiveModel, unproved } from './verify-check.ts';
import { checkItems } from './verify-items.ts';
import { measures, satisfied, usesSource } from './verify-formulas.ts';
import { groupsByLabel, labelCodes, type LabelGroups } from './verify-groups.ts';
import { checkPopulation } from './verify-population.ts';
import { type SourceSide, sourceSide } from './verify-source.ts';

/**
 * Re-proves models on the released table alone, class by class. The formulas are written a second time from the
 * definitions (verify-formulas.ts), and classes are runs of equal labels (verify-groups.ts): nothing is shared with the
 * criteria and the groupings by which methods form their classes. Distances and gains compare with all rows of the
 * source, suppressed ones too.
 */
export function checkModels(release: TableRelease, models: readonly PrivacyModel[]): readonly ModelCheck[] {
  const groups = groupsByLabel(release);
  return models.map((model) => checkModel(release, model, groups));
}

function checkModel(release: TableRelease, model: PrivacyModel, groups: LabelGroups): ModelCheck {
  switch (model.type) {
    case 'k-map':
    case 'delta-presence':
      return checkPopulation(release, model);
    case 'k-m':
      return checkItems(release, model);
    case 'k-anonymity':
      return scan(model, groups, undefined, undefined);
    default:
      return checkSensitive(release, model, groups);
  }
}

function checkSensitive(release: TableRelease, model: SensitiveModel, groups: LabelGroups): ModelCheck {
  const column = release.table.columns.find((each) => each.name === model.column);
  if (column === undefined) {
    return unproved(
      model,
      text(
        `the sensitive column ${model.column} is not in the table`,
        `la columna sensible ${model.column} no está en la tabla`,
      ),
    );
  }
  if (!usesSource(model)) return scan(model, groups, labelCodes(column).codes, undefined);
  const side = sourceSide(release, model.column);
  if (side === undefined) {
    return unproved(
      model,
      text(
        `the released values of ${model.column} are not those of the source at any level, so they cannot be compared with it`,
        `los valores publicados de ${model.column} no son los del origen a ningún nivel y no se pueden comparar con él`,
      ),
    );
  }
  if (model.type === 't-closeness' && model.distance === 'ordered' && side.numbers === undefined) {
    return unproved(
      model,
      text(`the values of ${model.column} have no order`, `los valores de ${model.column} no tienen orden`),
    );
  }
  const { ofSource } = side;
  return scan(
    model,
    groups,
    release.rowOf.map((row) => ofSource[row] as number),
    side,
  );
}

/** Lets each class be measured, and keeps the worst. */
function scan(
  model: SensitiveModel | Extract<PrivacyModel, { type: 'k-anonymity' }>,
  groups: LabelGroups,
  secret: Uint32Array | undefined,
  side: SourceSide | undefined,
): ModelCheck {
  const measure = measures(model, side);
  let broken = 0;
  let worst: number | undefined;
  for (let c = 0; c < groups.count; c += 1) {
    const values = secret === undefined ? rowsOf(groups, c) : secretsOf(groups, c, secret);
    const value = measure.of(values);
    if (!satisfied(model, value, values.length)) broken += 1;
    if (worst === undefined || (measure.largest ? value > worst : value < worst)) worst = value;
  }
  return {
    model,
    holds: broken === 0,
    classes: groups.count,
    broken,
    ...(worst === undefined ? {} : { worst }),
  };
}

const rowsOf = ({ order, start }: LabelGroups, c: number): Uint32Array => order.subarray(start[c], start[c + 1]);

/** The sensitive values of one class, one entry a row, sorted: equal values are runs. */
const secretsOf = (groups: LabelGroups, c: number, secret: Uint32Array): Uint32Array =>
  rowsOf(groups, c)
    .map((row) => secret[row] as number)
    .sort();
