import type { ReactNode } from 'react';

/** One example. */
export function Card(props: { wide?: boolean; map?: boolean; name: string; children: ReactNode }) {
  return (
    <section
      className={`g-card${props.wide ? ' g-wide' : ''}${props.map ? ' g-map' : ''}`}
      id={props.name}
      aria-label={props.name}
    >
      {props.children}
    </section>
  );
}
