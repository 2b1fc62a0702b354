import type { HierarchySpec, HierarchySpecs } from '../../engine/kit/hierarchy-spec.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { change, scenario, useScenarioStore } from '../../store/scenario-store.ts';
import { words } from './words.ts';

type Coarsened = ScenarioSpec & { readonly hierarchies?: HierarchySpecs };

const none: HierarchySpecs = {};
const specsOf = (spec: Coarsened): HierarchySpecs => spec.hierarchies ?? none;

/** The hierarchy the user gave a column, if any. */
export const useHierarchySpec = (column: string): HierarchySpec | undefined =>
  useScenarioStore((state) => specsOf(state.spec)[column]);

/** Gives a column a hierarchy, or with `undefined` takes it back; one step of undo, or one for a whole gesture. */
export function setHierarchy(column: string, spec: HierarchySpec | undefined, gesture?: string): void {
  const { hierarchies: _old, ...rest } = scenario() as Coarsened;
  const { [column]: _before, ...others } = specsOf(scenario());
  const hierarchies: HierarchySpecs = spec === undefined ? others : { ...others, [column]: spec };
  const next: Coarsened = Object.keys(hierarchies).length === 0 ? rest : { ...rest, hierarchies };
  const { en, es } = words.changeName;
  const name = (pattern: string): string => pattern.replace('{column}', column);
  change({ en: name(en), es: name(es ?? en) }, next, gesture);
}
