import type { Text } from '../../engine/kit/text.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';

/**
 * Guided lessons as a pure state machine. A step shows a text, may ask for a prediction, may wait for the user to do
 * something on the live page, and then reveals what was computed. Nothing is staged: every condition and every figure
 * is read from the workbench's own state and results.
 */

/** Computed values by name: numbers, or names of things (a zone). A value not computed yet is absent. */
export type Figures = Readonly<Record<string, number | string>>;

/** What a lesson may look at. */
export interface Facts {
  /** The open page. */
  readonly path: string;
  readonly spec: ScenarioSpec;
  /** Whether the truth is on screen. */
  readonly truthShown: boolean;
  readonly figures: Figures;
}

export interface Option {
  readonly id: string;
  readonly text: Text;
}

/** A question answered before the page shows the answer. */
export interface Prediction {
  readonly question: Text;
  readonly options: readonly Option[];
  /** Id of the option that the computed values bear out. */
  right(before: Figures, after: Figures): string;
}

export interface Step {
  readonly id: string;
  /** Page the step happens on. */
  readonly path: string;
  /** Value of `data-lesson` of what is talked about. */
  readonly target?: string;
  /** Holes are figures; `{before_x}` is x as it was when the step began. */
  readonly text: Text;
  /** Figures that must be known before the step can begin and before it can end. */
  readonly needs: readonly string[];
  readonly prediction?: Prediction;
  /** What to do on the page, and when it is done. */
  readonly task?: { readonly text: Text; done(facts: Facts, before: Figures): boolean };
  /** A sentence the user writes. */
  readonly note?: { readonly label: Text; readonly least: number };
  reveal(before: Figures, after: Figures): Text;
  /** Name of the scene (scenario) set up when the step is entered. */
  readonly scene?: string;
}

export interface Lesson {
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly minutes: number;
  /** Scores the lesson speaks about beyond the common ones: name of the figure -> id of the score. */
  readonly scores: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** `predict`: waiting for a prediction; `act`: for the user's action; `reveal`: done, the answer shows. */
export type Phase = 'predict' | 'act' | 'reveal';

/** What one step left behind. */
export interface Trace {
  readonly before?: Figures;
  readonly after?: Figures;
  readonly choice?: string;
  readonly right?: boolean;
  readonly note?: string;
}

/** Progress in one lesson: plain JSON. */
export interface Run {
  readonly lesson: string;
  readonly at: number;
  readonly phase: Phase;
  /** Furthest step reached. */
  readonly furthest: number;
  readonly finished: boolean;
  readonly traces: Readonly<Record<string, Trace>>;
}

export type Event =
  | { readonly kind: 'observe' }
  | { readonly kind: 'predict'; readonly choice: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'next' }
  | { readonly kind: 'go'; readonly at: number };

/** A lesson begun at a step (the first, or the one a link names). */
export function startRun(lesson: Lesson, at = 0): Run {
  const first = Math.min(Math.max(0, Math.trunc(at)), lesson.steps.length - 1);
  const run: Run = { lesson: lesson.id, at: first, phase: 'act', furthest: first, finished: false, traces: {} };
  return { ...run, phase: firstPhase(lesson.steps[first]) };
}

const firstPhase = (step: Step | undefined): Phase => (step?.prediction === undefined ? 'act' : 'predict');

const traceOf = (run: Run, step: Step): Trace => run.traces[step.id] ?? {};

const withTrace = (run: Run, step: Step, trace: Trace): Run => ({
  ...run,
  traces: { ...run.traces, [step.id]: { ...traceOf(run, step), ...trace } },
});

const known = (figures: Figures, needs: readonly string[]): boolean =>
  needs.every((name) => figures[name] !== undefined);

/** Whether the values the step starts from have been computed. */
export const isReady = (lesson: Lesson, run: Run): boolean => {
  const step = lesson.steps[run.at];
  return step !== undefined && (run.phase === 'reveal' || traceOf(run, step).before !== undefined);
};

/** The next state. An event that does not fit the phase changes nothing. Returns the same object when nothing changed. */
export function advance(lesson: Lesson, run: Run, event: Event, facts: Facts): Run {
  const step = lesson.steps[run.at];
  if (step === undefined) return run;
  switch (event.kind) {
    case 'observe':
      return observe(step, run, facts);
    case 'predict': {
      const fits = run.phase === 'predict' && traceOf(run, step).before !== undefined;
      if (!fits || step.prediction?.options.every(({ id }) => id !== event.choice) !== false) return run;
      return observe(step, { ...withTrace(run, step, { choice: event.choice }), phase: 'act' }, facts);
    }
    case 'note':
      return run.phase === 'act' ? observe(step, withTrace(run, step, { note: event.text.slice(0, 500) }), facts) : run;
    case 'next':
      return run.phase === 'reveal' ? goTo(lesson, run, run.at + 1) : run;
    case 'go':
      return event.at <= run.furthest ? goTo(lesson, run, event.at) : run;
  }
}

function goTo(lesson: Lesson, run: Run, at: number): Run {
  if (at >= lesson.steps.length) return run.finished ? run : { ...run, finished: true };
  const step = lesson.steps[at];
  if (step === undefined || at === run.at) return run;
  const trace = traceOf(run, step);
  const phase = trace.after !== undefined ? 'reveal' : trace.choice !== undefined ? 'act' : firstPhase(step);
  return { ...run, at, phase, furthest: Math.max(run.furthest, at) };
}

/** Takes down where the step began as soon as it is known, and ends the step when what it asks for has happened. */
function observe(step: Step, run: Run, facts: Facts): Run {
  if (run.phase === 'reveal') return run;
  const trace = traceOf(run, step);
  if (trace.before === undefined) {
    if (facts.path !== step.path || !known(facts.figures, step.needs)) return run;
    return withTrace(run, step, { before: facts.figures });
  }
  if (run.phase !== 'act') return run;
  if (facts.path !== step.path || !known(facts.figures, step.needs)) return run;
  if (step.task !== undefined && !step.task.done(facts, trace.before)) return run;
  if (step.note !== undefined && (trace.note ?? '').trim().length < step.note.least) return run;
  // A text to read has nothing to wait for but the reader.
  if (step.task === undefined && step.note === undefined && step.prediction === undefined) {
    return { ...withTrace(run, step, { after: facts.figures }), phase: 'reveal' };
  }
  const right =
    step.prediction === undefined ? {} : { right: trace.choice === step.prediction.right(trace.before, facts.figures) };
  return { ...withTrace(run, step, { after: facts.figures, ...right }), phase: 'reveal' };
}

/** Scene that holds at a step: its own, or the nearest one before it. */
export function sceneAt(lesson: Lesson, at: number): string | undefined {
  return lesson.steps.slice(0, at + 1).findLast(({ scene }) => scene !== undefined)?.scene;
}

/** Figures for the holes of a text: as they are (or were at the end), and as they were at the beginning. */
export function holesOf(before: Figures | undefined, after: Figures): Figures {
  const old = Object.entries(before ?? {}).map(([name, value]) => [`before_${name}`, value] as const);
  return { ...Object.fromEntries(old), ...after };
}

/** Reads progress kept by the browser; `undefined` when it is not that of this lesson. Never trusts what it reads. */
export function parseRun(lesson: Lesson, raw: unknown): Run | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { at, furthest, finished, traces } = raw as Readonly<Record<string, unknown>>;
  if (typeof traces !== 'object' || traces === null || !isStep(lesson, at) || !isStep(lesson, furthest))
    return undefined;
  const kept: Record<string, Trace> = {};
  for (const step of lesson.steps) {
    const trace = Object.hasOwn(traces, step.id)
      ? parseTrace((traces as Readonly<Record<string, unknown>>)[step.id])
      : undefined;
    if (trace !== undefined) kept[step.id] = trace;
  }
  const run: Run = { lesson: lesson.id, at: -1, phase: 'act', furthest, finished: finished === true, traces: kept };
  return goTo(lesson, run, Math.min(at, furthest));
}

const isStep = (lesson: Lesson, value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < lesson.steps.length;

function parseTrace(raw: unknown): Trace | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { before, after, choice, right, note } = raw as Readonly<Record<string, unknown>>;
  const start = parseFigures(before);
  const end = parseFigures(after);
  return {
    ...(start === undefined ? {} : { before: start }),
    ...(end === undefined ? {} : { after: end }),
    ...(typeof choice === 'string' ? { choice } : {}),
    ...(typeof right === 'boolean' ? { right } : {}),
    ...(typeof note === 'string' ? { note: note.slice(0, 500) } : {}),
  };
}

function parseFigures(raw: unknown): Figures | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  return Object.fromEntries(
    Object.entries(raw).filter(([, value]) => typeof value === 'string' || Number.isFinite(value)),
  ) as Figures;
}
