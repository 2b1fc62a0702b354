import type { Quantity } from '../kit/vectors.ts';

export const quantities: Readonly<Record<string, Quantity>> = {};
