import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Tabs } from '../parts/tabs.tsx';
import '../stream/live.css';
import './federate.css';
import { LearningTab } from './LearningTab.tsx';
import { PacketsTab } from './PacketsTab.tsx';
import { SumsTab } from './SumsTab.tsx';
import { federateWords as words } from './words.ts';

type Tab = 'learning' | 'sums' | 'packets';

/** Working together without pooling rows: learning, adding up, sending. */
export function FederatePage() {
  const { tx } = useText();
  const [tab, setTab] = useState<Tab>('learning');
  return (
    <div className="federate">
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      <Tabs
        label={tx(words.tabs)}
        value={tab}
        tabs={[
          { value: 'learning', label: tx(words.learning) },
          { value: 'sums', label: tx(words.sums) },
          { value: 'packets', label: tx(words.packets) },
        ]}
        onChange={setTab}
      >
        {tab === 'learning' && <LearningTab />}
        {tab === 'sums' && <SumsTab />}
        {tab === 'packets' && <PacketsTab />}
      </Tabs>
    </div>
  );
}
