import type { Accounted, AmplifyQuestion } from '../../kit/accounting.ts';
import { EngineError, invalidParam } from '../../kit/errors.ts';
import type { LossLaw } from '../../kit/loss-law.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { text } from '../../kit/text.ts';
import { groupLaw, subsampledLaw } from '../composition.ts';
import { accounted, unsupportedBecause } from './accountants.ts';
import { epsilonOnce } from './losses.ts';
import { pureEpsilon } from './pure.ts';
import { cloneEpsilon } from './shuffle.ts';

/** One release under sampling, shuffling and for a group; each theorem only with the relation it is proven for. */
export const answer: QuestionModule<'amplify'>['answer'] = async (question, ctx) => {
  check(question);
  const { law, delta, rate, reports, group } = question;
  const plain = accounted(epsilonOnce(law, delta));
  await ctx.checkpoint(0.2);
  const sampled = sampledAt(law, rate, 'poisson', delta);
  const sampledReplace = sampledAt(law, rate, 'without-replacement', delta);
  await ctx.checkpoint(0.4);
  const shuffled = shuffledAt(law, reports, delta);
  await ctx.checkpoint(0.9);
  const together = groupLaw(law, group);
  return {
    plain,
    sampled,
    sampledReplace,
    shuffled,
    group: together === undefined ? unsupportedBecause(noGroup) : accounted(epsilonOnce(together, delta)),
  };
};

function sampledAt(law: LossLaw, rate: number, sampling: 'poisson' | 'without-replacement', delta: number): Accounted {
  try {
    const sampled = subsampledLaw(law, rate, sampling, sampling === 'poisson' ? 'add-remove' : 'replace-one');
    return accounted(epsilonOnce(sampled, delta));
  } catch (error) {
    if (error instanceof EngineError && error.code === 'unsupported') return unsupportedBecause(noSample);
    throw error;
  }
}

function shuffledAt(law: LossLaw, reports: number, delta: number): Accounted {
  const epsilon = pureEpsilon(law);
  return epsilon === undefined ? unsupportedBecause(noShuffle) : accounted(cloneEpsilon(epsilon, reports, delta));
}

const noSample = text(
  'No theorem is known here for a sample of such a release.',
  'Aquí no se conoce ningún teorema para una muestra de una publicación así.',
);
const noShuffle = text(
  'Shuffling is proven for pure local randomizers only.',
  'La mezcla solo está demostrada para aleatorizadores locales puros.',
);
const noGroup = text(
  'Groups of a sampled release have no law of the list.',
  'Los grupos de una publicación muestreada no tienen ley en la lista.',
);

function check({ delta, rate, reports, group }: AmplifyQuestion): void {
  if (!(delta > 0 && delta < 1)) throw invalidParam('delta', 'a probability above 0 and below 1', delta);
  if (!(rate > 0 && rate <= 1)) throw invalidParam('rate', 'a share above 0 and up to 1', rate);
  if (!(Number.isInteger(reports) && reports >= 1 && reports <= 1e9)) {
    throw invalidParam('reports', 'a whole number from 1 to 1e9', reports);
  }
  if (!(Number.isInteger(group) && group >= 1 && group <= 1e6)) {
    throw invalidParam('group', 'a whole number from 1 to 1e6', group);
  }
}
