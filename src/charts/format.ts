/** Numbers for people: locale separators, digits bounded by the uncertainty, never 0.30000000000000004. */

const cache = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, digits: number, significant: boolean): Intl.NumberFormat {
  const key = `${locale}/${digits}/${significant}`;
  let made = cache.get(key);
  if (made === undefined) {
    made = new Intl.NumberFormat(
      locale,
      significant
        ? { maximumSignificantDigits: digits }
        : { minimumFractionDigits: digits, maximumFractionDigits: digits },
    );
    cache.set(key, made);
  }
  return made;
}

/** At most `significant` digits (default 3), integers below 10,000,000 in full. */
export function formatNumber(value: number, locale = 'en', significant = 3): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return formatter(locale, 0, false).format(value);
  if (size >= 1000 && size < 1e7) return formatter(locale, 0, false).format(value);
  return formatter(locale, significant, true).format(value);
}

/** Decimals that leave the half width one significant digit, two where it starts with 1 or 2. */
export function decimalsFor(halfWidth: number): number {
  if (!(halfWidth > 0) || !Number.isFinite(halfWidth)) return 0;
  const power = Math.floor(Math.log10(halfWidth));
  return Math.min(8, Math.max(0, (halfWidth / 10 ** power < 3 ? 1 : 0) - power));
}

/** Value rounded to its uncertainty; without one as `formatNumber`. */
export function formatWithin(value: number, halfWidth: number | undefined, locale = 'en'): string {
  if (!Number.isFinite(value)) return '–';
  if (halfWidth === undefined || !(halfWidth > 0)) return formatNumber(value, locale);
  const rounded = formatter(locale, decimalsFor(halfWidth), false).format(value);
  return /[1-9]/.test(rounded) ? rounded : rounded.replace('-', '');
}
