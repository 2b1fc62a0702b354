import { useEffect, useMemo, useState } from 'react';
import { HourStrip } from '../../../charts/HourStrip.tsx';
import { OutcomeBars } from '../../../charts/OutcomeBars.tsx';
import { prefersLessMotion } from '../../../charts/use-size.ts';
import { selectHours, setMapMode, useViewStore } from '../../../store/view-store.ts';
import { halfWidthOf } from '../../explore/grid.layout.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card, Segmented } from '../../parts/controls.tsx';
import { hourly, isMean } from '../../pictures/counts.layout.ts';
import { PlaceMap } from '../../pictures/CountsView.tsx';
import { PictureView } from '../../pictures/PictureView.tsx';
import type { Epsilon } from '../use-epsilon.ts';
import { outcomeRows, type Cells } from './cells.ts';
import { words } from './words.ts';

/** Hypothetical outcomes change at most 2.5 times a second. */
const outcomeMs = 420;
const bars = 12;

/** Which of the preview's draws is shown, and whether they are being played. */
export function usePlay(draws: number) {
  const [draw, setDraw] = useState(0);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing || draws < 2) return undefined;
    const timer = setInterval(() => setDraw((old) => (old + 1) % draws), outcomeMs);
    return () => clearInterval(timer);
  }, [playing, draws]);
  const toggle = (): void => {
    // Under reduced motion each press shows one other release.
    if (prefersLessMotion()) setDraw((old) => (old + 1) % Math.max(1, draws));
    else if (playing) {
      setPlaying(false);
      setDraw(0);
    } else setPlaying(true);
  };
  return { draw, playing, toggle };
}

export type Play = ReturnType<typeof usePlay>;

/** The city true, as released, or the difference; under it the hours. */
export function PicturePanel(props: { readonly page: Epsilon; readonly cells: Cells; readonly play: Play }) {
  const { t, tx, unit } = useText();
  const { page, cells, play } = props;
  const mode = useViewStore((state) => (state.peek ? 'true' : state.mapMode));
  const hours = useViewStore((state) => state.hours);
  const { grid, picture, released } = cells;
  if (page.dataset.status !== 'ok') return null;
  const summary = page.dataset.value;
  if (grid === undefined) {
    return (
      <Card title={tx(picture.label)} className={page.stale ? 'stale' : ''}>
        <PictureView picture={picture} summary={summary} provenance={{ seed: page.spec.seed }} />
      </Card>
    );
  }
  const [inHours, truly] = [hourly(grid, released, null), hourly(grid, picture.truth, null)];
  const reach = halfWidthOf(cells.noise, isMean(picture) ? 1 : grid.places.length);
  return (
    <Card
      title={tx(words.map)}
      className="choose-map"
      action={
        page.bank !== null && (
          <Button onClick={play.toggle} aria-pressed={play.playing}>
            {tx(play.playing ? words.pause : words.play)}
          </Button>
        )
      }
    >
      <div className="row">
        <Segmented
          label={t('explore.mapMode')}
          value={mode}
          options={(['true', 'released', 'difference'] as const).map((value) => ({
            value,
            label: t(`explore.${value}`),
          }))}
          onChange={setMapMode}
        />
        {page.bank !== null && (play.playing || play.draw > 0) && (
          <span className="small soft">{tx(words.draw, { n: play.draw + 1, of: page.bank.draws })}</span>
        )}
      </div>
      <PlaceMap
        picture={picture}
        summary={summary}
        released={released}
        noise={cells.noise}
        mode={mode}
        height="400px"
        provenance={{ epsilon: page.epsilon, seed: page.spec.seed, preview: cells.preview }}
      />
      {grid.hours > 1 && (
        <HourStrip
          chrome="quiet"
          title={t('explore.hourTitle')}
          description={tx(words.barsHint)}
          released={inHours}
          truth={truly}
          halfWidth95={reach}
          labels={grid.hourLabels}
          unit={unit(picture.unit, 2)}
          measureLabel={tx(picture.label)}
          selected={hours}
          onSelect={selectHours}
          height={84}
        />
      )}
      {grid.hours > 1 && reach !== undefined && isAbove(inHours, truly, reach) && (
        <p className="small soft">{tx(words.cutNote)}</p>
      )}
    </Card>
  );
}

/** Whether sums lie above the truth by more than noise explains: cut at zero, the noise of empty cells no longer cancels. */
const isAbove = (released: Float64Array, truth: Float64Array, half: number): boolean =>
  released.filter((value, i) => value - (truth[i] as number) > half).length > released.length / 2;

/** The twelve largest places: what was released, what could have been, and the truth. */
export function Bars({ page, cells }: { readonly page: Epsilon; readonly cells: Cells }) {
  const { tx, unit } = useText();
  const hours = useViewStore((state) => state.hours);
  const { grid, picture, released } = cells;
  const { bank, epsilon, dataset } = page;
  const places = dataset.status === 'ok' ? dataset.value.places : undefined;
  const labels = useMemo(() => new Map(places?.map((place) => [place.id, place.label])), [places]);
  const rows = useMemo(
    () =>
      grid === undefined || bank === null || bank.picture.id !== picture.id
        ? []
        : outcomeRows(grid, bank, epsilon, released, hours, bars, (place) => labels.get(place) ?? place),
    [grid, bank, picture, epsilon, released, hours, labels],
  );
  if (rows.length === 0) return null;
  return (
    <Card>
      <OutcomeBars
        chrome="full"
        title={tx(words.bars)}
        description={tx(words.barsHint)}
        bars={rows}
        unit={unit(picture.unit, 2)}
        measureLabel={tx(picture.dims[0]?.label ?? picture.label)}
        fileName="possible-releases"
        provenance={{ epsilon, seed: page.spec.seed }}
      />
      <p className="small soft">{tx(words.barsHint)}</p>
    </Card>
  );
}
