import { memo, useMemo } from 'react';
import type { CountsPicture } from '../../../engine/kit/picture.ts';
import { byPlace, type Grid } from '../../explore/grid.layout.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../parts/controls.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { useQuestion } from '../use-question.ts';
import { words } from './words.ts';

/** The same histogram at the same epsilon with a trusted curator, and with none; it waits until the slider rests. */
export const Sides = memo(function Sides(props: {
  readonly picture: CountsPicture;
  readonly grid: Grid | undefined;
  readonly epsilon: number;
  readonly seed: number;
}) {
  const { tx, number, rounded, unit } = useText();
  const { picture, grid, epsilon, seed } = props;
  const counts = useMemo(() => {
    if (picture.noise === undefined || !picture.truth.every(Number.isInteger)) return undefined;
    return grid === undefined ? picture.truth.slice() : byPlace(grid, picture.truth, null);
  }, [picture, grid]);
  const usable = counts !== undefined && counts.length >= 2;
  const { answer, problem } = useQuestion('two-sides', usable ? { counts, epsilon, seed } : undefined, true);
  if (!usable)
    return (
      <Card title={tx(words.sides)}>
        <p className="soft">{tx(words.sidesNone)}</p>
      </Card>
    );
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
  return (
    <Card title={tx(words.sides)} className="choose-sides">
      {problem !== undefined && <ErrorNote problem={problem} />}
      {answer !== undefined && (
        <>
          <p>
            <Rich
              text={tx(words.sidesLead)}
              parts={{
                central: <Figure meaning="utility">{number(mean(answer.central.expectedError), 3)}</Figure>,
                local: <Figure meaning="utility">{number(mean(answer.local.expectedError), 3)}</Figure>,
                unit: unit(picture.unit, mean(answer.central.expectedError) === 1 ? 1 : 2),
                row: unit(picture.unit),
                times: <Figure meaning="cost">{number(answer.rowsTimes, 2)}</Figure>,
              }}
            />
          </p>
          <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.sides)}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{tx(words.side)}</th>
                  <th scope="col" className="number">
                    {tx(words.expected)}
                  </th>
                  <th scope="col" className="number">
                    {tx(words.measured)}
                  </th>
                  <th scope="col" className="number">
                    {tx(words.half)}
                  </th>
                </tr>
              </thead>
              <tbody>
                {(['central', 'local'] as const).map((side) => {
                  const half = mean(answer[side].halfWidth95);
                  return (
                    <tr key={side}>
                      <th scope="row">{tx(side === 'central' ? words.global : words.local)}</th>
                      <td className="number">{number(mean(answer[side].expectedError), 3)}</td>
                      <td className="number">{number(answer[side].measuredError, 3)}</td>
                      <td className="number">± {rounded(half, half)}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
          <p className="small soft">
            {tx(words.sidesNote, { oracle: tx(words[answer.local.oracle]), row: unit(picture.unit) })}
          </p>
        </>
      )}
    </Card>
  );
});
