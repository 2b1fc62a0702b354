import { useCallback, useEffect, useRef, useState } from 'react';
import type { LensTarget } from '../../../engine/kit/accounting.ts';
import type { Problem } from '../../../engine/kit/errors.ts';
import { noiseScale, valueAtScale } from '../../../engine/kit/preview.ts';
import type { Epsilon } from '../use-epsilon.ts';
import { useQuestion } from '../use-question.ts';
import type { Laws } from './use-laws.ts';

const grid = 1e-3;
/** A release made anew need not scale all its noise alike; the wish is then asked again, so often at most. */
const mostRounds = 4;
const near = 0.004;

interface Wish {
  readonly target: LensTarget;
  readonly committed: boolean;
  readonly rounds: number;
  readonly gesture: string;
}

let gestures = 0;

/** What the reader holds on to: the noise, so the page's epsilon, is solved for. */
export function useWish(page: Epsilon, laws: Laws | undefined) {
  const [wish, setWish] = useState<Wish | null>(null);
  const question = wish === null || laws === undefined ? undefined : { laws: laws.settled, target: wish.target, grid };
  const { answer, question: asked, problem, pending } = useQuestion('solve', question, true);
  const fits = answer !== undefined && asked?.target === wish?.target && asked?.laws === laws?.settled;
  const factor = fits ? answer.factor : undefined;
  const settledAt = laws?.epsilon;
  const { stale } = page;
  const kept = Number(page.params['epsilon']);
  /** The epsilon this wish knows of: its own, or the one it began with. Another means that the reader has moved on. */
  const known = useRef({ kept, latest: kept });
  useEffect(() => {
    known.current.latest = kept;
  }, [kept]);
  useEffect(() => {
    if (wish === null || factor === undefined || settledAt === undefined || page.dial === undefined) return;
    if (wish.committed && kept !== known.current.kept) {
      setWish(null);
      return;
    }
    // Three digits, downwards: never less noise than the wish takes.
    const { bank } = page;
    const asked =
      bank?.param === 'epsilon'
        ? valueAtScale(bank, noiseScale(bank, settledAt) * factor, page.dial)
        : settledAt / factor;
    const exact = Math.min(page.dial.max, Math.max(page.dial.min, asked));
    const unit = 10 ** (Math.floor(Math.log10(exact)) - 3);
    const epsilon = Math.max(page.dial.min, Number((Math.floor(exact / unit + 1e-9) * unit).toPrecision(5)));
    if (!wish.committed) {
      page.turn(epsilon);
      return;
    }
    if (wish.rounds > 0 && stale) return;
    if (wish.rounds > 0 && (Math.abs(factor - 1) < near || wish.rounds >= mostRounds)) {
      setWish(null);
      return;
    }
    known.current.kept = epsilon;
    setWish({ ...wish, rounds: wish.rounds + 1 });
    page.setParam('epsilon', epsilon, wish.gesture);
    // The page's functions are new at every render and mean the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wish, factor, settledAt, stale, kept]);
  const hold = useCallback((target: LensTarget, committed: boolean) => {
    known.current.kept = known.current.latest;
    setWish((old) => {
      if (old === null || old.committed) gestures += 1;
      return { target, committed, rounds: 0, gesture: `lens ${gestures}` };
    });
  }, []);
  const letGo = useCallback(() => setWish(null), []);
  const failed: Problem | undefined = wish === null ? undefined : problem;
  return { hold, letGo, held: wish?.target, pending: wish !== null && pending, problem: failed };
}
export type WishTools = ReturnType<typeof useWish>;
