/**
 * Benchmarks: `npm run bench [-- NAME]` runs every tools/bench/*.bench.ts (or those whose name holds NAME) in one
 * process, one after the other, and prints one JSON document. A bench file exports `bench`, see bench-kit.ts.
 */
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench, BenchRow } from './bench-kit.ts';

const wanted = process.argv[2] ?? '';
const folder = join(import.meta.dirname, 'bench');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts') && name.includes(wanted))
  .sort();
const figures: (BenchRow & { readonly bench: string })[] = [];
const problems: { readonly bench: string; readonly message: string }[] = [];
for (const file of files) {
  const name = file.replace('.bench.ts', '');
  console.error(`bench ${name} ...`);
  try {
    const { bench } = (await import(pathToFileURL(join(folder, file)).href)) as { readonly bench: Bench };
    for (const figure of await bench()) figures.push({ bench: name, ...figure });
  } catch (error) {
    problems.push({ bench: name, message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  }
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
process.stdout.write(`${JSON.stringify({ machine, figures, problems }, null, 2)}\n`);
