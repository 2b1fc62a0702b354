import type { PrivacyModel } from '../../kit/privacy-model.ts';
import type { Codes, Grouping } from '../../table/group.ts';
import { eachClass } from './class-values.ts';
import { makeCriterion } from './criteria.ts';
import type { Criterion, SensitiveDomain } from './criterion.ts';
import { recursiveRatio } from './recursive-cl.ts';

/**
 * What the classes of a table achieve for each model: the strictest parameter that every class satisfies. Distances and
 * gains compare with `domain.overall`.
 */
export interface Achieved {
  readonly k: number;
  readonly distinctL: number;
  readonly entropyL: number;
  /** By l from 2 up to distinct l: recursive (c, l)-diversity holds for every c above it. */
  readonly recursive: ReadonlyMap<number, number>;
  readonly alpha: number;
  readonly tEqual: number;
  /** Undefined where the values are no numbers, or have no tree. */
  readonly tOrdered: number | undefined;
  readonly tHierarchical: number | undefined;
  readonly basicBeta: number;
  /** Infinite where no beta makes enhanced beta-likeness hold. */
  readonly enhancedBeta: number;
  /** In bits; delta-disclosure holds for every delta above it. */
  readonly delta: number;
}

/** @param most largest l for which the recursive ratio is wanted */
export function achieved(grouping: Grouping, secret: Codes, domain: SensitiveDomain, most = Infinity): Achieved {
  const { column } = domain;
  const worst = (model: PrivacyModel, largest: boolean): Worst => new Worst(makeCriterion(model, domain), largest);
  const t = (distance: 'equal' | 'ordered' | 'hierarchical'): Worst =>
    worst({ type: 't-closeness', column, t: 0, distance }, true);
  const distinctL = worst({ type: 'distinct-l', column, l: 1 }, false);
  const all = {
    k: worst({ type: 'k-anonymity', k: 1 }, false),
    distinctL,
    entropyL: worst({ type: 'entropy-l', column, l: 1 }, false),
    alpha: worst({ type: 'alpha-k', column, alpha: 1, k: 1 }, true),
    tEqual: t('equal'),
    tOrdered: domain.order === undefined ? undefined : t('ordered'),
    tHierarchical: domain.hierarchy?.levels.at(-1)?.labels.length === 1 ? t('hierarchical') : undefined,
    basicBeta: worst({ type: 'basic-beta', column, beta: 0 }, true),
    enhancedBeta: worst({ type: 'enhanced-beta', column, beta: 0 }, true),
    delta: worst({ type: 'delta-disclosure', column, delta: 0 }, true),
  };
  const each = Object.values(all).filter((one) => one !== undefined);
  eachClass(grouping, secret, domain.size, (cls) => {
    for (const one of each) one.add(one.criterion.measure(cls));
  });
  return {
    k: all.k.value,
    distinctL: distinctL.value,
    entropyL: all.entropyL.value,
    recursive: recursiveRatios(grouping, secret, domain.size, Math.min(distinctL.value, most)),
    alpha: all.alpha.value,
    tEqual: all.tEqual.value,
    tOrdered: all.tOrdered?.value,
    tHierarchical: all.tHierarchical?.value,
    basicBeta: all.basicBeta.value,
    enhancedBeta: all.enhancedBeta.value,
    delta: all.delta.value,
  };
}

/** The worst number met so far. */
class Worst {
  value: number;
  constructor(
    readonly criterion: Criterion,
    private readonly largest: boolean,
  ) {
    this.value = largest ? -Infinity : Infinity;
  }
  add(value: number): void {
    if (this.largest ? value > this.value : value < this.value) this.value = value;
  }
}

function recursiveRatios(grouping: Grouping, secret: Codes, size: number, most: number): ReadonlyMap<number, number> {
  const ratios = new Map<number, number>();
  if (grouping.count === 0) return ratios;
  for (let l = 2; l <= most; l += 1) {
    const ratio = recursiveRatio(l);
    let worst = 0;
    eachClass(grouping, secret, size, (cls) => {
      worst = Math.max(worst, ratio(cls));
    });
    ratios.set(l, worst);
  }
  return ratios;
}
