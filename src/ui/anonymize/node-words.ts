import { text, type Text } from '../../engine/kit/text.ts';
import type { TextTools } from '../i18n/use-text.ts';
import { words } from './words.ts';

/** Names of generalization levels in words; those that speak for themselves (a user's own) stay as they are. */
const known: Readonly<Record<string, Text>> = {
  minute: text('minute', 'minuto'),
  hour: text('hour', 'hora'),
  daypart: text('daypart', 'franja'),
  day: text('day', 'día'),
  week: text('week', 'semana'),
  month: text('month', 'mes'),
  year: text('year', 'año'),
  zone: text('zone', 'zona'),
  borough: text('borough', 'distrito'),
  district: text('district', 'barrio'),
  city: text('city', 'ciudad'),
  value: words.exact,
  place: words.exact,
  '*': words.none,
};

type Tools = Pick<TextTools, 'tx'>;

const width = /^width (.+)$/;
const mask = /^(\d+) masked$/;

/** A level by itself: "daypart", "exact", "5 wide". */
export function levelWord(name: string, { tx }: Tools): string {
  const word = Object.hasOwn(known, name) ? known[name] : undefined;
  if (word !== undefined) return tx(word);
  const steps = width.exec(name)?.[1];
  if (steps !== undefined) return tx(words.steps, { level: steps });
  const hidden = mask.exec(name)?.[1];
  return hidden === undefined ? name : tx(words.masked, { level: hidden });
}

/** A column at a level: "pickup time by daypart", "fare in steps of 5", "drop-off zone not released". */
export function columnPhrase(column: string, name: string, tools: Tools): string {
  const { tx } = tools;
  const steps = width.exec(name)?.[1];
  const hidden = mask.exec(name)?.[1];
  if (name === '*') return tx(words.byNone, { column });
  if (known[name] === words.exact) return tx(words.byExact, { column });
  if (steps !== undefined) return tx(words.bySteps, { column, level: steps });
  if (hidden !== undefined) return tx(words.byMask, { column, level: hidden });
  return tx(words.byLevel, { column, level: levelWord(name, tools) });
}

/** Parts of a sentence, joined as the language does. */
export const joined = (parts: readonly string[], language: string): string =>
  lists[language === 'es' ? 'es' : 'en'].format([...parts]);

const lists = {
  en: new Intl.ListFormat('en-GB', { style: 'long', type: 'conjunction' }),
  es: new Intl.ListFormat('es', { style: 'long', type: 'conjunction' }),
} as const;

/** The first letter large: what begins a sentence. A symbol ("l = 3") stays as the literature writes it. */
export const capital = (words_: string): string =>
  /^\p{L} =/u.test(words_) ? words_ : words_.charAt(0).toUpperCase() + words_.slice(1);
/** The first letter small: a label inside a sentence, unless it is an abbreviation. */
export const small = (label: string): string =>
  /^[A-ZÁÉÍÓÚÑ][a-záéíóúñ]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

/** A share as people count: "4 in 10", "98 in 100", "1 in 2,000", "none". */
export function countedShare(share: number, number: TextTools['number']): readonly [string, string] {
  const [n, of] = counted(share);
  return [number(n), number(of)];
}

function counted(share: number): readonly [number, number] {
  if (!(share > 0)) return [0, 10];
  if (share >= 1) return [10, 10];
  if (share > 0.99) {
    const scale = 10 ** Math.ceil(-Math.log10(1 - share) - 1e-9);
    return [Math.min(scale - 1, Math.round(share * scale)), scale];
  }
  const tenths = share * 10;
  if (Math.abs(tenths - Math.round(tenths)) < 0.12 && tenths >= 0.9 && tenths < 9.5) return [Math.round(tenths), 10];
  if (share >= 0.01) return [Math.round(share * 100), 100];
  const scale = 10 ** Math.ceil(-Math.log10(share) - 1e-9);
  return [Math.round(share * scale), scale];
}
