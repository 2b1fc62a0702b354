/** Placeholder replaced in the next commit. */
export function ExplorePage() {
  return null;
}
