import { lazy, Suspense, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { ProgressLine } from '../parts/notes.tsx';
import { Tabs } from '../parts/tabs.tsx';
import './epsilon.css';
import { useEpsilon } from './use-epsilon.ts';
import { words } from './words.ts';

const ChooseTab = lazy(async () => ({ default: (await import('./choose/ChooseTab.tsx')).ChooseTab }));
const AccountantsTab = lazy(async () => ({
  default: (await import('./accountants/AccountantsTab.tsx')).AccountantsTab,
}));
const BudgetTab = lazy(async () => ({ default: (await import('./budget/BudgetTab.tsx')).BudgetTab }));
const BreakTab = lazy(async () => ({ default: (await import('./break/BreakTab.tsx')).BreakTab }));
const TimeTab = lazy(async () => ({ default: (await import('./time/TimeTab.tsx')).TimeTab }));
const TakeTab = lazy(async () => ({ default: (await import('./take/TakeTab.tsx')).TakeTab }));

const tabs = ['choose', 'accountants', 'budget', 'break', 'time', 'take'] as const;
type Tab = (typeof tabs)[number];

/** One number to choose: what it does to the city's answers, to one person, and to the budget; and whether it can be trusted. */
export function EpsilonPage() {
  const { tx } = useText();
  const page = useEpsilon();
  const [tab, setTab] = useState<Tab>('choose');
  return (
    <div className="epsilon" data-digest={page.stale ? undefined : page.result?.digest}>
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      <Tabs
        label={tx(words.tabs)}
        value={tab}
        tabs={tabs.map((value) => ({ value, label: tx(words[value]) }))}
        onChange={setTab}
      >
        <Suspense fallback={<ProgressLine progress={undefined} />}>
          {tab === 'choose' && <ChooseTab page={page} />}
          {tab === 'accountants' && <AccountantsTab page={page} />}
          {tab === 'budget' && <BudgetTab page={page} />}
          {tab === 'break' && <BreakTab page={page} />}
          {tab === 'time' && <TimeTab page={page} />}
          {tab === 'take' && <TakeTab page={page} />}
        </Suspense>
      </Tabs>
    </div>
  );
}
