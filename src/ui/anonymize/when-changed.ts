import { createElement, memo, type ComponentType, type ReactElement } from 'react';
import type { Anonymize } from './use-anonymize.ts';

interface PageProps {
  readonly page: Anonymize;
}

/**
 * The component, drawn anew only when one of these values of the page has changed: a slider on its way changes the page
 * with every frame, and maps and lists of scores have no part in that.
 */
export function whenChanged(
  component: ComponentType<PageProps>,
  of: (page: Anonymize) => readonly unknown[],
): (props: PageProps) => ReactElement {
  const kept = memo(component, (before, now) => {
    const values = of(now.page);
    return of(before.page).every((value, i) => Object.is(value, values[i]));
  });
  return (props) => createElement(kept, props);
}

/** Values every part of the page reads. */
export const basics = (page: Anonymize): readonly unknown[] => [
  page.spec,
  page.branch,
  page.columns,
  page.shape,
  page.dataset.status === 'ok' ? page.dataset.value : page.dataset.status,
];
