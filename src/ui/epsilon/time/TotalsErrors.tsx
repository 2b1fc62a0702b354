import { memo, useMemo } from 'react';
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
  const bound = params['contributionBound'];
  const rows = params['protects'] === 'row' || typeof bound !== 'number' ? 1 : bound;
  return (
    <Card className={asked.pending ? 'stale' : ''}>
      {asked.pending && <ProgressLine progress={asked.progress} onCancel={asked.stop} />}
      {asked.stopped && <StoppedNote onResume={asked.resume} />}
      {asked.problem !== undefined && <ErrorNote problem={asked.problem} />}
      {asked.answer !== undefined && asked.question !== undefined && (
        <>
          <ErrorsChart {...{ answer: asked.answer, question: asked.question, scheme, rows }} />
          <ErrorsTable {...{ answer: asked.answer, question: asked.question, scheme, rows, picture }} />
        </>
      )}
    </Card>
  );
}

interface ErrorsProps {
  readonly answer: TotalsErrorAnswer;
  readonly question: TotalsErrorQuestion;
  readonly scheme: string;
  /** Rows of one hidden unit: noise grows with them. */
  readonly rows: number;
}

/** The chart does not depend on the step that is played. */
const ErrorsChart = memo(function ErrorsChart({ answer, question, scheme, rows }: ErrorsProps) {
  const { tx, number } = useText();
  const chart = useMemo(() => errorLines(answer, scheme, rows, tx), [answer, scheme, rows, tx]);
  const best = bestOf(answer);
  const input = answer.lanes.find(({ id }) => id === 'input') ?? best;
  const times = input.rms / best.rms;
  const told = {
    n: number(question.steps),
    best: tx(best.label),
    error: number(rows * best.rms, 2),
    times: number(times, 2),
  };
  const hint = tx(words.errorsHint, { draws: number(question.draws) });
  return (
    <>
      <Lines
        title={tx(words.errors)}
        description={hint}
        finding={tx(times > 1.02 ? words.errorsFinding : words.errorsEqual, told)}
        series={chart}
        x={{ label: tx(words.step), format: (x) => number(x, 3) }}
        y={{ label: tx(words.deviation), better: 'lower', format: (y) => number(y, 3) }}
        height={300}
        fileName="error-of-totals"
        provenance={{ ...question, rows }}
      />
      <p className="small soft">
        {hint}{' '}
        {answer.leastRms === undefined
          ? tx(words.errorsNoOptimum)
          : tx(words.errorsLeast, { least: number(rows * answer.leastRms, 3) })}
      </p>
    </>
  );
});

const bestOf = ({ lanes }: TotalsErrorAnswer): TotalsErrorLane =>
  lanes.reduce((least, lane) => (lane.rms < least.rms ? lane : least));

function ErrorsTable(props: ErrorsProps & { readonly picture: SeriesPicture | undefined }) {
  const { tx, number } = useText();
  const { answer, question, scheme, rows, picture } = props;
  const best = bestOf(answer);
  const isTotals = picture !== undefined && picture.fresh === undefined && picture.steps.length === question.steps;
  const measured = isTotals ? seriesFigures(picture) : undefined;
  return (
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
          {answer.lanes.map((lane) => (
            <tr key={lane.id}>
              <th scope="row">{tx(lane.label)}</th>
              <td className={lane === best ? 'number is-utility' : 'number'}>{number(rows * lane.rms, 3)}</td>
              <td className="number">{number(rows * lane.simulatedRms, 3)}</td>
              {measured !== undefined && (
                <td className="number">{lane.id === scheme && measured.done > 0 ? number(measured.error, 2) : '–'}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One exact line a scheme, the chosen one in colour with what was drawn of it. */
function errorLines(
  { lanes, steps }: TotalsErrorAnswer,
  scheme: string,
  rows: number,
  tx: (text: Text) => string,
): readonly LineSeries[] {
  const scaled = (values: Float64Array) => values.map((value) => rows * value);
  const exact = lanes.map(
    (lane): LineSeries => ({
      id: lane.id,
      label: tx(short[lane.id]),
      meaning: lane.id === scheme ? 'privacy' : lane.id === 'optimal' ? 'utility' : 'neutral',
      points: lagPoints(steps, scaled(lane.exact), 400),
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
      points: lagPoints(steps, scaled(chosen.simulated), 400),
    },
  ];
}
