import type { DatasetSources } from './dataset-cache.ts';

/** Generators and readers, loaded when first used. */
export const datasetSources: DatasetSources = {
  embedded: async (ref, ctx) => {
    const { loadEmbedded } = await import('../datasets/load.ts');
    return loadEmbedded(ref, ctx);
  },
  file: async (ref, name, content, ctx) => {
    const { readFile } = await import('../datasets/formats/intake.ts');
    return readFile(name, content, {
      ctx,
      ...(ref.choices === undefined ? {} : { choices: ref.choices }),
      ...(ref.limit === undefined ? {} : { limit: ref.limit }),
    });
  },
};
