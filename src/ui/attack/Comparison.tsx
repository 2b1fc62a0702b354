import { useState } from 'react';
import type { Score } from '../../engine/kit/score.ts';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { halfOf } from '../explore/Meters.tsx';
import { Button, Disclosure } from '../parts/controls.tsx';
import { ErrorNote } from '../parts/notes.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import { useRun } from '../use-run.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { successOf, type Contest } from './contests.ts';
import type { TryRow } from './try-dots.layout.ts';
import { countWords, TryDots } from './TryDots.tsx';
import { chooseBranch, type Attack } from './use-attack.ts';
import { attackWords as words, kindWords } from './words.ts';
import { Working } from './Working.tsx';

/** The evidence: the same opponent against this release and against the others, on one axis. */
export function Comparison({ attack }: { readonly attack: Attack }) {
  const { tx } = useText();
  const { branches } = attack.spec;
  if (branches.length < 2) return <Evidence attack={attack} />;
  return (
    <Tabs
      label={tx(words.branches)}
      value={String(attack.branch)}
      tabs={branches.map((branch, at) => ({
        value: String(at),
        label: branch.label ?? tx(techniqueOf(branch.steps.at(-1)?.id ?? '')?.label ?? kindWords.table),
      }))}
      onChange={(value) => chooseBranch(Number(value))}
    >
      <Evidence attack={attack} />
    </Tabs>
  );
}

function Evidence({ attack }: { readonly attack: Attack }) {
  const tools = useText();
  const { tx } = tools;
  const readable = attack.contests.filter(({ job }) => job !== null);
  const others = attack.contests.filter(({ job, role }) => job === null && role !== 'own');
  const rows = readable.map((contest) => rowOf(contest, attack, tools));
  return (
    <div className="evidence">
      {rows.length > 0 && (
        <div className="card">
          <TryDots
            rows={rows}
            fileName={`attack-${attack.opponent?.id ?? ''}`}
            provenance={{ attack: attack.ref, seed: attack.spec.seed, dataset: attack.spec.dataset }}
          />
        </div>
      )}
      {readable.map((contest) => (
        <Status key={contest.job?.key ?? contest.id} contest={contest} name={nameOf(contest, tools)} />
      ))}
      <Disclosure label={tx(words.numbers)}>
        <Numbers attack={attack} contests={readable} />
      </Disclosure>
      {others.length > 0 && (
        <Disclosure label={tx(words.skippedTitle, { n: others.length })}>
          <ul className="skipped">
            {others.map((contest) => (
              <li key={contest.id}>
                {tx(words.skippedRow, { what: nameOf(contest, tools), why: whyNot(contest, attack, tools) })}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}

function nameOf(contest: Contest, { tx, number }: TextTools): string {
  if (contest.role === 'own') return tx(words.yours);
  if (contest.dial !== undefined) {
    return tx(words.weakDial, { symbol: contest.dial.symbol, value: number(contest.dial.value) });
  }
  return contest.labels[0] === undefined ? '' : tx(contest.labels[0]);
}

function whyNot(contest: Contest, attack: Attack, { tx }: TextTools): string {
  const reads = (attack.opponent?.accepts ?? []).map((kind) => tx(kindWords[kind])).join(', ');
  return tx(words.releases, { kind: tx(kindWords[contest.kind]), reads });
}

function rowOf(contest: Contest, attack: Attack, tools: TextTools): TryRow {
  const { tx } = tools;
  const score = successOf(attack.outcomes[contest.job?.key ?? '']);
  const own = contest.role === 'own';
  const label = nameOf(contest, tools);
  const base = { id: contest.id, own, label: label.charAt(0).toUpperCase() + label.slice(1) };
  if (score === undefined) return { ...base, sub: tx(words.waiting), value: undefined };
  const parts = [
    score.baseline === undefined ? '' : tx(words.chanceIs, { n: countWords(score.baseline, tx) }),
    score.bound === undefined ? '' : tx(words.boundIs, { n: countWords(score.bound, tx) }),
  ];
  return {
    ...base,
    sub: parts.filter((part) => part !== '').join(' · '),
    ...(contest.labels.length > 1 ? { more: tx(words.also, { n: contest.labels.length - 1 }) } : {}),
    value: score.value,
    low: score.interval?.low,
    high: score.interval?.high,
    chance: score.baseline,
    bound: score.bound,
  };
}

/** Runs one contest; says something only while it works, when it was stopped, or when it could not be run. */
function Status({ contest, name }: { readonly contest: Contest; readonly name: string }) {
  const { tx, t } = useText();
  const run = useRun(contest.job, contest.role === 'standard' ? 0 : 1);
  const [stopped, setStopped] = useState(false);
  const retry = (): void => {
    setStopped(false);
    run.retry();
  };
  const { outcome } = run;
  if (outcome?.status === 'failed') return <ErrorNote title={name} problem={outcome.problem} onRetry={retry} />;
  if (outcome?.status === 'ok') {
    const skipped = outcome.skipped[0];
    return successOf(outcome) === undefined && skipped !== undefined ? (
      <ErrorNote title={name} problem={skipped.problem} />
    ) : null;
  }
  if (stopped) {
    return (
      <p className="row small">
        {tx(words.stoppedRow, { what: name })} <Button onClick={retry}>{t('common.retry')}</Button>
      </p>
    );
  }
  return (
    <Working
      label={name}
      progress={run.progress}
      onCancel={() => {
        setStopped(true);
        run.cancel();
      }}
    />
  );
}

function Numbers(props: { readonly attack: Attack; readonly contests: readonly Contest[] }) {
  const tools = useText();
  const { tx, value, number } = tools;
  const { attack, contests } = props;
  const share = (score: Score, shown: number | undefined): string =>
    shown === undefined ? '–' : value(shown, score.unit, halfOf(score));
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.numbers)}>
      <table className="attack-numbers">
        <thead>
          <tr>
            <th scope="col">{tx(words.scenario)}</th>
            {[words.right, words.interval, words.chance, words.bound, words.tries].map((word) => (
              <th key={word.en} scope="col" className="number">
                {tx(word)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {contests.map((contest) => {
            const outcome = attack.outcomes[contest.job?.key ?? ''];
            const score = successOf(outcome);
            if (score === undefined || outcome?.status !== 'ok') return null;
            return (
              <tr key={contest.id}>
                <th scope="row">
                  {nameOf(contest, tools)}
                  {contest.labels.length > 1 && (
                    <span className="soft also">
                      {tx(words.alsoIn, {
                        others: contest.labels
                          .slice(1)
                          .map((each) => tx(each))
                          .join('; '),
                      })}
                    </span>
                  )}
                </th>
                <td className="number is-risk">{share(score, score.value)}</td>
                <td className="number">
                  {share(score, score.interval?.low)} – {share(score, score.interval?.high)}
                </td>
                <td className="number">{share(score, score.baseline)}</td>
                <td className="number">{share(score, score.bound)}</td>
                <td className="number">{score.n === undefined ? '–' : number(score.n)}</td>
                <td>
                  <WhyThis score={score} origin={originOf(outcome, attack.spec.seed)} label="?" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
