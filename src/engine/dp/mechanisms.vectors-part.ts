import type { Quantity } from '../kit/vectors.ts';
import { boundedDomainScale } from './mechanisms/bounded-domain-laplace.ts';
import { snappingEpsilon, snappingGrid } from './mechanisms/snapping.ts';
import { gammaForMeanError, gammaForVariance, leastMeanError, staircaseVariance } from './mechanisms/staircase-law.ts';
import { truncatedMeanError, truncatedVariance, truncationBound } from './mechanisms/truncated-laplace.ts';
import { of } from './vectors-read.ts';

type Read = (name: string) => number;

const truncated = (figure: (scale: number, bound: number) => number): Quantity =>
  of((p) => figure(p('sensitivity') / p('epsilon'), truncationBound(p('epsilon'), p('delta'), p('sensitivity'))));
const snapped = (p: Read): number => snappingEpsilon(p('epsilon'), p('sensitivity'), p('lower'), p('upper'));

export const quantities: Readonly<Record<string, Quantity>> = {
  'staircase.gamma.l1': of((p) => gammaForMeanError(p('epsilon'))),
  'staircase.gamma.l2': of((p) => gammaForVariance(p('epsilon'))),
  'staircase.mae.optimal': of((p) => p('sensitivity') * leastMeanError(p('epsilon'))),
  'staircase.variance.optimal': of(
    (p) => p('sensitivity') * p('sensitivity') * staircaseVariance(p('epsilon'), gammaForVariance(p('epsilon'))),
  ),
  'truncated_laplace.bound': of((p) => truncationBound(p('epsilon'), p('delta'), p('sensitivity'))),
  'truncated_laplace.mae': truncated(truncatedMeanError),
  'truncated_laplace.variance': truncated(truncatedVariance),
  'bounded_domain_laplace.scale': of((p) =>
    boundedDomainScale(p('epsilon'), p('delta'), p('sensitivity'), p('upper') - p('lower')),
  ),
  'snapping.effective_epsilon': of(snapped),
  'snapping.grid': of((p) => snappingGrid(snapped(p))),
};
