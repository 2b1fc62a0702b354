import type { LoadedDataset } from '../kit/dataset.ts';
import { log } from '../kit/portable-math.ts';
import type { SchemaReader, VectorAdapter, VectorEnv } from '../kit/vectors.ts';
import { groupRows } from '../table/group.ts';
import { takeRows } from '../table/table.ts';
import { type Achieved, achieved } from './models/achieved.ts';
import { sensitiveDomain } from './models/sensitive-domain.ts';
import { classesAt, loadReference, readReference } from './reference-tables.ts';

/** Reference values of the syntactic models (schema anonymization-pycanon-reference/1): its `definition` entries. */
interface PycanonCase {
  readonly id: string;
  readonly dataset: string;
  readonly levels: Readonly<Record<string, number>>;
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: string;
  readonly sensitiveNumeric: boolean;
  readonly dropClassesSmallerThan: number;
  readonly definition: Readonly<Record<string, unknown>>;
}

const pycanon: SchemaReader = function* (doc, env) {
  const loaded = new Map<string, LoadedDataset>();
  for (const each of (doc as { readonly cases: readonly PycanonCase[] }).cases) {
    const dataset = loaded.get(each.dataset) ?? tableNamed(env, each.dataset);
    loaded.set(each.dataset, dataset);
    const computed = definitions(dataset, each);
    for (const [name, expected] of Object.entries(each.definition)) {
      const id = `cases[${each.id}].definition.${name}`;
      yield name in computed ? { id, expected, actual: computed[name] } : { id, expected, unsupported: true };
    }
  }
};

/** Small classes go first; the models then see the rest as the whole table. */
function definitions(dataset: LoadedDataset, each: PycanonCase): Readonly<Record<string, unknown>> {
  const all = classesAt(dataset, each.quasiIdentifiers, each.levels);
  const kept = Uint32Array.from(all.classOf.keys()).filter(
    (row) => (all.sizes[all.classOf[row] as number] as number) >= each.dropClassesSmallerThan,
  );
  const grouping = groupRows([kept.map((row) => all.classOf[row] as number)], [all.count], kept.length);
  const rest = takeRows(dataset.table, kept);
  const { domain, codes } = sensitiveDomain({ ...dataset, hierarchies: {} }, each.sensitive, rest);
  const found = achieved(grouping, codes, domain);
  return { classes: grouping.count, ...named(found, each.sensitiveNumeric) };
}

const named = (found: Achieved, numeric: boolean): Readonly<Record<string, unknown>> => ({
  k: found.k,
  distinctL: found.distinctL,
  entropyLExact: found.entropyL,
  alpha: found.alpha,
  tEqual: found.tEqual,
  tOrdered: numeric ? found.tOrdered : null,
  basicBeta: found.basicBeta,
  deltaDisclosureLn: found.delta * log(2),
  deltaDisclosureLog2: found.delta,
  enhancedBetaSatisfiable: found.enhancedBeta < Infinity,
  enhancedBetaMin: found.enhancedBeta < Infinity ? found.enhancedBeta : null,
  recursiveCInfimumPerL: Object.fromEntries(found.recursive),
});

/** The table of that name in the folder of its family (taxi2019 in taxi), with the hierarchies that lie beside it. */
function tableNamed(env: VectorEnv, name: string): LoadedDataset {
  const folder = `shared/data/anonymization/${name.replace(/\d+$/, '')}`;
  const names = [...readReference(env, `${folder}/${name}.csv`).keys()];
  const hierarchies = names
    .map((column) => [column, { file: `${name}_hierarchy_${column}.csv` }] as const)
    .filter(([, { file }]) => exists(env, `${folder}/${file}`));
  return loadReference(env, { folder, file: `${name}.csv`, hierarchies: Object.fromEntries(hierarchies) });
}

function exists(env: VectorEnv, path: string): boolean {
  try {
    env.readText(path);
    return true;
  } catch {
    return false;
  }
}

export const vectors: VectorAdapter = { schemas: { 'anonymization-pycanon-reference/1': pycanon } };
