import { Lines } from '../../charts/Lines.tsx';
import type { RoundsPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import { useText } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { Figures } from '../stream/Figures.tsx';
import type { ViewBranch } from '../stream/use-branch.ts';
import { useRun } from '../use-run.ts';
import { costScores } from './rounds-scores.ts';
import { federateWords as words } from './words.ts';

/** Bytes, messages and privacy loss of the rounds up to the one shown. */
export function LearningCost(props: {
  readonly picture: RoundsPicture;
  readonly at: number;
  readonly of: ViewBranch;
  readonly ready: boolean;
}) {
  const { tx } = useText();
  const { picture, at, of } = props;
  // The same run as the card of measures: its outcome is shared, its cost names the messages.
  const { outcome } = useRun(props.ready ? of.measured : null, 0);
  const messages: readonly Score[] =
    outcome?.status !== 'ok'
      ? []
      : [
          {
            id: 'rounds/messages',
            label: words.messages,
            value: outcome.cost.messages,
            unit: 'count',
            direction: 'lower-is-better',
            meaning: 'cost',
            provenance: 'measured',
            method: words.messagesMethod,
          },
        ];
  const epsilons = picture.rounds.flatMap((round) =>
    round.epsilon === undefined ? [] : [{ x: round.round, y: round.epsilon }],
  );
  return (
    <Card title={tx(words.cost)}>
      <p className="soft small">{tx(words.costHint)}</p>
      <Figures
        rows={[...costScores(picture, at), ...messages].map((score) => ({ score }))}
        origin={{ seed: of.spec.seed }}
      />
      {epsilons.length > 1 && (
        <Lines
          chrome="quiet"
          title={tx(words.chartEpsilon)}
          description={tx(words.epsilonMethod)}
          series={[{ id: 'epsilon', label: 'ε', meaning: 'risk', points: epsilons }]}
          x={{ label: tx(words.round) }}
          y={{ label: 'ε', better: 'lower' }}
          current={at + 1}
          height={150}
        />
      )}
    </Card>
  );
}
