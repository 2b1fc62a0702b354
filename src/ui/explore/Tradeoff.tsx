import { memo, useMemo } from 'react';
import { Scatter } from '../../charts/Scatter.tsx';
import type { ScatterPoint } from '../../charts/props.ts';
import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { DatasetRef, JobOutcome, JobResult } from '../../engine/kit/job.ts';
import { planJob } from '../../scenario/plan.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import type { Preset } from '../../scenario/spec.ts';
import { applyPreset } from '../../store/scenario-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { useRunsInTurn } from '../use-run.ts';
import { isPresenceGame, utilityScore } from './scores.ts';

/** Privacy against utility: the standard scenarios, computed one by one in the background, and where we are now. */
export const Tradeoff = memo(function Tradeoff(props: {
  readonly dataset: DatasetRef;
  readonly descriptor: DatasetDescriptor | undefined;
  readonly result: JobResult | undefined;
}) {
  const { t, tx, value } = useText();
  const { dataset: ref, descriptor, result } = props;
  const ready = result !== undefined && descriptor !== undefined;
  const presets = useMemo(
    () => (descriptor === undefined ? [] : standardScenarios(ref, descriptor)),
    [ref, descriptor],
  );
  const planned = useMemo(
    () =>
      presets.map((preset) => ({ preset, jobs: preset.spec.branches.map((branch) => planJob(preset.spec, branch)) })),
    [presets],
  );
  const jobs = useMemo(() => (ready ? planned.flatMap((one) => one.jobs) : []), [ready, planned]);
  const outcomes = useRunsInTurn(jobs);
  const points: ScatterPoint[] = planned.flatMap(({ preset, jobs: own }) =>
    pointOf(
      preset.id,
      tx(preset.label),
      own.map((job) => outcomes.get(job.key)),
      'neutral',
    ),
  );
  const now = pointOf('now', t('explore.now'), [result], 'privacy');
  // Named, because the meter above may show another utility (that of measured values).
  const measure = utilityScore(result?.scores ?? [])?.label;
  const axisUtility = measure === undefined ? t('explore.axisUtility') : `${t('explore.axisUtility')}: ${tx(measure)}`;
  if (points.length + now.length === 0) return null;
  const done = planned.filter((one) => one.jobs.every((job) => outcomes.has(job.key))).length;
  return (
    <Card
      title={t('explore.tradeoff')}
      action={
        done < planned.length && (
          <span className="soft small">{t('explore.tradeoffPending', { done, total: planned.length })}</span>
        )
      }
    >
      <Scatter
        chrome="quiet"
        title={t('explore.tradeoff')}
        description={`${t('explore.axisPrivacy')}; ${axisUtility}`}
        points={[...points, ...now]}
        x={{ label: t('explore.axisPrivacy'), better: 'lower', format: (x) => value(x, 'share') }}
        y={{ label: axisUtility, better: 'higher', format: (y) => value(y, 'share') }}
        currentId="now"
        onSelect={(id) => choose(presets, id)}
        height={270}
        fileName="trade-off"
      />
    </Card>
  );
});

function choose(presets: readonly Preset[], id: string): void {
  const preset = presets.find((candidate) => candidate.id === id);
  if (preset !== undefined) applyPreset(preset);
}

/** A scenario as a point: its weakest branch for privacy, the first branch with a utility for utility. */
function pointOf(
  id: string,
  label: string,
  outcomes: readonly (JobOutcome | undefined)[],
  meaning: ScatterPoint['meaning'],
): ScatterPoint[] {
  const results = outcomes.filter((outcome) => outcome?.status === 'ok');
  if (results.length === 0 || results.length < outcomes.length) return [];
  const risks = results.flatMap((one) => one.scores.filter(isPresenceGame).slice(0, 1));
  const worst = risks.toSorted((a, b) => b.value - a.value)[0];
  const utility = results.map((one) => utilityScore(one.scores)).find((score) => score !== undefined);
  if (worst === undefined || utility === undefined) return [];
  return [
    {
      id,
      label,
      x: worst.value,
      y: utility.value,
      xLow: worst.interval?.low,
      xHigh: worst.interval?.high,
      yLow: utility.interval?.low,
      yHigh: utility.interval?.high,
      meaning,
    },
  ];
}
