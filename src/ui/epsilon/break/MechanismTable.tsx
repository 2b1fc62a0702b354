import type { MechanismCard } from '../../../engine/kit/mechanism-card.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card } from '../../parts/controls.tsx';
import { words } from './card-words.ts';

/** Smallest error first. Errors of a release are whole, so those below 3.2 and below 4 are the same; then those that never fail come first. */
export const ranked = (cards: readonly MechanismCard[]): readonly MechanismCard[] => {
  const at95 = ({ exact }: MechanismCard): number =>
    Math.ceil(exact.accuracy.find(({ alpha }) => alpha === 0.05)?.within ?? Number.MAX_SAFE_INTEGER);
  const mayFail = ({ exact }: MechanismCard): number => (exact.loss.delta > 0 ? 1 : 0);
  return cards.toSorted(
    (a, b) => at95(a) - at95(b) || mayFail(a) - mayFail(b) || a.exact.meanAbsolute - b.exact.meanAbsolute,
  );
};

/** All mechanisms of one kind, smallest error first. */
export function MechanismTable(props: {
  readonly cards: readonly MechanismCard[];
  readonly kind: MechanismCard['kind'];
  readonly shown: string;
  readonly onShow: (id: string) => void;
}) {
  const { tx, number, value } = useText();
  const cards = ranked(props.cards.filter(({ kind }) => kind === props.kind));
  const columns = cards[0]?.exact.accuracy ?? [];
  const title = tx(words[props.kind]);
  return (
    <Card title={title}>
      <p className="small soft">{tx(props.kind === 'additive' ? words.below : words.short)}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{tx(words.mechanism)}</th>
              {columns.map(({ alpha }) => (
                <th key={alpha} scope="col" className="number">
                  {value(1 - alpha, 'share', 0.01)}
                </th>
              ))}
              <th scope="col" className="number">
                {tx(words.mean)}
              </th>
            </tr>
          </thead>
          <tbody>
            {cards.map(({ id, label, exact }) => (
              <tr key={id} data-shown={id === props.shown}>
                <th scope="row">
                  <Button
                    look="link"
                    className="pick"
                    aria-pressed={id === props.shown}
                    onClick={() => props.onShow(id)}
                  >
                    {tx(label)}
                  </Button>
                  {exact.loss.delta > 0 && (
                    <span className="small soft">
                      {' '}
                      {tx(words.mayFail, { delta: exact.loss.delta.toExponential(0) })}
                    </span>
                  )}
                </th>
                {exact.accuracy.map(({ alpha, within }) => (
                  <td key={alpha} className="number">
                    {number(within)}
                  </td>
                ))}
                <td className="number">{number(exact.meanAbsolute)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
