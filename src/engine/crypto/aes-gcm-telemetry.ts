import { bytesToUtf8 } from '@noble/ciphers/utils.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Ctx } from '../kit/context.ts';
import { infeasible, unsupported } from '../kit/errors.ts';
import { choice, integer, type Params } from '../kit/params.ts';
import type { PacketsPicture } from '../kit/picture.ts';
import type { CiphertextRelease, Release, TableRelease } from '../kit/release.ts';
import { defineTechnique, type Probe } from '../kit/technique.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { cellText, type Table } from '../table/table.ts';
import { agreeOnSecret, deviceKey, headerOf, nonceBytes, nonceOf, open, padded, seal, tagBytes } from './packet.ts';

export const descriptor = defineTechnique({
  id: 'aes-gcm-telemetry',
  version: 2,
  family: 'crypto',
  label: text('Encrypted telemetry (AES-256-GCM)', 'Telemetría cifrada (AES-256-GCM)'),
  summary: text(
    'Every row travels encrypted from its device to the server. Whoever listens on the way sees random-looking bytes, and a changed packet is refused. The server decrypts and then knows everything.',
    'Cada fila viaja cifrada del dispositivo al servidor. Quien escuche en el camino ve bytes de aspecto aleatorio, y un paquete alterado se rechaza. El servidor descifra y entonces lo sabe todo.',
  ),
  citations: [
    {
      authors: 'Dworkin',
      year: 2007,
      title: 'Recommendation for Block Cipher Modes of Operation: Galois/Counter Mode (GCM) and GMAC',
      where: 'NIST SP 800-38D',
      doi: '10.6028/NIST.SP.800-38D',
    },
    {
      authors: 'Langley, Hamburg, Turner',
      year: 2016,
      title: 'Elliptic Curves for Security',
      where: 'RFC 7748',
      doi: '10.17487/RFC7748',
    },
    {
      authors: 'Krawczyk, Eronen',
      year: 2010,
      title: 'HMAC-based Extract-and-Expand Key Derivation Function (HKDF)',
      where: 'RFC 5869',
      doi: '10.17487/RFC5869',
    },
  ],
  limits: [
    text(
      'Protects the way, not the destination: the server reads every row, and so does whoever breaks into it.',
      'Protege el camino, no el destino: el servidor lee cada fila, y también quien entre en él.',
    ),
    text(
      'Who sends, when, how often and (without padding) how much stays visible.',
      'Quién envía, cuándo, con qué frecuencia y (sin relleno) cuánto, sigue siendo visible.',
    ),
    text(
      'Keys are derived from a seed so that runs can be repeated; they protect nothing real. Certificates are not simulated.',
      'Las claves se derivan de una semilla para poder repetir; no protegen nada real. No se simulan certificados.',
    ),
  ],
  vetting: 'verified',
  params: {
    messages: integer({
      label: text('Packets at most', 'Paquetes como máximo'),
      help: text('Rows that are encrypted, from the first on.', 'Filas que se cifran, desde la primera.'),
      min: 1,
      max: 100_000,
      default: 2000,
      scale: 'log',
    }),
    padding: choice({
      label: text('Padding', 'Relleno'),
      help: text(
        'Fills every packet to a multiple of this, so that its size says less.',
        'Completa cada paquete hasta un múltiplo de este tamaño, para que diga menos.',
      ),
      options: [
        { value: '0', label: text('none', 'ninguno') },
        { value: '64', label: text('64 bytes', '64 bytes') },
        { value: '128', label: text('128 bytes', '128 bytes') },
      ],
      default: '64',
    }),
    tamperings: integer({
      label: text('Changed packets tried', 'Paquetes alterados probados'),
      help: text(
        'So many packets are changed by one bit; all must be refused.',
        'Se altera un bit en tantos paquetes; todos deben rechazarse.',
      ),
      min: 0,
      max: 1000,
      default: 64,
      advanced: true,
    }),
  },
  stage: 'transit',
  dimensions: { serves: ['identity', 'location', 'footprint'] },
  view: 'packets',
  accepts: ['table'],
  produces: 'ciphertext',
  randomized: true,
  guarantee: () => ({ kind: 'encryption', cipher: 'AES-256-GCM', bits: 256 }),
});

export type TelemetryParams = Params<typeof descriptor.params>;

/** Cipher text kept for the eavesdropper's attack, and packets shown. */
const sampleBytes = 65_536;
const shownPackets = 8;

/** A device's key and the number of its next packet. */
interface Device {
  readonly name: string;
  readonly key: Uint8Array;
  counter: number;
}

/** Encrypts the rows packet by packet, decrypts each again, and tries changed ones. */
export async function run(input: Release, params: TelemetryParams, ctx: Ctx): Promise<CiphertextRelease> {
  const source = tableOf(input);
  const messages = Math.min(params.messages, source.table.rows);
  if (messages === 0) throw infeasible('there are no rows to send', 'use a table with rows');
  const rng = ctx.rng.fork('telemetry');
  const sender = senderOf(source, params, rng);
  const tally = new Tally();
  const trial = Math.max(1, Math.trunc(messages / Math.max(1, params.tamperings)));
  const tamper = rng.fork('tampering');
  for (let row = 0; row < messages; row += 1) {
    const { device, counter, plain, sealed } = sender.send(row);
    const nonce = nonceOf(counter);
    const header = headerOf(device.name, counter);
    const back = open(device.key, nonce, header, sealed);
    if (back === undefined || back.length !== plain.length)
      throw unsupported('a packet did not decrypt to what was sent');
    tally.add(plain, sealed, nonce, header);
    if (row % trial === 0 && tally.tried < params.tamperings) {
      tally.tried += 1;
      if (open(device.key, nonce, header, flipBit(sealed, tamper)) === undefined) tally.rejected += 1;
    }
    if ((row & 63) === 63) await ctx.checkpoint(row / messages, text('Encrypting packets', 'Cifrando paquetes'));
  }
  ctx.cost.send(messages + 2, tally.cipherBytes + 64); // the two public keys of the key exchange are 32 bytes each
  ctx.cost.round(2);
  return {
    kind: 'ciphertext',
    dataset: source.dataset,
    guarantee: descriptor.guarantee(params, source.dataset.descriptor.privacyUnit),
    events: source.events,
    pictures: [tally.picture(messages)],
    notes: [tally.note(messages)],
    messages,
    plainBytes: tally.plainBytes,
    cipherBytes: tally.cipherBytes,
    sample: tally.sample.slice(0, tally.sampled),
    tamperedRejected: tally.rejected,
    tamperedTried: tally.tried,
  };
}

/** One packet encrypted at the device and decrypted at the server, key already agreed. */
export async function probe(input: Release, params: TelemetryParams, ctx: Ctx): Promise<Probe> {
  const source = tableOf(input);
  if (source.table.rows === 0) throw infeasible('there are no rows to send', 'use a table with rows');
  const sender = senderOf(source, params, ctx.rng.fork('telemetry'));
  let row = 0;
  return {
    label: text('One packet encrypted and decrypted', 'Un paquete cifrado y descifrado'),
    once: () => {
      const { device, counter, sealed } = sender.send(row % source.table.rows);
      row += 1;
      open(device.key, nonceOf(counter), headerOf(device.name, counter), sealed);
    },
  };
}

interface Sender {
  send(row: number): {
    readonly device: Device;
    readonly counter: number;
    readonly plain: Uint8Array;
    readonly sealed: Uint8Array;
  };
}

/** Devices are the places of the rows (one gateway where there are none), each with its own key and counter. */
function senderOf({ dataset, table }: TableRelease, params: TelemetryParams, rng: Rng): Sender {
  const secret = agreeOnSecret(rng.fork('keys'));
  const place = table.columns.find((column) => column.name === dataset.descriptor.parts.place);
  const devices = new Map<string, Device>();
  const block = Number(params.padding);
  return {
    send: (row) => {
      const name = place === undefined ? 'gateway' : String(cellText(place, row) ?? 'unknown');
      let device = devices.get(name);
      if (device === undefined) {
        device = { name, key: deviceKey(secret, name), counter: 0 };
        devices.set(name, device);
      }
      const counter = device.counter;
      device.counter += 1;
      const plain = padded(lineOf(table, row), block);
      return { device, counter, plain, sealed: seal(device.key, nonceOf(counter), headerOf(name, counter), plain) };
    },
  };
}

/** Cells of a row separated by `|`: the order of the columns is agreed beforehand. */
const lineOf = (table: Table, row: number): string =>
  table.columns.map((column) => String(cellText(column, row) ?? '')).join('|');

function flipBit(sealed: Uint8Array, rng: Rng): Uint8Array {
  const out = sealed.slice();
  const bit = rng.int(8 * out.length);
  out[bit >> 3] = (out[bit >> 3] as number) ^ (1 << (bit & 7));
  return out;
}

/** Counts over all packets, without keeping them. */
class Tally {
  plainBytes = 0;
  /** All bytes on the wire: header, nonce, cipher text and tag. */
  cipherBytes = 0;
  tried = 0;
  rejected = 0;
  sampled = 0;
  readonly sample = new Uint8Array(sampleBytes);
  private readonly plainCounts = new Float64Array(256);
  private readonly cipherCounts = new Float64Array(256);
  private readonly plain: string[] = [];
  private readonly cipherHex: string[] = [];
  private readonly nonceHex: string[] = [];

  add(plain: Uint8Array, sealed: Uint8Array, nonce: Uint8Array, header: Uint8Array): void {
    this.plainBytes += plain.length;
    this.cipherBytes += header.length + nonceBytes + sealed.length;
    countBytes(this.plainCounts, plain);
    countBytes(this.cipherCounts, sealed);
    const body = sealed.subarray(0, Math.min(sealed.length - tagBytes, this.sample.length - this.sampled));
    this.sample.set(body, this.sampled);
    this.sampled += body.length;
    if (this.plain.length < shownPackets) {
      this.plain.push(bytesToUtf8(plain).trimEnd());
      this.cipherHex.push(bytesToHex(sealed));
      this.nonceHex.push(bytesToHex(nonce));
    }
  }

  picture(packets: number): PacketsPicture {
    return {
      view: 'packets',
      plain: this.plain,
      cipherHex: this.cipherHex,
      nonceHex: this.nonceHex,
      plainBytes: this.plainBytes,
      cipherBytes: this.cipherBytes,
      plainBytesShare: shares(this.plainCounts),
      cipherBytesShare: shares(this.cipherCounts),
      packets,
      tampered: { tried: this.tried, rejected: this.rejected },
    };
  }

  note(messages: number): ReturnType<typeof text> {
    const extra = ((this.cipherBytes - this.plainBytes) / messages).toFixed(1);
    return text(
      `${messages} packets, each ${extra} bytes longer than its content on average; ${this.rejected} of ${this.tried} changed packets were refused.`,
      `${messages} paquetes, cada uno ${extra} bytes más largo que su contenido en promedio; se rechazaron ${this.rejected} de ${this.tried} paquetes alterados.`,
    );
  }
}

function countBytes(counts: Float64Array, bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += 1) counts[bytes[i] as number] = (counts[bytes[i] as number] as number) + 1;
}

function shares(counts: Float64Array): Float64Array {
  let total = 0;
  for (const count of counts) total += count;
  return counts.map((count) => count / Math.max(1, total));
}

function tableOf(input: Release): TableRelease {
  if (input.kind !== 'table')
    throw unsupported(`telemetry needs a table, got ${input.kind}`, 'put it first in its branch');
  return input;
}
