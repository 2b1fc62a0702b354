/** Made by tools/lazy-spanish.ts; empty outside the page's build, where texts keep their Spanish. */
declare module 'virtual:module-spanish' {
  export const moduleSpanish: Readonly<Record<string, string>>;
}
/** Made by tools/lazy-prose.ts; empty outside the page's build, where descriptors keep their prose. */
declare module 'virtual:module-prose' {
  export const prose: readonly unknown[];
}
declare module 'virtual:later' {
  export const fillProse: (prose: readonly unknown[]) => void;
}
