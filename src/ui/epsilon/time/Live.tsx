import { useMemo } from 'react';
import type { DatasetDescriptor } from '../../../engine/kit/dataset.ts';
import { defaultsOf } from '../../../engine/kit/params.ts';
import type { SeriesPicture } from '../../../engine/kit/picture.ts';
import type { Frame } from '../../../runtime/protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card } from '../../parts/controls.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { SeriesView } from '../../pictures/SeriesView.tsx';
import '../../stream/live.css';
import { MethodSide } from '../../stream/MethodSide.tsx';
import { LiveMessage, Player } from '../../stream/Player.tsx';
import { useViewBranch } from '../../stream/use-branch.ts';
import { useLive } from '../../stream/use-live.ts';
import { mostPlayed, stepsOf } from './steps.ts';
import { TotalsErrors } from './TotalsErrors.tsx';
import { words } from './words.ts';

const isSeries = (picture: { readonly view: string }): picture is SeriesPicture => picture.view === 'series';
const pictureOf = (frame: Frame | undefined): SeriesPicture | undefined => frame?.pictures.find(isSeries);

/** The present dataset answered step by step: played, stepped, looked back at; and what other schemes would have done. */
export function Live({ delta }: { readonly delta: number }) {
  const { tx, number } = useText();
  const of = useViewBranch('series');
  const descriptor = of.dataset.status === 'ok' ? of.dataset.value.descriptor : undefined;
  const params = useMemo(
    () => ({ ...defaultsOf(of.technique?.params ?? {}), ...of.params }),
    [of.technique, of.params],
  );
  const steps = descriptor === undefined ? undefined : stepsIn(descriptor, params);
  const playable = steps !== undefined && steps <= mostPlayed;
  const longer = (['day', 'week'] as const).find(
    (step) => descriptor !== undefined && (stepsIn(descriptor, { step }) ?? 0) <= mostPlayed,
  );
  const live = useLive(playable ? of.job : null);
  const picture = pictureOf(live.frames[live.shown]);
  const provenance = useMemo(() => ({ seed: of.spec.seed, branch: of.branch }), [of.spec.seed, of.branch]);
  const hasTime = descriptor === undefined || descriptor.parts.time !== undefined;
  return (
    <div className="time-live">
      <div className="time-column">
        <Card title={tx(words.live)}>
          <Sentence picture={picture} />
          <p className="small soft">{tx(words.liveHint)}</p>
          {of.dataset.status === 'failed' && <ErrorNote problem={of.dataset.problem} onRetry={of.dataset.retry} />}
          {!hasTime && <p className="note">{tx(words.liveNoTime)}</p>}
          {steps !== undefined && !playable && (
            <div className="note row">
              <span>{tx(words.liveLong, { n: number(steps) })}</span>
              {longer !== undefined && (
                <Button onClick={() => of.setParam('step', longer)}>
                  {tx(longer === 'day' ? words.countDays : words.countWeeks)}
                </Button>
              )}
            </div>
          )}
          {playable && (
            <>
              <Player live={live} unit={words.liveStep} />
              <LiveMessage live={live} />
            </>
          )}
          {picture !== undefined && <SeriesView picture={picture} provenance={provenance} />}
          {picture !== undefined && picture.fresh === undefined && <p className="small soft">{tx(words.liveShared)}</p>}
        </Card>
        {steps !== undefined && <TotalsErrors steps={steps} params={params} delta={delta} picture={picture} />}
      </div>
      <MethodSide of={of} />
    </div>
  );
}

function stepsIn(descriptor: DatasetDescriptor, params: { readonly step?: unknown }): number | undefined {
  const { time } = descriptor.parts;
  const bounds = descriptor.columns.find(({ name }) => name === time)?.bounds;
  return time === undefined ? undefined : stepsOf(bounds, params.step);
}

/** What the city knows at the step on screen, and what is true. */
function Sentence({ picture }: { readonly picture: SeriesPicture | undefined }) {
  const { tx, number, rounded, unit } = useText();
  const at = (picture?.done ?? 0) - 1;
  if (picture === undefined || at < 0) return <p className="time-now">{tx(words.liveWaiting)}</p>;
  const half = picture.halfWidth95[at] as number;
  const within = half > 0 ? half : undefined;
  const band = within === undefined ? '' : ` ± ${rounded(half, half)}`;
  return (
    <p className="time-now">
      <Rich
        text={tx(words.liveFinding)}
        parts={{
          step: picture.steps[at],
          released: (
            <Figure meaning="privacy">
              {rounded(picture.released[at] as number, within)}
              {band}
            </Figure>
          ),
          unit: unit(picture.unit, 2),
          truth: <Figure meaning="truth">{number(picture.truth[at] as number)}</Figure>,
        }}
      />
    </p>
  );
}
