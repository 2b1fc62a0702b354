import type { RoundsPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import { filled } from '../stream/stream-scores.ts';
import { federateWords as words } from './words.ts';

/** Accuracy of the round shown. */
export function accuracyScore(picture: RoundsPicture, at: number): Score {
  return {
    id: 'rounds/accuracy',
    label: words.accuracy,
    value: picture.rounds[at]?.accuracy ?? Number.NaN,
    unit: 'share',
    direction: 'higher-is-better',
    meaning: 'utility',
    provenance: 'measured',
    of: 'sample',
    baseline: picture.majority.accuracy,
    method: words.accuracyMethod,
  };
}

/** Bytes and, where the updates carry noise, epsilon: of the round shown and up to it. */
export function costScores(picture: RoundsPicture, at: number): readonly Score[] {
  const round = picture.rounds[at];
  if (round === undefined) return [];
  const rounds = picture.rounds.slice(0, at + 1);
  const bytes = { unit: 'bytes', direction: 'lower-is-better', meaning: 'cost', provenance: 'measured' } as const;
  const scores: Score[] = [
    {
      ...bytes,
      id: 'rounds/bytes',
      label: words.bytesRound,
      value: round.bytes,
      method: filled(words.bytesRoundMethod, { n: picture.clients.length }),
    },
    {
      ...bytes,
      id: 'rounds/bytes-so-far',
      label: words.bytesAll,
      value: rounds.reduce((sum, one) => sum + one.bytes, 0),
      method: filled(words.bytesAllMethod, { n: rounds.length }),
    },
  ];
  if (round.epsilon === undefined) return scores;
  const loss = { unit: 'ε', direction: 'lower-is-better', meaning: 'risk', provenance: 'modelled' } as const;
  scores.push(
    { ...loss, id: 'rounds/epsilon', label: words.epsilonSoFar, value: round.epsilon, method: words.epsilonMethod },
    {
      ...loss,
      id: 'rounds/epsilon-round',
      label: words.epsilonRound,
      value: round.epsilon - (picture.rounds[at - 1]?.epsilon ?? 0),
      method: words.epsilonRoundMethod,
    },
  );
  return scores;
}
