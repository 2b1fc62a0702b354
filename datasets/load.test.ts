import { expect, test } from 'vitest';
import { quietContext } from '../src/engine/kit/context.ts';
import { seededRng } from '../src/engine/rng/rng.ts';
import { fileAsset, generated, testContext } from '../tools/testing/datasets.ts';
import { loadEmbedded } from './load.ts';

const ref = (more: object) => ({ kind: 'embedded' as const, id: 'nyc-taxi', rows: 1000, seed: 1, ...more });

test('refuses unknown datasets, sizes out of range and wrong options', async () => {
  await expect(loadEmbedded(ref({ id: 'constructor' }), testContext)).rejects.toMatchObject({ code: 'invalid-param' });
  await expect(loadEmbedded(ref({ rows: 1e9 }), testContext)).rejects.toMatchObject({ code: 'invalid-param' });
  await expect(loadEmbedded(ref({ rows: 1000.5 }), testContext)).rejects.toMatchObject({ code: 'invalid-param' });
  await expect(loadEmbedded(ref({ options: { tripsPerTraveller: 1e9 } }), testContext)).rejects.toMatchObject({
    code: 'invalid-param',
  });
  await expect(loadEmbedded(ref({ options: { nonsense: 1 } }), testContext)).rejects.toMatchObject({
    code: 'invalid-param',
  });
});

test('a cancel gets through while rows are drawn', async () => {
  const context = { ...quietContext(seededRng(1), () => true), asset: fileAsset };
  await expect(loadEmbedded(ref({}), context)).rejects.toMatchObject({ code: 'cancelled' });
});

test('the rows do not depend on the generator of the job', async () => {
  const other = { ...quietContext(seededRng('another job')), asset: fileAsset };
  const [a, b] = [await generated('nyc-taxi', 1000), await loadEmbedded(ref({}), other)];
  expect(a.checksum).toBe(b.checksum);
});
