import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LoadedDataset } from '../../src/engine/kit/dataset.ts';
import { loadReference } from '../../src/engine/anonymization/reference-tables.ts';

/** The folder that holds the reference tables, if it is near: tests read them there when present. */
export const referenceRoot: string | undefined = (() => {
  const marker = 'shared/data/anonymization/adult/adult.csv';
  let folder = process.env['EPSILON_ROOT'] ?? import.meta.dirname;
  for (; folder !== dirname(folder); folder = dirname(folder)) if (existsSync(join(folder, marker))) return folder;
  return undefined;
})();

export const ADULT = [
  'sex',
  'age',
  'race',
  'marital-status',
  'education',
  'native-country',
  'workclass',
  'occupation',
  'salary-class',
];
export const FARS = ['iage', 'isex', 'irace', 'ihispanic', 'istatenum', 'iinjury', 'ideathmon', 'ideathday'];

/** Tables on which local recoding is compared, each with its quasi-identifiers and k. */
export const YARDSTICKS = {
  'adult 5': { name: 'adult', columns: ADULT.slice(0, 5), k: 5 },
  'adult 9': { name: 'adult', columns: ADULT, k: 5 },
  'adult 9, k = 25': { name: 'adult', columns: ADULT, k: 25 },
  'fars 8': { name: 'fars', columns: FARS, k: 5 },
} as const;

/** A reference table with the hierarchies of these columns. */
export function referenceTable(name: 'adult' | 'fars', columns: readonly string[]): LoadedDataset {
  const root = referenceRoot ?? '';
  return loadReference(
    { root, readText: (path) => readFileSync(join(root, path), 'utf8') },
    {
      folder: `shared/data/anonymization/${name}`,
      file: `${name}.csv`,
      hierarchies: Object.fromEntries(columns.map((column) => [column, { file: `${name}_hierarchy_${column}.csv` }])),
    },
  );
}
