import { oddsOf } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { ErrorNote, ProgressLine } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { cellsOf } from '../../explore/use-scene.ts';
import { halfWidthOf, heldBack } from '../../explore/grid.layout.ts';
import { words as lens } from '../lens/words.ts';
import { isMean } from '../../pictures/counts.layout.ts';
import type { Epsilon } from '../use-epsilon.ts';
import { measuredError, usableShare, type Cells } from './cells.ts';
import { goal } from './goal.ts';
import { words } from './words.ts';

/** What the epsilon on the slider does to the answers and to one attacker, in one sentence. */
export function Finding({ page, cells }: { readonly page: Epsilon; readonly cells: Cells | undefined }) {
  const { tx } = useText();
  const { dataset, run } = page;
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
  return <Sentence page={page} cells={cells} />;
}

function Sentence({ page, cells }: { readonly page: Epsilon; readonly cells: Cells | undefined }) {
  const { tx, number } = useText();
  const error = useErrorSaid(page, cells);
  const claim = page.result?.guarantee;
  const none = claim !== undefined && claim.kind !== 'dp';
  return (
    <section className="choose-finding" aria-live="polite" aria-busy={page.stale}>
      <h2>
        {error.said === undefined ? (
          <Rich
            text={tx(words.findingOnly)}
            parts={{ epsilon: <Figure meaning="privacy">{number(page.epsilon, 3)}</Figure> }}
          />
        ) : (
          error.said
        )}{' '}
        {none ? (
          tx(lens.noLoss)
        ) : (
          <Rich text={tx(words.findingOdds)} parts={{ odds: <Figure meaning="risk">{oddsOf(page.epsilon)}</Figure> }} />
        )}
      </h2>
      <p className="small soft">
        <Note page={page} basis={error.basis} withheld={error.withheld} />
      </p>
    </section>
  );
}

/** Whose presence the odds speak of, where they come from, and where the error does. */
function Note(props: {
  readonly page: Epsilon;
  readonly basis: 'law' | 'measured' | undefined;
  readonly withheld: number;
}) {
  const { tx, unit, number } = useText();
  const { page, basis, withheld } = props;
  const claim = page.result?.guarantee;
  return (
    <>
      {claim?.kind === 'dp' &&
        `${tx(words.noteUnit, { unit: unit(claim.unit), relation: tx(lens[claim.neighbours]) })} `}
      {claim?.kind === 'dp' &&
        `${claim.delta > 0 ? tx(words.noteOddsDelta, { delta: claim.delta.toExponential(0) }) : tx(words.noteOdds)} `}
      {basis === 'law' && tx(words.noteLaw)}
      {basis === 'measured' && tx(words.noteMeasured)}
      {withheld > 0 && ` ${tx(words.noteWithheld, { n: number(withheld) })}`}
    </>
  );
}

/** How far off the answers are: by the law of their noise, or else measured; nothing while it is not known at this epsilon. */
function useErrorSaid(page: Epsilon, cells: Cells | undefined) {
  const { tx, number, unit, rounded, value } = useText();
  const unknown = { said: undefined, basis: undefined, withheld: 0 } as const;
  // Without a preview there is nothing to say about an epsilon that is still on its way.
  if (cells === undefined || (page.stale && !cells.preview)) return unknown;
  const { grid, noise, picture } = cells;
  const epsilon = <Figure meaning="privacy">{number(page.epsilon, 3)}</Figure>;
  const counted = unit(picture.unit, 2);
  const silent = grid === undefined ? undefined : heldBack(grid, null);
  const withheld = silent === undefined ? 0 : silent.reduce((sum, one) => sum + one, 0);
  // Means are never added up: their noise is that of one cell.
  const summed = grid === undefined || isMean(picture) ? undefined : grid;
  const half = halfWidthOf(noise, summed === undefined ? 1 : cellsOf(summed, null));
  if (half === undefined) {
    const error = measuredError(cells);
    if (error === undefined) return { ...unknown, withheld };
    const parts = { epsilon, error: <Figure meaning="utility">{number(error, 2)}</Figure>, unit: counted };
    const text = grid === undefined ? words.findingMeasuredValue : words.findingMeasured;
    return { said: <Rich text={tx(text)} parts={parts} />, basis: 'measured', withheld } as const;
  }
  const usable = summed === undefined ? undefined : usableShare(summed, half, null, goal.least, goal.share);
  if (usable === undefined || usable.of === 0) {
    const parts = { epsilon, half: <Figure meaning="utility">{rounded(half, half)}</Figure>, unit: counted };
    const text = summed === undefined ? words.findingPlain : words.findingPlace;
    return { said: <Rich text={tx(text)} parts={parts} />, basis: 'law', withheld } as const;
  }
  const parts = {
    epsilon,
    usable: <Figure meaning="utility">{number(usable.usable)}</Figure>,
    of: number(usable.of),
    least: number(goal.least),
    unit: counted,
    share: value(goal.share, 'share'),
  };
  return { said: <Rich text={tx(words.finding)} parts={parts} />, basis: 'law', withheld } as const;
}
