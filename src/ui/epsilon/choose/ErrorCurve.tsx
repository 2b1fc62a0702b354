import { memo, useEffect, useMemo, useState } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { LineSeries } from '../../../charts/props.ts';
import type { NumberParam } from '../../../engine/kit/params.ts';
import type { PreviewBank } from '../../../engine/kit/technique.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../parts/controls.tsx';
import type { Epsilon } from '../use-epsilon.ts';
import { lawErrors, simulatedError } from './cells.ts';
import { words } from './words.ts';

const steps = 60;
const simulatedAt = [0.1, 0.2, 0.5, 1, 2.1, 5, 10, 20] as const;
const simulatedDraws = 24;

/** Mean error of a cell over epsilon: exact by the law, simulated as published; the mark is the slider's twin. */
export function ErrorCurve({ page }: { readonly page: Epsilon }) {
  const { bank, dial, epsilon } = page;
  if (bank === null || bank.param !== 'epsilon' || dial === undefined) return null;
  return (
    <Curve
      bank={bank}
      dial={dial}
      epsilon={epsilon}
      turn={page.turn}
      keep={(value) => page.setParam('epsilon', value)}
    />
  );
}

const Curve = memo(
  function Curve(props: {
    readonly bank: PreviewBank;
    readonly dial: NumberParam;
    readonly epsilon: number;
    readonly turn: (epsilon: number) => void;
    readonly keep: (epsilon: number) => void;
  }) {
    const { tx, unit, number } = useText();
    const { bank, dial, epsilon } = props;
    const stops = useMemo(() => logStops(dial), [dial]);
    const law = useMemo(() => lawErrors(bank, stops), [bank, stops]);
    const simulated = useSimulated(bank, dial);
    const series: readonly LineSeries[] = [
      {
        id: 'exact',
        label: tx(bank.curve === undefined ? words.exact : words.byDraws),
        meaning: 'utility',
        points: law.map((point) => ({ x: point.epsilon, y: point.error })),
      },
      {
        id: 'simulated',
        label: tx(words.simulated),
        meaning: 'privacy',
        dashed: true,
        points: simulated.map((point) => ({ x: point.epsilon, y: point.mean, low: point.low, high: point.high })),
      },
    ];
    const counted = unit(bank.picture.unit, 2);
    const hint = tx(bank.curve === undefined ? words.curveHint : words.curveHintDraws, { draws: simulatedDraws });
    const below = bank.nonNegative && simulated.length > 0;
    return (
      <Card>
        <Lines
          chrome="full"
          title={tx(words.curve)}
          description={hint}
          series={series}
          x={{ label: tx(words.privacyLoss), log: true, format: (value) => number(value, 3) }}
          y={{ label: tx(words.error), unit: counted, log: true, better: 'lower' }}
          current={epsilon}
          onCurrent={props.turn}
          height={250}
          fileName="error-curve"
        />
        <p className="small soft">
          {hint} {below && tx(words.curveNote)}
        </p>
      </Card>
    );
  },
  (a, b) => a.bank === b.bank && a.dial === b.dial && a.epsilon === b.epsilon,
);

const logStops = ({ min, max }: NumberParam): readonly number[] =>
  [
    ...new Set([
      ...Array.from({ length: steps + 1 }, (_, i) => Number((min * (max / min) ** (i / steps)).toPrecision(3))),
      // Where there are dots, both can be read.
      ...simulatedAt.filter((epsilon) => epsilon >= min && epsilon <= max),
    ]),
  ].sort((a, b) => a - b);

interface Simulated {
  readonly epsilon: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** One epsilon an idle moment: the dots arrive while the page stays free. */
function useSimulated(bank: PreviewBank, { min, max }: NumberParam): readonly Simulated[] {
  const [found, setFound] = useState<{ readonly of: PreviewBank; readonly points: readonly Simulated[] } | null>(null);
  useEffect(() => {
    const wanted = simulatedAt.filter((epsilon) => epsilon >= min && epsilon <= max);
    const points: Simulated[] = [];
    let timer: ReturnType<typeof setTimeout>;
    const next = (): void => {
      const epsilon = wanted[points.length];
      if (epsilon === undefined) return;
      points.push({ epsilon, ...simulatedError(bank, epsilon, Math.min(simulatedDraws, bank.draws)) });
      setFound({ of: bank, points: [...points] });
      timer = setTimeout(next, 60);
    };
    timer = setTimeout(next, 400);
    return () => clearTimeout(timer);
  }, [bank, min, max]);
  return found?.of === bank ? found.points : [];
}
