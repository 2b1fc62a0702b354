import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadReference } from '../../src/engine/anonymization/reference-tables.ts';
import type { LoadedDataset } from '../../src/engine/kit/dataset.ts';

const root = process.env['EPSILON_ROOT'] ?? resolve(import.meta.dirname, '../../..');
const folder = 'shared/data/anonymization/adult';

/** The Adult table and its hierarchies, where the reference data lie beside the project. */
export function adultTable(): LoadedDataset | undefined {
  if (!existsSync(join(root, folder, 'adult.csv'))) return undefined;
  const names = readdirSync(join(root, folder)).flatMap((file) => /^adult_hierarchy_(.+)\.csv$/.exec(file)?.[1] ?? []);
  return loadReference(
    { root, readText: (path) => readFileSync(join(root, path), 'utf8') },
    {
      folder,
      file: 'adult.csv',
      hierarchies: Object.fromEntries(names.map((name) => [name, { file: `adult_hierarchy_${name}.csv` }])),
    },
  );
}
