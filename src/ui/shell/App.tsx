import { Component, lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { CHART_WORDS_EN, CHART_WORDS_ES } from '../../charts/words.ts';
import { ChartProvider } from '../../charts/ChartProvider.tsx';
import { redo, undo } from '../../store/scenario-store.ts';
import { useViewStore } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { useLessons } from '../lessons/progress.ts';
import { goTo, usePath } from '../location.ts';
import { Button } from '../parts/controls.tsx';
import { EmptyState, Toasts } from '../parts/notes.tsx';
import { home, routes } from '../routes.ts';
import { DropAnywhere } from './DropAnywhere.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import { LinkProblem } from './LinkProblem.tsx';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';
import { UpdateOffer } from './UpdateOffer.tsx';

const LessonLayer = lazy(async () => ({ default: (await import('../lessons/LessonCard.tsx')).LessonLayer }));

/** The shell around every page. */
export function App() {
  const { t, language } = useText();
  const theme = useViewStore((state) => state.theme);
  const lessonOpen = useLessons((state) => state.open !== null);
  const [help, setHelp] = useState(false);
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') root.removeAttribute('data-theme');
    else root.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => shortcut(event, () => setHelp(true));
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <ChartProvider words={language === 'es' ? CHART_WORDS_ES : CHART_WORDS_EN} locale={language}>
      <div className="app">
        <a
          className="skip-link"
          href="#content"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById('content')?.focus();
          }}
        >
          {t('app.skip')}
        </a>
        <TopBar />
        <Rail />
        <main id="content" className="page" tabIndex={-1}>
          <LinkProblem />
          <Current />
        </main>
        <DropAnywhere />
        {lessonOpen && (
          <Suspense fallback={null}>
            <LessonLayer />
          </Suspense>
        )}
        <Toasts />
        <UpdateOffer />
        <KeysHelp open={help} onClose={() => setHelp(false)} />
      </div>
    </ChartProvider>
  );
}

/** Undo, redo and help by key; never while something is being typed. */
function shortcut(event: KeyboardEvent, help: () => void): void {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const typing =
    target?.matches('input:not([type="range"], [type="radio"], [type="checkbox"]), textarea, select') === true;
  if (typing) return;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === 'z') {
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
  } else if (control && event.key.toLowerCase() === 'y') {
    event.preventDefault();
    redo();
  } else if (event.key === '?' && !control && !event.altKey) {
    help();
  }
}

function Current() {
  const { t } = useText();
  const path = usePath();
  const route = routes.find((candidate) => candidate.path === (path === '' || path === '/' ? home : path));
  useEffect(() => {
    document.title = route === undefined ? 'Epsilon City' : `${t(route.label)} · Epsilon City`;
  }, [route, t]);
  if (route === undefined) {
    return (
      <div className="text-page">
        <EmptyState
          title={t('app.notFound')}
          action={<Button onClick={() => goTo(home)}>{t('app.backToExplore')}</Button>}
        >
          {t('app.notFoundRemedy')}
        </EmptyState>
      </div>
    );
  }
  return (
    <PageBoundary key={route.path}>
      <Suspense fallback={<p className="page-loading">{t('app.loading')} …</p>}>
        <route.Page />
      </Suspense>
    </PageBoundary>
  );
}

/** A page that fails leaves the shell, the settings and the other pages alone. */
class PageBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: string | null }> {
  override state: { readonly failed: string | null } = { failed: null };
  static getDerivedStateFromError(error: unknown): { readonly failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
  override render(): ReactNode {
    return this.state.failed === null ? this.props.children : <PageFailed message={this.state.failed} />;
  }
}

function PageFailed({ message }: { readonly message: string }) {
  const { t } = useText();
  return (
    <div className="text-page">
      <div className="note" role="alert">
        <strong>{t('app.pageFailed')}</strong>
        <p className="soft">{message}</p>
        <p>{t('app.pageFailedRemedy')}</p>
        <p>
          <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
        </p>
      </div>
    </div>
  );
}
