import { useText } from '../../i18n/use-text.ts';
import type { Epsilon } from '../use-epsilon.ts';
import { words } from '../words.ts';

export function BudgetTab({ page }: { readonly page: Epsilon }) {
  const { tx } = useText();
  return (
    <h2>
      {tx(words.budget)} {page.epsilon}
    </h2>
  );
}
