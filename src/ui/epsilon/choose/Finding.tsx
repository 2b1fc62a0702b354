import { oddsOf } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorNote, ProgressLine } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { cellsOf } from '../../explore/use-scene.ts';
import { halfWidthOf } from '../../explore/grid.layout.ts';
import type { Epsilon } from '../use-epsilon.ts';
import { usableShare, type Cells } from './cells.ts';
import { goal } from './goal.ts';
import { words } from './words.ts';

/** What the epsilon on the slider does to the answers and to one attacker, in one sentence. */
export function Finding({ page, cells }: { readonly page: Epsilon; readonly cells: Cells | undefined }) {
  const { tx, number, unit, rounded, value } = useText();
  const { dataset, run, epsilon, descriptor } = page;
  if (dataset.status === 'failed') return <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />;
  const failed = run.outcome?.status === 'failed' ? run.outcome.problem : undefined;
  if (failed !== undefined) {
    return (
      <section className="choose-finding">
        <h2>{tx(words.failed)}</h2>
        <ErrorNote problem={failed} onRetry={run.retry} />
      </section>
    );
  }
  if (cells === undefined && page.result === undefined) {
    return (
      <section className="choose-finding">
        <h2>{tx(words.working)}</h2>
        <ProgressLine progress={dataset.status === 'loading' ? dataset.progress : run.progress} onCancel={run.cancel} />
      </section>
    );
  }
  const parts = {
    epsilon: <Figure meaning="privacy">{number(epsilon, 3)}</Figure>,
    odds: <Figure meaning="risk">{oddsOf(epsilon)}</Figure>,
  };
  const grid = cells?.grid;
  const half = cells === undefined ? undefined : halfWidthOf(cells.noise, grid === undefined ? 1 : cellsOf(grid, null));
  const counted = cells === undefined ? '' : unit(cells.picture.unit, 2);
  const usable =
    grid === undefined || half === undefined ? undefined : usableShare(grid, half, null, goal.least, goal.share);
  return (
    <section className="choose-finding" aria-live="polite" aria-busy={page.stale}>
      <h2>
        {usable !== undefined && usable.of > 0 ? (
          <Rich
            text={tx(words.finding)}
            parts={{
              ...parts,
              usable: <Figure meaning="utility">{number(usable.usable)}</Figure>,
              of: number(usable.of),
              least: number(goal.least),
              unit: counted,
              share: value(goal.share, 'share'),
            }}
          />
        ) : half !== undefined ? (
          <Rich
            text={tx(words.findingPlain)}
            parts={{ ...parts, half: <Figure meaning="utility">{rounded(half, half)}</Figure>, unit: counted }}
          />
        ) : (
          <Rich text={tx(words.findingOdds)} parts={parts} />
        )}
      </h2>
      <p className="small soft">
        {tx(words.findingNote, { unit: unit(descriptor?.rowUnit ?? 'row'), delta: page.delta.toExponential(0) })}
      </p>
    </section>
  );
}
