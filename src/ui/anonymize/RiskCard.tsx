import { useMemo, useState } from 'react';
import { MeterBar } from '../../charts/MeterBar.tsx';
import type { JobResult } from '../../engine/kit/job.ts';
import type { AttackDescriptor } from '../../engine/kit/measure.ts';
import type { Score } from '../../engine/kit/score.ts';
import { attacks } from '../../engine/registry.ts';
import { releaseJob } from '../../scenario/lattice-step.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Disclosure } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import { ScoreList, scoreWords, valueWords } from '../pictures/ScoreList.tsx';
import { useRun } from '../use-run.ts';
import { labelOf, rowUnitOf } from './labels.ts';
import { capital, countedShare, joined } from './node-words.ts';
import { releaseWords as words } from './release-words.ts';
import type { Anonymize } from './use-anonymize.ts';

/** Figures shown as meters, in the order of the literature's attackers. */
const METERS = [
  { id: 'prosecutor-risk/average', label: words.average },
  { id: 'prosecutor-risk/highest', label: words.highest },
  { id: 'uniqueness/population', label: words.population },
] as const;
const SINGLED = 'uniqueness/sample';

const scoreOf = (result: JobResult | undefined, id: string): Score | undefined =>
  result?.scores.find((score) => score.id === id);

/** What someone who knows the quasi-identifiers can do with the release, in words and against the rows as they were. */
export function RiskCard({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx, number, unit } = tools;
  const { result, raw, shape } = page;
  if (result === undefined || shape === undefined) return null;
  const rowUnit = rowUnitOf(page);
  const singled = scoreOf(result, SINGLED);
  const before = scoreOf(raw, SINGLED);
  const known = joined(
    shape.columns.map((name) => labelOf(page, name, tools)),
    tools.language,
  );
  const origin = originOf(result, page.spec.seed);
  return (
    <Card title={tx(words.risks)} className={page.stale ? 'risk-card stale' : 'risk-card'}>
      {singled !== undefined && (
        <p className="risk-sentence">
          {tx(words.knows, { known })}{' '}
          <Rich
            text={tx(singled.value > 0 ? words.singledOut : words.singledOutNone, {})}
            parts={{
              n: <Figure meaning="risk">{countedShare(singled.value, number)[0]}</Figure>,
              of: countedShare(singled.value, number)[1],
              units: unit(rowUnit, 2),
            }}
          />
          {before !== undefined && (
            <span className="soft">
              {' '}
              (
              {tx(words.singledBefore, {
                n: countedShare(before.value, number)[0],
                of: countedShare(before.value, number)[1],
              })}
              )
            </span>
          )}
          . <WhyThis score={singled} origin={origin} />
        </p>
      )}
      <div className="risk-meters">
        {METERS.map(({ id, label }) => {
          const score = scoreOf(result, id);
          const was = scoreOf(raw, id);
          if (score === undefined) return null;
          return (
            <div key={id}>
              <MeterBar
                label={capital(tx(label, { unit: unit(rowUnit) }))}
                value={score.value}
                text={scoreWords(score, tools)}
                domain={[0, 1]}
                meaning="risk"
                provenance={score.provenance}
                baseline={was === undefined ? undefined : { value: was.value, label: tx(words.before) }}
                bound={score.bound === undefined ? undefined : { value: score.bound, label: '' }}
                note={was === undefined ? tx(score.label) : `${tx(words.before)}: ${scoreWords(was, tools)}`}
              />
              <WhyThis score={score} origin={origin} />
            </div>
          );
        })}
      </div>
      <Attacks page={page} />
      <Disclosure label={tx(words.allScores)}>
        <ScoreList scores={result.scores} skipped={result.skipped} origin={origin} />
      </Disclosure>
    </Card>
  );
}

/** Attacks on request: they cost seconds, and answer what models cannot. */
function Attacks({ page }: { readonly page: Anonymize }) {
  const { tx } = useText();
  const { spec, branch } = page;
  const release = useMemo(() => releaseJob(spec, branch), [spec, branch]);
  const [wanted, setWanted] = useState('');
  const job = useMemo(() => {
    if (wanted !== release.key) return null;
    const able = attacks.filter((attack) => attack.accepts.includes('table')).map(({ id }) => ({ id }));
    return { ...releaseJob({ ...spec }, branch, able) };
  }, [wanted, release, spec, branch]);
  const run = useRun(job, 0);
  if (job === null) {
    return (
      <p>
        <Button onClick={() => setWanted(release.key)} title={tx(words.attackHint)}>
          {tx(words.attack)}
        </Button>
      </p>
    );
  }
  const outcome = run.outcome;
  if (outcome?.status === 'failed') return <ErrorNote problem={outcome.problem} onRetry={run.retry} />;
  if (outcome?.status !== 'ok') return <ProgressLine progress={run.progress} onCancel={() => setWanted('')} />;
  const modelled = new Set(page.result?.scores.map(({ id }) => id));
  return (
    <section className="stack">
      <h4>{tx(words.attacks)}</h4>
      {attacks.map((attack) => {
        const scores = outcome.scores.filter(
          ({ id }) => (id === attack.id || id.startsWith(`${attack.id}/`)) && !modelled.has(id),
        );
        if (scores.length === 0) return null;
        return (
          <Disclosure key={attack.id} label={<Verdict attack={attack} score={scores[0]} />}>
            <ScoreList scores={scores} skipped={[]} origin={originOf(outcome, spec.seed)} />
          </Disclosure>
        );
      })}
      {outcome.skipped.length > 0 && <ScoreList scores={[]} skipped={outcome.skipped} />}
    </section>
  );
}

/** One attacker in a line: who it is, what it wants, how often it was right beside a guess. */
function Verdict({ attack, score }: { readonly attack: AttackDescriptor; readonly score: Score | undefined }) {
  const tools = useText();
  const { tx } = tools;
  return (
    <span>
      <strong>{capital(tx(attack.adversary.who))}</strong>{' '}
      <span className="soft">{tx(words.wants, { wants: tx(attack.adversary.wants) })}</span>
      {score !== undefined && (
        <>
          {' '}
          {capital(tx(score.label))}: <strong>{scoreWords(score, tools)}</strong>
          {score.baseline !== undefined && (
            <span className="soft">
              {' · '}
              {tx(words.guessing, { value: valueWords(score.baseline, score.unit, undefined, tools) })}
            </span>
          )}
        </>
      )}
    </span>
  );
}
