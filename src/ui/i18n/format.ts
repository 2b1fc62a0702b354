import type { Text } from '../../engine/kit/text.ts';

export type Language = 'en' | 'es';
export type Vars = Readonly<Record<string, string | number>>;

/** Text of a module in the user's language; English where the other is missing. */
export const inLanguage = (value: Text, language: Language): string =>
  language === 'es' ? (spanishOf(value) ?? value.en) : value.en;

let learned: ReadonlyMap<string, string> = new Map();

/** Takes in the Spanish of module texts, which the page's build keeps apart (tools/lazy-spanish.ts). */
export const learnSpanish = (byEnglish: Readonly<Record<string, string>>): void => {
  learned = new Map(Object.entries(byEnglish));
};

/** Spanish of a text, where there is one; undefined until it is loaded. */
export const spanishOf = (value: Text): string | undefined => value.es ?? learned.get(value.en);

/**
 * Fills `{name}` holes. Numbers are set by locale. `{name, one form|other form}` picks a form by the plural rules of
 * the language and shows no number itself.
 */
export function fill(template: string, vars: Vars, language: Language): string {
  return template.replace(
    /\{(\w+)(?:,\s*([^|}]*)\|([^}]*))?\}/g,
    (hole, name: string, one?: string, other?: string) => {
      const value = Object.hasOwn(vars, name) ? vars[name] : undefined;
      if (value === undefined) return hole;
      if (one !== undefined && other !== undefined) {
        return new Intl.PluralRules(language).select(Number(value)) === 'one' ? one : other;
      }
      return typeof value === 'number' ? formatNumber(value, language) : value;
    },
  );
}

const formats = new Map<string, Intl.NumberFormat>();
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${language}${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(language === 'es' ? 'es-ES' : 'en-GB', { useGrouping: 'always', ...options });
  formats.set(name, made);
  return made;
}

/** A number by locale: whole ones in full, others to `digits` significant digits. */
export function formatNumber(value: number, language: Language, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  if (value !== 0 && Math.abs(value) < 1e-4) {
    // A row of zeros cannot be read; this can, and typed back.
    const short = Number(value.toPrecision(digits)).toExponential();
    return language === 'es' ? short.replace('.', ',') : short;
  }
  const options =
    Number.isInteger(value) || Math.abs(value) >= 1000
      ? { maximumFractionDigits: 0 }
      : { maximumSignificantDigits: digits };
  return numberFormat(language, options).format(value);
}

/** A value with its unit, rounded to what its half width allows. */
export function formatValue(value: number, unit: string, language: Language, halfWidth?: number): string {
  switch (unit) {
    case 'share': {
      const decimals = halfWidth !== undefined && halfWidth < 0.005 ? 1 : 0;
      const percent = value * 100;
      const shown = Math.abs(percent) < 1 && percent !== 0 && decimals === 0 ? 1 : decimals;
      return `${numberFormat(language, { maximumFractionDigits: shown, minimumFractionDigits: 0 }).format(percent)} %`;
    }
    case 'ms':
      if (value > 0 && value < 0.1) return `${formatNumber(value * 1000, language, 2)} µs`;
      return value >= 1000 ? `${formatNumber(value / 1000, language, 2)} s` : `${formatNumber(value, language, 2)} ms`;
    case 'bytes':
      return formatBytes(value, language);
    case 'count':
      return formatRounded(value, language, halfWidth);
    default:
      return `${formatRounded(value, language, halfWidth)} ${unit}`;
  }
}

/** Digits bounded by the uncertainty: two significant digits of the half width decide the last place shown. */
export function formatRounded(value: number, language: Language, halfWidth?: number): string {
  if (halfWidth === undefined || !(halfWidth > 0) || !Number.isFinite(halfWidth)) return formatNumber(value, language);
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(halfWidth))));
  return numberFormat(language, { maximumFractionDigits: halfWidth >= 5 ? 0 : decimals }).format(value);
}

export function formatBytes(bytes: number, language: Language): string {
  if (bytes < 1000) return `${formatNumber(bytes, language)} B`;
  if (bytes < 1e6) return `${formatNumber(bytes / 1e3, language)} kB`;
  return bytes < 1e9 ? `${formatNumber(bytes / 1e6, language)} MB` : `${formatNumber(bytes / 1e9, language)} GB`;
}

/** "73:27": how sure an attacker who starts at 50:50 can become under epsilon (odds at most e^epsilon). */
export function oddsOf(epsilon: number): string {
  const sure = 100 / (1 + Math.exp(-epsilon));
  if (sure >= 99.5)
    return `${sure >= 99.95 ? '> 99.9' : sure.toFixed(1)}:${sure >= 99.95 ? '< 0.1' : (100 - sure).toFixed(1)}`;
  return `${Math.round(sure)}:${100 - Math.round(sure)}`;
}

/** Milliseconds of city time (stored as if UTC) in words. */
export const formatTime = (ms: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(ms);
