import { Fragment, type ReactNode } from 'react';

/** A sentence with `{name}` holes filled by elements: coloured figures, terms, links. Unknown holes stay visible. */
export function Rich(props: { readonly text: string; readonly parts: Readonly<Record<string, ReactNode>> }) {
  return (
    <>
      {props.text.split(/\{(\w+)\}/g).map((piece, at) => {
        const part = at % 2 === 1 && Object.hasOwn(props.parts, piece) ? props.parts[piece] : piece;
        // The pieces of one sentence never change their order.
        // oxlint-disable-next-line react/no-array-index-key
        return <Fragment key={at}>{part}</Fragment>;
      })}
    </>
  );
}

/** A number in a sentence, in the colour of its meaning. */
export function Figure(props: {
  readonly meaning: 'privacy' | 'risk' | 'utility' | 'cost' | 'truth';
  readonly children: ReactNode;
}) {
  return <span className={`figure is-${props.meaning}`}>{props.children}</span>;
}
