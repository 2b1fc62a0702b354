/** Runs only what is newest: for sliders, where an answer to an old question is worse than none. */
export interface LatestRunner<A> {
  /** Starts work for `args`, giving up whatever ran before. */
  run(args: A): void;
  /** Gives up the work under way. */
  cancel(): void;
  /** Whether the newest work has not been delivered yet. */
  isPending(): boolean;
}

/**
 * Latest wins: results are delivered only if nothing newer was asked for since, whatever order the work ends in.
 * `work` should honour its signal but need not: late results are dropped by their sequence number. A rejection goes to
 * `onError` under the same rule.
 */
export function latestWins<A, R>(
  work: (args: A, signal: AbortSignal) => Promise<R>,
  deliver: (result: R, args: A) => void,
  onError: (error: unknown, args: A) => void = () => undefined,
): LatestRunner<A> {
  let newest = 0;
  let running: AbortController | undefined;
  const isNewest = (sequence: number): boolean => sequence === newest && running !== undefined;
  return {
    run: (args) => {
      running?.abort();
      newest += 1;
      const sequence = newest;
      const controller = new AbortController();
      running = controller;
      work(args, controller.signal).then(
        (result) => {
          if (!isNewest(sequence)) return;
          running = undefined;
          deliver(result, args);
        },
        (error: unknown) => {
          if (!isNewest(sequence)) return;
          running = undefined;
          onError(error, args);
        },
      );
    },
    cancel: () => {
      newest += 1;
      running?.abort();
      running = undefined;
    },
    isPending: () => running !== undefined,
  };
}
