import { lazy, Suspense, useEffect } from 'react';
import { setMapMode, setPeek } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { goTo } from '../location.ts';
import { Button } from '../parts/controls.tsx';
import { EmptyState, ErrorNote, ProgressLine, StoppedNote } from '../parts/notes.tsx';
import './explore.css';
import { useFirstPicture } from './first-picture.ts';
import { MapPanel } from './MapPanel.tsx';
import { useExplore } from './use-explore.ts';
import { useScene } from './use-scene.ts';

const Side = lazy(async () => ({ default: (await import('./Side.tsx')).Side }));

/** The first view: the city, one person in it, what is released, and what that costs. */
export function ExplorePage() {
  const { t } = useText();
  const explore = useExplore();
  const scene = useScene(explore);
  const drawn = useFirstPicture((state) => state.drawn);
  useMapKeys();
  const { dataset } = explore;
  return (
    <div className="explore" data-digest={explore.stale ? undefined : explore.result?.digest}>
      <h1 className="visually-hidden">{t('explore.title')}</h1>
      <div className="explore-view">
        {dataset.status === 'failed' ? (
          <div className="explore-message">
            <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />
            {explore.spec.dataset.kind === 'file' && (
              <Button onClick={() => goTo('/data')}>{t('explore.openData')}</Button>
            )}
          </div>
        ) : scene === undefined ? (
          <Waiting explore={explore} />
        ) : (
          <MapPanel scene={scene} explore={explore} />
        )}
      </div>
      <div className="explore-side">
        {drawn ? (
          <Suspense fallback={<Opening />}>
            <Side explore={explore} scene={scene} />
          </Suspense>
        ) : (
          <Opening />
        )}
      </div>
    </div>
  );
}

/** What the column beside the map says until there is something to say. */
function Opening() {
  const { t } = useText();
  return (
    <section className="finding">
      <h2>{t('app.tagline')}</h2>
    </section>
  );
}

/** Before there is a map: what is being done, or why there will be none. */
function Waiting({ explore }: { readonly explore: ReturnType<typeof useExplore> }) {
  const { t } = useText();
  const { dataset, run } = explore;
  // A protection that failed says so beside; here the only news is that there is nothing to draw.
  const done = run.outcome?.status === 'ok' || run.outcome?.status === 'failed';
  if (explore.stopped) {
    return (
      <div className="explore-message">
        <StoppedNote onResume={explore.resume} />
      </div>
    );
  }
  if (dataset.status !== 'ok' || !done) {
    return (
      <div className="explore-message">
        <ProgressLine
          progress={dataset.status === 'loading' ? dataset.progress : run.progress}
          onCancel={explore.stop}
        />
      </div>
    );
  }
  const noPlace = dataset.value.descriptor.parts.place === undefined;
  return (
    <div className="explore-message">
      <EmptyState
        title={t('explore.noMap')}
        action={<Button onClick={() => goTo('/protect')}>{t('nav.protect')}</Button>}
      >
        {noPlace ? t('explore.noPlace') : t('explore.noMapRemedy')}
      </EmptyState>
    </div>
  );
}

/** 1, 2, 3 choose what the map shows; V, held, shows the truth. */
function useMapKeys(): void {
  useEffect(() => {
    const typing = (event: KeyboardEvent): boolean =>
      event.target instanceof HTMLElement && event.target.matches('input[type="text"], textarea, select');
    const down = (event: KeyboardEvent): void => {
      if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '1') setMapMode('true');
      else if (event.key === '2') setMapMode('released');
      else if (event.key === '3') setMapMode('difference');
      else if (event.key.toLowerCase() === 'v' && !event.repeat) setPeek(true);
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'v') setPeek(false);
    };
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      setPeek(false);
    };
  }, []);
}
