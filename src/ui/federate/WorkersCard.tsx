import type { Job } from '../../engine/kit/job.ts';
import type { PartiesPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import type { PartyResult } from '../../runtime/protocol.ts';
import { hexWords } from '../../charts/parties.layout.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { runtime } from '../runtime.ts';
import { Figures } from '../stream/Figures.tsx';
import { filled } from '../stream/stream-scores.ts';
import { useTask } from './use-task.ts';
import { federateWords as words } from './words.ts';

/** The same protocol played by real workers, one a party: what each sent, saw and took. */
export function WorkersCard({ picture, job }: { readonly picture: PartiesPicture; readonly job: Job }) {
  const { tx } = useText();
  const parties = picture.parties.length;
  const task = useTask(job.key, (options) => runtime().protocol(job, parties, options));
  return (
    <Card title={tx(words.workersTable)}>
      <p className="soft small">{tx(words.playHint)}</p>
      {task.problem !== undefined && <ErrorNote problem={task.problem} onRetry={task.start} />}
      {task.running ? (
        <ProgressLine progress={undefined} label={tx(words.playing, { n: parties })} onCancel={task.cancel} />
      ) : (
        <p>
          <Button look={task.value === undefined ? 'primary' : 'quiet'} onClick={task.start}>
            {tx(words.playBetween, { n: parties })}
          </Button>
        </p>
      )}
      {task.value !== undefined && <Played picture={picture} results={task.value} seed={job.seed} />}
    </Card>
  );
}

function Played(props: {
  readonly picture: PartiesPicture;
  readonly results: readonly PartyResult[];
  readonly seed: number;
}) {
  const { tx, value } = useText();
  const { picture, results } = props;
  const same = results.every(({ opened }) => opened.every((one, i) => one === picture.opened[i]));
  return (
    <div className="stack" role="status">
      <p>{tx(same ? words.played : words.playedOff, { n: results.length })}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.workersTable)}>
        <table className="worker-table">
          <thead>
            <tr>
              <th scope="col">{tx(words.party)}</th>
              <th scope="col">{tx(words.sent)}</th>
              <th scope="col">{tx(words.time)}</th>
              <th scope="col">{tx(words.firstWords)}</th>
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <tr key={result.party}>
                <th scope="row">{picture.parties[result.party] ?? result.party + 1}</th>
                <td>
                  {tx(words.sentWords, { messages: result.sent.messages, bytes: value(result.sent.bytes, 'bytes') })}
                </td>
                <td>{value(result.wallMs, 'ms')}</td>
                <td>
                  <code>{hexWords(result.seen, 3)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Figures rows={[{ score: onesScore(results) }]} origin={{ seed: props.seed }} />
    </div>
  );
}

/** Share of set bits in all words received in the first round. */
function onesScore(results: readonly PartyResult[]): Score {
  let ones = 0;
  let bits = 0;
  for (const { seen, sent } of results) {
    const first = seen.subarray(0, Math.floor(seen.length / Math.max(1, sent.rounds)));
    bits += 32 * first.length;
    for (const word of first) for (let rest = word; rest !== 0; rest = (rest & (rest - 1)) >>> 0) ones += 1;
  }
  const share = ones / Math.max(1, bits);
  const half = 1.959963984540054 * Math.sqrt(0.25 / Math.max(1, bits));
  return {
    id: 'parties/bits-set',
    label: words.ones,
    value: share,
    unit: 'share',
    direction: 'neutral',
    meaning: 'privacy',
    provenance: 'measured',
    n: bits,
    baseline: 0.5,
    interval: { low: share - half, high: share + half, level: 0.95, kind: 'sampling' },
    method: filled(words.onesMethod, { n: bits }),
  };
}
