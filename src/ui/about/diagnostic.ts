import { readHash, hashOf } from '../location.ts';

/* oxlint-disable no-underscore-dangle -- named in the build's configuration */
declare const __BUILD__: string;
declare const __VERSION__: string;

/** Name of this build, given when it was made. */
export const build = typeof __BUILD__ === 'undefined' ? 'dev' : __BUILD__;

/** Version of the package. */
export const version = typeof __VERSION__ === 'undefined' ? '' : __VERSION__;

/** Hashed name of the entry script: tells builds apart even where nobody named them. */
export function entryName(): string {
  const source = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? '';
  return source.split('/').at(-1) ?? '';
}

/** Everything useful in a report, and nothing of the data. A link names a file by its digest only. */
export function diagnostic(): string {
  const { path, query } = readHash();
  const lines: readonly (readonly [string, string])[] = [
    ['Epsilon City', `${version} (${build}, ${entryName()})`],
    ['Link', new URL(hashOf(path, query), location.href).href],
    ['Browser', navigator.userAgent],
    ['Languages', navigator.languages.join(', ')],
    ['Window', `${innerWidth} x ${innerHeight} at ${devicePixelRatio}`],
    ['Processors', String(navigator.hardwareConcurrency)],
    ['Offline copy', navigator.serviceWorker?.controller ? 'yes' : 'no'],
    ['Time', new Date().toISOString()],
  ];
  return lines.map(([name, value]) => `${name}: ${value}`).join('\n');
}
