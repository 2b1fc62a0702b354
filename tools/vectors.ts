/**
 * Compares the engine with reference files: `npm run vectors -- FILE... [--only PREFIX] [--root DIR]`.
 * One line a row (`id ok|miss|unsupported value expected`), last the counts; exit code 1 on a miss.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadAdapters, runFile } from './vectors-run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, root: { type: 'string' } },
});
const files = positionals.map((name) => resolve(name));
const absent = files.filter((file) => !existsSync(file));
if (files.length === 0 || absent.length > 0) {
  console.error(
    absent.length > 0
      ? `no such file: ${absent.join(', ')}`
      : 'usage: npm run vectors -- FILE... [--only PREFIX] [--root DIR]',
  );
  process.exit(2);
}
const adapters = await loadAdapters(resolve(import.meta.dirname, '../src/engine'));
const total = { ok: 0, miss: 0, unsupported: 0 };
for (const file of files) {
  const tally = await runFile(file, adapters, {
    print: (line) => process.stdout.write(`${line}\n`),
    ...(values.only === undefined ? {} : { only: values.only }),
    ...(values.root === undefined ? {} : { root: resolve(values.root) }),
  });
  total.ok += tally.ok;
  total.miss += tally.miss;
  total.unsupported += tally.unsupported;
}
process.stdout.write(`${total.ok} ok, ${total.miss} miss, ${total.unsupported} unsupported\n`);
process.exitCode = total.miss > 0 ? 1 : 0;
