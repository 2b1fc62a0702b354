/** The accuracy the sentence and the inverse slider speak of, until the reader says another. */
export const goal = { least: 100, share: 0.05 } as const;
