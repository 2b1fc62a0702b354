import type { EmbeddedDataset } from './kit.ts';

/** Generators by dataset id, loaded when first used: for workers and tools, never for the page. */
export const generators: Readonly<Record<string, () => Promise<{ readonly dataset: EmbeddedDataset }>>> = {
  'nyc-taxi': () => import('./nyc-taxi/generator.ts'),
  'nyc-bikes': () => import('./nyc-bikes/generator.ts'),
  'nyc-speeds': () => import('./nyc-speeds/generator.ts'),
  'santander-environment': () => import('./santander-environment/generator.ts'),
  'santander-parking': () => import('./santander-parking/generator.ts'),
  'santander-traffic': () => import('./santander-traffic/generator.ts'),
  'santander-energy': () => import('./santander-energy/generator.ts'),
  'london-air': () => import('./london-air/generator.ts'),
  'london-weather': () => import('./london-weather/generator.ts'),
  'city-departments': () => import('./city-departments/generator.ts'),
};
