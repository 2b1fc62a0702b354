import { useMemo } from 'react';
import { Lines } from '../../charts/Lines.tsx';
import type { StreamPicture } from '../../engine/kit/picture.ts';
import { oddsOf } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { Figures } from './Figures.tsx';
import { spendScores } from './stream-scores.ts';
import { streamWords as words } from './words.ts';

/** Epsilon of one answer and of all answers of one owner, in odds, over time, with the caveat that goes with it. */
export function SpendCard(props: {
  readonly picture: StreamPicture;
  /** Pictures up to the one shown, in order. */
  readonly history: readonly StreamPicture[];
  readonly seed: number;
}) {
  const { tx } = useText();
  const { picture, history } = props;
  const { each, all } = spendScores(picture);
  const points = useMemo(() => history.map((one, at) => ({ x: at + 1, y: one.epsilonSpent })), [history]);
  return (
    <Card title={tx(words.spend)}>
      <Figures
        rows={[
          { score: each, note: tx(words.odds, { odds: oddsOf(each.value) }) },
          { score: all, note: tx(words.odds, { odds: oddsOf(all.value) }) },
        ]}
        origin={{ seed: props.seed }}
      />
      {points.length > 1 && (
        <Lines
          chrome="quiet"
          title={tx(words.spendChart)}
          description={tx(words.spendHint)}
          series={[{ id: 'spent', label: 'ε', meaning: 'risk', points }]}
          x={{ label: tx(words.epoch) }}
          y={{ label: 'ε', better: 'lower' }}
          height={150}
        />
      )}
      <p className="soft small">{tx(words.anonymity)}</p>
    </Card>
  );
}
