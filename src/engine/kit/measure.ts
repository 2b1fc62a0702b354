import type { Ctx } from './context.ts';
import type { ParamSchema, Params } from './params.ts';
import type { Release, ReleaseKind } from './release.ts';
import type { Score } from './score.ts';
import type { Citation, Dimension, Vetting } from './technique.ts';
import type { Text } from './text.ts';

interface MeasureBase<S extends ParamSchema> {
  readonly id: string;
  readonly version: number;
  readonly label: Text;
  readonly summary: Text;
  readonly citations: readonly Citation[];
  readonly limits: readonly Text[];
  readonly vetting: Vetting;
  readonly params: S;
  readonly accepts: readonly ReleaseKind[];
  /** Parts of the dataset it needs (`entity`, `secret`, `place`, `time`); without them it says so instead of running. */
  /** Costly or special: not part of the standard scenarios, measured where a page or a scenario names it. */
  readonly onDemand?: true;
  readonly needs: readonly ('entity' | 'secret' | 'place' | 'time' | 'destination')[];
}

/** A metric compares a release with the truth: utility, risk by model, or counted cost. */
export interface MetricDescriptor<S extends ParamSchema = ParamSchema> extends MeasureBase<S> {
  readonly kind: 'metric';
  readonly group: 'utility' | 'risk' | 'cost';
}

/** An attack: what an adversary with stated knowledge achieves against the release, against a baseline. */
export interface AttackDescriptor<S extends ParamSchema = ParamSchema> extends MeasureBase<S> {
  readonly kind: 'attack';
  readonly adversary: { readonly who: Text; readonly knows: readonly Text[]; readonly wants: Text };
  readonly dimensions: readonly Dimension[];
}

export const defineMetric = <const S extends ParamSchema>(descriptor: MetricDescriptor<S>): MetricDescriptor<S> =>
  descriptor;
export const defineAttack = <const S extends ParamSchema>(descriptor: AttackDescriptor<S>): AttackDescriptor<S> =>
  descriptor;

/** Both answer with scores; an attack's first score carries baseline and interval. */
export type MeasureRun<D> = D extends MetricDescriptor<infer S> | AttackDescriptor<infer S>
  ? (release: Release, params: Params<S>, ctx: Ctx) => Promise<readonly Score[]>
  : never;

export interface MeasureModule<S extends ParamSchema = ParamSchema> {
  readonly descriptor: MetricDescriptor<S> | AttackDescriptor<S>;
  readonly run: (release: Release, params: Params<S>, ctx: Ctx) => Promise<readonly Score[]>;
}
