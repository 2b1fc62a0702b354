/** Limits of what a scenario may hold; anything beyond is hostile or a mistake, and is answered with a sentence. */
export const limits = {
  /** Characters of a link after `#`. */
  link: 2000,
  /** Characters of a scenario file. */
  file: 200_000,
  depth: 12,
  nodes: 20_000,
  branches: 8,
  steps: 8,
  measures: 64,
  columns: 200,
  name: 200,
  rows: 5_000_000,
  repeats: 100,
  seed: 4_294_967_295,
} as const;
