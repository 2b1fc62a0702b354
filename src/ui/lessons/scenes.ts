import { text } from '../../engine/kit/text.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { firstSpec } from '../../store/first-spec.ts';
import { change, withParam } from '../../store/scenario-store.ts';
import { clearSelection, setMapMode } from '../../store/view-store.ts';

/** Scenarios that lessons begin with. One step of undo brings the user's own back. */
const scenes: Readonly<Record<string, () => Promise<ScenarioSpec | undefined>>> = {
  /** Counts with noise at epsilon = 1: the page as a newcomer finds it. */
  counts: async () => firstSpec(),
  /** The papers' k-anonymous table, with k alone: nothing asked of the secrets in a group. */
  groups: async () => {
    const { datasets } = await import('../../../datasets/list.ts');
    const { dataset } = firstSpec();
    const descriptor = dataset.kind === 'embedded' ? datasets.find(({ id }) => id === dataset.id) : undefined;
    if (descriptor === undefined) return undefined;
    const found = standardScenarios(dataset, descriptor).find(
      ({ spec }) => techniqueOf(spec.branches[0]?.steps.at(-1)?.id ?? '')?.params['l'] !== undefined,
    );
    const branch = found?.spec.branches[0];
    if (found === undefined || branch === undefined) return undefined;
    const steps = branch.steps.map((step, at) => (at === branch.steps.length - 1 ? withParam(step, 'l', 1) : step));
    return { ...found.spec, branches: [{ ...branch, steps }] };
  },
};

const label = text('lesson', 'lección');

/** Sets up a scene on the live page. */
export async function setScene(name: string): Promise<void> {
  const spec = await scenes[name]?.();
  if (spec === undefined) return;
  change(label, spec);
  clearSelection();
  setMapMode('released');
}
