import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { startLinkSync } from './link-sync.ts';
import { startOffline } from './offline.ts';
import { loadLanguage } from './i18n/use-text.ts';
import { useViewStore } from '../store/view-store.ts';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/parts.css';
import './shell/shell.css';
import '../charts/charts.css';
import './theme/print.css';

async function start(): Promise<void> {
  startOffline();
  await startLinkSync();
  await loadLanguage(useViewStore.getState().language);
  const root = document.getElementById('root');
  if (root !== null) {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  }
}

void start();
