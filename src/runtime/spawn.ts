// oxlint-disable-next-line import/default -- the default export is Vite's: the URL of the built worker
import workerUrl from '../../workers/main.worker.ts?worker&url';
import type { SpawnWorker } from './connection.ts';

/**
 * Starts the worker from a `blob:` module that imports it: a worker started from a URL would not inherit the page's
 * content security policy and could reach any host. Inside, `location` is the blob; modules and assets resolve by their
 * own `import.meta.url`. The dev server has no policy, so there the module is started directly.
 */
export const spawnWorker: SpawnWorker = () => {
  const href = new URL(workerUrl, document.baseURI).href;
  const started = import.meta.env.DEV ? { url: href, done: () => undefined } : bootstrap(href);
  const worker = new Worker(started.url, { type: 'module', name: 'epsilon-city' });
  let listener: ((why: string) => void) | undefined;
  worker.addEventListener('message', started.done, { once: true });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    started.done();
    listener?.(event.message === '' || event.message === undefined ? 'the worker could not start' : event.message);
  });
  return {
    endpoint: worker,
    terminate: () => {
      started.done();
      worker.terminate();
    },
    onDeath: (call) => {
      listener = call;
    },
  };
};

/** The blob's URL lives until the worker's first message: revoked earlier, the start would fail in some browsers. */
function bootstrap(href: string): { readonly url: string; readonly done: () => void } {
  const url = URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' }));
  return { url, done: () => URL.revokeObjectURL(url) };
}
