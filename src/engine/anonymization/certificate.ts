import { canonicalJson, contentDigest, sha256Hex } from '../kit/canonical.ts';
import { type Certificate, CERTIFICATE_SCHEMA, type Making, type ProvedClaim } from '../kit/certificate.ts';
import { claimedModels } from '../kit/guarantee.ts';
import type { TableRelease } from '../kit/release.ts';
import { type Text, text } from '../kit/text.ts';
import { lostRows } from './verify.ts';
import type { ModelCheck } from './verify-check.ts';
import { checkModels } from './verify-models.ts';
import { worded } from './verify-words.ts';

/** Suppressed source rows are listed up to this many; beyond it their number and digest stand for them. */
const LISTED = 10_000;

/** Builds the certificate of a release: its claims re-proved by the checker (verify-models.ts), never taken from the method. */
export function certificateOf(release: TableRelease, making: Making): Certificate {
  const { dataset, guarantee, table } = release;
  const claims = checkModels(release, claimedModels(guarantee)).map(claimOf);
  const accounted = lostRows(release, guarantee).length === 0;
  const suppressed = release.suppressed.slice().sort();
  const body: Omit<Certificate, 'digest'> = {
    schema: CERTIFICATE_SCHEMA,
    dataset: { id: dataset.descriptor.id, checksum: dataset.checksum, rows: dataset.table.rows },
    steps: making.steps,
    seed: making.seed,
    quasiIdentifiers: release.quasiIdentifiers,
    sensitive: release.sensitive,
    claims,
    released: { rows: table.rows, columns: table.columns.map(({ name }) => name), digest: contentDigest(table) },
    suppressed: {
      rows: suppressed.length,
      digest: contentDigest(suppressed),
      ...(suppressed.length <= LISTED ? { list: Array.from(suppressed) } : {}),
    },
    accounted,
    holds: accounted && claims.length > 0 && claims.every((claim) => claim.holds),
    notProved: limitsOf(release),
  };
  return { ...body, digest: digestOf(body) };
}

/**
 * Compares a certificate with the release it is said to be of: everything the release determines is computed anew.
 * Steps and seed are taken as written (only running them again proves those); a change to them breaks the digest.
 * @param given parsed JSON
 * @returns what does not agree; none = the certificate is of this release, unaltered
 */
export function checkCertificate(given: unknown, release: TableRelease): readonly Text[] {
  if (!isRecord(given) || given['schema'] !== CERTIFICATE_SCHEMA) {
    return [text('this is no certificate of a kind known here', 'esto no es un certificado de un tipo conocido aquí')];
  }
  const { digest, ...body } = given;
  const found: Text[] = [];
  if (digest !== digestOf(body)) {
    found.push(
      text('the certificate was altered: its digest is another', 'el certificado se alteró: su resumen es otro'),
    );
  }
  const { steps, seed } = given as { readonly steps?: Making['steps']; readonly seed?: number };
  const { digest: _digest, ...right } = certificateOf(release, { steps: steps ?? [], seed: seed ?? 0 });
  for (const name of new Set([...Object.keys(right), ...Object.keys(body)])) {
    const expected = canonicalJson((right as Readonly<Record<string, unknown>>)[name] ?? null);
    if (canonicalJson(body[name] ?? null) === expected) continue;
    found.push(
      text(
        `"${name}" of the certificate is not what the release gives`,
        `"${name}" del certificado no es lo que da la publicación`,
      ),
    );
  }
  return found;
}

const digestOf = (body: unknown): string => sha256Hex(canonicalJson(body));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function claimOf(check: ModelCheck): ProvedClaim {
  const { worst } = check;
  return {
    model: check.model,
    holds: check.holds,
    achieved: worst === undefined || !Number.isFinite(worst) ? null : worst,
    classesChecked: check.classes,
    classesBroken: check.broken,
    ...(check.holds ? {} : { why: worded(check) }),
  };
}

/** What a reader must not take the certificate to say. */
function limitsOf({ guarantee, table, quasiIdentifiers, sensitive, dataset }: TableRelease): readonly Text[] {
  const said = new Set([...quasiIdentifiers, ...sensitive]);
  const others = table.columns.map(({ name }) => name).filter((name) => !said.has(name));
  const limits = [
    text(
      'What an outsider can do who knows more than the quasi-identifiers, or has another release of the same data.',
      'Lo que puede hacer quien sepa más que los cuasi-identificadores o tenga otra publicación de los mismos datos.',
    ),
    text(
      'Who made this certificate: it is not signed, and only running the steps again proves steps and seed.',
      'Quién hizo este certificado: no está firmado, y solo repetir los pasos prueba los pasos y la semilla.',
    ),
  ];
  if (guarantee.kind !== 'k-anonymity') {
    limits.unshift(
      text(
        'Any model: none was claimed that can be re-proved on the table.',
        'Ningún modelo: no se prometió ninguno que se pueda comprobar en la tabla.',
      ),
    );
  }
  if (others.length > 0) {
    limits.push(
      text(
        `Anything about the other released columns: ${others.join(', ')}.`,
        `Nada sobre las demás columnas publicadas: ${others.join(', ')}.`,
      ),
    );
  }
  if (dataset.descriptor.parts.entity !== undefined) {
    limits.push(
      text(
        'That groups hold as many people as rows: several rows can be of one person.',
        'Que los grupos tengan tantas personas como filas: varias filas pueden ser de una persona.',
      ),
    );
  }
  return limits;
}
