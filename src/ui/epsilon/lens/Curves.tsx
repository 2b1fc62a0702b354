import { memo } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { LineSeries } from '../../../charts/props.ts';
import type { LensAnswer, LensQuestion } from '../../../engine/kit/accounting.ts';
import { useText } from '../../i18n/use-text.ts';
import { words } from './words.ts';

/** The trade-off curve and the privacy profile behind the readings. */
export const LensCurves = memo(function LensCurves(props: {
  readonly answer: LensAnswer;
  readonly question: LensQuestion;
  readonly delta: number;
  readonly fpr: number;
  readonly onFpr: (fpr: number) => void;
  readonly number: (value: number, digits?: number) => string;
}) {
  const { tx, value } = useText();
  const { answer, question, delta, fpr, number } = props;
  const share = (x: number): string => value(x, 'share', 0.001);
  const order = question.falsePositiveRates.map((rate, i) => ({ rate, i })).sort((a, b) => a.rate - b.rate);
  const best: LineSeries = {
    id: 'best',
    label: tx(words.best),
    meaning: 'risk',
    points: order.map(({ rate, i }) => {
      const [low, high] = [1 - (answer.tradeoff.upper[i] as number), 1 - (answer.tradeoff.lower[i] as number)];
      return { x: rate, y: high, low, high };
    }),
  };
  const chance: LineSeries = {
    id: 'chance',
    label: tx(words.chance),
    meaning: 'neutral',
    dashed: true,
    points: order.map(({ rate }) => ({ x: rate, y: rate })),
  };
  const profile: LineSeries = {
    id: 'profile',
    label: 'δ',
    meaning: 'privacy',
    points: question.epsilons.map((epsilon, i) => ({
      x: epsilon,
      y: answer.profile.upper[i] as number,
      low: Math.max(1e-12, answer.profile.lower[i] as number),
      high: Math.max(1e-12, answer.profile.upper[i] as number),
    })),
  };
  return (
    <div className="lens-curves">
      <Lines
        chrome="quiet"
        title={tx(words.tradeoff)}
        description={tx(words.tradeoffHint)}
        series={[best, chance]}
        x={{ label: tx(words.fpr), domain: [0, 1], format: share }}
        y={{ label: tx(words.found), domain: [0, 1], format: share }}
        current={fpr}
        onCurrent={(rate) => props.onFpr(Math.min(0.99, Math.max(0.0001, rate)))}
        height={210}
        fileName="trade-off-curve"
      />
      <p className="small soft">{tx(words.tradeoffHint)}</p>
      <Lines
        chrome="quiet"
        title={tx(words.profile)}
        description={tx(words.profileHint)}
        series={[profile]}
        x={{ label: 'ε', format: (x) => number(x, 2) }}
        y={{ label: 'δ', log: true, domain: [1e-12, 1], format: (x) => x.toExponential(0) }}
        references={[{ value: delta, label: delta.toExponential(0) }]}
        height={190}
        fileName="privacy-profile"
      />
      <p className="small soft">{tx(words.profileHint)}</p>
    </div>
  );
});
