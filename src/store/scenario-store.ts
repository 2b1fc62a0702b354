import { create } from 'zustand';
import type { Problem } from '../engine/kit/errors.ts';
import type { HierarchySpec } from '../engine/kit/hierarchy-spec.ts';
import type { BranchSpec, DatasetRef, ModuleRef, RoleOverrides } from '../engine/kit/job.ts';
import type { ParamRecord, ParamValue } from '../engine/kit/params.ts';
import { text, type Text } from '../engine/kit/text.ts';
import { onDataOf, withHierarchies } from '../scenario/hierarchies.ts';
import { reduceHistory, startHistory, type History, type HistoryAction } from '../scenario/history.ts';
import type { ScenarioSpec } from '../scenario/spec.ts';
import { firstSpec } from './first-spec.ts';

export interface ScenarioState {
  readonly history: History;
  /** The present of the history: what everything reads. */
  readonly spec: ScenarioSpec;
  /** Why a link could not be opened; shown until dismissed. */
  readonly linkProblem: Problem | null;
}

const opened = text('opened', 'abierto');

export const useScenarioStore = create<ScenarioState>(() => {
  const spec = firstSpec();
  return { history: startHistory(spec, opened), spec, linkProblem: null };
});

const { getState, setState } = useScenarioStore;

/** The scenario now, for code outside components. */
export const scenario = (): ScenarioSpec => getState().spec;

function dispatch(action: HistoryAction): void {
  const history = reduceHistory(getState().history, action);
  if (history !== getState().history) setState({ history, spec: history.present.spec });
}

/** Puts a new scenario in place; one step of undo. `label` names the change; changes of one `gesture` are one step. */
export function change(label: Text, spec: ScenarioSpec, gesture?: string): void {
  dispatch({ kind: 'change', spec, label, ...(gesture === undefined ? {} : { gesture }) });
}
export const undo = (): void => dispatch({ kind: 'undo' });
export const redo = (): void => dispatch({ kind: 'redo' });

/** Takes over a scenario from a link or storage; the history starts anew. */
export const adopt = (spec: ScenarioSpec): void =>
  setState({ history: startHistory(spec, opened), spec, linkProblem: null });
export const reportLinkProblem = (linkProblem: Problem): void => setState({ linkProblem });
export const dismissProblem = (): void => setState({ linkProblem: null });

/** The scenario on other data: roles and hierarchies belong to the old one and are dropped. */
export const onDataset = (spec: ScenarioSpec, dataset: DatasetRef): ScenarioSpec =>
  withHierarchies({ ...spec, dataset, roles: {} }, undefined);

/** Another dataset. */
export const setDataset = (dataset: DatasetRef): void =>
  change(text('dataset', 'conjunto de datos'), onDataset(scenario(), dataset));

/** A new seed for data and noise alike, so that one number names the whole run. */
export function setSeed(seed: number): void {
  const spec = scenario();
  const dataset = spec.dataset.kind === 'embedded' ? { ...spec.dataset, seed } : spec.dataset;
  change(text(`seed ${seed}`, `semilla ${seed}`), { ...spec, seed, dataset });
}

/** Only the noise is drawn anew; the data stays. */
export const setNoiseSeed = (seed: number): void =>
  change(text(`seed ${seed}`, `semilla ${seed}`), { ...scenario(), seed });

export function setRows(rows: number): void {
  const spec = scenario();
  const dataset: DatasetRef =
    spec.dataset.kind === 'embedded' ? { ...spec.dataset, rows } : { ...spec.dataset, limit: rows };
  change(text(`${rows} rows`, `${rows} filas`), { ...spec, dataset });
}

export function setRole(column: string, override: RoleOverrides[string]): void {
  const spec = scenario();
  change(text(`role of ${column}`, `papel de ${column}`), {
    ...spec,
    roles: { ...spec.roles, [column]: { ...spec.roles[column], ...override } },
  });
}
export const resetRoles = (): void => change(text('roles', 'papeles'), { ...scenario(), roles: {} });

/** Gives a column a hierarchy of the user's own; changes of one `gesture` are one step of undo. */
export function setHierarchy(column: string, hierarchy: HierarchySpec, gesture?: string): void {
  const spec = scenario();
  const next = withHierarchies(spec, { ...spec.hierarchies, [column]: hierarchy });
  change(text(`hierarchy of ${column}`, `jerarquía de ${column}`), next, gesture);
}

/** Takes the user's hierarchy of a column back, or of all; its own ladder holds again. */
export function clearHierarchy(column?: string): void {
  const spec = scenario();
  const left = Object.entries(spec.hierarchies ?? {}).filter(([name]) => column !== undefined && name !== column);
  const label =
    column === undefined ? text('hierarchies', 'jerarquías') : text(`hierarchy of ${column}`, `jerarquía de ${column}`);
  change(label, withHierarchies(spec, Object.fromEntries(left)));
}

/** Replaces the branches, by value. */
export const setBranches = (label: Text, branches: readonly BranchSpec[]): void =>
  change(label, { ...scenario(), branches });

/** One parameter of one step. */
export function setParam(branch: number, step: number, name: string, value: ParamValue): void {
  const spec = scenario();
  const branches = spec.branches.map((old, b) =>
    b === branch ? { ...old, steps: old.steps.map((ref, s) => (s === step ? withParam(ref, name, value) : ref)) } : old,
  );
  change(text(`${name} ${typeof value === 'object' ? '' : String(value)}`.trim()), { ...spec, branches });
}

export const withParam = (ref: ModuleRef, name: string, value: ParamValue): ModuleRef => ({
  ...ref,
  params: { ...(ref.params ?? ({} as ParamRecord)), [name]: value },
});

/** A ready scenario on the dataset at hand (or its own, when `withData`). */
export function applyPreset(preset: { readonly label: Text; readonly spec: ScenarioSpec }, withData = false): void {
  const spec = scenario();
  change(preset.label, withData ? preset.spec : onDataOf(spec, { ...preset.spec, seed: spec.seed }));
}
