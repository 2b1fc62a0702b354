import { parseRun, type Run } from './engine.ts';
import { lessons } from './list.ts';

/** Predictions asked and right, over all lessons or one. */
export function tally(runs: readonly Run[]): { readonly asked: number; readonly right: number } {
  const judged = runs.flatMap((run) => Object.values(run.traces)).filter(({ right }) => right !== undefined);
  return { asked: judged.length, right: judged.filter(({ right }) => right === true).length };
}

/** Progress in every lesson begun, read with care. */
export const runsOf = (kept: Readonly<Record<string, unknown>>): readonly Run[] =>
  lessons.flatMap((lesson) => parseRun(lesson, kept[lesson.id]) ?? []);

/** Progress as a file: versioned JSON, without data. */
export const progressJson = (runs: readonly Run[], savedAt: string): string =>
  JSON.stringify({ kind: 'epsilon-city/lessons', version: 1, savedAt, runs }, null, 2);

/** Offers the progress as a download. */
export function saveProgress(runs: readonly Run[]): void {
  const now = new Date().toISOString();
  const url = URL.createObjectURL(new Blob([progressJson(runs, now)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `epsilon-city-lessons-${now.slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Link that opens a lesson at a step, with the step's scene. */
export function lessonHref(lesson: string, at: number, path: string): string {
  return new URL(`#${path}?lesson=${encodeURIComponent(lesson)}&step=${at + 1}`, location.href).href;
}
