import { lazy, Suspense, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Disclosure, Segmented } from '../parts/controls.tsx';
import { labelOf } from './labels.ts';
import { capital, joined, levelWord } from './node-words.ts';
import type { Anonymize } from './use-anonymize.ts';
import { words } from './words.ts';

const RoleBoard = lazy(async () => ({ default: (await import('../roles/RoleBoard.tsx')).RoleBoard }));
const HierarchyEditor = lazy(async () => ({
  default: (await import('../hierarchy/HierarchyEditor.tsx')).HierarchyEditor,
}));

/** What comes before the question, folded: who could know what, and how each column may be coarsened. */
export function Steps({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx } = tools;
  const known = page.columns
    .filter(({ role }) => role === 'quasi-identifier')
    .map(({ name }) => labelOf(page, name, tools));
  const ready = page.dataset.status === 'ok';
  return (
    <section className="anonymize-steps" aria-label={tx(words.steps12)}>
      <h3 className="visually-hidden">{tx(words.steps12)}</h3>
      <Disclosure
        // Data in which nothing is known yet: the board is what is needed first.
        key={ready ? 'ready' : 'loading'}
        open={ready && known.length === 0}
        label={
          <StepLabel
            title={tx(words.step1)}
            state={known.length === 0 ? tx(words.nothing) : joined(known, tools.language)}
          />
        }
      >
        <Suspense fallback={null}>
          <RoleBoard columns={page.dataset.status === 'ok' ? page.dataset.value.descriptor.columns : []} />
        </Suspense>
      </Disclosure>
      <Disclosure label={<StepLabel title={tx(words.step2)} state={laddersInWords(page, tools)} />}>
        <Hierarchies page={page} />
      </Disclosure>
    </section>
  );
}

function StepLabel({ title, state }: { readonly title: string; readonly state: string }) {
  return (
    <span className="step-label">
      <strong>{title}</strong> <span className="soft">{state}</span>
    </span>
  );
}

/** "minute → hour → day": the ladder of the first column stands for all; the number says how many ways there are. */
function laddersInWords(page: Anonymize, tools: Parameters<typeof levelWord>[1]): string {
  const { shape } = page;
  if (shape === undefined) return '…';
  const first = (shape.levelNames[0] ?? []).map((name) => levelWord(name, tools)).join(' → ');
  return `${first}; ${tools.tx(words.step2Is, { n: shape.nodes })}`;
}

function Hierarchies({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const names = page.columns.filter(({ role }) => role === 'quasi-identifier').map(({ name }) => name);
  const [chosen, choose] = useState('');
  const column = names.includes(chosen) ? chosen : names[0];
  if (column === undefined) return <p className="soft">{tools.tx(words.nothing)}</p>;
  return (
    <div className="stack">
      <Segmented
        plain
        label={tools.tx(words.step2)}
        value={column}
        options={names.map((name) => ({ value: name, label: capital(labelOf(page, name, tools)) }))}
        onChange={choose}
      />
      <Suspense fallback={null}>
        <HierarchyEditor key={column} column={column} />
      </Suspense>
    </div>
  );
}
