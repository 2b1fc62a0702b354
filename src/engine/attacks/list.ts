import type { AttackDescriptor } from '../kit/measure.ts';
import { descriptor as backgroundKnowledge } from './background-knowledge.ts';
import { descriptor as collusion } from './collusion.ts';
import { descriptor as eavesdropper } from './eavesdropper.ts';
import { descriptor as minimality } from './minimality.ts';
import { descriptor as presenceInAnswers } from './presence-in-answers.ts';
import { descriptor as homogeneity } from './homogeneity.ts';
import { descriptor as inference } from './inference.ts';
import { descriptor as intersection } from './intersection.ts';
import { descriptor as linkability } from './linkability.ts';
import { descriptor as membershipInference } from './membership-inference.ts';
import { descriptor as reconstructionFromAnswers } from './reconstruction-from-answers.ts';
import { descriptor as reIdentification } from './re-identification.ts';
import { descriptor as singlingOut } from './singling-out.ts';

/** Descriptors, one line each; the twin list is kernels.ts. */
export const descriptors: readonly AttackDescriptor[] = [
  reIdentification,
  membershipInference,
  presenceInAnswers,
  reconstructionFromAnswers,
  eavesdropper,
  collusion,
  inference,
  linkability,
  singlingOut,
  homogeneity,
  backgroundKnowledge,
  intersection,
  minimality,
];
