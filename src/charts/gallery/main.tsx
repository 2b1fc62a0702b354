/** Development gallery of every chart, on the same examples the tests lay out. Never part of the product's build. */
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../../ui/theme/tokens.css';
import '../../ui/theme/base.css';
import '../charts.css';
import './gallery.css';
import { ChartProvider } from '../ChartProvider.tsx';
import { CHART_WORDS_EN, CHART_WORDS_ES } from '../words.ts';
import { BudgetCards } from './BudgetCards.tsx';
import { EpsilonCards } from './EpsilonCards.tsx';
import { FamilyCards } from './FamilyCards.tsx';
import { FirstViewCards } from './FirstViewCards.tsx';
import { LatticeCards } from './LatticeCards.tsx';
import { MapCards, SmallMapCards } from './MapCards.tsx';

function Gallery() {
  const [spanish, setSpanish] = useState(false);
  const [dark, setDark] = useState(location.hash.includes('dark'));
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);
  return (
    <ChartProvider words={spanish ? CHART_WORDS_ES : CHART_WORDS_EN} locale={spanish ? 'es' : 'en'}>
      <div className="g-bar">
        <h1>Charts</h1>
        <button type="button" onClick={() => setDark(!dark)}>
          theme
        </button>
        <button type="button" onClick={() => setSpanish(!spanish)}>
          EN / ES
        </button>
      </div>
      <main className="g-grid">
        <MapCards />
        <SmallMapCards />
        <FirstViewCards />
        <LatticeCards />
        <EpsilonCards />
        <BudgetCards />
        <FamilyCards />
      </main>
    </ChartProvider>
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Gallery />);
