import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from '../kit/canonical.ts';
import { quietContext } from '../kit/context.ts';
import { defaultsOf } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { seededRng } from '../rng/rng.ts';
import { takeRows } from '../table/table.ts';
import type { Certificate } from '../kit/certificate.ts';
import { certificateOf, checkCertificate } from './certificate.ts';
import { descriptor, run } from './mondrian.ts';
import { rawRelease, someTrips, toyTrips } from './toy-trips.ts';

const params = { ...defaultsOf(descriptor.params), k: 4, l: 2 };
const making = { steps: [{ id: descriptor.id, version: descriptor.version, params }], seed: 7 };

async function released(): Promise<TableRelease> {
  const release = await run(rawRelease(toyTrips(someTrips(60))), params, quietContext(seededRng(7)));
  if (release.kind !== 'table') throw new Error('Mondrian releases tables');
  const models = [{ type: 't-closeness', column: 'fare', t: 0.9, distance: 'ordered' }] as const;
  return { ...release, guarantee: { kind: 'k-anonymity', k: 4, l: { value: 2, column: 'fare' }, models } };
}

/** As a reader gets it: written to a file and read again. */
const read = (certificate: Certificate): Record<string, unknown> => JSON.parse(JSON.stringify(certificate));

/** A tampered certificate whose digest was made to fit. */
function forged(certificate: Certificate, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { digest: _digest, ...body } = { ...read(certificate), ...changes } as Record<string, unknown>;
  return { ...body, digest: sha256Hex(canonicalJson(body)) };
}

describe('a certificate', () => {
  it('says what was claimed, what was achieved, and how the release was made', async () => {
    const release = await released();
    const certificate = certificateOf(release, making);
    expect(certificate).toMatchObject({
      schema: 'epsilon-city-certificate/1',
      dataset: { id: 'toy', rows: 60 },
      seed: 7,
      accounted: true,
      holds: true,
      released: { rows: 60 },
      suppressed: { rows: 0, list: [] },
    });
    expect(certificate.claims.map(({ model, holds }) => [model.type, holds])).toEqual([
      ['k-anonymity', true],
      ['distinct-l', true],
      ['t-closeness', true],
    ]);
    expect(certificate.claims[0]?.achieved).toBeGreaterThanOrEqual(4);
    expect(certificate.claims[2]?.achieved).toBeGreaterThan(0);
    expect(certificate.notProved.every(({ es }) => es !== undefined && es !== '')).toBe(true);
    expect(checkCertificate(read(certificate), release)).toEqual([]);
  });

  it('says so where a claim does not hold, or rows are lost', async () => {
    const release = await released();
    const ambitious = certificateOf({ ...release, guarantee: { kind: 'k-anonymity', k: 40 } }, making);
    expect(ambitious.holds).toBe(false);
    expect(ambitious.claims[0]?.why?.en).toContain('fewer than k = 40 rows');
    const first = Uint32Array.from({ length: 50 }, (_, i) => i);
    const lossy = { ...release, table: takeRows(release.table, first), rowOf: release.rowOf.slice(0, 50) };
    expect(certificateOf(lossy, making)).toMatchObject({ accounted: false, holds: false });
    const nothing = certificateOf(rawRelease(toyTrips(someTrips(5))), making);
    expect(nothing).toMatchObject({ claims: [], holds: false });
    expect(nothing.notProved[0]?.en).toContain('none was claimed');
  });

  it('is rejected when altered, and when a forger makes the digest fit', async () => {
    const release = await released();
    const certificate = certificateOf(release, making);
    expect(checkCertificate({ ...read(certificate), seed: 8 }, release)).toHaveLength(1);
    const claims = certificate.claims.map((claim) => ({ ...claim, achieved: 99 }));
    const changes: readonly Readonly<Record<string, unknown>>[] = [
      { claims },
      { claims: certificate.claims.slice(0, 1) },
      { dataset: { ...certificate.dataset, checksum: '1' } },
      { released: { ...certificate.released, digest: '0' } },
      { suppressed: { rows: 1, digest: '0' } },
      { notProved: [] },
      { quasiIdentifiers: ['zone'] },
      { extra: 1 },
    ];
    for (const change of changes) {
      expect(checkCertificate(forged(certificate, change), release), JSON.stringify(change)).toHaveLength(1);
    }
    for (const other of [null, [], {}, { schema: 'another' }, 'text']) {
      expect(checkCertificate(other, release)).toHaveLength(1);
    }
  });

  it('is rejected for another release: one row moved, or one released value changed', async () => {
    const release = await released();
    const certificate = read(certificateOf(release, making));
    const swap = Uint32Array.from({ length: 60 }, (_, i) => (i === 0 ? 1 : i === 1 ? 0 : i));
    expect(checkCertificate(certificate, { ...release, table: takeRows(release.table, swap) })).not.toEqual([]);
    const columns = release.table.columns.map((column) =>
      column.name === 'fare' && column.kind === 'category'
        ? { ...column, codes: column.codes.map((code, i) => (i === 0 ? (code + 1) % column.levels.length : code)) }
        : column,
    );
    const table = { ...release.table, columns };
    expect(checkCertificate(certificate, { ...release, table }).map(({ en }) => en)).toContain(
      '"released" of the certificate is not what the release gives',
    );
  });
});
