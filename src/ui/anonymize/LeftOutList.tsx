import { useEffect, useState } from 'react';
import type { Outcome, LeftOut } from '../../runtime/protocol.ts';
import { releaseJob } from '../../scenario/lattice-step.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { runtime } from '../runtime.ts';
import { labelOf } from './labels.ts';
import { capital } from './node-words.ts';
import { releaseWords as words } from './release-words.ts';
import type { Anonymize } from './use-anonymize.ts';

/** Rows fetched at most, and shown at once. */
const MOST = 5000;
const PAGE = 20;

/** Every row the release leaves out, by its number and true values: nothing is dropped silently. */
export function LeftOutList({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx, number } = tools;
  const found = useLeftOut(page);
  const [from, setFrom] = useState(0);
  if (found?.status === 'failed') return <ErrorNote problem={found.problem} />;
  if (found?.status !== 'ok') return <ProgressLine progress={undefined} />;
  const { total, rows, columns, listed } = found.value;
  if (total === 0) return <p>{tx(words.leftOutNone)}</p>;
  const start = Math.min(from, Math.max(0, listed.length - 1));
  const shown = listed.slice(start, start + PAGE);
  const placed = (column: string, cell: string | number | null): string | number =>
    placeName(page, column, cell) ?? cell ?? '–';
  return (
    <div className="stack left-out">
      <p>{tx(words.leftOut, { n: number(total), rows: number(rows) })}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.out)}>
        <table>
          <thead>
            <tr>
              <th scope="col" className="number">
                {capital(tx(words.leftOutRow))}
              </th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {capital(labelOf(page, name, tools))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, cells }) => (
              <tr key={row}>
                <th scope="row" className="number">
                  {number(row)}
                </th>
                {cells.map((cell, c) => (
                  <td key={columns[c]}>{placed(columns[c] ?? '', cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        <Button disabled={start === 0} onClick={() => setFrom(Math.max(0, start - PAGE))}>
          {tx(words.earlier)}
        </Button>
        <span className="small soft" aria-live="polite">
          {tx(words.leftOutPage, { from: start + 1, to: start + shown.length, n: number(total) })}
        </span>
        <Button disabled={start + PAGE >= listed.length} onClick={() => setFrom(start + PAGE)}>
          {tx(words.later)}
        </Button>
      </div>
      <p className="small soft">{tx(words.truthNote)}</p>
    </div>
  );
}

/** Places by their names, not by their numbers. */
function placeName(page: Anonymize, column: string, cell: string | number | null): string | undefined {
  if (page.dataset.status !== 'ok' || cell === null) return undefined;
  const isPlace = page.columns.some(({ name, ladder }) => name === column && ladder?.kind === 'place');
  return isPlace ? page.dataset.value.places?.find(({ id }) => id === String(cell))?.label : undefined;
}

/** Asked of a worker once a release, while the list is open. */
function useLeftOut(page: Anonymize): Outcome<LeftOut> | undefined {
  const { spec, branch } = page;
  const [held, setHeld] = useState<{ readonly key: string; readonly outcome: Outcome<LeftOut> } | null>(null);
  const job = releaseJob(spec, branch);
  useEffect(() => {
    const controller = new AbortController();
    void runtime()
      .leftOut(job, MOST, { signal: controller.signal })
      .then((outcome) => {
        if (!controller.signal.aborted) setHeld({ key: job.key, outcome });
      });
    return () => controller.abort();
    // The key names the job's content; the object itself is new at every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [job.key]);
  return held?.key === job.key ? held.outcome : undefined;
}
