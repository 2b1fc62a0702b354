import type { SchemaRow, VectorEnv } from '../kit/vectors.ts';

/** Rows of the perturbation methods of the sdcMicro reference: microaggregation, and whatever else changes values. */
export function* perturbation(doc: Readonly<Record<string, unknown>>, _env: VectorEnv): Generator<SchemaRow> {
  for (const [name, part] of Object.entries(doc)) {
    for (const [key, expected] of Object.entries(part as object)) {
      yield { id: `${name}[${key}]`, expected, unsupported: true };
    }
  }
}
