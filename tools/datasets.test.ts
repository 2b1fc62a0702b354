import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { downloads, fetchDataset, listing, main, requestOf } from './datasets.ts';

const CONTENT = Buffer.from(Array.from({ length: 5000 }, (_, i) => i & 255));
let server: Server;
let base: string;
let into: string;
/** Requests as the server saw them. */
let seen: { url: string; range: string | undefined }[] = [];
/** Bytes after which the server hangs up, once. */
let hangUpAfter = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const range = request.headers.range;
    seen.push({ url: request.url ?? '', range });
    if (request.url?.includes('2099') === true) {
      response.writeHead(404).end();
      return;
    }
    const from = range === undefined ? 0 : Number(/bytes=(\d+)-/.exec(range)?.[1]);
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': CONTENT.length - from });
    if (hangUpAfter > 0) {
      const upTo = hangUpAfter;
      hangUpAfter = 0;
      response.write(CONTENT.subarray(from, upTo), () => setTimeout(() => response.destroy(), 50));
      return;
    }
    response.end(CONTENT.subarray(from));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  seen = [];
  into = mkdtempSync(join(tmpdir(), 'datasets-'));
  return () => rmSync(into, { recursive: true });
});
const quiet = (): void => {};

describe('npm run datasets', () => {
  it('downloads a month under its official path and name', async () => {
    const lines: string[] = [];
    const { path, bytes } = await fetchDataset(requestOf('green:2025-11'), {
      into,
      base,
      progress: (line) => lines.push(line),
    });
    expect(path).toBe(join(into, 'green_tripdata_2025-11.parquet'));
    expect(bytes).toBe(CONTENT.length);
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    expect(seen[0]?.url).toBe('/trip-data/green_tripdata_2025-11.parquet');
    expect(lines.at(-1)).toContain('MiB');
  });

  it('continues where a lost connection stopped', async () => {
    hangUpAfter = 2000;
    await expect(fetchDataset(requestOf('yellow'), { into, base, progress: quiet })).rejects.toThrow(
      /run the command again/,
    );
    const { path } = await fetchDataset(requestOf('yellow'), { into, base, progress: quiet });
    expect(seen.at(-1)?.range).toBe('bytes=2000-');
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('leaves a file that is there alone', async () => {
    writeFileSync(join(into, 'taxi_zone_lookup.csv'), 'x');
    await fetchDataset(requestOf('zones'), { into, base, progress: quiet });
    expect(seen).toEqual([]);
  });

  it('says what is wrong and what to do', async () => {
    await expect(fetchDataset(requestOf('yellow:2099-01'), { into, base, progress: quiet })).rejects.toThrow(
      /another YYYY-MM/,
    );
    await expect(
      fetchDataset(requestOf('zones'), { into, base: 'http://127.0.0.1:1', progress: quiet }),
    ).rejects.toThrow(/cannot be reached/);
    expect(() => requestOf('nonsense')).toThrow(/there are yellow, green/);
    expect(() => requestOf('yellow:2024-13')).toThrow(/expected yellow:YYYY-MM/);
    expect(() => requestOf('zones:2024-01')).toThrow(/nothing after a colon/);
  });

  it('lists every dataset, and exits 1 when one fails', async () => {
    for (const each of downloads) expect(listing()).toContain(each.id);
    const said: string[] = [];
    expect(await main(['--list'], (line) => said.push(line), quiet)).toBe(0);
    expect(await main(['--base', 'nowhere', 'zones'], quiet, quiet)).toBe(1);
    expect(await main(['--base', base, '--into', into, 'zones', 'nonsense'], quiet, (line) => said.push(line))).toBe(1);
    expect(existsSync(join(into, 'taxi_zone_lookup.csv'))).toBe(true);
    expect(said.at(-1)).toContain('nonsense');
  });
});
