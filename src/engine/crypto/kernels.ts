import type { KernelList } from '../kit/kernels.ts';

/** Lazy modules of this family, one line each; the twin list is list.ts. */
export const kernels: KernelList = {
  'aes-gcm-telemetry': () => import('./aes-gcm-telemetry.ts'),
};
