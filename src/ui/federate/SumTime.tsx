import { useState } from 'react';
import { LatencyChart } from '../../charts/LatencyChart.tsx';
import type { Job, JobResult } from '../../engine/kit/job.ts';
import type { PartiesPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import { formatBytes } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Select } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { originOf } from '../parts/why-this.tsx';
import { runtime } from '../runtime.ts';
import { Figures } from '../stream/Figures.tsx';
import { useTask } from './use-task.ts';
import { federateWords as words } from './words.ts';

type Line = 'lan' | 'city' | 'mobile';
const lines: Readonly<Record<Line, { readonly oneWayMs: number; readonly bitsPerSecond: number }>> = {
  lan: { oneWayMs: 0.25, bitsPerSecond: 1e9 },
  city: { oneWayMs: 5, bitsPerSecond: 1e8 },
  mobile: { oneWayMs: 40, bitsPerSecond: 1e7 },
};
const repeats = 200;

/** Time of one secure sum: computing measured in a worker, the network modelled from what was counted. */
export function SumTime(props: { readonly picture: PartiesPicture; readonly job: Job; readonly result: JobResult }) {
  const { tx } = useText();
  const { picture, job, result } = props;
  const [line, setLine] = useState<Line>('city');
  const task = useTask(job.key, (options) => runtime().latency(job, repeats, options));
  const network = networkScore(result, picture.parties.length, line);
  const measured = task.value?.at(-1);
  return (
    <Card title={tx(words.network)}>
      <p className="soft small">{tx(words.networkHint)}</p>
      <Select
        label={tx(words.line)}
        value={line}
        options={(['lan', 'city', 'mobile'] as const).map((one) => ({ value: one, label: tx(words[one]) }))}
        onChange={setLine}
      />
      <Figures rows={[{ score: network }]} origin={originOf(result, job.seed)} />
      {task.problem !== undefined && <ErrorNote problem={task.problem} onRetry={task.start} />}
      {task.running ? (
        <ProgressLine progress={task.progress} label={tx(words.running)} onCancel={task.cancel} />
      ) : (
        <p>
          <Button onClick={task.start}>{tx(measured === undefined ? words.measure : words.again)}</Button>
        </p>
      )}
      {measured !== undefined && (
        <LatencyChart
          chrome="quiet"
          title={tx(words.network)}
          description={tx(words.networkHint)}
          log
          rows={[
            {
              id: 'computing',
              label: tx(words.computing),
              min: measured.minMs,
              avg: measured.avgMs,
              p95: measured.p95Ms,
              kind: 'measured',
              n: measured.repeats,
            },
            {
              id: 'network',
              label: tx(words.wire),
              min: network.value,
              avg: network.value,
              p95: network.value,
              kind: 'modelled',
            },
          ]}
        />
      )}
      <p className="soft small">{tx(words.paperTime)}</p>
    </Card>
  );
}

/** Rounds in sequence; in each, all parties send at once. */
function networkScore({ cost }: JobResult, parties: number, line: Line): Score {
  const { oneWayMs, bitsPerSecond } = lines[line];
  const perParty = cost.bytes / Math.max(1, parties);
  const method = (language: 'en' | 'es'): string =>
    (language === 'en' ? words.networkMethod.en : (words.networkMethod.es ?? ''))
      .replace('{rounds}', String(cost.rounds))
      .replace('{bytes}', formatBytes(perParty, language));
  return {
    id: 'parties/network-ms',
    label: words.networkTotal,
    value: cost.rounds * oneWayMs + (8000 * perParty) / bitsPerSecond,
    unit: 'ms',
    direction: 'lower-is-better',
    meaning: 'cost',
    provenance: 'modelled',
    method: { en: method('en'), es: method('es') },
  };
}
