import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestWins } from './latest.ts';

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('latest wins', () => {
  it('never delivers a stale result, whatever order the work ends in, and always the last one', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const) }),
      fc.record({ kind: fc.constant('finish' as const), pick: fc.nat(), fails: fc.boolean() }),
      fc.record({ kind: fc.constant('cancel' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const open: { settle: (fails: boolean) => void }[] = [];
        const delivered: number[] = [];
        let asked = 0;
        let cancelledAt = 0;
        const note = (args: number): void => {
          // At the moment of delivery nothing newer may have been asked for, nor a cancel have come.
          expect(args).toBe(asked);
          expect(args).toBeGreaterThan(cancelledAt);
          delivered.push(args);
        };
        const runner = latestWins<number, number>(
          (args) =>
            new Promise((resolve, reject) => {
              open.push({ settle: (fails) => (fails ? reject(new Error('failed')) : resolve(args)) });
            }),
          (_result, args) => note(args),
          (_error, args) => note(args),
        );
        for (const each of steps) {
          if (each.kind === 'ask') {
            asked += 1;
            runner.run(asked);
          } else if (each.kind === 'cancel') {
            cancelledAt = asked;
            runner.cancel();
          } else if (open.length > 0) {
            open.splice(each.pick % open.length, 1)[0]?.settle(each.fails);
            await tick();
          }
        }
        for (const { settle } of open) settle(false);
        await tick();
        expect(new Set(delivered).size).toBe(delivered.length);
        if (asked > cancelledAt) expect(delivered).toContain(asked);
        expect(runner.isPending()).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('aborts what it gives up', () => {
    const signals: AbortSignal[] = [];
    const runner = latestWins<number, number>(
      (_args, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
      () => undefined,
    );
    runner.run(1);
    runner.run(2);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    runner.cancel();
    expect(signals[1]?.aborted).toBe(true);
  });
});
