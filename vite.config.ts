import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { lazyProse, noProse } from './tools/lazy-prose.ts';
import { lazySpanish } from './tools/lazy-spanish.ts';

/**
 * Nothing leaves the tab: no foreign host, no eval, no inline style. Workers started from a blob inherit this policy
 * (a worker started from a URL would not: see docs/decisions/0002-blob-workers.md). Build only: the dev server injects
 * inline scripts.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contentSecurityPolicy = (): Plugin => ({
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  },
});

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** Leaf packages of @stdlib that the build takes from tools/lean: see its README. */
const lean = [
  'array-float64',
  'array-uint32',
  'assert-is-little-endian',
  'number-ctor',
  'utils-define-nonenumerable-read-only-property',
];

/** What an entry always needs is one script: split by who else uses it, it would be thirty that pack badly. */
const together = { groups: [{ name: 'start', tags: ['$initial' as const] }] };

/** So are the functions every release with noise computes with, and their dozen of small parts: each alone packs badly too. */
const mathematics = { name: 'mathematics', test: /@stdlib\/math-base-special-(exp|expm1|ln|erfinv)\// };
const ofWorkers = { groups: [...together.groups, mathematics] };

export default defineConfig(({ command }) => ({
  // Relative, so that the site works under any sub-path and from any static server.
  base: './',
  plugins: [
    react(),
    lazySpanish(),
    // After the Spanish: it takes texts as that leaves them.
    lazyProse(),
    contentSecurityPolicy(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/offline',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: {
        name: 'Epsilon City',
        short_name: 'Epsilon City',
        description: 'A privacy workbench for smart-city data that runs entirely in a browser tab.',
        start_url: './',
        display: 'standalone',
        background_color: '#FAF9F6',
        theme_color: '#3A4AAE',
        icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
      },
      injectManifest: {
        // The shell and the first view. What is large and rarely needed is cached when first used.
        globPatterns: ['index.html', 'icon.svg', 'assets/*.{js,css,woff2,json,geojson}'],
        globIgnores: ['assets/*tf-*.js', 'assets/*tfjs*.js', 'assets/*parquet*.js', 'assets/*hyparquet*.js'],
        maximumFileSizeToCacheInBytes: 700_000,
        buildPlugins: {},
      },
    }),
  ],
  resolve: {
    alias:
      command !== 'build'
        ? []
        : lean.map((name) => ({
            find: `@stdlib/${name}`,
            replacement: fileURLToPath(new URL(`tools/lean/${name}.cjs`, import.meta.url)),
          })),
  },
  worker: { format: 'es', plugins: () => [noProse()], rolldownOptions: { output: { codeSplitting: ofWorkers } } },
  build: {
    target: 'es2023',
    // Inlined fonts and facts would break the policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: together } },
  },
  define: {
    __BUILD__: JSON.stringify(process.env['EPSILON_BUILD'] ?? 'dev'),
    __VERSION__: JSON.stringify(version),
  },
}));
