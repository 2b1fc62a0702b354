import { useText } from '../i18n/use-text.ts';
import { glossary, type GlossaryTerm } from './glossary.ts';

/** A term and what it means. */
export function Definition(props: { readonly of: GlossaryTerm }) {
  const { tx } = useText();
  const { term, meaning } = glossary[props.of];
  return (
    <>
      <strong>{tx(term)}</strong>
      <p>{tx(meaning)}</p>
    </>
  );
}
