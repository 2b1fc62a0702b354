import type { Numbers } from './props.ts';

/** Step outline of 256 byte shares, the height of a uniform byte (1/256), and the most frequent byte. */
export function layoutBytes(shares: Numbers, top: number, size: { width: number; height: number }) {
  const y = (share: number) => Math.round((size.height - (share / top) * (size.height - 3)) * 100) / 100;
  const pitch = size.width / 256;
  let outline = `M0,${size.height}`;
  let largest = { value: 0, share: 0 };
  for (let i = 0; i < 256; i++) {
    const share = shares[i] ?? 0;
    if (share > largest.share) largest = { value: i, share };
    outline += `V${y(share)}H${Math.round((i + 1) * pitch * 100) / 100}`;
  }
  return { outline: `${outline}V${size.height}Z`, uniformY: y(1 / 256), largest };
}
