/** Placeholder replaced in the next commit. */
export function DataPage() {
  return null;
}
