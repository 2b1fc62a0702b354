import { expect, test } from 'vitest';
import { datasets } from '../../datasets/list.ts';
import type { DatasetDescriptor } from '../engine/kit/dataset.ts';
import { branchesFor, firstStep, firstStepFor } from './first-step.ts';

const dataset = (id: string): DatasetDescriptor => datasets.find((one) => one.id === id) as DatasetDescriptor;
const first = (epsilon: number) => [
  { id: 'main', steps: [{ ...firstStep, params: { ...firstStep.params, epsilon } }] },
];

test('sensors that measure a value are asked for it; trips are only counted', () => {
  expect(firstStepFor(dataset('nyc-taxi'))).toBe(firstStep);
  expect(firstStepFor(dataset('london-air')).params).toMatchObject({ allocation: 'values' });
});

test('a protection nobody has changed follows the dataset and keeps its budget, there and back', () => {
  const sensors = branchesFor(first(2.1), dataset('london-air'));
  expect(sensors[0]?.steps[0]?.params).toEqual({ epsilon: 2.1, allocation: 'values', hours: 'four hours' });
  expect(branchesFor(sensors, dataset('nyc-taxi'))).toEqual(first(2.1));
});

test('a protection somebody has changed stays', () => {
  const changed = [{ id: 'main', steps: [{ ...firstStep, params: { ...firstStep.params, protects: 'entity' } }] }];
  expect(branchesFor(changed, dataset('london-air'))).toBe(changed);
  const two = [...first(1), { id: 'raw', steps: [] }];
  expect(branchesFor(two, dataset('london-air'))).toBe(two);
});
