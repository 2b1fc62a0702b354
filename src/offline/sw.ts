/// <reference lib="webworker" />
/**
 * Offline after one visit, and a second wall behind the content security policy: a request to another origin is
 * answered here with 451 and never leaves the browser. Hashed assets never change, so the cache answers first; the page
 * itself is asked from the network first, so a new version shows as soon as there is one.
 */
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly (string | { readonly url: string; readonly revision: string | null })[];
};

const entries = self.__WB_MANIFEST.map((entry) => (typeof entry === 'string' ? { url: entry, revision: null } : entry));
const version = digest(entries.map((entry) => `${entry.url}@${entry.revision ?? ''}`).join('\n'));
const cacheName = `epsilon-city-${version}`;

self.addEventListener('install', (event) => {
  event.waitUntil(precache());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return;
  if (url.origin !== self.location.origin) {
    event.respondWith(new Response('Epsilon City sends nothing to other hosts.', { status: 451 }));
    return;
  }
  if (event.request.method !== 'GET') return;
  event.respondWith(event.request.mode === 'navigate' ? networkFirst(event.request) : cacheFirst(event.request));
});

async function precache(): Promise<void> {
  const cache = await caches.open(cacheName);
  // One by one: a single missing file must not cost the visitor the rest.
  await Promise.all(
    entries.map(async (entry) => {
      const response = await fetch(entry.url, { cache: entry.revision === null ? 'default' : 'reload' });
      if (response.ok) await cache.put(entry.url, response);
    }),
  );
}

async function dropOldCaches(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('epsilon-city-') && name !== cacheName).map((name) => caches.delete(name)),
  );
}

async function networkFirst(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put('index.html', response.clone());
    return response;
  } catch {
    return (await cache.match('index.html')) ?? Response.error();
  }
}

async function cacheFirst(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const cached = await cache.match(request, { ignoreVary: true });
  if (cached !== undefined) return cached;
  const response = await fetch(request);
  if (response.ok && new URL(request.url).pathname.includes('/assets/')) await cache.put(request, response.clone());
  return response;
}

/** Short name of a text (FNV-1a, 32 bit): only to tell one build's cache from another's. */
function digest(source: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < source.length; i += 1) hash = Math.imul(hash ^ source.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
