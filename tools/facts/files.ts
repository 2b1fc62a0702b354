import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const root = resolve(process.env['EPSILON_ROOT'] ?? resolve(repository, '..'));

/** Reads one calibration file of the shared folder (found by EPSILON_ROOT, default the folder above the repository). */
export function calibration<T>(name: string): T {
  return JSON.parse(readFileSync(resolve(root, 'shared/reference/calibration', name), 'utf8')) as T;
}

/** Writes a facts file as compact JSON and prints its size, plain and gzipped. */
export function writeFacts(path: string, facts: object): void {
  const file = resolve(repository, 'datasets', path);
  mkdirSync(dirname(file), { recursive: true });
  const body = `${JSON.stringify(facts)}\n`;
  writeFileSync(file, body);
  process.stdout.write(`datasets/${path}: ${body.length} bytes, ${gzipSync(body, { level: 9 }).length} gzipped\n`);
}

export const round = (value: number, decimals: number): number => {
  const factor = Number(`1e${decimals}`);
  return Math.round(value * factor) / factor;
};
