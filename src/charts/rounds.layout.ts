/** Bars of one client's update norms on a scale shared by all clients; null = did not take part (NaN). */
export function layoutNorms(norms: readonly number[], top: number, size: { width: number; height: number }) {
  const pitch = size.width / Math.max(1, norms.length);
  return norms.map((norm, i) =>
    Number.isFinite(norm)
      ? {
          x: i * pitch,
          width: Math.max(0.8, pitch * 0.8),
          y: size.height - (top > 0 ? norm / top : 0) * (size.height - 2),
        }
      : null,
  );
}
