/**
 * Serves the built site from any sub-path, as GitHub Pages would: `npm start` builds once and opens it here, the
 * browser tests run against it. Plain static files, no headers a static host could not send.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Starts a static server; resolves to its address and a way to stop it. */
export function serve({ root = 'dist', base = '/', port = 0 } = {}) {
  const folder = resolve(root);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (!path.startsWith(base)) return void response.writeHead(302, { location: base }).end();
    const wanted = normalize(join(folder, path.slice(base.length) || 'index.html'));
    const file =
      wanted.startsWith(folder) && existsSync(wanted) && statSync(wanted).isDirectory()
        ? join(wanted, 'index.html')
        : wanted;
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end('not found');
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const { port: actual } = server.address();
      done({ url: `http://localhost:${actual}${base}`, close: () => new Promise((closed) => server.close(closed)) });
    });
  });
}

const flag = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { url } = await serve({
    root: flag('root', 'dist'),
    base: flag('base', '/'),
    port: Number(flag('port', 4173)),
  });
  console.log(`Epsilon City is at ${url} (Ctrl+C stops it)`);
}
