import type { AllocationPicture } from '../../engine/kit/picture.ts';
import { BudgetBar } from '../../charts/BudgetBar.tsx';
import { useText } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import type { Part } from './use-twin.ts';
import { twinWords as words } from './words.ts';

/** Three parts with one question each; on data that miss a class, its part falls to the others. */
const asInPaper = ({ parts }: AllocationPicture): boolean =>
  parts.length === 3 && [0.3, 0.5, 0.2].every((share, at) => Math.abs((parts[at]?.share ?? 0) - share) < 1e-9);

/** How the budget was divided, and what that does: the smaller the part, the stronger the noise. */
export function Budget({ parts }: { readonly parts: readonly Part[] }) {
  const { tx, number, value, rounded, unit } = useText();
  const picture = parts
    .flatMap((part) => part.result?.pictures ?? [])
    .find((each): each is AllocationPicture => each.view === 'allocation');
  if (picture === undefined) return null;
  const half = (part: AllocationPicture['parts'][number]): string =>
    `${rounded(part.halfWidth95, part.halfWidth95)} ${unit(part.unit, 2)}`;
  const order = [...picture.parts].sort((a, b) => a.epsilon - b.epsilon);
  // Parts run from high to low sensitivity: of equal smallest ones the last is the least sensitive.
  const least = picture.parts.findLast((part) => part.epsilon === order[0]?.epsilon);
  const most = order.at(-1);
  const said =
    least === undefined || most === undefined || least === most
      ? tx(words.budgetOne)
      : tx(least.unit === most.unit && asInPaper(picture) ? words.budgetReversed : words.budgetMixed, {
          least: tx(least.label),
          leastEpsilon: number(least.epsilon),
          leastHalf: half(least),
          most: tx(most.label),
          mostEpsilon: number(most.epsilon),
          mostHalf: half(most),
        });
  return (
    <Card className="twin-budget">
      <BudgetBar
        title={tx(words.budget)}
        description={said}
        chrome="full"
        unit="ε"
        total={picture.total}
        parts={picture.parts.map((part) => ({
          id: part.id,
          label: tx(part.label),
          share: part.share,
          text: `± ${half(part)}`,
        }))}
      />
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.budget)}>
        <table className="twin-table">
          <thead>
            <tr>
              <th scope="col">{tx(words.className)}</th>
              <th scope="col" className="number">
                {tx(words.share)}
              </th>
              <th scope="col" className="number">
                ε
              </th>
              <th scope="col" className="number">
                {tx(words.halfWidth)}
              </th>
            </tr>
          </thead>
          <tbody>
            {picture.parts.map((part) => (
              <tr key={part.id}>
                <th scope="row">{tx(part.label)}</th>
                <td className="number">{value(part.share, 'share')}</td>
                <td className="number is-privacy">{number(part.epsilon)}</td>
                <td className="number">± {half(part)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small">{said}</p>
    </Card>
  );
}
