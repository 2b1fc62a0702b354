/** User-facing text of a module. Spanish may be missing on a card; the page then shows English and says so. */
export interface Text {
  readonly en: string;
  readonly es?: string;
}

/** Shorthand for a bilingual text. */
export const text = (en: string, es?: string): Text => (es === undefined ? { en } : { en, es });
