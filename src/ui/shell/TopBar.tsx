import { lazy, Suspense, useState } from 'react';
import type { CityId } from '../../engine/kit/dataset.ts';
import { redoLabel, undoLabel } from '../../scenario/history.ts';
import { redo, undo, useScenarioStore } from '../../store/scenario-store.ts';
import { setLanguage, setTheme, showToast, useViewStore, type Theme } from '../../store/view-store.ts';
import { cityOf, openCity } from '../cities.ts';
import { useText } from '../i18n/use-text.ts';
import { linkToShare } from '../link-sync.ts';
import { goTo } from '../location.ts';
import { Button } from '../parts/controls.tsx';
import { Dialog } from '../parts/popover.tsx';
import { icons } from './icons.tsx';

const TrustPanel = lazy(async () => ({ default: (await import('./TrustPanel.tsx')).TrustPanel }));
const cities = ['nyc', 'santander', 'london', 'file'] as const satisfies readonly CityId[];

/** Name, city, the promise, and the tools that belong to every page. */
export function TopBar() {
  const { t } = useText();
  const [trust, setTrust] = useState(false);
  return (
    <header className="top-bar">
      <a className="mark" href="#/explore" onClick={(event) => (event.preventDefault(), goTo('/explore'))}>
        <span className="epsilon">ε</span>psilon City
      </a>
      <CityPicker />
      <div className="tools">
        <button type="button" className="promise" onClick={() => setTrust(true)}>
          <span className="promise-dot" aria-hidden="true" />
          <span className="promise-text">{t('top.stays')}</span>
        </button>
        <HistoryButtons />
        <ShareButton />
        <Preferences />
      </div>
      <Dialog title={t('trust.title')} closeLabel={t('common.close')} open={trust} onClose={() => setTrust(false)}>
        <Suspense fallback={null}>
          <TrustPanel />
        </Suspense>
      </Dialog>
    </header>
  );
}

function CityPicker() {
  const { t } = useText();
  const dataset = useScenarioStore((state) => state.spec.dataset);
  const here = cityOf(dataset);
  return (
    <nav className="cities" aria-label={t('city.label')}>
      {cities.map((city) => (
        <button
          key={city}
          type="button"
          aria-pressed={city === here}
          onClick={() => {
            if (city === 'file') goTo('/data');
            void openCity(city);
          }}
        >
          {t(`city.${city}`)}
        </button>
      ))}
    </nav>
  );
}

function HistoryButtons() {
  const { t, tx } = useText();
  const history = useScenarioStore((state) => state.history);
  const back = undoLabel(history);
  const forth = redoLabel(history);
  const undoName = back === undefined ? t('top.undo') : `${t('top.undo')}: ${tx(back)}`;
  const redoName = forth === undefined ? t('top.redo') : `${t('top.redo')}: ${tx(forth)}`;
  return (
    <>
      <Button
        look="icon"
        className="button icon quiet"
        disabled={back === undefined}
        title={undoName}
        aria-label={undoName}
        onClick={undo}
      >
        {icons.undo}
      </Button>
      <Button
        look="icon"
        className="button icon quiet"
        disabled={forth === undefined}
        title={redoName}
        aria-label={redoName}
        onClick={redo}
      >
        {icons.redo}
      </Button>
    </>
  );
}

function ShareButton() {
  const { t } = useText();
  const share = async (): Promise<void> => {
    const { dataset } = useScenarioStore.getState().spec;
    const done =
      dataset.kind === 'file'
        ? t('share.needsFile', { name: dataset.name, hash: dataset.sha256.slice(0, 8) })
        : t('share.copied');
    try {
      const { href, needsFile } = await linkToShare();
      await navigator.clipboard.writeText(href);
      showToast(needsFile ? `${done} ${t('share.needsScenario')}` : done);
    } catch {
      showToast(t('share.failed'));
    }
  };
  return (
    <Button look="quiet" className="button quiet share" aria-label={t('top.share')} onClick={() => void share()}>
      {icons.share}
      <span>{t('top.share')}</span>
    </Button>
  );
}

const nextTheme: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const themeIcons = { system: icons.system, light: icons.sun, dark: icons.moon } as const;

function Preferences() {
  const { t, language } = useText();
  const theme = useViewStore((state) => state.theme);
  const name = t('top.themeNow', { theme: t(`top.theme.${theme}`) });
  return (
    <>
      <button
        type="button"
        className="button quiet"
        lang={language === 'en' ? 'es' : 'en'}
        aria-label={language === 'en' ? 'Español' : 'English'}
        title={language === 'en' ? 'Español' : 'English'}
        onClick={() => setLanguage(language === 'en' ? 'es' : 'en')}
      >
        {language === 'en' ? 'ES' : 'EN'}
      </button>
      <Button className="button icon quiet" aria-label={name} title={name} onClick={() => setTheme(nextTheme[theme])}>
        {themeIcons[theme]}
      </Button>
    </>
  );
}
