import { fillProse } from 'virtual:later';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Text } from '../../engine/kit/text.ts';
import { useViewStore } from '../../store/view-store.ts';
import { en, type MessageKey, type Messages } from './en.ts';
import {
  fill,
  formatBytes,
  formatNumber,
  formatRounded,
  formatValue,
  inLanguage,
  learnSpanish,
  type Language,
  type Vars,
} from './format.ts';
import { unitWord } from './units.ts';

/** Spanish is loaded when first asked for; until it is there English shows. A new object with everything that arrives. */
let arrived: { readonly spanish?: Messages } = {};
let loading: Promise<void> | undefined;
let proseLoading: Promise<void> | undefined;
const listeners = new Set<() => void>();

const arrive = (what: typeof arrived): void => {
  arrived = { ...arrived, ...what };
  for (const listener of listeners) listener();
};

export function loadLanguage(language: Language): Promise<void> {
  if (language === 'en' || arrived.spanish !== undefined) return Promise.resolve();
  loading ??= Promise.all([import('./es.ts'), import('virtual:module-spanish')]).then(([module, modules]) => {
    learnSpanish(modules.moduleSpanish);
    arrive({ spanish: module.es });
  });
  return loading;
}

/**
 * Loads what method cards and forms say beyond labels: summaries, help, limits, sources. The page's build keeps it apart
 * (tools/lazy-prose.ts) and leaves empty texts and lists in the descriptors, which are filled here.
 */
export function loadProse(): Promise<void> {
  proseLoading ??= import('virtual:module-prose').then(({ prose }) => {
    fillProse(prose);
    arrive({});
  });
  return proseLoading;
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export interface TextTools {
  readonly language: Language;
  /** Shell text by key, with holes filled. */
  t(key: MessageKey, vars?: Vars): string;
  /** Module text. */
  tx(value: Text, vars?: Vars): string;
  number(value: number, digits?: number): string;
  rounded(value: number, halfWidth?: number): string;
  value(value: number, unit: string, halfWidth?: number): string;
  bytes(value: number): string;
  /** The word for what is counted: `unit('trip', 2)` = trips. */
  unit(unit: string, n?: number): string;
}

/** Text and number formats in the user's language. */
export function useText(): TextTools {
  const language = useViewStore((state) => state.language);
  const texts = useSyncExternalStore(subscribe, () => arrived);
  return useMemo(() => {
    if (language === 'es') void loadLanguage('es');
    return textTools(language, language === 'es' ? (texts.spanish ?? en) : en);
  }, [language, texts]);
}

/** The same for components that show what `loadProse` brings; it is empty until then. */
export function useProse(): TextTools {
  useEffect(() => {
    // Without it labels and fields are all there; the page's own loading tells of a lost connection.
    loadProse().catch(() => undefined);
  }, []);
  return useText();
}

function textTools(language: Language, messages: Messages): TextTools {
  return {
    language,
    t: (key, vars) => (vars === undefined ? messages[key] : fill(messages[key], vars, language)),
    tx: (value, vars) => fill(inLanguage(value, language), vars ?? {}, language),
    number: (value, digits) => formatNumber(value, language, digits),
    rounded: (value, halfWidth) => formatRounded(value, language, halfWidth),
    value: (value, unit, halfWidth) => formatValue(value, unit, language, halfWidth),
    bytes: (value) => formatBytes(value, language),
    unit: (unit, n) => unitWord(unit, language, n),
  };
}
