import { unsupported } from '../src/engine/kit/errors.ts';
import type { DatasetSources } from './dataset-cache.ts';

/** Generators and readers, loaded when first used. */
export const datasetSources: DatasetSources = {
  embedded: async (ref, ctx) => {
    const { loadEmbedded } = await import('../datasets/load.ts');
    const { asset } = ctx;
    if (asset === undefined) throw unsupported('generated data needs its facts files, and nothing here can load them');
    return loadEmbedded(ref, { ...ctx, asset });
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
