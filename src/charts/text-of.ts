/** Rounds every number in a text or value to 3 decimals: snapshots that do not depend on the last bits. */
export function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, plain, 1);
  return text.replaceAll(/-?\d+\.\d{4,}(?:e[-+]?\d+)?/g, (number) =>
    String(Math.round(Number(number) * 1000) / 1000 || 0),
  );
}

const plain = (_key: string, value: unknown) =>
  ArrayBuffer.isView(value)
    ? Array.from(value as Float64Array)
    : typeof value === 'number' && !Number.isFinite(value)
      ? String(value)
      : value;
