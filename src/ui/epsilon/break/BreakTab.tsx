import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Segmented } from '../../parts/controls.tsx';
import type { Epsilon } from '../use-epsilon.ts';
import { AuditPart } from './AuditPart.tsx';
import './break.css';
import { BreakPart } from './BreakPart.tsx';
import { MechanismsPart } from './MechanismsPart.tsx';
import { words } from './words.ts';

const parts = ['breakIt', 'auditIt', 'mechanisms'] as const;
type Part = (typeof parts)[number];

/** Attacks on noise, audits of whoever claims to add it, and what each mechanism comes to. */
export function BreakTab({ page }: { readonly page: Epsilon }) {
  const { tx } = useText();
  const [part, setPart] = useState<Part>('breakIt');
  // A part is made when first opened, and keeps its answers from then on.
  const [opened, setOpened] = useState<readonly Part[]>(['breakIt']);
  const [subject, setSubject] = useState<string | undefined>();
  const open = (next: Part): void => {
    setPart(next);
    if (!opened.includes(next)) setOpened([...opened, next]);
  };
  const bodies = {
    breakIt: <BreakPart />,
    auditIt: <AuditPart key={subject ?? ''} subject={subject} />,
    mechanisms: (
      <MechanismsPart
        page={page}
        onAudit={(id) => {
          setSubject(id);
          open('auditIt');
        }}
      />
    ),
  };
  return (
    <div className="epsilon-column break">
      <Segmented
        label={tx(words.parts)}
        value={part}
        options={parts.map((value) => ({ value, label: tx(words[value]) }))}
        onChange={open}
      />
      {parts.map(
        (each) =>
          opened.includes(each) && (
            <div key={each} className="break-part" hidden={each !== part}>
              {bodies[each]}
            </div>
          ),
      )}
    </div>
  );
}
