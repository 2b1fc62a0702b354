import type { Text } from '../engine/kit/text.ts';
import { canonicalJson } from '../engine/kit/canonical.ts';
import { withHierarchies } from './hierarchies.ts';
import type { ScenarioSpec } from './spec.ts';

/** A state of the scenario and, in words, the change that led to it. */
export interface HistoryEntry {
  readonly spec: ScenarioSpec;
  readonly label: Text;
  /** Changes of one gesture (a drag) are one step. */
  readonly gesture?: string;
}

/** Undo and redo as data; oldest first in `past`, nearest first in `future`. */
export interface History {
  readonly past: readonly HistoryEntry[];
  readonly present: HistoryEntry;
  readonly future: readonly HistoryEntry[];
}

export type HistoryAction =
  | { readonly kind: 'change'; readonly spec: ScenarioSpec; readonly label: Text; readonly gesture?: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

const maxPast = 200;

export const startHistory = (spec: ScenarioSpec, label: Text): History => ({
  past: [],
  present: { spec, label },
  future: [],
});

/** Pure reducer. A change that changes nothing leaves the history as it is; so do undo and redo at their ends. */
export function reduceHistory(history: History, action: HistoryAction): History {
  switch (action.kind) {
    case 'change': {
      const { spec, label, gesture } = action;
      const { past, present } = history;
      if (sameSpec(spec, present.spec)) return history;
      const next: HistoryEntry = { spec, label, ...(gesture === undefined ? {} : { gesture }) };
      const sameGesture = gesture !== undefined && gesture === present.gesture;
      return { past: sameGesture ? past : [...past, present].slice(-maxPast), present: next, future: [] };
    }
    case 'undo': {
      const last = history.past.at(-1);
      if (last === undefined) return history;
      return { past: history.past.slice(0, -1), present: last, future: [history.present, ...history.future] };
    }
    case 'redo': {
      const [next, ...rest] = history.future;
      if (next === undefined) return history;
      return { past: [...history.past, history.present], present: next, future: rest };
    }
    default: {
      const never: never = action;
      return never;
    }
  }
}

/** Large hierarchies that were not touched need not be written out at every movement of a slider. */
function sameSpec(a: ScenarioSpec, b: ScenarioSpec): boolean {
  if (a.hierarchies !== b.hierarchies) return canonicalJson(a) === canonicalJson(b);
  return canonicalJson(withHierarchies(a, undefined)) === canonicalJson(withHierarchies(b, undefined));
}

/** What undo would take back, and what redo would bring again, in words. */
export const undoLabel = (history: History): Text | undefined =>
  history.past.length === 0 ? undefined : history.present.label;
export const redoLabel = (history: History): Text | undefined => history.future[0]?.label;
