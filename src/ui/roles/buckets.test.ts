import { expect, it } from 'vitest';
import { text } from '../../engine/kit/text.ts';
import { bucketsOf, stepRole } from './buckets.ts';

const column = (name: string, role: 'other' | 'sensitive') =>
  ({ name, role, label: text(name, name), type: 'number', sensitivity: 'low' }) as const;

it('puts columns into the bucket of their role, the user’s choice first', () => {
  const buckets = bucketsOf([column('a', 'other'), column('b', 'sensitive')], { a: { role: 'identifier' } });
  expect(buckets.get('identifier')?.map(({ name }) => name)).toEqual(['a']);
  expect(buckets.get('sensitive')?.map(({ name }) => name)).toEqual(['b']);
  expect(buckets.get('other')).toEqual([]);
});

it('moves one bucket with an arrow key and stops at the ends', () => {
  expect(stepRole('identifier', 'ArrowRight')).toBe('quasi-identifier');
  expect(stepRole('identifier', 'ArrowLeft')).toBeUndefined();
  expect(stepRole('other', 'ArrowRight')).toBeUndefined();
  expect(stepRole('sensitive', 'a')).toBeUndefined();
});
