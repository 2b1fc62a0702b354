import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { glossary, type GlossaryTerm } from './glossary.ts';
import { Popover } from './popover.tsx';

/** An underlined word with its one definition, by click, tap or key. */
export function Term(props: { readonly of: GlossaryTerm; readonly children?: ReactNode }) {
  const { tx } = useText();
  const { term, meaning } = glossary[props.of];
  return (
    <Popover className="term" label={props.children ?? tx(term)}>
      <strong>{tx(term)}</strong>
      <p>{tx(meaning)}</p>
    </Popover>
  );
}
