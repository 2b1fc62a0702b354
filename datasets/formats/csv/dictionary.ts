/**
 * Distinct byte strings, numbered in order of appearance: dictionary coding of text without making a string per row.
 * Open addressing with linear probing over FNV-1a hashes (Fowler, Noll, Vo); bytes of the levels lie in one arena.
 */
export class Dictionary {
  size = 0;
  /** Code of the last field read by `field`. */
  code = 0;
  #slots = new Int32Array(1024).fill(-1);
  #hashes = new Int32Array(512);
  #starts = new Uint32Array(513);
  #arena = new Uint8Array(4096);
  readonly #single = new Int32Array(256).fill(-1);

  /** Reads an unquoted field from `pos` to its terminator; returns the terminator's position and sets `code`. */
  field(bytes: Uint8Array, pos: number, stop: Uint8Array): number {
    const first = bytes[pos] as number;
    if (stop[bytes[pos + 1] as number] !== 0) {
      const known = this.#single[first] as number;
      if (known >= 0) {
        this.code = known;
        return pos + 1;
      }
      this.code = this.intern(bytes, pos, pos + 1);
      this.#single[first] = this.code;
      return pos + 1;
    }
    let hash = 0x811c9dc5 | 0;
    let p = pos;
    let byte = first;
    do {
      hash = Math.imul(hash ^ byte, 0x01000193);
      p += 1;
      byte = bytes[p] as number;
    } while (stop[byte] === 0);
    this.code = this.#find(bytes, pos, p, hash);
    return p;
  }

  /** Code of bytes[start, end). */
  intern(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let p = start; p < end; p += 1) hash = Math.imul(hash ^ (bytes[p] as number), 0x01000193);
    return this.#find(bytes, start, end, hash);
  }

  #find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const starts = this.#starts;
    const arena = this.#arena;
    const mask = slots.length - 1;
    const length = end - start;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const code = slots[slot] as number;
      if (code < 0) return this.#insert(bytes, start, end, hash, slot);
      if (hashes[code] === hash) {
        const from = starts[code] as number;
        if ((starts[code + 1] as number) - from === length) {
          let i = 0;
          while (i < length && arena[from + i] === bytes[start + i]) i += 1;
          if (i === length) return code;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  #insert(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.size;
    const from = this.#starts[code] as number;
    const to = from + end - start;
    if (to > this.#arena.length) this.#arena = grown(this.#arena, Math.max(to, this.#arena.length * 2));
    this.#arena.set(bytes.subarray(start, end), from);
    if (code === this.#hashes.length) {
      this.#hashes = grown(this.#hashes, code * 2);
      this.#starts = grown(this.#starts, code * 2 + 1);
    }
    this.#hashes[code] = hash;
    this.#starts[code + 1] = to;
    this.#slots[slot] = code;
    this.size = code + 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code += 1) {
      const hash = this.#hashes[code] as number;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }

  /** The levels as text, by code. */
  levels(): string[] {
    const decoder = new TextDecoder();
    const out: string[] = [];
    for (let code = 0; code < this.size; code += 1) {
      out.push(decoder.decode(this.#arena.subarray(this.#starts[code], this.#starts[code + 1])));
    }
    return out;
  }
}

function grown<A extends Uint8Array | Int32Array | Uint32Array>(array: A, length: number): A {
  const out = new (array.constructor as new (n: number) => A)(length);
  out.set(array);
  return out;
}
