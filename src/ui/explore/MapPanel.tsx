import { lazy, Suspense, useMemo, useSyncExternalStore } from 'react';
import { CityMap } from '../../charts/CityMap.tsx';
import { NYC_FRAME, pointFrame } from '../../charts/city-map.layout.ts';
import {
  selectHours,
  selectPerson,
  selectZone,
  setMapMode,
  setMapWhat,
  setPeek,
  useViewStore,
} from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Badge, Button, Segmented, Select } from '../parts/controls.tsx';
import { ProgressLine, StoppedNote } from '../parts/notes.tsx';
import { geometryFailed, useGeometry } from '../use-geometry.ts';
import { useFirstPicture, useMarkDrawn } from './first-picture.ts';
import type { Explore } from './use-explore.ts';
import { byPlace } from './grid.layout.ts';
import type { Scene } from './use-scene.ts';
import { valueWords } from './values.words.ts';
import { isSensor, personWords, whatWords, whenWords } from './words.ts';

const HourStrip = lazy(async () => ({ default: (await import('../../charts/HourStrip.tsx')).HourStrip }));

/** The city: true, released or the difference, with one person ringed, and the hours below. */
export function MapPanel({ scene, explore }: { readonly scene: Scene; readonly explore: Explore }) {
  const tools = useText();
  const { t, tx, number, unit } = tools;
  const mode = useViewStore((state) => (state.peek ? 'true' : state.mapMode));
  const narrow = useNarrow();
  const geometry = useGeometry(scene.summary.geometry);
  const outlines = useGeometry(scene.summary.outline);
  const { descriptor } = scene.summary;
  const frame = useFrame(scene, narrow);
  const what = whatWords(scene, tools);
  const shownUnit = unit(scene.unit, 2);
  const shapes = scene.summary.geometry;
  const waiting = shapes !== undefined && geometry === undefined && !geometryFailed(shapes);
  useMarkDrawn(!waiting);
  const drawn = useFirstPicture((state) => state.drawn);
  const title = t('explore.mapTitle', { what, when: whenWords(scene.hours, scene.grid, tools) });
  const span = differenceSpan(scene);
  return (
    <>
      <div className="map-area">
        {!waiting && (
          <CityMap
            chrome="none"
            title={title}
            description={tx(descriptor.summary)}
            places={scene.places}
            geometry={geometry}
            outlines={outlines}
            values={scene.released}
            truth={scene.truth}
            mode={mode}
            suppressed={scene.suppressed}
            domain={mode === 'difference' ? [-span, span] : scene.domain}
            scale={scene.what === 'values' ? 'linear' : 'sqrt'}
            unit={shownUnit}
            measureLabel={what}
            halfWidth95={scene.placeHalf}
            selected={scene.zone === null ? undefined : scene.grid.places[scene.zone]}
            marked={
              scene.person === undefined || isSensor(descriptor)
                ? undefined
                : { placeId: scene.person.place, note: t('explore.oneShort') }
            }
            onSelect={selectZone}
            frame={descriptor.places === 'nyc-zones' ? NYC_FRAME : frame}
            insets={
              narrow
                ? scene.values === undefined
                  ? [52, 4, 64, 4]
                  : [96, 4, 100, 4]
                : [64, 16, scene.grid.hours > 1 ? 196 : 64, 16]
            }
            showLegend={!narrow}
            fileName={`${descriptor.id}-map`}
            provenance={{ dataset: scene.summary.checksum, seed: explore.spec.seed }}
          />
        )}
      </div>
      <div className="map-over map-top">
        <Segmented
          label={t('explore.mapMode')}
          value={mode}
          options={(['true', 'released', 'difference'] as const).map((value) => ({
            value,
            label: t(`explore.${value}`),
          }))}
          onChange={setMapMode}
        />
        {scene.values !== undefined && (
          <Segmented
            label={tx(valueWords.what)}
            value={scene.what}
            options={[
              { value: 'values', label: tx(valueWords.values) },
              { value: 'counts', label: tx(valueWords.counts) },
            ]}
            onChange={setMapWhat}
          />
        )}
        <HoldForTruth />
        <span className="map-badges">
          <Badge kind={descriptor.origin === 'real' ? 'real' : 'synthetic'}>
            {t(descriptor.origin === 'real' ? 'common.real' : 'common.synthetic')} · {number(scene.summary.rows)}{' '}
            {t('common.rows')}
          </Badge>
          {explore.preview && <Badge kind="sampled">{t('common.preview')}</Badge>}
        </span>
      </div>
      <div className="map-over map-bottom">
        <PersonLine scene={scene} />
        {scene.grid.hours > 1 && (
          <div className="hour-panel">
            {drawn && (
              <Suspense fallback={null}>
                <HourStrip
                  chrome="none"
                  title={t('explore.hourTitle')}
                  description={t('explore.hourHint')}
                  released={scene.hourReleased}
                  truth={scene.hourTruth}
                  halfWidth95={scene.hourHalf}
                  suppressed={scene.hourSuppressed}
                  labels={scene.grid.hourLabels}
                  unit={shownUnit}
                  measureLabel={what}
                  selected={scene.hours}
                  onSelect={selectHours}
                  height={84}
                />
              </Suspense>
            )}
          </div>
        )}
        {narrow && scene.grid.hours > 1 && <HourSelect scene={scene} />}
        {explore.run.progress !== undefined && explore.run.outcome === undefined && (
          <ProgressLine progress={explore.run.progress} onCancel={explore.stop} />
        )}
        {explore.stopped && <StoppedNote onResume={explore.resume} />}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {explore.preview || mode !== 'released' ? '' : title + (personWords(scene, tools) ?? '')}
      </p>
    </>
  );
}

const phone = '(max-width: 700px)';

/** First view of points: around those that have rows at all, with room for the legend on their right. */
function useFrame({ grid, places, summary }: Scene, narrow: boolean) {
  return useMemo(() => {
    if (summary.geometry !== undefined) return undefined;
    const rows = byPlace(grid, grid.picture.truth, null);
    const frame = pointFrame(places.filter((_, at) => (rows[at] as number) > 0));
    if (frame === undefined || narrow) return frame;
    const [west, south, east, north] = frame;
    return [west, south, east + 0.3 * (east - west), north] as const;
  }, [grid, places, summary.geometry, narrow]);
}

/** Whether the window is as narrow as a phone's. */
function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(phone);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(phone).matches,
  );
}

/** Largest absolute difference, rounded up to the noise's own size so that the scale rests while noise moves. */
function differenceSpan(scene: Scene): number {
  const { placeHalf, focusHalf } = scene;
  let span = ((typeof placeHalf === 'number' ? placeHalf : focusHalf) ?? 0) * 1.5;
  if (scene.what === 'values') return span > 0 ? span : (scene.domain[1] - scene.domain[0]) / 2;
  for (let i = 0; i < scene.truth.length; i += 1) {
    const gap = Math.abs((scene.released[i] as number) - (scene.truth[i] as number));
    if (gap > span) span = gap;
  }
  return Math.max(1, span);
}

/** The hours as a list, where the strip has no room. */
function HourSelect({ scene }: { readonly scene: Scene }) {
  const { t } = useText();
  return (
    <Select
      bare
      label={t('explore.hourSelect')}
      value={scene.hours === null ? 'all' : String(scene.hours.from)}
      options={[
        { value: 'all', label: t('explore.allDay') },
        ...scene.grid.hourLabels.map((from, at) => ({
          value: String(at),
          label: t('explore.hourRange', { from, to: scene.grid.hourLabels[at + 1] ?? '24' }),
        })),
      ]}
      onChange={(value) => selectHours(value === 'all' ? null : { from: Number(value), to: Number(value) })}
    />
  );
}

/** Press and hold to look at the truth: marked as what an outsider never sees. */
function HoldForTruth() {
  const { t } = useText();
  const peek = useViewStore((state) => state.peek);
  return (
    <Button
      className="button hold"
      data-lesson="truth"
      aria-pressed={peek}
      title={t('explore.privileged')}
      onPointerDown={() => setPeek(true)}
      onPointerUp={() => setPeek(false)}
      onPointerLeave={() => setPeek(false)}
      onKeyDown={(event) => {
        if (event.key === ' ' || event.key === 'Enter') setPeek(true);
      }}
      onKeyUp={() => setPeek(false)}
      onBlur={() => setPeek(false)}
    >
      {peek ? t('explore.privileged') : t('explore.hold')}
    </Button>
  );
}

function PersonLine({ scene }: { readonly scene: Scene }) {
  const tools = useText();
  const { t } = tools;
  const words = personWords(scene, tools);
  const { descriptor } = scene.summary;
  if (isSensor(descriptor)) {
    return <p className="person-line">{tools.tx(valueWords.stake, { unit: tools.unit(descriptor.rowUnit) })}</p>;
  }
  if (words === undefined || scene.person === undefined) return null;
  const at = scene.people.indexOf(scene.person);
  const next = scene.people[(at + 1) % scene.people.length];
  return (
    <div className="person-line" data-lesson="person">
      <span className="person-ring" aria-hidden="true" />
      <span>{words}</span>
      <Button look="link" onClick={() => selectZone(scene.person?.place ?? null)}>
        {t('explore.showResident')}
      </Button>
      <Button look="link" onClick={() => selectPerson(next?.row ?? null)}>
        {t('explore.nextResident')}
      </Button>
    </div>
  );
}
