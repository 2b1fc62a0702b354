import { useSyncExternalStore } from 'react';
import { useRunStore } from '../store/run-store.ts';

/**
 * Offline after one visit, and calm updates: the service worker is registered in the built site only, once the page
 * has settled, so that filling its cache never competes with the first view. A newer version waits until the user
 * agrees to reload. Where service workers do not exist (private windows, old browsers) nothing changes.
 */

let waiting: ServiceWorker | undefined;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function offer(worker: ServiceWorker | undefined): void {
  waiting = worker;
  for (const listener of listeners) listener();
}

/** Whether a newer version is ready and differs from what this page runs. */
export const useUpdateReady = (): boolean => useSyncExternalStore(subscribe, () => waiting !== undefined);

export const dismissUpdate = (): void => offer(undefined);

/** Changes to the newer version: the page reloads once, with its settings in the link. */
export function applyUpdate(): void {
  const worker = waiting;
  if (worker === undefined) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  tell(worker);
  offer(undefined);
}

/** Lets a waiting worker take over. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a service worker has no origin to name
const tell = (worker: ServiceWorker): void => worker.postMessage('skip-waiting');

/** Milliseconds after which the cache is filled even where nothing was computed. */
const patience = 20_000;

/** Registers the service worker and watches for newer versions. Does nothing in development. */
export function startOffline(): void {
  recoverFromOldChunks();
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  let begun = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    unsubscribe();
    void register();
  };
  // The first complete result is on screen: from here on the network is free.
  const unsubscribe = useRunStore.subscribe(({ outcomes }) => {
    if (Object.keys(outcomes).length > 0) begin();
  });
  setTimeout(begin, patience);
}

async function register(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register(new URL('sw.js', document.baseURI));
    if (registration.waiting !== null) void consider(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        // Without a controller this is the first visit: nothing is being replaced.
        if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) void consider(installing);
      });
    });
  } catch {
    // Refused (a private window, a policy): the page works without.
  }
}

/** Offers the newer version, or takes it over silently where this page was already loaded from it. */
async function consider(worker: ServiceWorker): Promise<void> {
  if (await runsNewest()) tell(worker);
  else offer(worker);
}

async function runsNewest(): Promise<boolean> {
  try {
    const page = await (await fetch(new URL('index.html', document.baseURI), { cache: 'no-store' })).text();
    const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src');
    return entry !== null && entry !== undefined && page.includes(entry);
  } catch {
    return false;
  }
}

/** After a new deployment old chunks are gone: reload, at most once a minute; the settings are in the link. */
function recoverFromOldChunks(): void {
  addEventListener('vite:preloadError', (event) => {
    const name = 'epsilon-city/reloaded';
    try {
      if (Date.now() - Number(sessionStorage.getItem(name)) < 60_000) return;
      sessionStorage.setItem(name, String(Date.now()));
    } catch {
      // Without session storage a loop could not be told from a first try.
      return;
    }
    event.preventDefault();
    location.reload();
  });
}

/** Removes every service worker and cache of this site (part of "reset everything"). */
export async function forgetOffline(): Promise<void> {
  if ('serviceWorker' in navigator) {
    const registrations = await navigator.serviceWorker.getRegistrations();
    // Only those of this folder: another site may live beside it on the same host.
    const here = new URL('.', document.baseURI).href;
    await Promise.all(registrations.filter(({ scope }) => scope === here).map((one) => one.unregister()));
  }
  if ('caches' in globalThis) {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith('epsilon-city-')).map((name) => caches.delete(name)));
  }
}
