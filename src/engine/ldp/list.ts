import type { TechniqueDescriptor } from '../kit/technique.ts';
import { descriptor as randomizedResponse } from './randomized-response.ts';

/** Descriptors of this family, one line each; the twin list is kernels.ts. */
export const descriptors: readonly TechniqueDescriptor[] = [randomizedResponse];
