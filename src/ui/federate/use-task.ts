import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Progress } from '../../engine/kit/job.ts';
import type { CallOptions } from '../../runtime/client.types.ts';
import type { Outcome } from '../../runtime/protocol.ts';

export interface Task<T> {
  /** Result of the call for exactly this key. */
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  readonly running: boolean;
  readonly progress: Progress | undefined;
  readonly start: () => void;
  readonly cancel: () => void;
}

interface State<T> {
  readonly key: string;
  readonly value?: T;
  readonly problem?: Problem;
  readonly running: boolean;
  readonly progress?: Progress;
}

/** A call the user starts. Its result belongs to `key`: with another key it is forgotten, and a running call ends. */
export function useTask<T>(key: string, call: (options: CallOptions) => Promise<Outcome<T>>): Task<T> {
  const [state, setState] = useState<State<T>>({ key, running: false });
  const abort = useRef<AbortController | null>(null);
  // Another key ends the call for the old one.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => () => abort.current?.abort(), [key]);
  const start = (): void => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    const { signal } = controller;
    setState({ key, running: true });
    const onProgress = (progress: Progress): void => {
      if (!signal.aborted) setState({ key, running: true, progress });
    };
    void call({ signal, priority: 1, onProgress }).then((outcome) => {
      if (signal.aborted || outcome.status === 'cancelled') return;
      setState({
        key,
        running: false,
        ...(outcome.status === 'ok' ? { value: outcome.value } : { problem: outcome.problem }),
      });
    });
  };
  const cancel = (): void => {
    abort.current?.abort();
    setState({ key, running: false });
  };
  const own = state.key === key ? state : { key, running: false };
  return { value: own.value, problem: own.problem, running: own.running, progress: own.progress, start, cancel };
}
