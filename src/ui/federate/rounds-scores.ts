import type { RoundsPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import { filled } from '../stream/stream-scores.ts';
import { federateWords as words } from './words.ts';

/** Accuracy of the round shown. */
export function accuracyScore(picture: RoundsPicture, at: number): Score {
  const value = picture.rounds[at]?.accuracy ?? Number.NaN;
  const n = picture.heldOutRows ?? 0;
  return {
    id: 'rounds/accuracy',
    label: words.accuracy,
    value,
    ...(n > 0 ? { n, interval: wilson(value * n, n) } : {}),
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

/** Wilson's 95 % interval of a share. */
export function wilson(hits: number, n: number): NonNullable<Score['interval']> {
  const z = 1.959963984540054;
  const share = hits / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half), level: 0.95, kind: 'sampling' };
}
