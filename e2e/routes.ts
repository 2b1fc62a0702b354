import { readFileSync } from 'node:fs';

/** Paths of all pages, read from the routes' own file: importing it would ask Node to run the pages. */
export const routes: readonly string[] = [
  ...readFileSync(new URL('../src/ui/routes.ts', import.meta.url), 'utf8').matchAll(/path: '(\/[a-z-]+)'/g),
].map(([, path]) => path as string);
