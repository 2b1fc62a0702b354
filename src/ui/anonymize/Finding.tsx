import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../parts/notes.tsx';
import { Popover } from '../parts/popover.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import { isShare } from './FrontCard.tsx';
import { labelOf, nodePhrase, rowUnitOf } from './labels.ts';
import { columnPhrase } from './node-words.ts';
import type { Anonymize } from './use-anonymize.ts';
import { useLeast } from './use-least.ts';
import { words } from './words.ts';

/** The release in one sentence, computed from the node shown, and what was proved about it. */
export function Finding({ page }: { readonly page: Anonymize }) {
  const { study, answer, node } = page;
  const busy = page.optimum.pending;
  return (
    <section className="anonymize-finding" aria-live="polite" aria-busy={busy}>
      {study.status === 'solved' && answer !== undefined ? (
        node < 0 ? (
          <NoSolution page={page} />
        ) : (
          <Solution page={page} />
        )
      ) : (
        <Solving page={page} />
      )}
      <Problems page={page} />
    </section>
  );
}

function Solving({ page }: { readonly page: Anonymize }) {
  const { tx } = useText();
  const { study, dataset, columns } = page;
  if (study.status === 'failed' || dataset.status === 'failed') return <h2>{tx(words.findingFailed)}</h2>;
  const { optimum } = page;
  if (study.status === 'stopped' || optimum.stopped) {
    return (
      <>
        <h2>{tx(words.findingStopped)}</h2>
        <StoppedNote onResume={optimum.stopped ? optimum.resume : study.retry} />
      </>
    );
  }
  const n = columns.filter(({ role }) => role === 'quasi-identifier').length;
  return (
    <>
      <h2>{tx(words.findingSolving, { n })}</h2>
      {study.status === 'solving' ? (
        <ProgressLine progress={study.progress} onCancel={study.cancel} />
      ) : study.status === 'solved' ? (
        <ProgressLine progress={optimum.progress} onCancel={optimum.stop} />
      ) : (
        <ProgressLine progress={dataset.status === 'loading' ? dataset.progress : undefined} />
      )}
    </>
  );
}

/** What cannot be solved, beside all that can still be changed. */
function Problems({ page }: { readonly page: Anonymize }) {
  const { study, dataset, optimum } = page;
  if (dataset.status === 'failed') return <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />;
  if (study.problem !== undefined) return <ErrorNote problem={study.problem} onRetry={study.retry} />;
  return optimum.problem === undefined ? null : <ErrorNote problem={optimum.problem} />;
}

function Solution({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx, value, number, unit } = tools;
  const { brief: shown, shape, answer, live } = page;
  if (shown === undefined || shape === undefined || answer === undefined) return <h2>…</h2>;
  const rowUnit = rowUnitOf(page);
  const at = shown.node === answer.best ? undefined : page.pinned === shown.node ? words.pinned : words.looking;
  const least = shown.smallest;
  const l = Number(live['l'] ?? 1);
  const secret = shape.sensitive[0];
  const share = shape.rows === 0 ? 0 : shown.suppressed / shape.rows;
  return (
    <>
      <h2>
        <Rich
          text={tx(least < 2 ? words.findingAlone : shown.suppressed === 0 ? words.findingAll : words.finding, {
            n: Math.max(0, least - 1),
            out: shown.suppressed,
          })}
          parts={{
            columns: nodePhrase(page, shown.levels, tools),
            unit: unit(rowUnit),
            units: unit(rowUnit, shown.suppressed),
            others: <Figure meaning="privacy">{number(Math.max(0, least - 1))}</Figure>,
            left: <Figure meaning="utility">{number(shown.suppressed)}</Figure>,
            share: value(share, 'share', 0.001),
          }}
        />
      </h2>
      <p className="anonymize-proof">
        <ProofBadge page={page} />
        <span>
          {l > 1 && secret !== undefined && `${tx(words.findingDiverse, { l, column: labelOf(page, secret, tools) })} `}
          {at === undefined ? (
            <>
              {tx(proofOf(shape.proof), { nodes: shape.nodes })}{' '}
              {answer.ties.length > 1 && tx(words.tied, { n: answer.ties.length - 1 })}
            </>
          ) : (
            <>
              {tx(at)}{' '}
              <Button look="link" onClick={() => (page.pinned >= 0 ? page.unpin() : page.walk(-1))}>
                {tx(words.changeUnpin)}
              </Button>
            </>
          )}
        </span>
      </p>
      <Reasons page={page} />
    </>
  );
}

const proofs = { exhaustive: words.proved, pruned: words.provedPruned, heuristic: words.provedNot } as const;
const proofOf = (proof: keyof typeof proofs) => proofs[proof];

function ProofBadge({ page }: { readonly page: Anonymize }) {
  const { tx, number } = useText();
  const { shape } = page;
  if (shape === undefined) return null;
  const label = { exhaustive: words.badgeExhaustive, pruned: words.badgePruned, heuristic: words.badgeHeuristic }[
    shape.proof
  ];
  return (
    <Popover
      className={shape.proof === 'heuristic' ? 'badge' : 'badge real'}
      label={tx(label, { n: shape.nodes })}
      name={tx(label, { n: shape.nodes })}
    >
      {() => <p>{tx(words.badgeHelp, { evaluated: number(shape.evaluated), excluded: number(shape.excluded) })}</p>}
    </Popover>
  );
}

/** "Why this one?" in a sentence: what one more step of detail on each column would cost. */
function Reasons({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx, value, number } = tools;
  const { reasons, shape, shown, live } = page;
  if (shape === undefined || shown === undefined) return null;
  if (reasons.length === 0) return <p className="reasons">{tx(words.whyExact)}</p>;
  const limit = Number(live['limit'] ?? 0);
  const percent = (share: number): string => value(share, 'share', 0.001);
  const atBest = shown.node === page.answer?.best;
  const sized = (loss: number): string =>
    isShare(page.optimum.question?.metric ?? 'loss') ? percent(loss) : number(loss, 2);
  // On a walk the two that cost least are enough: a taller sentence would move the ladder from under the pointer.
  const clauses = (atBest ? reasons : reasons.slice(0, 2)).map((reason) => {
    const name = shape.columns[reason.column] ?? '';
    const level = shape.levelNames[reason.column]?.[reason.to] ?? '';
    const template = {
      limit: reason.suppressedShare > limit ? words.whyLimit : words.whyRule,
      loss: reason.moreLoss < 0 ? words.whyGain : words.whyLoss,
      tie: words.whyTie,
    }[reason.verdict];
    return tx(template, {
      column: columnPhrase(labelOf(page, name, tools), level, tools),
      share: percent(reason.suppressedShare),
      loss: `${reason.moreLoss < 0 ? '−' : '+'}${sized(Math.abs(reason.moreLoss))}`,
    });
  });
  return (
    <p className="reasons">
      <strong>{tx(atBest ? words.why : words.whyHere)}</strong> {tx(words.whyLead)} {clauses.join('; ')}.{' '}
      {tx(words.whyLimitIs, { limit: percent(limit) })}
    </p>
  );
}

/** Nothing keeps the promises: what would. */
function NoSolution({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx, value } = tools;
  const { live, shape } = page;
  const least = useLeast(page);
  const percent = (share: number): string => value(share, 'share', 0.001);
  if (shape === undefined) return null;
  const [k, l] = [Number(live['k']), Number(live['l'])];
  const [secret, values] = [shape.sensitive[0], shape.sensitiveValues[0]];
  const remedy =
    k > shape.rows
      ? { reason: tx(words.findingTooFew, { k, rows: shape.rows }), name: 'k', to: shape.rows }
      : secret !== undefined && values !== undefined && l > values
        ? {
            reason: tx(words.findingTooAlike, { column: labelOf(page, secret, tools), n: values, l }),
            name: 'l',
            to: values,
          }
        : undefined;
  return (
    <>
      <h2>{tx(words.findingNone, { limit: percent(Number(live['limit'] ?? 0)) })}</h2>
      {remedy !== undefined ? (
        <p>
          {remedy.reason}{' '}
          {remedy.to > 1 && (
            <Button onClick={() => page.setParam(remedy.name, remedy.to)}>
              {tx(words.setTo, { symbol: remedy.name, value: remedy.to })}
            </Button>
          )}
        </p>
      ) : least === undefined ? (
        <p>{tx(words.findingNoneAtAll, { share: percent(shape.limit) })}</p>
      ) : (
        <p>
          {tx(words.findingNoneLeast, { share: percent(least) })}{' '}
          <Button onClick={() => page.setParam('limit', least)}>{tx(words.allow, { share: percent(least) })}</Button>
        </p>
      )}
    </>
  );
}
