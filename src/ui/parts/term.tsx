import { lazy, Suspense, type ReactNode } from 'react';
import type { GlossaryTerm } from './glossary.ts';
import { Popover } from './popover.tsx';

const Definition = lazy(async () => ({ default: (await import('./definition.tsx')).Definition }));

/** An underlined word with its one definition, by click, tap or key. */
export function Term(props: { readonly of: GlossaryTerm; readonly children: ReactNode }) {
  return (
    <Popover className="term" label={props.children}>
      {() => (
        <Suspense fallback={null}>
          <Definition of={props.of} />
        </Suspense>
      )}
    </Popover>
  );
}
