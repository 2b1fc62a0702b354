import type { CityId, DatasetDescriptor } from '../engine/kit/dataset.ts';
import type { DatasetRef } from '../engine/kit/job.ts';
import { text } from '../engine/kit/text.ts';
import { canonicalJson } from '../engine/kit/canonical.ts';
import { branchesFor } from '../scenario/first-step.ts';
import { datasetKey } from '../scenario/key.ts';
import { change, onDataset, scenario, setDataset } from '../store/scenario-store.ts';
import { clearSelection } from '../store/view-store.ts';
import { lastFile } from './files.ts';

/** City of a dataset: ids of embedded datasets begin with it. */
export function cityOf(dataset: DatasetRef): CityId {
  if (dataset.kind === 'file') return 'file';
  const first = dataset.id.split('-')[0];
  return first === 'nyc' || first === 'santander' || first === 'london' ? first : 'departments';
}

/** Switches to a city's first dataset at its default size; a city already open, or no file yet, changes nothing. */
export async function openCity(city: CityId): Promise<void> {
  if (cityOf(scenario().dataset) === city) return;
  if (city === 'file') {
    const file = lastFile();
    if (file !== undefined) openDataset({ kind: 'file', sha256: file.sha256, name: file.name });
    return;
  }
  const { datasets } = await import('../../datasets/list.ts');
  const first = datasets.find((descriptor) => descriptor.city === city);
  if (first !== undefined) openEmbedded(first);
}

/** An embedded dataset at its default size; a protection nobody has changed yet follows the dataset. */
export function openEmbedded(descriptor: DatasetDescriptor): void {
  const spec = scenario();
  const dataset: DatasetRef = {
    kind: 'embedded',
    id: descriptor.id,
    rows: descriptor.rows.default,
    seed: spec.seed,
  };
  clearSelection();
  change(text('dataset', 'conjunto de datos'), {
    ...onDataset(spec, dataset),
    branches: branchesFor(spec.branches, descriptor),
  });
}

export function openDataset(dataset: DatasetRef): void {
  clearSelection();
  justOpened = dataset.kind === 'file' ? datasetKey(dataset) : undefined;
  setDataset(dataset);
}

/** Key of a file opened by hand, until it is known what it holds. A link's protection is never touched. */
let justOpened: string | undefined;

/** Once a file just opened is read: a protection nobody has changed yet follows what it holds. */
export function followFile(dataset: DatasetRef, descriptor: DatasetDescriptor): void {
  const spec = scenario();
  const key = datasetKey(dataset);
  if (justOpened !== key || datasetKey(spec.dataset) !== key) return;
  justOpened = undefined;
  const branches = branchesFor(spec.branches, descriptor);
  if (canonicalJson(branches) === canonicalJson(spec.branches)) return;
  change(text('dataset', 'conjunto de datos'), { ...spec, branches });
}
