import type { CityId } from '../engine/kit/dataset.ts';
import type { DatasetRef } from '../engine/kit/job.ts';
import { scenario, setDataset } from '../store/scenario-store.ts';
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
  if (first !== undefined) openEmbedded(first.id, first.rows.default);
}

export const openEmbedded = (id: string, rows: number): void =>
  openDataset({ kind: 'embedded', id, rows, seed: scenario().seed });

export function openDataset(dataset: DatasetRef): void {
  clearSelection();
  setDataset(dataset);
}
