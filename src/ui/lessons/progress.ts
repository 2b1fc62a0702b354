import { create } from 'zustand';
import { readStored, writeStored } from '../../store/storage.ts';

/**
 * Which lesson is open and how far each has got: kept by this browser, small, and loaded with the shell. Lessons
 * themselves are loaded when one is open.
 */
export interface LessonsState {
  /** Id of the open lesson; null once closed, and then it stays closed. */
  readonly open: string | null;
  readonly collapsed: boolean;
  readonly corner: 'right' | 'left';
  /** Progress by lesson, as kept; engine.ts reads it with care. */
  readonly runs: Readonly<Record<string, unknown>>;
  /** Step that a link asked for; its scene is set up once, then this is null. */
  readonly wanted: number | null;
}

/** Lesson and step named by a link (`#/explore?lesson=what-epsilon-does&step=3`), read before the link is rewritten. */
function linked(): { readonly open: string; readonly wanted: number } | undefined {
  if (typeof location === 'undefined') return undefined;
  const query = new URLSearchParams(location.hash.split('?')[1] ?? '');
  const open = query.get('lesson');
  const step = Number(query.get('step') ?? 1);
  return open === null ? undefined : { open, wanted: Number.isInteger(step) && step > 0 ? step - 1 : 0 };
}

function kept(): LessonsState {
  const raw = readStored('lessons');
  const stored = typeof raw === 'object' && raw !== null ? (raw as Readonly<Record<string, unknown>>) : {};
  const { open, collapsed, corner, runs } = stored;
  return {
    open: typeof open === 'string' ? open : null,
    collapsed: collapsed === true,
    corner: corner === 'left' ? 'left' : 'right',
    runs: typeof runs === 'object' && runs !== null && !Array.isArray(runs) ? (runs as LessonsState['runs']) : {},
    wanted: null,
  };
}

export const useLessons = create<LessonsState>(() => ({ ...kept(), ...linked() }));

function put(change: Partial<LessonsState>): void {
  useLessons.setState(change);
  const { open, collapsed, corner, runs } = useLessons.getState();
  writeStored('lessons', { open, collapsed, corner, runs });
}

/** Opens a lesson: at a step with its scene set up anew, or (null) where it was left. */
export const openLesson = (open: string, wanted: number | null): void => put({ open, wanted, collapsed: false });
export const closeLesson = (): void => put({ open: null, wanted: null });
export const collapseLesson = (collapsed: boolean): void => put({ collapsed });
export const moveLesson = (corner: LessonsState['corner']): void => put({ corner });
export const keepRun = (lesson: string, run: unknown): void =>
  put({ runs: { ...useLessons.getState().runs, [lesson]: run }, wanted: null });
/** Forgets all progress; an open lesson is closed. */
export const forgetRuns = (): void => put({ open: null, wanted: null, runs: {} });

if (typeof addEventListener === 'function') {
  addEventListener('hashchange', () => {
    const link = linked();
    if (link !== undefined) openLesson(link.open, link.wanted);
  });
}
