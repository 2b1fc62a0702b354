import { useState } from 'react';
import { PacketsView } from '../../charts/PacketsView.tsx';
import { SizeBar } from '../../charts/SizeBar.tsx';
import type { JobResult } from '../../engine/kit/job.ts';
import type { PacketsPicture } from '../../engine/kit/picture.ts';
import type { Score } from '../../engine/kit/score.ts';
import { useText } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import { originOf } from '../parts/why-this.tsx';
import { ScoreList } from '../pictures/ScoreList.tsx';
import { Figures } from '../stream/Figures.tsx';
import { MethodSide } from '../stream/MethodSide.tsx';
import { filled } from '../stream/stream-scores.ts';
import { useViewBranch } from '../stream/use-branch.ts';
import { useRun } from '../use-run.ts';
import { wilson } from './rounds-scores.ts';
import { federateWords as words } from './words.ts';

const isPackets = (picture: { readonly view: string }): picture is PacketsPicture => picture.view === 'packets';

/** Rows on their way: what a listener sees, what tampering achieves, what it costs. */
export function PacketsTab() {
  const { tx } = useText();
  const of = useViewBranch('packets');
  const run = useRun(of.measured, 1);
  const { outcome } = run;
  const result = outcome?.status === 'ok' ? outcome : undefined;
  const picture = result?.pictures.find(isPackets);
  return (
    <div className="live">
      <div className="live-view">
        <Finding picture={picture} />
        {outcome?.status === 'failed' && <ErrorNote problem={outcome.problem} onRetry={run.retry} />}
        {outcome === undefined && (
          <ProgressLine progress={run.progress} label={tx(words.running)} onCancel={run.cancel} />
        )}
        {result !== undefined && picture !== undefined && (
          <>
            <PacketsView
              title={tx(words.packetsTitle)}
              description={tx(words.packetsHint)}
              plain={picture.plain}
              cipherHex={picture.cipherHex}
              nonceHex={picture.nonceHex}
              plainBytes={picture.plainBytes}
              cipherBytes={picture.cipherBytes}
              plainBytesShare={picture.plainBytesShare}
              cipherBytesShare={picture.cipherBytesShare}
              fileName="telemetry"
              provenance={{ seed: of.spec.seed, branch: of.branch, digest: result.digest }}
            />
            <div className="live-pair">
              <Tamper picture={picture} />
              <Overhead picture={picture} result={result} seed={of.spec.seed} />
            </div>
          </>
        )}
      </div>
      <div className="live-side">
        <MethodSide of={of} />
        {result !== undefined && (
          <Card title={tx(words.colludeMore)}>
            <ScoreList scores={result.scores} skipped={result.skipped} origin={originOf(result, of.spec.seed)} />
          </Card>
        )}
      </div>
    </div>
  );
}

const extraBytes = ({ cipherBytes, plainBytes, packets }: PacketsPicture): number =>
  (cipherBytes - plainBytes) / Math.max(1, packets ?? 1);

function Finding({ picture }: { readonly picture: PacketsPicture | undefined }) {
  const { tx, number, value } = useText();
  if (picture === undefined) {
    return (
      <section className="live-finding">
        <h2>{tx(words.packetsWaiting)}</h2>
      </section>
    );
  }
  const { tampered } = picture;
  const told = tampered !== undefined && tampered.tried > 0;
  return (
    <section className="live-finding">
      <h2>
        <Rich
          text={tx(told ? words.packetsFinding : words.packetsPlain, { tried: tampered?.tried ?? 0 })}
          parts={{
            rejected: <Figure meaning="privacy">{number(tampered?.rejected ?? 0)}</Figure>,
            packets: <Figure meaning="privacy">{number(picture.packets ?? 0)}</Figure>,
            extra: <Figure meaning="cost">{value(extraBytes(picture), 'bytes')}</Figure>,
          }}
        />
      </h2>
      <p className="note-line">
        {tx(words.packetsNote, {
          cipher: value(Math.max(...picture.cipherBytesShare), 'share', 0.001),
          plain: value(Math.max(...picture.plainBytesShare), 'share', 0.001),
          even: value(1 / 256, 'share', 0.001),
        })}
      </p>
    </section>
  );
}

/** One byte of the first packet changed by hand; the verdict is the run's own count of refused packets. */
function Tamper({ picture }: { readonly picture: PacketsPicture }) {
  const { tx } = useText();
  const [at, setAt] = useState(0);
  const bytes = picture.cipherHex[0]?.match(/../g) ?? [];
  const byte = bytes[at];
  if (byte === undefined) return null;
  const changed = (Number.parseInt(byte, 16) ^ 1).toString(16).padStart(2, '0');
  const { tampered } = picture;
  return (
    <Card title={tx(words.tamper)}>
      <p className="small">{tx(words.tamperHint)}</p>
      <input
        type="range"
        className="tamper-range"
        aria-label={tx(words.tamper)}
        aria-valuetext={tx(words.tamperByte, { at: at + 1, n: bytes.length })}
        min={0}
        max={bytes.length - 1}
        value={at}
        onChange={(event) => setAt(Number(event.target.value))}
      />
      <p className="small" role="status">
        {tx(words.tamperByte, { at: at + 1, n: bytes.length })}: {tx(words.tamperChanged, { from: byte, to: changed })}
      </p>
      <div className="tamper-bytes">
        {bytes.map((one, i) => (
          // Bytes of one packet keep their places.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={i} data-on={i === at}>
            {i === at ? changed : one}
          </span>
        ))}
      </div>
      {tampered !== undefined && tampered.tried > 0 && (
        <p>{tx(words.tamperVerdict, { tried: tampered.tried, rejected: tampered.rejected })}</p>
      )}
    </Card>
  );
}

function Overhead(props: { readonly picture: PacketsPicture; readonly result: JobResult; readonly seed: number }) {
  const { tx, value } = useText();
  const { picture, result } = props;
  const packets = picture.packets ?? 0;
  const scores: Score[] = [
    {
      id: 'packets/extra-bytes',
      label: words.overheadEach,
      value: extraBytes(picture),
      unit: 'bytes',
      direction: 'lower-is-better',
      meaning: 'cost',
      provenance: 'measured',
      n: packets,
      method: filled(words.overheadMethod, { n: packets }),
    },
  ];
  const { tampered } = picture;
  if (tampered !== undefined && tampered.tried > 0) {
    scores.push({
      id: 'packets/refused',
      label: words.rejectedLabel,
      value: tampered.rejected / tampered.tried,
      unit: 'share',
      direction: 'higher-is-better',
      meaning: 'privacy',
      provenance: 'measured',
      n: tampered.tried,
      interval: wilson(tampered.rejected, tampered.tried),
      method: filled(words.rejectedMethod, { n: tampered.tried }),
    });
  }
  return (
    <Card title={tx(words.overhead)}>
      <SizeBar
        label={tx(words.overhead)}
        unit="B"
        parts={[
          {
            id: 'content',
            label: tx(words.overheadContent),
            value: picture.plainBytes,
            meaning: 'privacy',
            text: value(picture.plainBytes, 'bytes'),
          },
          {
            id: 'extra',
            label: tx(words.overheadExtra),
            value: picture.cipherBytes - picture.plainBytes,
            meaning: 'cost',
            text: value(picture.cipherBytes - picture.plainBytes, 'bytes'),
          },
        ]}
      />
      <Figures rows={scores.map((score) => ({ score }))} origin={originOf(result, props.seed)} />
    </Card>
  );
}
