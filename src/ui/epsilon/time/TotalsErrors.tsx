import { useMemo } from 'react';
import { Lines } from '../../../charts/Lines.tsx';
import type { LineSeries } from '../../../charts/props.ts';
import type { TotalsErrorAnswer, TotalsErrorLane, TotalsErrorQuestion } from '../../../engine/kit/over-time.ts';
import type { ParamRecord } from '../../../engine/kit/params.ts';
import type { SeriesPicture } from '../../../engine/kit/picture.ts';
import type { Text } from '../../../engine/kit/text.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../../parts/notes.tsx';
import { seriesFigures } from '../../pictures/series-figures.ts';
import { useQuestion } from '../use-question.ts';
import { lagPoints } from './plan.ts';
import { words } from './words.ts';

const draws = 300;
const short: Readonly<Record<TotalsErrorLane['id'], Text>> = {
  input: words.shortInput,
  tree: words.shortTree,
  honaker: words.shortHonaker,
  'square-root': words.shortRoot,
  optimal: words.shortOptimal,
};

interface TotalsErrorsProps {
  readonly steps: number;
  /** Settings of the session: epsilon, noise, delta and scheme where it has them. */
  readonly params: ParamRecord;
  readonly delta: number;
  readonly picture: SeriesPicture | undefined;
}

/** Error of running totals by every scheme, by formula and as drawn, beside the proven best. */
export function TotalsErrors({ steps, params, delta, picture }: TotalsErrorsProps) {
  const question = useMemo((): TotalsErrorQuestion => {
    const { epsilon, noise, delta: own } = params;
    return {
      steps,
      epsilon: typeof epsilon === 'number' ? epsilon : 1,
      noise: noise === 'laplace' ? 'laplace' : 'gaussian',
      delta: typeof own === 'number' ? own : delta,
      draws: steps <= 800 ? draws : 30,
    };
  }, [steps, params, delta]);
  const asked = useQuestion('totals-error', question);
  const scheme = typeof params['scheme'] === 'string' ? params['scheme'] : 'square-root';
  return (
    <Card className={asked.pending ? 'stale' : ''}>
      {asked.pending && <ProgressLine progress={asked.progress} onCancel={asked.stop} />}
      {asked.stopped && <StoppedNote onResume={asked.resume} />}
      {asked.problem !== undefined && <ErrorNote problem={asked.problem} />}
      {asked.answer !== undefined && asked.question !== undefined && (
        <Errors answer={asked.answer} question={asked.question} scheme={scheme} picture={picture} />
      )}
    </Card>
  );
}

interface ErrorsProps {
  readonly answer: TotalsErrorAnswer;
  readonly question: TotalsErrorQuestion;
  readonly scheme: string;
  readonly picture: SeriesPicture | undefined;
}

function Errors({ answer, question, scheme, picture }: ErrorsProps) {
  const { tx, number } = useText();
  const { lanes } = answer;
  const chart = useMemo(() => errorLines(answer, scheme, tx), [answer, scheme, tx]);
  const best = lanes.reduce((least, lane) => (lane.rms < least.rms ? lane : least));
  const input = lanes.find(({ id }) => id === 'input') ?? best;
  const times = input.rms / best.rms;
  const told = { n: number(question.steps), best: tx(best.label), error: number(best.rms, 2), times: number(times, 2) };
  const isTotals = picture !== undefined && picture.fresh === undefined && picture.steps.length === question.steps;
  const measured = isTotals ? seriesFigures(picture) : undefined;
  return (
    <>
      <Lines
        title={tx(words.errors)}
        description={tx(words.errorsHint, { draws: number(question.draws) })}
        finding={tx(times > 1.02 ? words.errorsFinding : words.errorsEqual, told)}
        series={chart}
        x={{ label: tx(words.step), format: (x) => number(x, 3) }}
        y={{ label: tx(words.deviation), better: 'lower', format: (y) => number(y, 3) }}
        height={300}
        fileName="error-of-totals"
        provenance={{ ...question }}
      />
      <p className="small soft">
        {tx(words.errorsHint, { draws: number(question.draws) })}{' '}
        {answer.leastRms === undefined
          ? tx(words.errorsNoOptimum)
          : tx(words.errorsLeast, { least: number(answer.leastRms, 3) })}
      </p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.errors)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{tx(words.scheme)}</th>
              <th scope="col" className="number">
                {tx(words.exact)}
              </th>
              <th scope="col" className="number">
                {tx(words.drawn, { n: number(question.draws) })}
              </th>
              {measured !== undefined && (
                <th scope="col" className="number">
                  {tx(words.thisSeries)}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {lanes.map((lane) => (
              <tr key={lane.id}>
                <th scope="row">{tx(lane.label)}</th>
                <td className={lane === best ? 'number is-utility' : 'number'}>{number(lane.rms, 3)}</td>
                <td className="number">{number(lane.simulatedRms, 3)}</td>
                {measured !== undefined && (
                  <td className="number">
                    {lane.id === scheme && measured.done > 0 ? number(measured.error, 2) : '–'}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** One exact line a scheme, the chosen one in colour with what was drawn of it. */
function errorLines(
  { lanes, steps }: TotalsErrorAnswer,
  scheme: string,
  tx: (text: Text) => string,
): readonly LineSeries[] {
  const exact = lanes.map(
    (lane): LineSeries => ({
      id: lane.id,
      label: tx(short[lane.id]),
      meaning: lane.id === scheme ? 'privacy' : lane.id === 'optimal' ? 'utility' : 'neutral',
      points: lagPoints(steps, lane.exact, 400),
    }),
  );
  const chosen = lanes.find(({ id }) => id === scheme);
  if (chosen === undefined || !Number.isFinite(chosen.simulatedRms)) return exact;
  return [
    ...exact,
    {
      id: 'drawn',
      label: tx(words.drawnLine),
      meaning: 'privacy',
      dashed: true,
      points: lagPoints(steps, chosen.simulated, 400),
    },
  ];
}
