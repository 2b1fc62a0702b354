import type { TechniqueDescriptor } from '../kit/technique.ts';
import { descriptor as aesGcmTelemetry } from './aes-gcm-telemetry.ts';

/** Descriptors of this family, one line each; the twin list is kernels.ts. */
export const descriptors: readonly TechniqueDescriptor[] = [aesGcmTelemetry];
