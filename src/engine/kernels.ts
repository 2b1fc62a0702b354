/** All algorithms, loaded one by one when a job names them. Only workers and Node tools import this. */
import { kernels as anonymization } from './anonymization/kernels.ts';
import { kernels as attacks } from './attacks/kernels.ts';
import { kernels as crypto } from './crypto/kernels.ts';
import { kernels as dp } from './dp/kernels.ts';
import { unsupported } from './kit/errors.ts';
import type { AnyMeasureModule, AnyTechniqueModule, KernelList, MeasureList } from './kit/kernels.ts';
import { kernels as ldp } from './ldp/kernels.ts';
import { kernels as learning } from './learning/kernels.ts';
import { kernels as metrics } from './metrics/kernels.ts';
import { kernels as mpc } from './mpc/kernels.ts';

const techniqueKernels: KernelList = { ...anonymization, ...dp, ...ldp, ...learning, ...mpc, ...crypto };
const measureKernels: MeasureList = { ...attacks, ...metrics };

/** @throws unsupported for an id this build does not know. */
export function loadTechnique(id: string): Promise<AnyTechniqueModule> {
  const load = Object.hasOwn(techniqueKernels, id) ? techniqueKernels[id] : undefined;
  if (load === undefined)
    throw unsupported(`unknown technique "${id}"`, 'open the scenario with a newer build, or choose another technique');
  return load();
}

/** @throws unsupported for an id this build does not know. */
export function loadMeasure(id: string): Promise<AnyMeasureModule> {
  const load = Object.hasOwn(measureKernels, id) ? measureKernels[id] : undefined;
  if (load === undefined) throw unsupported(`unknown metric or attack "${id}"`, 'open the scenario with a newer build');
  return load();
}
