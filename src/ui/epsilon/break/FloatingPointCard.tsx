import { memo } from 'react';
import { DotRows } from '../../../charts/DotRows.tsx';
import type { BreakAnswer, BreakQuestion, FloatingPointAnswer, Rate } from '../../../engine/kit/breaking.ts';
import { useText } from '../../i18n/use-text.ts';
import { Figure, Rich } from '../../parts/rich.tsx';
import type { Answered } from '../../use-answer.ts';
import { Dial } from './Dial.tsx';
import { Experiment, useShares } from './Experiment.tsx';
import { words } from './words.ts';

/** One release of textbook noise, and which answer its digits betray. */
export function FloatingPointCard(props: {
  readonly run: Answered<BreakQuestion, BreakAnswer>;
  readonly answer: FloatingPointAnswer | undefined;
  readonly scale: number;
  readonly onScale: (scale: number) => void;
  readonly seed: number;
  readonly onAgain: () => void;
}) {
  const { tx, number } = useText();
  const { share, spread } = useShares();
  const { answer } = props;
  const [first, exact, bits] = [answer?.naive[0], answer?.exact[0], answer?.byLastBits[0]];
  return (
    <Experiment
      title={tx(words.floating)}
      run={props.run}
      seed={props.seed}
      onAgain={props.onAgain}
      lead={
        first !== undefined &&
        exact !== undefined &&
        bits !== undefined && (
          <Rich
            text={tx(words.floatingLead)}
            parts={{
              naive: <Figure meaning="risk">{share(first.value)}</Figure>,
              ...spread(first),
              bits: share(bits.value),
              exact: <Figure meaning="privacy">{number(Math.round(exact.value * exact.n))}</Figure>,
              n: number(exact.n),
            }}
          />
        )
      }
      control={
        <Dial
          label={tx(words.scale)}
          value={props.scale}
          min={0.05}
          max={1000}
          log
          ends={[tx(words.scaleEnds), tx(words.scaleEndsHigh)]}
          stops={[0.1, 1, 10, 100]}
          onChange={props.onScale}
        />
      }
    >
      {answer !== undefined && <Evidence answer={answer} scale={props.scale} />}
    </Experiment>
  );
}

const Evidence = memo(function Evidence(props: { readonly answer: FloatingPointAnswer; readonly scale: number }) {
  const { tx, number } = useText();
  const { share, spread } = useShares();
  const { answer, scale } = props;
  const rows = ([0, 1] as const).map((truth) => {
    const shown = answer.examples.filter((each) => each.answer === truth);
    const proofs = shown.filter(({ proves }) => proves !== undefined).length;
    return {
      id: String(truth),
      label: tx(words.answerIs, { answer: truth }),
      note: tx(words.someOf, { some: proofs, n: shown.length }),
      dots: shown.map(({ released, proves }) => ({
        value: released,
        marked: proves !== undefined,
        // All digits: the last ones are the point.
        told: tx(proves === undefined ? words.toldEither : words.toldProof, {
          value: String(released),
          answer: truth,
        }),
      })),
    };
  });
  const lines: readonly (readonly [string, Rate])[] = [
    ...answer.naive.map((rate, truth) => [tx(words.ordinary, { answer: truth }), rate] as const),
    [tx(words.lastBits), answer.byLastBits[0]],
    ...answer.exact.map((rate, truth) => [tx(words.whole, { answer: truth }), rate] as const),
  ];
  return (
    <>
      <DotRows
        chrome="quiet"
        title={tx(words.releases)}
        description={tx(words.releasesHint)}
        rows={rows}
        domain={[-4 * scale, 1 + 4 * scale]}
        measureLabel={tx(words.released)}
        markedLabel={tx(words.proves)}
        unmarkedLabel={tx(words.either)}
        fileName="floating-point"
      />
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.proved)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{tx(words.noise)}</th>
              <th scope="col" className="number">
                {tx(words.proved)}
              </th>
              <th scope="col" className="number">
                {tx(words.interval)}
              </th>
              <th scope="col" className="number">
                {tx(words.ofReleases)}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(([label, rate]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className={rate.value > 0 ? 'number is-risk' : 'number'}>{share(rate.value)}</td>
                <td className="number">
                  {spread(rate).low} – {spread(rate).high}
                </td>
                <td className="number">{number(rate.n)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
});
