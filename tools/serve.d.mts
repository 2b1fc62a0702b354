/** Starts a static server on `root` under the path `base`; port 0 = any free one. */
export function serve(options?: {
  readonly root?: string;
  readonly base?: string;
  readonly port?: number;
}): Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
