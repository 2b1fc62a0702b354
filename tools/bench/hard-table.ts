import type { LatticeProblem } from '../../src/engine/anonymization/lattice/prepared.ts';
import type { SensitiveColumn } from '../../src/engine/anonymization/models/sensitive-domain.ts';
import { pow } from '../../src/engine/kit/math/pow.ts';
import type { EncodedColumn, Hierarchy } from '../../src/engine/table/hierarchy.ts';

/**
 * A table of high cardinality, made anew from its recipe: six quasi-identifiers, one diagnosis. Zip codes (six levels),
 * ages (six), sex (two), education (four), marital status (three), birthdays (five): 4,320 nodes, hardly two rows alike.
 */
export function hardTable(rows: number): LatticeProblem {
  const draw = mulberry32(7);
  const names = ['zip', 'age', 'sex', 'education', 'marital', 'birthday', 'diagnosis'] as const;
  const codes = names.map(() => new Uint32Array(rows));
  const [zip, age, sex, education, marital, birthday, diagnosis] = codes as readonly Uint32Array[] as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  for (let i = 0; i < rows; i += 1) {
    zip[i] = Math.floor(900 * draw() * draw());
    age[i] = Math.floor(100 * pow(draw(), 0.8));
    sex[i] = draw() < 0.51 ? 0 : 1;
    education[i] = Math.floor(16 * draw() * draw());
    marital[i] = Math.floor(7 * draw() * draw());
    birthday[i] = Math.floor(365 * draw());
    diagnosis[i] = Math.floor(14 * pow(draw(), 1.5));
  }
  const zipOf = (i: number): string => String(10_000 + 7 * i);
  const ladders: readonly (readonly [number, readonly ((i: number) => string)[]])[] = [
    [900, [0, 1, 2, 3, 4].map((cut) => (i: number) => zipOf(i).slice(0, 5 - cut) + '*'.repeat(cut))],
    [100, [1, 5, 10, 20, 60].map((width) => (i: number) => `${width}:${Math.floor(i / width)}`)],
    [2, [(i) => `s${i}`]],
    [16, [1, 4, 8].map((width) => (i: number) => `${width}:${Math.floor(i / width)}`)],
    [7, [(i) => `m${i}`, (i) => (i < 3 ? 'M0' : 'M1')]],
    [365, [1, 7, 28, 196].map((width) => (i: number) => `${width}:${Math.floor(i / width)}`)],
  ];
  const columns = ladders.map(([size, steps], j) => encoded(names[j] as string, codes[j] as Uint32Array, size, steps));
  return { columns, sensitive: [secret('diagnosis', diagnosis, 14)], rows };
}

function encoded(
  name: string,
  codes: Uint32Array,
  size: number,
  steps: readonly ((i: number) => string)[],
): EncodedColumn {
  const levels = [...steps, () => '*'].map((step, depth) => {
    const labels: string[] = [];
    const known = new Map<string, number>();
    const nodes = Uint32Array.from({ length: size }, (_, i) => {
      const label = step(i);
      const node = known.get(label) ?? labels.length;
      if (node === labels.length) labels.push(label);
      known.set(label, node);
      return node;
    });
    return { name: `level ${depth}`, codes: nodes, labels };
  });
  const hierarchy: Hierarchy = { column: name, levels };
  return { hierarchy, codes, ordered: false, base: { kind: 'labels' } };
}

function secret(column: string, codes: Uint32Array, size: number): SensitiveColumn {
  const overall = new Uint32Array(size);
  for (let i = 0; i < codes.length; i += 1) overall[codes[i] as number] = (overall[codes[i] as number] as number) + 1;
  const labels = Array.from({ length: size }, (_, i) => `d${i}`);
  return { domain: { column, size, labels, overall, rows: codes.length }, codes };
}

/** The generator of the recipe: it decides the table, not the quality of its numbers. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
