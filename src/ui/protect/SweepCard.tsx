import { useMemo, useState } from 'react';
import { SweepChart } from '../../charts/SweepChart.tsx';
import type { Mark } from '../../charts/props.ts';
import { defaultOf, type IntegerParam, type NumberParam } from '../../engine/kit/params.ts';
import type { Score } from '../../engine/kit/score.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { gridOf } from '../../scenario/sweep.ts';
import { privacyScore, utilityScore } from '../explore/scores.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Select } from '../parts/controls.tsx';
import { EmptyState, ProgressLine } from '../parts/notes.tsx';
import type { Protect } from './use-protect.ts';
import { useSweep, type SweepState } from './use-sweep.ts';
import { words } from './words.ts';

/** A setting that can be swept: a number of one step. */
interface Axis {
  readonly id: string;
  readonly step: number;
  readonly name: string;
  readonly label: string;
  readonly spec: NumberParam | IntegerParam;
  readonly value: number;
}

/** One setting through its range over the pool: any measure against it, with intervals, and the present value marked. */
export function SweepCard({ protect }: { readonly protect: Protect }) {
  const { tx } = useText();
  const axes = useAxes(protect);
  const [wanted, setWanted] = useState('');
  const [count, setCount] = useState('12');
  const [repeats, setRepeats] = useState('1');
  const { state, start, stop } = useSweep();
  const axis = axes.find((one) => one.id === wanted) ?? axes[0];
  if (axis === undefined) {
    return (
      <Card title={tx(words.sweep)}>
        <p className="soft">{tx(words.sweepNone)}</p>
      </Card>
    );
  }
  const { kept, spec } = protect;
  const run = (): void =>
    start(
      { ...spec, repeats: Number(repeats) },
      { branch: kept.id, step: axis.step, param: axis.name, values: gridOf(axis.spec, Number(count)) },
    );
  const own = state.axis?.branch === kept.id && state.axis.step === axis.step && state.axis.param === axis.name;
  return (
    <Card title={tx(words.sweep)} className="sweep-card">
      <p className="small soft">{tx(words.sweepHint)}</p>
      <div className="row sweep-controls">
        <Select
          label={tx(words.sweepAxis)}
          value={axis.id}
          options={axes.map(({ id, label }) => ({ value: id, label }))}
          onChange={setWanted}
        />
        <Select label={tx(words.sweepCount)} value={count} options={plain(['6', '12', '24'])} onChange={setCount} />
        <Select label={tx(words.sweepRepeats)} value={repeats} options={plain(['1', '3', '5'])} onChange={setRepeats} />
        {state.status !== 'running' && (
          <Button look="primary" onClick={run}>
            {tx(own && state.points.length > 0 ? words.sweepAgain : words.sweepRun)}
          </Button>
        )}
      </div>
      {state.status === 'running' && (
        <ProgressLine
          progress={{ fraction: state.total === 0 ? 0 : state.done / state.total }}
          label={tx(words.sweepProgress, {
            done: state.done,
            total: state.total,
            seconds: Math.round(state.seconds),
          })}
          onCancel={stop}
        />
      )}
      {state.status === 'stopped' && <p className="small soft">{tx(words.sweepCancelled)}</p>}
      {state.failures[0] !== undefined && (
        <p className="small">{tx(words.sweepFailed, { n: state.failures.length, why: state.failures[0].message })}</p>
      )}
      {own && state.points.length > 0 ? (
        <Charts state={state} axis={axis} protect={protect} />
      ) : (
        state.status !== 'running' && <EmptyState title={tx(words.sweepEmpty)}>{tx(words.sweepEmptyText)}</EmptyState>
      )}
    </Card>
  );
}

const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** Numbers of the branch's steps, what is tucked away last. */
function useAxes({ kept }: Protect): readonly Axis[] {
  const { tx } = useText();
  return useMemo(
    () =>
      kept.steps
        .flatMap((ref, step) => {
          const technique = techniqueOf(ref.id);
          return Object.entries(technique?.params ?? {}).flatMap(([name, spec]): Axis[] => {
            if (spec.kind !== 'number' && spec.kind !== 'integer') return [];
            const symbol = spec.symbol === undefined ? '' : ` (${spec.symbol})`;
            const label = `${tx(technique?.label ?? { en: ref.id })}: ${tx(spec.label)}${symbol}`;
            const value = Number(ref.params?.[name] ?? defaultOf(spec));
            return [{ id: `${step} ${name}`, step, name, label, spec, value }];
          });
        })
        .toSorted((a, b) => Number(a.spec.advanced === true) - Number(b.spec.advanced === true)),
    [kept, tx],
  );
}

interface ChartsProps {
  readonly state: SweepState;
  readonly axis: Axis;
  readonly protect: Protect;
}

/** Two measures against the setting: what is at risk, and what it is still good for, unless others are chosen. */
function Charts(props: ChartsProps) {
  const { tx } = useText();
  const scores = props.state.points[0]?.scores.map(({ score }) => score) ?? [];
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const find = (id: string): Score | undefined => scores.find((score) => score.id === id);
  const pair = [
    { score: find(first) ?? privacyScore(scores) ?? scores[0], set: setFirst, label: words.sweepScore },
    { score: find(second) ?? utilityScore(scores) ?? scores.at(-1), set: setSecond, label: words.sweepAnd },
  ];
  return (
    <div className="sweep-charts">
      {pair.map(({ score, set, label }) =>
        score === undefined ? null : (
          <div key={label.en} className="stack">
            <Select
              label={tx(label)}
              value={score.id}
              options={scores.map((one) => ({ value: one.id, label: tx(one.label) }))}
              onChange={set}
            />
            <Chart {...props} score={score} />
          </div>
        ),
      )}
    </div>
  );
}

function Chart({ state, axis, protect, score }: ChartsProps & { readonly score: Score }) {
  const { tx, number, value } = useText();
  const points = state.points.flatMap(({ x, scores }) => {
    const summary = scores.find((one) => one.id === score.id);
    if (summary === undefined || !Number.isFinite(summary.mean)) return [];
    return [{ x, y: summary.mean, low: summary.interval?.low, high: summary.interval?.high }];
  });
  const first = points[0];
  const last = points.at(-1);
  const swept = (state.axis?.values ?? []).map(Number);
  const take = (x: number): void => {
    const value = axis.spec.kind === 'integer' ? Math.round(x) : x;
    protect.setParam(axis.step, axis.name, value, `sweep ${protect.kept.id} ${axis.id}`);
  };
  const references: readonly Mark[] =
    score.baseline === undefined
      ? []
      : [{ value: score.baseline, label: tx(score.meaning === 'risk' ? words.sweepChance : words.sweepWithout) }];
  const symbol = axis.spec.symbol ?? tx(axis.spec.label);
  return (
    <SweepChart
      title={tx(score.label)}
      description={tx(words.sweepHint)}
      chrome="quiet"
      finding={
        first === undefined || last === undefined
          ? undefined
          : tx(words.sweepFinding, {
              label: tx(score.label),
              low: value(first.y, score.unit),
              from: `${symbol} = ${number(first.x)}`,
              high: value(last.y, score.unit),
              to: `${symbol} = ${number(last.x)}`,
            })
      }
      series={[{ id: score.id, label: tx(words.sweepSeries), meaning: score.meaning, points }]}
      x={{
        label: tx(axis.spec.label),
        unit: axis.spec.unit,
        log: axis.spec.scale === 'log',
        domain: swept.length < 2 ? undefined : [Math.min(...swept), Math.max(...swept)],
        format: number,
      }}
      y={{
        label: tx(score.label),
        better: score.direction === 'neutral' ? 'none' : score.direction === 'higher-is-better' ? 'higher' : 'lower',
        format: (y) => value(y, score.unit),
      }}
      references={references}
      current={axis.value}
      onCurrent={state.status === 'running' ? undefined : take}
      height={230}
      fileName={`sweep-${axis.name}`}
      provenance={{ seed: protect.spec.seed, parameter: axis.name, branch: protect.kept.id }}
    />
  );
}
