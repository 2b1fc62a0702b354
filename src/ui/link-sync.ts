import type { HierarchySpecs } from '../engine/kit/hierarchy-spec.ts';
import { withHierarchies } from '../scenario/hierarchies.ts';
import type { ScenarioSpec } from '../scenario/spec.ts';
import { useRunStore } from '../store/run-store.ts';
import { readStored, writeStored } from '../store/storage.ts';
import { adopt, reportLinkProblem, scenario, useScenarioStore } from '../store/scenario-store.ts';
import { setLanguage, useViewStore } from '../store/view-store.ts';
import { hashOf, readHash } from './location.ts';
import { home } from './routes.ts';

type Codec = typeof import('./link-codec.ts');

/** Known once loaded: at once where there is something to read, else after the first picture. */
let codec: Codec | undefined;
let loading: Promise<Codec> | undefined;

function loadCodec(): Promise<Codec> {
  loading ??= import('./link-codec.ts').then((module) => {
    codec = module;
    return module;
  });
  return loading;
}

/**
 * Keeps link and scenario the same. A link wins over what this browser kept; what cannot be read is explained and
 * changes nothing. Undo has its own history, so settings replace the link and only pages add to the browser's.
 */
export async function startLinkSync(): Promise<void> {
  const { query } = readHash();
  adoptLanguage(query);
  const stored = readStored('scenario');
  if (hasSettings(query)) adoptQuery(query, await loadCodec());
  else if (stored !== undefined) adoptStored(stored, await loadCodec());
  useScenarioStore.subscribe((state, before) => {
    if (state.spec === before.spec) return;
    void writeLink();
    void store(state.spec);
  });
  useViewStore.subscribe((state, before) => {
    if (state.language !== before.language) void writeLink();
  });
  addEventListener('hashchange', () => void followHash());
  if (codec !== undefined) void writeLink();
  else writeWhenComputed();
}

/** A newcomer's link can wait until the first result is there. */
function writeWhenComputed(): void {
  const unsubscribe = useRunStore.subscribe(({ outcomes }) => {
    if (Object.keys(outcomes).length === 0) return;
    unsubscribe();
    void writeLink();
  });
}

const hasSettings = (query: string): boolean => /(^|&)(s|data)=/.test(query);

function adoptLanguage(query: string): void {
  const language = new URLSearchParams(query).get('lang');
  if (language === 'en' || language === 'es') {
    if (language !== useViewStore.getState().language) setLanguage(language);
  }
}

function adoptStored(stored: unknown, { parseScenario }: Codec): void {
  const parsed = parseScenario(stored);
  // A file's bytes are gone after a reload; its link still names it, storage need not.
  if (parsed.ok && parsed.value.dataset.kind === 'embedded') adopt(parsed.value);
}

function adoptQuery(query: string, { openLink }: Codec): void {
  const opened = openLink(query, scenario().hierarchies ?? storedHierarchies());
  if (opened.ok) adopt(opened.value.spec);
  const problem = opened.ok ? opened.value.missing : opened.errors[0];
  if (problem !== undefined) reportLinkProblem(problem);
}

/** Hierarchies of the scenario kept by this browser, for a link that names its own by digest; checked by that. */
function storedHierarchies(): HierarchySpecs | undefined {
  const stored = readStored('scenario');
  return typeof stored === 'object' && stored !== null && 'hierarchies' in stored
    ? (stored.hierarchies as HierarchySpecs)
    : undefined;
}

/** Settings only: hierarchies that list the values of the user's own file are not kept. */
async function store(spec: ScenarioSpec): Promise<void> {
  const { mayTravel } = codec ?? (await loadCodec());
  const kept = mayTravel(spec.dataset, spec.hierarchies ?? {});
  writeStored('scenario', kept ? spec : withHierarchies(spec, undefined));
}

async function followHash(): Promise<void> {
  const { query } = readHash();
  const known = await loadCodec();
  if (query === queryNow(known)) return;
  adoptLanguage(query);
  if (hasSettings(query)) adoptQuery(query, known);
}

function queryNow({ encodeLink }: Codec): string {
  const { language } = useViewStore.getState();
  return `${encodeLink(scenario())}&lang=${language}`;
}

async function writeLink(): Promise<void> {
  const known = codec ?? (await loadCodec());
  const { path } = readHash();
  history.replaceState(null, '', hashOf(path === '' || path === '/' ? home : path, queryNow(known)));
}

/** The link to share, and whether the scenario file has to go with it. */
export async function linkToShare(): Promise<{ readonly href: string; readonly needsFile: boolean }> {
  const known = codec ?? (await loadCodec());
  const href = new URL(hashOf(readHash().path || home, queryNow(known)), location.href).href;
  return { href, needsFile: known.needsScenarioFile(scenario()) };
}
