/** Made by tools/lazy-spanish.ts; empty outside the page's build, where texts keep their Spanish. */
declare module 'virtual:module-spanish' {
  export const moduleSpanish: Readonly<Record<string, string>>;
}
