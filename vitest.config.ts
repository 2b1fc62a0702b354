import { defineConfig } from 'vitest/config';
import { lazyProse } from './tools/lazy-prose.ts';
import { lazySpanish } from './tools/lazy-spanish.ts';

export default defineConfig({
  plugins: [lazySpanish(), lazyProse()],
  test: {
    include: [
      'src/**/*.test.ts',
      'src/**/*.test.tsx',
      'datasets/**/*.test.ts',
      'workers/**/*.test.ts',
      'tools/**/*.test.ts',
    ],
    environment: 'node',
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
