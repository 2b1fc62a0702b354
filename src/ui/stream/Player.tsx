import { useState } from 'react';
import type { Text } from '../../engine/kit/text.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Segmented } from '../parts/controls.tsx';
import { EmptyState, ErrorNote, ProgressLine } from '../parts/notes.tsx';
import type { Live } from './use-live.ts';
import { liveWords as words } from './words.ts';

type Pace = 'slow' | 'normal' | 'fast';
const paces: Readonly<Record<Pace, number>> = { slow: 1000, normal: 300, fast: 60 };

/** Play, pause, one step, to the end, again; how fast; and a slider to look back. */
export function Player({ live, unit }: { readonly live: Live; readonly unit: Text }) {
  const { tx } = useText();
  const [pace, setPace] = useState<Pace>('normal');
  const { player, playing, done } = live;
  const ready = live.status === 'ready';
  const at = live.shown + 1;
  const steps = live.steps === undefined ? '∞' : live.steps;
  return (
    <div className="live-player">
      <div className="row">
        <Button look="primary" disabled={!ready} onClick={playing ? player.pause : player.play}>
          {tx(playing ? words.pause : done ? words.again : words.play)}
        </Button>
        <Button disabled={!ready || done} onClick={player.step}>
          {tx(words.step)}
        </Button>
        <Button disabled={!ready || done || live.steps === undefined} onClick={player.finish}>
          {tx(words.finish)}
        </Button>
        <Button look="quiet" disabled={!ready || live.frames.length === 0} onClick={player.restart}>
          {tx(words.restart)}
        </Button>
      </div>
      <div className="row live-where">
        <label className="live-back">
          <span>
            {tx(unit)} {tx(words.progress, { step: at, steps })}
          </span>
          <input
            type="range"
            aria-label={tx(words.back)}
            aria-valuetext={`${tx(unit)} ${at}`}
            min={live.frames.length === 0 ? 0 : 1}
            max={Math.max(1, live.frames.length)}
            value={at}
            disabled={live.frames.length < 2}
            onChange={(event) => player.show(Number(event.target.value) - 1)}
          />
        </label>
        <Segmented
          plain
          label={tx(words.speed)}
          value={pace}
          options={[
            { value: 'slow', label: tx(words.slow) },
            { value: 'normal', label: tx(words.normal) },
            { value: 'fast', label: tx(words.fast) },
          ]}
          onChange={(value) => {
            setPace(value);
            player.setPace(paces[value]);
          }}
        />
      </div>
      {live.change !== null && (
        <p className="soft small" role="status">
          {tx(live.change === 'in-flight' ? words.inFlight : words.restarted)}
        </p>
      )}
    </div>
  );
}

/** What stands in for the picture while there is none: starting, failed, or ended. Nothing when there is one. */
export function LiveMessage({ live }: { readonly live: Live }) {
  const { tx } = useText();
  if (live.status === 'failed' && live.problem !== null)
    return <ErrorNote problem={live.problem} onRetry={live.player.restart} />;
  if (live.frames.length > 0) return null;
  if (live.status === 'idle') {
    return (
      <EmptyState
        title={tx(words.stopped)}
        action={
          <Button look="primary" onClick={live.player.restart}>
            {tx(words.start)}
          </Button>
        }
      >
        {tx(words.stoppedHint)}
      </EmptyState>
    );
  }
  return <ProgressLine progress={undefined} label={tx(words.starting)} onCancel={live.player.cancel} />;
}
