import type { SchemaReader, VectorAdapter } from '../kit/vectors.ts';
import { perturbation } from './sdcmicro-perturbation.vectors-part.ts';

/** Parts of the document that describe it, and the parts this reader computes; the rest are perturbation methods. */
const ABOUT = ['schema', 'source', 'data', 'semantics'];
const RISK = ['francdat', 'toySuda', 'testdata'];

/** The sdcMicro reference: risk here, methods that change values in their own file. */
const sdcmicro: SchemaReader = function* (doc, env) {
  const parts = Object.entries(doc as Readonly<Record<string, unknown>>).filter(([name]) => !ABOUT.includes(name));
  for (const [name, expected] of parts) {
    if (RISK.includes(name)) yield { id: name, expected, unsupported: true };
  }
  yield* perturbation(Object.fromEntries(parts.filter(([name]) => !RISK.includes(name))), env);
};

export const vectors: VectorAdapter = { schemas: { 'anonymization-sdcmicro-reference/1': sdcmicro } };
