/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly parts: readonly string[];
}

/**
 * A ZIP archive without compression (PKWARE APPNOTE 6.3.10, method 0), names in UTF-8. All files carry the first date a
 * ZIP can hold, so that equal contents give equal bytes.
 * @throws RangeError for an archive of 4 GB or more
 */
export function zipParts(entries: readonly ZipEntry[]): readonly Uint8Array<ArrayBuffer>[] {
  const encoder = new TextEncoder();
  const out: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = encoder.encode(entry.name);
    const bodies = entry.parts.map((part) => encoder.encode(part));
    const size = bodies.reduce((sum, body) => sum + body.length, 0);
    const crc = crc32(bodies);
    const local = header(0x04034b50, 30, name, (view) => fields(view, 4, crc, size, name.length));
    const central = header(0x02014b50, 46, name, (view) => {
      view.setUint16(4, 20, true);
      fields(view, 6, crc, size, name.length);
      view.setUint32(42, offset, true);
    });
    out.push(local, ...bodies);
    directory.push(central);
    offset += local.length + size;
    if (offset > 0xffffffff) throw new RangeError('an archive of 4 GB or more');
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(12, length, true);
  view.setUint32(16, offset, true);
  return [...out, ...directory, end];
}

function header(
  signature: number,
  size: number,
  name: Uint8Array,
  fill: (view: DataView) => void,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size + name.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, signature, true);
  fill(view);
  out.set(name, size);
  return out;
}

/** The run of fields that local and central headers share: version, UTF-8 flag, stored, 1980-01-01, checksum, sizes. */
function fields(view: DataView, at: number, crc: number, size: number, nameLength: number): void {
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, 0x0800, true);
  view.setUint16(at + 8, 0x0021, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, nameLength, true);
}

const table = Uint32Array.from({ length: 256 }, (_, i) => {
  let c = i;
  for (let bit = 0; bit < 8; bit += 1) c = (c & 1) === 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** CRC-32 (ISO 3309) of the bytes in order. */
export function crc32(parts: readonly Uint8Array[]): number {
  let crc = 0xffffffff;
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 1) {
      crc = (table[(crc ^ (part[i] as number)) & 0xff] as number) ^ (crc >>> 8);
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}
