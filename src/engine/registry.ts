/** All descriptors, for the page, the codec and the tests. Data only: algorithms are in kernels.ts. */
import { descriptors as anonymization } from './anonymization/list.ts';
import { descriptors as attackList } from './attacks/list.ts';
import { descriptors as crypto } from './crypto/list.ts';
import { descriptors as dp } from './dp/list.ts';
import type { AttackDescriptor, MetricDescriptor } from './kit/measure.ts';
import type { TechniqueDescriptor } from './kit/technique.ts';
import { descriptors as ldp } from './ldp/list.ts';
import { descriptors as learning } from './learning/list.ts';
import { descriptors as metricList } from './metrics/list.ts';
import { descriptors as mpc } from './mpc/list.ts';

export const techniques: readonly TechniqueDescriptor[] = [
  ...anonymization,
  ...dp,
  ...ldp,
  ...learning,
  ...mpc,
  ...crypto,
];
export const attacks: readonly AttackDescriptor[] = attackList;
export const metrics: readonly MetricDescriptor[] = metricList;

export const techniqueOf = (id: string): TechniqueDescriptor | undefined => techniques.find((d) => d.id === id);
export const measureOf = (id: string): AttackDescriptor | MetricDescriptor | undefined =>
  attacks.find((d) => d.id === id) ?? metrics.find((d) => d.id === id);
