import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { MessageKey } from './i18n/en.ts';
import { loadProse } from './i18n/use-text.ts';

/** A page: its path after `#`, its name in the rail, and its code, loaded when first opened. */
export interface Route {
  readonly path: string;
  readonly label: MessageKey;
  readonly place: 'rail' | 'more';
  readonly Page: LazyExoticComponent<ComponentType>;
}

type Load<K extends string> = () => Promise<Record<K, ComponentType>>;

/** A page module exports one component; React.lazy wants it as `default`. */
const firstPage = <K extends string>(load: Load<K>, name: K): Route['Page'] =>
  lazy(async () => ({ default: (await load())[name] }));

/** A page that shows what methods say of themselves comes with it; the first view has that in closed boxes only. */
const page = <K extends string>(load: Load<K>, name: K): Route['Page'] =>
  firstPage(async () => (await Promise.all([load(), loadProse()]))[0], name);

/** All pages, one line each; a page whose content does not exist yet is absent. */
export const routes: readonly Route[] = [
  {
    path: '/explore',
    label: 'nav.explore',
    place: 'rail',
    Page: firstPage(() => import('./explore/ExplorePage.tsx'), 'ExplorePage'),
  },
  { path: '/data', label: 'nav.data', place: 'rail', Page: page(() => import('./data/DataPage.tsx'), 'DataPage') },
  {
    path: '/protect',
    label: 'nav.protect',
    place: 'rail',
    Page: page(() => import('./protect/ProtectPage.tsx'), 'ProtectPage'),
  },
  {
    path: '/anonymize',
    label: 'nav.anonymize',
    place: 'rail',
    Page: page(() => import('./anonymize/AnonymizePage.tsx'), 'AnonymizePage'),
  },
  {
    path: '/epsilon',
    label: 'nav.epsilon',
    place: 'rail',
    Page: page(() => import('./epsilon/EpsilonPage.tsx'), 'EpsilonPage'),
  },
  {
    path: '/stream',
    label: 'nav.stream',
    place: 'more',
    Page: page(() => import('./stream/StreamPage.tsx'), 'StreamPage'),
  },
  {
    path: '/federate',
    label: 'nav.federate',
    place: 'more',
    Page: page(() => import('./federate/FederatePage.tsx'), 'FederatePage'),
  },
  {
    path: '/attack',
    label: 'nav.attack',
    place: 'rail',
    Page: page(() => import('./attack/AttackPage.tsx'), 'AttackPage'),
  },
  {
    path: '/lessons',
    label: 'nav.lessons',
    place: 'more',
    Page: page(() => import('./lessons/LessonsPage.tsx'), 'LessonsPage'),
  },
  { path: '/twin', label: 'nav.twin', place: 'more', Page: page(() => import('./twin/TwinPage.tsx'), 'TwinPage') },
  {
    path: '/compare',
    label: 'nav.compare',
    place: 'more',
    Page: page(() => import('./compare/ComparePage.tsx'), 'ComparePage'),
  },
  {
    path: '/claims',
    label: 'nav.claims',
    place: 'more',
    Page: page(() => import('./claims/ClaimsPage.tsx'), 'ClaimsPage'),
  },
  { path: '/about', label: 'nav.about', place: 'more', Page: page(() => import('./about/AboutPage.tsx'), 'AboutPage') },
];

export const home = '/explore';
