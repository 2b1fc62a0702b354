import { useMemo, useState } from 'react';
import { LatticeScatter } from '../../charts/LatticeScatter.tsx';
import type { AxisSpec } from '../../charts/props.ts';
import type { LatticeMetric } from '../../engine/kit/lattice.ts';
import { levelsOf, paretoFront, positionOf, risksOf, type RiskOf } from '../../scenario/lattice.ts';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { Card, Segmented } from '../parts/controls.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { nodePhrase } from './labels.ts';
import { Overview } from './Overview.tsx';
import type { Anonymize } from './use-anonymize.ts';
import { words } from './words.ts';

/** Metrics that are shares of all detail: what is kept is one minus them. */
const shares: ReadonlySet<LatticeMetric> = new Set([
  'loss',
  'loss-arithmetic',
  'precision',
  'precision-monotonic',
  'normalized-entropy',
]);
export const isShare = (metric: LatticeMetric): boolean => shares.has(metric);

/** All combinations in two pictures: by what they leave and keep, and as the lattice lies. */
export function FrontCard({ page }: { readonly page: Anonymize }) {
  const { tx } = useText();
  const [tab, setTab] = useState<'front' | 'lattice'>('front');
  if (page.answer === undefined || page.shape === undefined || page.answer.nodes.length === 0) return null;
  return (
    <Card className="front-card">
      <Tabs
        label={tx(words.overview)}
        value={tab}
        tabs={[
          { value: 'front', label: tx(words.front) },
          { value: 'lattice', label: tx(words.glance) },
        ]}
        onChange={setTab}
      >
        {tab === 'front' ? <Front page={page} /> : <Overview page={page} />}
      </Tabs>
    </Card>
  );
}

/** All admissible combinations by the risk they leave and the detail they keep. */
function Front({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx, number } = tools;
  const { answer, shape, optimum } = page;
  const [of, setOf] = useState<RiskOf>('average');
  const metric = optimum.question?.metric ?? 'loss';
  const rows = shape?.rows ?? 0;
  const made = useMemo(() => {
    if (answer === undefined) return undefined;
    const risk = risksOf(answer, rows, of);
    const kept = isShare(metric) ? answer.loss.map((loss) => 1 - loss) : answer.loss;
    return { risk, kept, front: paretoFront(risk, answer.loss) };
  }, [answer, rows, of, metric]);
  const axes = useMemo(() => axesOf(of, metric, rows, tools), [of, metric, rows, tools]);
  if (answer === undefined || shape === undefined || made === undefined) return null;
  const at = (node: number): number => (node < 0 ? -1 : positionOf(answer, node));
  return (
    <div className="stack">
      <p className="small soft">
        {tx(shape.proof === 'exhaustive' ? words.frontFinding : words.frontPartial, {
          front: made.front.length,
          open: number(answer.nodes.length),
        })}
      </p>
      <Segmented
        plain
        label={tx(words.riskOf)}
        value={of}
        options={[
          { value: 'average', label: tx(words.riskAverage) },
          { value: 'highest', label: tx(words.riskHighest) },
        ]}
        onChange={setOf}
      />
      <LatticeScatter
        chrome="quiet"
        title={tx(words.front)}
        description={tx(words.frontHint)}
        x={made.risk}
        y={made.kept}
        xAxis={axes.x}
        yAxis={axes.y}
        front={made.front}
        best={at(answer.best)}
        ties={answer.ties.map(at)}
        current={at(page.node)}
        active={at(page.pointed)}
        nameOf={(position) => nodePhrase(page, levelsOf(answer.nodes[position] ?? 0, shape.heights), tools)}
        bestLabel={tx(words.optimum)}
        legend={[tx(words.legendCloud), tx(words.legendFront), tx(words.legendBest), tx(words.legendTies)]}
        onHover={(position) => page.point(position < 0 ? -1 : (answer.nodes[position] ?? -1))}
        onSelect={(position) => page.walk(answer.nodes[position] ?? -1)}
      />
    </div>
  );
}

/** Scales that stay in place while sliders move, where the values have natural ends. */
function axesOf(
  of: RiskOf,
  metric: LatticeMetric,
  rows: number,
  { tx, value, number }: TextTools,
): { readonly x: AxisSpec; readonly y: AxisSpec } {
  const percent = (share: number): string => `${number(share * 100, 2)} %`;
  return {
    x: {
      label: tx(of === 'average' ? words.axisAverage : words.axisHighest),
      better: 'lower',
      log: true,
      domain: [1 / Math.max(10, rows), 1],
      format: percent,
    },
    y: isShare(metric)
      ? { label: tx(words.axisKept), better: 'higher', domain: [0, 1], format: (share) => value(share, 'share') }
      : { label: tx(words.axisLoss), better: 'lower', format: (loss) => number(loss, 3) },
  };
}
