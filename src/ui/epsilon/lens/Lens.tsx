import type { Epsilon } from '../use-epsilon.ts';

/** What the composed loss means, in every unit at once. */
export function Lens({ page }: { readonly page: Epsilon }) {
  return <p>{page.epsilon}</p>;
}
