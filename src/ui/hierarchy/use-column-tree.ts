import { useEffect, useState } from 'react';
import type { Problem } from '../../engine/kit/errors.ts';
import type { HierarchySpec } from '../../engine/kit/hierarchy-spec.ts';
import type { ColumnTree } from '../../runtime/protocol.ts';
import { datasetKey } from '../../scenario/key.ts';
import { useScenarioStore } from '../../store/scenario-store.ts';
import { runtime } from '../runtime.ts';

export interface ColumnTreeState {
  /** The last tree that arrived; it stays while the next one is computed. */
  readonly tree: ColumnTree | undefined;
  readonly problem: Problem | undefined;
  readonly pending: boolean;
}

/**
 * Values of a column and the tree its spec makes of them. A table is its own tree, so edits by hand cost no worker
 * call; latest wins.
 */
export function useColumnTree(column: string, spec: HierarchySpec | undefined): ColumnTreeState {
  const ref = useScenarioStore((state) => state.spec.dataset);
  // What the worker has to build: a table needs its values only, which any spec brings.
  const asked = spec?.kind === 'table' ? undefined : spec;
  const key = `${datasetKey(ref)}\n${column}\n${asked === undefined ? '' : JSON.stringify(asked)}`;
  const [state, setState] = useState<{ key: string; column: string; tree?: ColumnTree; problem?: Problem } | null>(
    null,
  );
  useEffect(() => {
    const controller = new AbortController();
    void runtime()
      .columnTree(ref, column, asked, { signal: controller.signal, priority: 2 })
      .then((outcome) => {
        if (controller.signal.aborted || outcome.status === 'cancelled') return;
        setState(
          outcome.status === 'ok' ? { key, column, tree: outcome.value } : { key, column, problem: outcome.problem },
        );
      });
    return () => controller.abort();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
  const known = state?.column === column ? state : null;
  return { tree: known?.tree, problem: known?.problem ?? known?.tree?.problem, pending: known?.key !== key };
}
