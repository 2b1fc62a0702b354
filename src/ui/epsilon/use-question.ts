import { useMemo } from 'react';
import type { AnswerOf, QuestionId, QuestionOf } from '../../engine/kit/questions.ts';
import type { Runtime } from '../../runtime/client.types.ts';
import { runtime } from '../runtime.ts';
import { type Answered, type Ask, useAnswer } from '../use-answer.ts';

/**
 * The newest answer of the engine to a question that needs no dataset; undefined = nothing is asked. `quiet` questions are
 * answered within a frame and tell no progress.
 */
export function useQuestion<K extends QuestionId>(
  id: K,
  question: QuestionOf<K> | undefined,
  quiet = false,
): Answered<QuestionOf<K>, AnswerOf<K>> {
  const ask = useMemo(
    (): Ask<Runtime, QuestionOf<K>, AnswerOf<K>> => (live, asked, signal, onProgress) =>
      live.question(id, asked, quiet ? { signal, priority: 2 } : { signal, onProgress }),
    [id, quiet],
  );
  return useAnswer(runtime(), question, ask);
}
