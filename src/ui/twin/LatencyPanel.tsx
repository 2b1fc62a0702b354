import type { Latency } from '../../engine/kit/job.ts';
import { paperLatencies, responsiveMs } from '../../scenario/twin.ts';
import { Working } from '../attack/Working.tsx';
import { measure, stopMeasuring, useMeasurements, type Task } from '../claims/measurements.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { EmptyState, ErrorNote } from '../parts/notes.tsx';
import { LatencyAxis } from './LatencyAxis.tsx';
import type { Part } from './use-twin.ts';
import { twinWords as words } from './words.ts';

const owner = 'twin';

/** Min, mean and p95 of one unit of work of each protection, measured on request, beside the paper's figures. */
export function LatencyPanel({ parts }: { readonly parts: readonly Part[] }) {
  const { tx } = useText();
  const { latencies, running, problems } = useMeasurements();
  const tasks = parts.map((part): Task => ({ id: `twin:${part.branch.id}`, kind: 'latency', job: part.bare }));
  const start = (): void => void measure(owner, tasks);
  const mine = running?.owner === owner ? running : null;
  const rows = paperLatencies.map((paper) => {
    const part = parts.find(({ technique }) => technique.family === paper.family);
    const here = part === undefined ? undefined : latencies[part.bare.key]?.at(-1);
    return { paper, part, here };
  });
  const any = rows.some(({ here }) => here !== undefined);
  const working = parts.find((part) => mine?.task === `twin:${part.branch.id}`);
  return (
    <Card
      title={tx(words.latency)}
      className="twin-latency"
      action={
        any && mine === null
          ? rows.some(({ part, here }) => part !== undefined && here === undefined) && (
              <Button onClick={start}>{tx(words.measureLatency)}</Button>
            )
          : undefined
      }
    >
      <p className="soft small">{tx(words.latencyHelp)}</p>
      {mine !== null && (
        <Working
          key={mine.task}
          label={tx(words.timing, { what: working === undefined ? '' : tx(working.technique.label) })}
          progress={mine.progress}
          onCancel={stopMeasuring}
        />
      )}
      {parts.map((part) => {
        const problem = problems[`twin:${part.branch.id}`];
        return problem === undefined ? null : (
          <ErrorNote key={part.branch.id} title={tx(part.technique.label)} problem={problem} onRetry={start} />
        );
      })}
      {!any && mine === null && (
        <EmptyState
          title={tx(words.latencyEmpty)}
          action={
            <Button look="primary" onClick={start}>
              {tx(words.measureLatency)}
            </Button>
          }
        >
          {tx(words.latencyEmptyHelp)}
        </EmptyState>
      )}
      <LatencyAxis
        limit={responsiveMs}
        pairs={rows.map(({ paper, here }) => ({
          id: paper.id,
          label: tx(paper.label),
          paper: { min: paper.minMs, avg: paper.avgMs, p95: paper.p95Ms },
          here: here === undefined ? undefined : { min: here.minMs, avg: here.avgMs, p95: here.p95Ms },
        }))}
      />
      <LatencyTable rows={rows} />
      <p className="soft small">{tx(words.endToEndNote)}</p>
    </Card>
  );
}

interface TableRow {
  readonly paper: (typeof paperLatencies)[number];
  readonly here: Latency | undefined;
}

function LatencyTable({ rows }: { readonly rows: readonly TableRow[] }) {
  const { tx, value, number } = useText();
  const ms = (shown: number | undefined): string => (shown === undefined ? '–' : value(shown, 'ms'));
  // As printed: the paper's digits are not ours to round.
  const printed = (shown: number): string => `${number(shown, 4)} ms`;
  const stats = [words.min, words.mean, words.p95];
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.latency)}>
      <table className="twin-table">
        <thead>
          <tr>
            <th scope="col">{tx(words.stage)}</th>
            {stats.map((word) => (
              <th key={word.en} scope="col" className="number">
                {tx(word)}, {tx(words.here)}
              </th>
            ))}
            <th scope="col" className="number">
              {tx(words.cold)}
            </th>
            <th scope="col" className="number">
              {tx(words.repeats)}
            </th>
            {stats.map((word) => (
              <th key={word.en} scope="col" className="number">
                {tx(word)}, {tx(words.paper).toLowerCase()}
              </th>
            ))}
            <th scope="col">{tx(words.within)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ paper, here }) => (
            <tr key={paper.id}>
              <th scope="row">
                {tx(paper.label)}
                {here !== undefined && <span className="soft small block">{tx(here.label)}</span>}
              </th>
              <td className="number is-cost">{ms(here?.minMs)}</td>
              <td className="number is-cost">{ms(here?.avgMs)}</td>
              <td className="number is-cost">{ms(here?.p95Ms)}</td>
              <td className="number">{ms(here?.coldMs)}</td>
              <td className="number">{here === undefined ? '–' : number(here.repeats)}</td>
              <td className="number">{printed(paper.minMs)}</td>
              <td className="number">{printed(paper.avgMs)}</td>
              <td className="number">{printed(paper.p95Ms)}</td>
              <td>
                {here === undefined
                  ? '–'
                  : `${tx(words.here)}: ${tx(here.p95Ms <= responsiveMs ? words.yes : words.no)}`}
                <span className="soft small block">
                  {tx(words.paper)}: {tx(paper.p95Ms <= responsiveMs ? words.yes : words.no)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
