import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Ctx } from '../kit/context.ts';
import { infeasible } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { choice, columns } from '../kit/params.ts';
import type { TableRelease } from '../kit/release.ts';
import { defineTechnique, type TechniqueRun } from '../kit/technique.ts';
import { type Text, text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { encodeColumn } from '../table/encode.ts';
import { compareText } from '../table/ladders.ts';
import { type CategoryColumn, codesFor, withColumns } from '../table/table.ts';
import { candidateIds, dictionaryHits } from './dictionary-attack.ts';
import { renamedClaim } from './perturbed.ts';
import { tablePictures } from './pictures.ts';
import { chosenColumns, tableInput } from './table-input.ts';

/** Pseudonyms for identifiers: plain hash (broken), keyed hash (HMAC, RFC 2104) or random tokens. */
export const descriptor = defineTechnique({
  id: 'pseudonyms',
  version: 1,
  family: 'anonymization',
  label: text('pseudonyms', 'seudónimos'),
  summary: text(
    'Replaces every identifier by a code. The same person keeps the same code, so rows can still be joined, by anyone.',
    'Sustituye cada identificador por un código. La misma persona conserva el mismo código, así que cualquiera puede seguir uniendo sus filas.',
  ),
  citations: [
    { authors: 'ENISA', year: 2019, title: 'Pseudonymisation techniques and best practices', doi: '10.2824/247711' },
    {
      authors: 'Krawczyk, Bellare, Canetti',
      year: 1997,
      title: 'HMAC: keyed-hashing for message authentication',
      where: 'RFC 2104',
    },
    {
      authors: 'Pandurangan',
      year: 2014,
      title: 'On taxis and rainbows: lessons from NYC’s improperly anonymized taxi logs',
    },
  ],
  limits: [
    text(
      'Pseudonymous data are still personal data: places and times of one code single people out.',
      'Los datos con seudónimos siguen siendo personales: los lugares y horas de un código señalan a personas.',
    ),
    text(
      'A plain hash of short ids is undone by trying them all.',
      'Un hash simple de identificadores cortos se deshace probándolos todos.',
    ),
  ],
  vetting: 'reviewed',
  params: {
    method: choice({
      label: text('method', 'método'),
      help: text(
        'A plain hash is shown because it is common; it does not protect. The key of a keyed hash is thrown away here.',
        'El hash simple se muestra porque es habitual; no protege. Aquí, la clave del hash con clave se desecha.',
      ),
      options: [
        { value: 'keyed-hash', label: text('keyed hash (HMAC-SHA-256)', 'hash con clave (HMAC-SHA-256)') },
        { value: 'token', label: text('random token', 'ficha aleatoria') },
        { value: 'plain-hash', label: text('plain hash (SHA-256): broken', 'hash simple (SHA-256): roto') },
      ],
      default: 'keyed-hash',
    }),
    columns: columns({
      label: text('columns', 'columnas'),
      help: text('Empty: all identifiers.', 'Vacío: todos los identificadores.'),
      roles: ['identifier'],
    }),
  },
  stage: 'source',
  does: 'rename',
  dimensions: { serves: ['identity'], threatens: ['footprint'] },
  view: 'rows',
  accepts: ['table'],
  produces: 'table',
  randomized: true,
  guarantee: (): Guarantee => ({
    kind: 'none',
    why: 'pseudonyms hide names, not the places and times that single people out',
  }),
});

/** Pseudonyms are 64 bits, as 16 hexadecimal digits: 1e6 of them collide with probability 3e-8. */
const DIGITS = 16;

/** @throws infeasible when the table has no identifier */
export const run: TechniqueRun<typeof descriptor> = async (input, params, ctx) => {
  const source = tableInput(input);
  const entity = source.dataset.descriptor.parts.entity;
  const byRole = chosenColumns(source, params.columns, ['identifier']);
  const present = source.table.columns.some((column) => column.name === entity);
  const names = byRole.length > 0 || entity === undefined || !present ? byRole : [entity];
  if (names.length === 0) {
    throw infeasible(
      'the table has no identifier to replace',
      'give a column the role identifier, or leave this step out',
    );
  }
  const rng = ctx.rng.fork('pseudonyms');
  const made: CategoryColumn[] = [];
  const notes: Text[] = [];
  for (const name of names) {
    const encoded = encodeColumn(source.dataset, name, source.table);
    const labels = encoded.hierarchy.levels[0]?.labels ?? [];
    const pseudonym = await pseudonymsFor(labels, params.method, rng.fork(name), ctx);
    made.push(recoded(name, encoded.codes, encoded.missingCode, labels, pseudonym));
    notes.push(await dictionaryNote(name, labels, encoded.missingCode, pseudonym, params.method, ctx));
  }
  const release: TableRelease = {
    ...source,
    table: withColumns(source.table, made),
    guarantee: renamedClaim(source, names),
    pictures: [],
    notes: [...source.notes, ...notes],
  };
  await ctx.checkpoint(1);
  return { ...release, pictures: tablePictures(source, release) };
};

async function pseudonymsFor(
  labels: readonly string[],
  method: 'plain-hash' | 'keyed-hash' | 'token',
  rng: Rng,
  ctx: Ctx,
): Promise<readonly string[]> {
  const key = new Uint8Array(32);
  for (let i = 0; i < key.length; i += 1) key[i] = rng.int(256);
  const used = new Set<string>();
  const out: string[] = [];
  for (let i = 0; i < labels.length; i += 1) {
    const label = labels[i] as string;
    let code = '';
    if (method === 'token') {
      do code = hexOf(rng.u32()) + hexOf(rng.u32());
      while (used.has(code));
      used.add(code);
    } else {
      const bytes = utf8ToBytes(label);
      code = bytesToHex(method === 'plain-hash' ? sha256(bytes) : hmac(sha256, key, bytes)).slice(0, DIGITS);
    }
    out.push(code);
    if (i % 1024 === 0) await ctx.checkpoint((0.7 * i) / labels.length);
  }
  return out;
}

const hexOf = (word: number): string => word.toString(16).padStart(8, '0');

/** The column with pseudonyms; its dictionary is sorted by pseudonym, or its order would give the identities away. */
function recoded(
  name: string,
  codes: Uint32Array,
  missingCode: number | undefined,
  labels: readonly string[],
  pseudonym: readonly string[],
): CategoryColumn {
  const order = labels.map((_, i) => i).filter((i) => i !== missingCode);
  order.sort((a, b) => compareText(pseudonym[a] as string, pseudonym[b] as string));
  const recode = new Uint32Array(labels.length);
  order.forEach((old, code) => {
    recode[old] = code;
  });
  const out = codesFor(codes.length, labels.length);
  const valid = new Uint8Array((codes.length + 7) >> 3);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] as number;
    if (code === missingCode) continue;
    out[i] = recode[code] as number;
    valid[i >> 3] = (valid[i >> 3] as number) | (1 << (i & 7));
  }
  const column: CategoryColumn = {
    kind: 'category',
    name,
    codes: out,
    levels: order.map((i) => pseudonym[i] as string),
  };
  return missingCode === undefined ? column : { ...column, valid };
}

/** Tries a dictionary of plain hashes against the released codes, and says what it found. */
async function dictionaryNote(
  name: string,
  labels: readonly string[],
  missingCode: number | undefined,
  pseudonym: readonly string[],
  method: string,
  ctx: Ctx,
): Promise<Text> {
  const ids = labels.filter((_, i) => i !== missingCode);
  const codes = new Set(pseudonym.filter((_, i) => i !== missingCode));
  const candidates = candidateIds(ids);
  const hits = await dictionaryHits(candidates.ids, codes, DIGITS, ctx);
  const share = codes.size === 0 ? '0.0' : ((100 * hits) / codes.size).toFixed(1);
  const verdict =
    method === 'plain-hash'
      ? text('A plain hash does not hide these ids.', 'Un hash simple no oculta estos identificadores.')
      : text(
          'Without the key or the token table the list is useless.',
          'Sin la clave o la tabla de fichas la lista no sirve.',
        );
  return text(
    `${name}: someone hashing ${candidates.ids.length} ${candidates.from.en} finds ${hits} of ${codes.size} codes (${share} %). ${verdict.en}`,
    `${name}: alguien que calcula el hash de ${candidates.ids.length} ${candidates.from.es} encuentra ${hits} de ${codes.size} códigos (${share} %). ${verdict.es}`,
  );
}
