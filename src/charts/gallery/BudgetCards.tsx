import { useState } from 'react';
import { AllocationBars } from '../AllocationBars.tsx';
import { LEDGER, LEDGER_SAYS, RULES } from '../budget.gallery.ts';
import { LedgerBar } from '../LedgerBar.tsx';
import { Card } from './Card.tsx';

export function BudgetCards() {
  const [rule, setRule] = useState('paper');
  return (
    <>
      <Card name="ledger">
        <LedgerBar
          title="What was spent"
          description="Blocks are spends; the hatched one is asked for. Below, what each accountant makes of them."
          unit="ε"
          says={LEDGER_SAYS}
          {...LEDGER}
        />
      </Card>
      <Card name="allocation">
        <AllocationBars
          title="One budget, three rules"
          description="Every bar is the whole budget."
          unit="ε"
          rows={RULES}
          says={{ rule: 'rule', note: 'note' }}
          selected={rule}
          onSelect={setRule}
        />
      </Card>
    </>
  );
}
