import { privacyScore, sameScore, utilityScore } from '../explore/scores.ts';
import { useText } from '../i18n/use-text.ts';
import { Figure, Rich } from '../parts/rich.tsx';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import { scoreWords } from '../pictures/ScoreList.tsx';
import type { Protect } from './use-protect.ts';
import { words } from './words.ts';

/** What the open branch leaves an attacker, and a planner; while a technique is tried, what it would change. */
export function Finding({ protect }: { readonly protect: Protect }) {
  const tools = useText();
  const { tx } = tools;
  const { result, draft, spec } = protect;
  if (result === undefined) {
    const failed = protect.run.outcome?.status === 'failed';
    return (
      <section className="protect-finding" aria-live="polite">
        <h2>{tx(failed ? words.findingFailed : words.findingPending)}</h2>
      </section>
    );
  }
  const risk = privacyScore(result.scores);
  const utility = utilityScore(result.scores);
  const origin = originOf(result, spec.seed);
  return (
    <section
      className={protect.stale ? 'protect-finding stale' : 'protect-finding'}
      aria-live="polite"
      aria-busy={protect.stale}
    >
      <h2>
        {draft === undefined ? (
          risk === undefined ? (
            tx(words.findingNoAttack)
          ) : (
            <Rich
              text={tx(words.findingRisk, {})}
              parts={{
                after: <Figure meaning="risk">{scoreWords(risk, tools)}</Figure>,
                baseline: (
                  <span className="figure">
                    {risk.baseline === undefined ? '–' : tools.value(risk.baseline, risk.unit)}
                  </span>
                ),
              }}
            />
          )
        ) : (
          <DraftSentence protect={protect} />
        )}
      </h2>
      <AttackNote protect={protect} />
      {utility !== undefined && draft === undefined && (
        <p>
          <Rich
            text={tx(words.findingUtility, {})}
            parts={{
              label: tx(utility.label),
              value: <Figure meaning="utility">{scoreWords(utility, tools)}</Figure>,
            }}
          />{' '}
          <WhyThis score={utility} origin={origin} />
        </p>
      )}
    </section>
  );
}

/** Which attack the sentence speaks about, and its why. */
function AttackNote({ protect }: { readonly protect: Protect }) {
  const { tx } = useText();
  const { result, draft, draftResult, spec } = protect;
  const before = result === undefined ? undefined : privacyScore(result.scores);
  const shown = draft === undefined ? result : draftResult;
  if (shown === undefined) return null;
  const score = (before === undefined ? undefined : sameScore(shown, before)) ?? privacyScore(shown.scores);
  if (score === undefined) return null;
  return (
    <p className="small soft">
      {tx(words.findingAttack, { label: tx(score.label) })}{' '}
      <WhyThis score={score} origin={originOf(shown, spec.seed)} />
    </p>
  );
}

function DraftSentence({ protect }: { readonly protect: Protect }) {
  const tools = useText();
  const { tx } = tools;
  const { result, draft, draftResult } = protect;
  if (draft === undefined || result === undefined) return null;
  const technique = tx(draft.technique.label);
  if (protect.draftRun.outcome?.status === 'failed') return tx(words.findingDraftFailed, { technique });
  if (draftResult === undefined) return tx(words.findingPending);
  const before = privacyScore(result.scores);
  const same = before === undefined ? undefined : sameScore(draftResult, before);
  const after = same ?? privacyScore(draftResult.scores);
  if (after === undefined) return tx(words.findingNoAttack);
  const parts = {
    technique,
    label: tx(after.label),
    after: <Figure meaning="privacy">{scoreWords(after, tools)}</Figure>,
    before: <Figure meaning="risk">{before === undefined ? '–' : scoreWords(before, tools)}</Figure>,
    baseline: after.baseline === undefined ? '–' : tools.value(after.baseline, after.unit),
  };
  return <Rich text={tx(same === undefined ? words.findingDraftOther : words.findingDraft, {})} parts={parts} />;
}
