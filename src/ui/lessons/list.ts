import type { Lesson } from './engine.ts';
import { whatEpsilonDoes } from './what-epsilon-does.ts';
import { whyGroupsAreNotEnough } from './why-groups-are-not-enough.ts';

/** All lessons, one line each. */
export const lessons: readonly Lesson[] = [whatEpsilonDoes, whyGroupsAreNotEnough];
