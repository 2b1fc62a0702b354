import { memo } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { LineSeries } from '../../../charts/props.ts';
import type { CardLaw, MechanismCard, MechanismCardsQuestion } from '../../../engine/kit/mechanism-card.ts';
import { auditOfCard } from '../../../scenario/audit-subjects.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card, Disclosure } from '../../parts/controls.tsx';
import { Facts } from '../../parts/why-this.tsx';
import { parameterWords, words } from './card-words.ts';

/** One mechanism in full: its law drawn, its figures, its limits, where it comes from. */
export function MechanismFace(props: {
  readonly card: MechanismCard;
  readonly asked: MechanismCardsQuestion;
  readonly onAudit: (subject: string) => void;
}) {
  const { tx, number } = useText();
  const { card } = props;
  const { exact } = card;
  const subject = auditOfCard(card);
  const { epsilon, delta } = exact.loss;
  return (
    <Card title={tx(card.label)}>
      <p>{tx(card.summary)}</p>
      <Law card={card} />
      {exact.x[0] === 0 && exact.drawn === 'mass' && (
        <p className="small soft">{tx(words.upward, { range: number(1000 * props.asked.sensitivity) })}</p>
      )}
      <Facts
        rows={[
          [
            tx(words.cost),
            `ε = ${number(epsilon)}, ${delta > 0 ? tx(words.mayFail, { delta: delta.toExponential(0) }) : tx(words.neverFails)}`,
          ],
          [tx(words.mean), number(exact.meanAbsolute)],
          [
            tx(words.parameters),
            Object.entries(exact.parameters)
              .map(
                ([name, value]) =>
                  `${parameterWords[name] === undefined ? name : tx(parameterWords[name])} ${number(value, 4)}`,
              )
              .join(', '),
          ],
        ]}
      />
      <h4>{tx(words.samplers)}</h4>
      <p>{tx(card.fast === undefined ? words.samplersExact : words.samplersBoth)}</p>
      <h4>{tx(words.limits)}</h4>
      <ul>
        {card.limits.map((limit) => (
          <li key={limit.en}>{tx(limit)}</li>
        ))}
      </ul>
      <Disclosure label={tx(words.sources)}>
        <ul>
          {card.citations.map(({ authors, year, title, where, doi }) => (
            <li key={title}>
              {authors} ({year}). <span lang="en">{title}</span>
              {where !== undefined && <span lang="en">. {where}</span>}
              {doi !== undefined && `. doi:${doi}`}
            </li>
          ))}
        </ul>
      </Disclosure>
      {subject !== undefined && (
        <p>
          <Button onClick={() => props.onAudit(subject)}>{tx(words.audit)}</Button>
        </p>
      )}
    </Card>
  );
}

const pointsOf = ({ x, y }: CardLaw): LineSeries['points'] => Array.from(x, (at, i) => ({ x: at, y: y[i] as number }));

const texts = {
  density: { title: words.law, hint: words.lawHint, x: words.error, y: words.density },
  mass: { title: words.law, hint: words.lawHint, x: words.error, y: words.probability },
  choice: { title: words.lawChoice, hint: words.lawChoiceHint, x: words.score, y: words.probability },
  passes: { title: words.lawPasses, hint: words.lawPassesHint, x: words.distance, y: words.probability },
} as const;

const Law = memo(function Law({ card }: { readonly card: MechanismCard }) {
  const { tx, number } = useText();
  const { exact, fast } = card;
  const { title, hint, x, y } = texts[exact.drawn];
  // A density and whole masses share the axis: both are probabilities per step; a grid of its own does not.
  const shown = fast !== undefined && fast.drawn === 'density' ? fast : undefined;
  const series: readonly LineSeries[] = [
    ...(shown === undefined
      ? []
      : [
          {
            id: 'fast',
            label: tx(words.simulation),
            meaning: 'neutral' as const,
            dashed: true,
            points: pointsOf(shown),
          },
        ]),
    { id: 'exact', label: tx(words.release), meaning: 'privacy', points: pointsOf(exact) },
  ];
  return (
    <>
      <Lines
        chrome="quiet"
        title={`${tx(title)}: ${tx(card.label)}`}
        description={tx(hint)}
        series={series}
        x={{ label: tx(x), format: (at) => number(at) }}
        y={{ label: tx(y), format: (at) => number(at, 2) }}
        height={230}
        fileName={`law-${card.id}`}
      />
      <p className="small soft">{tx(hint)}</p>
    </>
  );
});
