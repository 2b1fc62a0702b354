import type { Ctx } from '../src/engine/kit/context.ts';
import type { LoadedDataset } from '../src/engine/kit/dataset.ts';
import { EngineError, invalidParam } from '../src/engine/kit/errors.ts';
import type { DatasetRef } from '../src/engine/kit/job.ts';
import { type ParamSchema, parseParams } from '../src/engine/kit/params.ts';
import { text } from '../src/engine/kit/text.ts';
import { seededRng } from '../src/engine/rng/rng.ts';
import { tableChecksum } from './formats/checksum.ts';
import { generators } from './generators.ts';
import { type Asset, readJson } from './kit.ts';
import { loadPlaces } from './places.ts';

export type EmbeddedRef = Extract<DatasetRef, { readonly kind: 'embedded' }>;

/**
 * Generates an embedded dataset. The same reference gives the same table and checksum in every browser and under Node:
 * chance comes from the reference's seed alone, not from `ctx.rng`.
 * @throws invalid-param for an unknown id, a row number out of range, or wrong options
 */
export async function loadEmbedded(ref: EmbeddedRef, ctx: Ctx & { readonly asset: Asset }): Promise<LoadedDataset> {
  const load = Object.hasOwn(generators, ref.id) ? generators[ref.id] : undefined;
  if (load === undefined) throw invalidParam('dataset', `one of ${Object.keys(generators).join(', ')}`, ref.id);
  const { dataset } = await load();
  const { descriptor } = dataset;
  const { min, max } = descriptor.rows;
  if (!Number.isInteger(ref.rows) || ref.rows < min || ref.rows > max) {
    throw invalidParam('rows', `a whole number from ${min} to ${max}`, ref.rows);
  }
  const options = checkedOptions(dataset.options ?? {}, ref.options);
  const names = Object.keys(dataset.facts);
  const files = await Promise.all(names.map((name) => readJson(dataset.facts[name] as URL, ctx.asset)));
  const facts = Object.fromEntries(names.map((name, i) => [name, files[i]]));
  const rng = seededRng(`dataset/${ref.id}/${ref.seed}`);
  const generating: Ctx = {
    ...ctx,
    rng,
    checkpoint: (fraction, note, partial) => ctx.checkpoint(0.97 * fraction, note, partial),
  };
  const table = await dataset.generate(facts, { rows: ref.rows, seed: ref.seed, options }, generating);
  const places = descriptor.places === undefined ? {} : { places: await loadPlaces(descriptor.places, ctx.asset) };
  return {
    descriptor,
    table,
    ...places,
    hierarchies: {},
    checksum: tableChecksum(table),
    report: {
      format: 'generated',
      rowsRead: table.rows,
      rowsKept: table.rows,
      problems: [],
      problemCounts: {},
      decisions: [
        text(
          `Synthetic rows, made in this tab with seed ${ref.seed}; no row is a real record.`,
          `Filas sintéticas, creadas en esta pestaña con la semilla ${ref.seed}; ninguna es un registro real.`,
        ),
        descriptor.calibration,
      ],
      warnings: [],
    },
  };
}

function checkedOptions(schema: ParamSchema, given: unknown): Readonly<Record<string, number>> {
  const parsed = parseParams(schema, given);
  if (parsed.ok) return parsed.value as Readonly<Record<string, number>>;
  const [first] = parsed.errors;
  throw new EngineError('invalid-param', first?.message ?? 'wrong options', first?.remedy, first?.place);
}
