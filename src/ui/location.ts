import { useSyncExternalStore } from 'react';

/**
 * Where we are: `#/path?settings`. The path is the page, the query the scenario's link; both live after `#`, so the
 * site works from any folder of any static server.
 */
export interface HashLocation {
  readonly path: string;
  readonly query: string;
}

export function readHash(hash: string = location.hash): HashLocation {
  const text = hash.replace(/^#/, '');
  const at = text.indexOf('?');
  const path = at < 0 ? text : text.slice(0, at);
  return { path: path.startsWith('/') ? path : '', query: at < 0 ? '' : text.slice(at + 1) };
}

export const hashOf = (path: string, query: string): string => (query === '' ? `#${path}` : `#${path}?${query}`);

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
};

/** Path of the open page. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => readHash().path);

/** Opens another page with the same settings. */
export function goTo(path: string): void {
  const { query } = readHash();
  history.pushState(null, '', hashOf(path, query));
  dispatchEvent(new PopStateEvent('popstate'));
}
