import { decodeLink, encodeLink } from '../scenario/link.ts';
import { parseScenario } from '../scenario/codec.ts';
import { readStored, writeStored } from '../store/storage.ts';
import { adopt, reportLinkProblem, scenario, useScenarioStore } from '../store/scenario-store.ts';
import { setLanguage, useViewStore } from '../store/view-store.ts';
import { hashOf, readHash } from './location.ts';
import { home } from './routes.ts';

/**
 * Keeps link and scenario the same. A link wins over what this browser kept; what cannot be read is explained and
 * changes nothing. Undo has its own history, so settings replace the link and only pages add to the browser's.
 */
export function startLinkSync(): void {
  const { query } = readHash();
  if (query === '') adoptStored();
  else adoptQuery(query);
  writeLink();
  useScenarioStore.subscribe((state, before) => {
    if (state.spec === before.spec) return;
    writeLink();
    writeStored('scenario', state.spec);
  });
  useViewStore.subscribe((state, before) => {
    if (state.language !== before.language) writeLink();
  });
  addEventListener('hashchange', () => {
    const now = readHash().query;
    if (now !== queryNow()) adoptQuery(now);
  });
}

function adoptStored(): void {
  const stored = readStored('scenario');
  if (stored === undefined) return;
  const parsed = parseScenario(stored);
  // A file's bytes are gone after a reload; its link still names it, storage need not.
  if (parsed.ok && parsed.value.dataset.kind === 'embedded') adopt(parsed.value);
}

function adoptQuery(query: string): void {
  const language = new URLSearchParams(query).get('lang');
  if (language === 'en' || language === 'es') {
    if (language !== useViewStore.getState().language) setLanguage(language);
  }
  if (!/(^|&)(s|data)=/.test(query)) return;
  const decoded = decodeLink(query);
  if (decoded.ok) {
    adopt(decoded.value);
    return;
  }
  const first = decoded.errors[0];
  if (first !== undefined) reportLinkProblem(first);
}

function queryNow(): string {
  const { language } = useViewStore.getState();
  return `${encodeLink(scenario())}&lang=${language}`;
}

function writeLink(): void {
  const { path } = readHash();
  history.replaceState(null, '', hashOf(path === '' || path === '/' ? home : path, queryNow()));
}

/** The link to share. */
export const linkHref = (): string => new URL(hashOf(readHash().path || home, queryNow()), location.href).href;
