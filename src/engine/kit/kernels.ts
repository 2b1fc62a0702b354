import type { MeasureModule } from './measure.ts';
import type { TechniqueModule } from './technique.ts';

/**
 * A module with its parameter types erased: ids meet modules only at run time, and `parseParams` checks the values
 * against the module's own schema before `run` sees them.
 */
// biome-ignore lint: the erased type of a heterogeneous list
export type AnyTechniqueModule = TechniqueModule<any>;
export type AnyMeasureModule = MeasureModule<any>;

/** Modules by id, loaded when first used, so that no algorithm ends up in the page's first load. */
export type KernelList = Readonly<Record<string, () => Promise<AnyTechniqueModule>>>;
export type MeasureList = Readonly<Record<string, () => Promise<AnyMeasureModule>>>;
