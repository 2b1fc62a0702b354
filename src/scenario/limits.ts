/** Limits of what a scenario may hold; anything beyond is hostile or a mistake, and is answered with a sentence. */
export const limits = {
  /** Characters of a link after `#`. */
  link: 2000,
  /** Characters of a scenario file. */
  file: 2_000_000,
  depth: 12,
  nodes: 150_000,
  branches: 8,
  steps: 8,
  measures: 64,
  columns: 200,
  /** Labels and group borders of all hierarchies together: 10,000 values in five levels. */
  labels: 50_000,
  /** Levels of one hierarchy. */
  levels: 31,
  name: 200,
  rows: 5_000_000,
  repeats: 100,
  seed: 4_294_967_295,
} as const;
