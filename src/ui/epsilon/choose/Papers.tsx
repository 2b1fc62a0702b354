import { memo, useEffect, useMemo, useState } from 'react';
import type { DatasetDescriptor } from '../../../engine/kit/dataset.ts';
import type { JobOutcome } from '../../../engine/kit/job.ts';
import type { Score } from '../../../engine/kit/score.ts';
import {
  paperFigure,
  paperHeads,
  paperJob,
  paperScenario,
  paperUtilities,
  type PaperUtility,
} from '../../../scenario/papers-epsilon.ts';
import { change, useScenarioStore } from '../../../store/scenario-store.ts';
import { clearSelection } from '../../../store/view-store.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card } from '../../parts/controls.tsx';
import { useRunsInTurn } from '../../use-run.ts';
import { words } from './words.ts';

const cities = ['nyc', 'santander', 'london'] as const;
/** The paper's loss on the three cities: what it says, and what this tab measures. */
export const Papers = memo(function Papers() {
  const { tx, value } = useText();
  const seed = useScenarioStore((state) => state.spec.seed);
  const [descriptors, setDescriptors] = useState<readonly DatasetDescriptor[]>([]);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    let left = false;
    void import('../../../../datasets/list.ts').then(({ datasets }) => {
      if (left) return;
      setDescriptors(cities.flatMap((city) => datasets.find((one) => one.city === city) ?? []));
    });
    return () => {
      left = true;
    };
  }, []);
  const planned = useMemo(
    () =>
      descriptors.map((descriptor) => {
        const spec = paperScenario(descriptor, seed);
        return { descriptor, spec, job: paperJob(spec) };
      }),
    [descriptors, seed],
  );
  const jobs = useMemo(() => (wanted ? planned.flatMap(({ job }) => job ?? []) : []), [wanted, planned]);
  const outcomes = useRunsInTurn(jobs);
  const done = jobs.length > 0 && jobs.every((job) => outcomes.has(job.key));
  return (
    <Card title={tx(words.papers)} className="choose-papers">
      <p className="small">{tx(words.papersLead)}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.papers)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{tx(words.city)}</th>
              {paperUtilities.map((id) => (
                <th key={id} scope="col" className="number">
                  {tx(paperHeads[id])}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row" className="soft">
                {tx(words.paperSays)}
              </th>
              {paperUtilities.map((id) => (
                <td key={id} className="number soft">
                  {value(paperFigure(id), 'share', 0.001)}
                </td>
              ))}
              <td />
            </tr>
            {planned.map(({ descriptor, spec, job }) => (
              <tr key={descriptor.id}>
                <th scope="row">{tx(descriptor.label)}</th>
                {paperUtilities.map((id) => (
                  <td key={id} className="number">
                    <Measured utility={id} outcome={job === null ? undefined : outcomes.get(job.key)} wanted={wanted} />
                  </td>
                ))}
                <td>
                  <Button
                    look="link"
                    onClick={() => {
                      clearSelection();
                      change(words.papersOpen, spec);
                    }}
                  >
                    {tx(words.papersOpen)}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!done && (
        <p>
          <Button onClick={() => setWanted(!wanted)}>{tx(wanted ? words.papersStop : words.papersRun)}</Button>
        </p>
      )}
      <p className="small soft">{tx(words.papersNote)}</p>
    </Card>
  );
});

function Measured(props: {
  readonly utility: PaperUtility;
  readonly outcome: JobOutcome | undefined;
  readonly wanted: boolean;
}) {
  const { tx, value } = useText();
  const { utility, outcome, wanted } = props;
  const score =
    outcome?.status === 'ok'
      ? outcome.scores.find((one: Score) => one.id === utility || one.id.startsWith(`${utility}/`))
      : undefined;
  if (score === undefined) return <span className="soft">{tx(wanted ? words.measuring : words.notMeasured)}</span>;
  const high = score.interval?.high ?? score.value;
  const half = score.interval === undefined ? 0.001 : (score.interval.high - score.interval.low) / 2;
  const holds = high >= paperFigure(utility);
  return (
    <>
      <strong className={holds ? 'is-utility' : 'is-risk'}>
        {value(score.value, 'share', Math.max(half, 0.0005))}
      </strong>{' '}
      <span className="small soft">
        {score.interval !== undefined &&
          `${value(score.interval.low, 'share', 0.001)}–${value(score.interval.high, 'share', 0.001)} · `}
        {tx(holds ? words.holds : words.short)}
      </span>
    </>
  );
}
