import { useMemo, useState } from 'react';
import type { Problem } from '../../../engine/kit/errors.ts';
import type { PrivacyEvent } from '../../../engine/kit/guarantee.ts';
import type { Job } from '../../../engine/kit/job.ts';
import { withNoiseTimes } from '../../../engine/kit/loss-law.ts';
import { defaultOf, defaultsOf, type NumberParam, type ParamRecord } from '../../../engine/kit/params.ts';
import type { TechniqueDescriptor } from '../../../engine/kit/technique.ts';
import { techniqueOf } from '../../../engine/registry.ts';
import { planJob } from '../../../scenario/plan.ts';
import type { LedgerKey } from '../../../store/ledger-store.ts';
import { type Run, useRun, useLast } from '../../use-run.ts';
import type { Epsilon } from '../use-epsilon.ts';

/** A question that is thought about: rehearsed by the curator to learn its cost, shown to nobody, not spent. */
export interface Asking {
  readonly technique: TechniqueDescriptor | undefined;
  readonly params: ParamRecord;
  readonly choose: (id: string) => void;
  readonly dial: NumberParam | undefined;
  readonly epsilon: number;
  readonly turn: (epsilon: number) => void;
  readonly settle: (epsilon: number) => void;
  /** Its job, with the scenario's seed; an asking takes another one. */
  readonly job: Job;
  readonly run: Run;
  readonly problem: Problem | undefined;
  /** What the rehearsal would write down; scaled to the slider while that moves. Undefined while unknown or without a claim. */
  readonly events: readonly PrivacyEvent[] | undefined;
  /** The rehearsal is of exactly these settings. */
  readonly settled: boolean;
  readonly claims: boolean;
  readonly key: LedgerKey | undefined;
}

/** The page's own question at first; what is changed here stays here. */
export function useAsking(page: Epsilon): Asking {
  const [wish, setWish] = useState<{ readonly id: string; readonly params: ParamRecord } | null>(null);
  const [live, setLive] = useState<number | null>(null);
  const own = page.branch.steps.at(-1);
  const id = wish?.id ?? own?.id ?? '';
  const technique = techniqueOf(id);
  const explicit = useMemo(
    (): ParamRecord => ({ ...(id === own?.id ? own.params : {}), ...wish?.params }),
    [id, own, wish],
  );
  const params = useMemo(() => ({ ...defaultsOf(technique?.params ?? {}), ...explicit }), [technique, explicit]);
  const dial = technique?.params['epsilon']?.kind === 'number' ? technique.params['epsilon'] : undefined;
  const kept = dial === undefined ? 0 : Number(params['epsilon'] ?? defaultOf(dial));
  const epsilon = live ?? kept;
  const job = useMemo(
    () =>
      planJob(
        { ...page.spec, metrics: [], attacks: [] },
        { ...page.branch, steps: [...page.branch.steps.slice(0, -1), { id, params: explicit }] },
      ),
    [page.spec, page.branch, id, explicit],
  );
  const run = useRun(page.dataset.status === 'ok' ? job : null, 1);
  const outcome = run.outcome?.status === 'ok' ? run.outcome : undefined;
  const shown = useLast(outcome, `${JSON.stringify(page.spec.dataset)} ${id}`);
  const claims = shown?.guarantee.kind === 'dp' && shown.events.length > 0;
  const made = shown?.guarantee.kind === 'dp' ? shown.guarantee.epsilon : undefined;
  const events = useMemo(() => {
    if (!claims || shown === undefined) return undefined;
    const factor = dial === undefined || made === undefined || !(epsilon > 0) ? 1 : made / epsilon;
    return Math.abs(factor - 1) < 1e-9 ? shown.events : shown.events.map((event) => louder(event, factor));
  }, [claims, shown, dial, made, epsilon]);
  const first = shown?.events[0];
  const key = useMemo(
    () =>
      first === undefined || shown === undefined
        ? undefined
        : { dataset: shown.datasetChecksum, unit: first.unit, neighbours: first.neighbours },
    [first, shown],
  );
  return {
    technique,
    params,
    choose: (next) => {
      setLive(null);
      const has = techniqueOf(next)?.params['epsilon']?.kind === 'number';
      setWish({ id: next, params: has && dial !== undefined ? { epsilon } : {} });
    },
    dial,
    epsilon,
    turn: setLive,
    settle: (value) => {
      setLive(null);
      setWish({ id, params: { ...wish?.params, epsilon: value } });
    },
    job,
    run,
    problem: run.outcome?.status === 'failed' ? run.outcome.problem : undefined,
    events,
    settled: outcome !== undefined && live === null,
    claims,
    key,
  };
}

/** The event with all its noise multiplied. */
const louder = (event: PrivacyEvent, factor: number): PrivacyEvent => ({
  ...event,
  epsilon: event.epsilon / factor,
  ...(event.scale === undefined ? {} : { scale: event.scale * factor }),
  ...(event.law === undefined ? {} : { law: withNoiseTimes(event.law, factor) }),
});
