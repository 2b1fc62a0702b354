import { create } from 'zustand';
import { readStored, writeStored } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';
export type MapMode = 'true' | 'released' | 'difference';
/** What is mapped where sensors measure something: the value, or the number of rows. */
export type MapWhat = 'values' | 'counts';
/** Inclusive range of hours (or other ordered buckets); null = all of them. */
export type HourRange = { readonly from: number; readonly to: number } | null;

export interface ViewState {
  readonly theme: Theme;
  readonly language: 'en' | 'es';
  /** What the map shows, unless `peek` holds the truth up. */
  readonly mapMode: MapMode;
  readonly mapWhat: MapWhat;
  readonly peek: boolean;
  /** The one shared selection: place, hours, person. */
  readonly zone: string | null;
  readonly hours: HourRange;
  /** Row of the singled-out person among the first rows of the dataset; null = whoever is most telling. */
  readonly person: number | null;
  readonly toast: string | null;
}

interface Preferences {
  readonly theme: Theme;
  readonly language: 'en' | 'es';
}

/** Preferences from storage, from the browser, or the defaults; never trusts what it reads. */
function preferences(): Preferences {
  const raw = readStored('preferences');
  const stored = typeof raw === 'object' && raw !== null ? (raw as Readonly<Record<string, unknown>>) : {};
  const theme = stored['theme'];
  const language = stored['language'];
  const browser = typeof navigator !== 'undefined' && navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en';
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    language: language === 'en' || language === 'es' ? language : browser,
  };
}

export const useViewStore = create<ViewState>(() => ({
  ...preferences(),
  mapMode: 'released',
  mapWhat: 'values',
  peek: false,
  zone: null,
  hours: null,
  person: null,
  toast: null,
}));

const set = useViewStore.setState;

export function setTheme(theme: Theme): void {
  set({ theme });
  savePreferences();
}
export function setLanguage(language: 'en' | 'es'): void {
  set({ language });
  savePreferences();
}
function savePreferences(): void {
  const { theme, language } = useViewStore.getState();
  writeStored('preferences', { theme, language });
}

export const setMapMode = (mapMode: MapMode): void => set({ mapMode });
export const setMapWhat = (mapWhat: MapWhat): void => set({ mapWhat });
export const setPeek = (peek: boolean): void => set({ peek });
export const selectZone = (zone: string | null): void => set({ zone });
export const selectHours = (hours: HourRange): void => set({ hours });
export const selectPerson = (person: number | null): void => set({ person });
/** Drops what names things of the former dataset. */
export const clearSelection = (): void => set({ zone: null, hours: null, person: null, peek: false });

let toastTimer: ReturnType<typeof setTimeout> | undefined;
/** A short message, read out once and gone after a few seconds. */
export function showToast(toast: string): void {
  clearTimeout(toastTimer);
  set({ toast });
  toastTimer = setTimeout(() => set({ toast: null }), 4500);
}
