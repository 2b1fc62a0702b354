import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Ctx } from '../kit/context.ts';
import { type Text, text } from '../kit/text.ts';

/**
 * The attack on hashed identifiers (as on New York's 2013 taxi medallions): ids have a format, so all of them can be
 * hashed and looked up.
 */
const MOST_CANDIDATES = 100_000;

/** Ids an outsider would try: all numbers of the same format, or a list of known ids where there is no format. */
export function candidateIds(ids: readonly string[]): { readonly ids: readonly string[]; readonly from: Text } {
  const parts = ids.map((id) => /^(.*?)(\d{1,9})$/.exec(id));
  const first = parts[0];
  const same =
    first != null && parts.every((part) => part != null && part[1] === first[1]) ? (first[1] as string) : undefined;
  if (same === undefined) {
    const list = ids.filter((_, i) => i % 2 === 0).slice(0, MOST_CANDIDATES);
    return { ids: list, from: text('ids known from another list', 'identificadores conocidos por otra lista') };
  }
  const widths = new Set(parts.map((part) => part?.[2]?.length ?? 0));
  const padded = parts.some((part) => part?.[2]?.startsWith('0') === true && part[2].length > 1);
  const width = Math.max(...widths);
  let total = 1;
  for (let i = 0; i < width; i += 1) total *= 10;
  const count = Math.min(total, MOST_CANDIDATES);
  const all = Array.from({ length: count }, (_, i) => same + (padded ? String(i).padStart(width, '0') : String(i)));
  return { ids: all, from: text('ids of the same format', 'identificadores del mismo formato') };
}

/** How many released codes equal the (truncated) plain SHA-256 of a candidate. */
export async function dictionaryHits(
  candidates: readonly string[],
  codes: ReadonlySet<string>,
  digits: number,
  ctx: Ctx,
): Promise<number> {
  let hits = 0;
  for (let i = 0; i < candidates.length; i += 1) {
    const code = bytesToHex(sha256(utf8ToBytes(candidates[i] as string))).slice(0, digits);
    if (codes.has(code)) hits += 1;
    if (i % 2048 === 0) await ctx.checkpoint(0.7 + (0.3 * i) / candidates.length);
  }
  return hits;
}
