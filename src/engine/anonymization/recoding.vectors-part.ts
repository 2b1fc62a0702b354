import { quietContext } from '../kit/context.ts';
import type { LoadedDataset } from '../kit/dataset.ts';
import { columnOfModel, type PrivacyModel } from '../kit/privacy-model.ts';
import type { SchemaRow } from '../kit/vectors.ts';
import { seededRng } from '../rng/rng.ts';
import { encodeColumn } from '../table/encode.ts';
import { groupRows } from '../table/group.ts';
import { allMonotone, type Secret } from './class-rules.ts';
import { greedyRecoding } from './greedy-recoding.ts';
import { eachClass } from './models/class-values.ts';
import { makeCriterion } from './models/criteria.ts';
import { sensitiveDomain } from './models/sensitive-domain.ts';
import { coveringCells, granularity } from './recoding-classes.ts';
import { cellsAreSets } from './set-cells.ts';
import { sizesOf } from './table-input.ts';

interface CaseModel {
  readonly type: string;
  readonly [name: string]: unknown;
}
interface RecodingCase {
  readonly id: string;
  readonly dataset: string;
  readonly quasiIdentifiers: readonly string[];
  readonly models: readonly CaseModel[];
  readonly quality: { readonly granularity: number };
}
export interface RecodingDocument {
  readonly localRecoding?: { readonly cases: readonly RecodingCase[] };
}

/**
 * Local recoding beside ARX's. It is a yardstick, not an identity: another algorithm forms other classes, so their
 * numbers and the other quality figures cannot be reproduced. A row is right when granularity is at least ARX's and the
 * classes, grouped again by their released labels, satisfy every model.
 * @param modelOf reads a model of the document; undefined for one this build does not know
 */
export async function* localRecoding(
  document: RecodingDocument,
  datasetOf: (name: string) => LoadedDataset,
  modelOf: (model: CaseModel) => PrivacyModel | undefined,
): AsyncGenerator<SchemaRow> {
  for (const each of document.localRecoding?.cases ?? []) {
    const id = `localRecoding.cases[${each.id}].granularity`;
    const expected = each.quality.granularity;
    const models = each.models.map(modelOf).filter((model) => model !== undefined);
    if (models.length < each.models.length) {
      yield { id, expected, unsupported: true };
      continue;
    }
    const found = await recoded(datasetOf(each.dataset), each.quasiIdentifiers, models);
    yield { id, expected, actual: found, ok: found.granularity >= expected && found.violations === 0 };
  }
}

/** Greedy local recoding of a table, measured on what it would release. */
export async function recoded(
  dataset: LoadedDataset,
  names: readonly string[],
  models: readonly PrivacyModel[],
  passes = 2,
): Promise<{ readonly granularity: number; readonly classes: number; readonly violations: number }> {
  const encoded = names.map((name) => encodeColumn(dataset, name));
  const sizes = sizesOf(encoded);
  const asSet = encoded.map(cellsAreSets);
  const secrets = secretsOf(dataset, models);
  const k = models.reduce((most, model) => (model.type === 'k-anonymity' ? Math.max(most, model.k) : most), 1);
  const columns = encoded.map((column) => column.codes);
  const classes = await greedyRecoding(
    { columns, sizes, asSet, k, secrets, relaxed: allMonotone(secrets) },
    passes,
    quietContext(seededRng('local recoding')),
  );
  const formed = await coveringCells(encoded, dataset, classes, asSet);
  const grouping = groupRows(
    formed.cells.map(({ column }) => column.codes),
    formed.cells.map(({ column }) => column.levels.length),
  );
  let violations = grouping.sizes.reduce((count, size) => count + (size < k ? 1 : 0), 0);
  for (const secret of secrets) {
    eachClass(grouping, secret.codes, secret.size, (cls) => {
      if (secret.criteria.some((one) => !one.holds(one.measure(cls)))) violations += 1;
    });
  }
  return { granularity: granularity(formed.losses, sizes), classes: grouping.count, violations };
}

function secretsOf(dataset: LoadedDataset, models: readonly PrivacyModel[]): readonly Secret[] {
  const names = [...new Set(models.map(columnOfModel).filter((name) => name !== undefined))];
  return names.map((name) => {
    const { domain, codes } = sensitiveDomain(dataset, name);
    const own = models.filter((model) => columnOfModel(model) === name);
    return { codes, size: domain.size, criteria: own.map((model) => makeCriterion(model, domain)) };
  });
}
