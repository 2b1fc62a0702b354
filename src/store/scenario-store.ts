import { create } from 'zustand';
import type { Problem } from '../engine/kit/errors.ts';
import type { BranchSpec, DatasetRef, ModuleRef, RoleOverrides } from '../engine/kit/job.ts';
import type { ParamRecord, ParamValue } from '../engine/kit/params.ts';
import type { ScenarioSpec } from '../scenario/spec.ts';
import { firstSpec } from './first-spec.ts';

/** One change that can be undone, in words for the history list. */
export interface Change {
  readonly label: string;
  readonly spec: ScenarioSpec;
}

export interface ScenarioState {
  readonly spec: ScenarioSpec;
  /** States before, oldest first; `label` says what was changed afterwards. */
  readonly past: readonly Change[];
  readonly future: readonly Change[];
  /** Why a link could not be opened; shown until dismissed. */
  readonly linkProblem: Problem | null;
}

const depth = 100;

export const useScenarioStore = create<ScenarioState>(() => ({
  spec: firstSpec(),
  past: [],
  future: [],
  linkProblem: null,
}));

const { getState, setState } = useScenarioStore;

/** The scenario now, for code outside components. */
export const scenario = (): ScenarioSpec => getState().spec;

/** Puts a new scenario in place; one step of undo. `label` names the change in the history. */
export function change(label: string, spec: ScenarioSpec): void {
  const { spec: before, past } = getState();
  if (JSON.stringify(before) === JSON.stringify(spec)) return;
  setState({ spec, past: [...past.slice(1 - depth), { label, spec: before }], future: [] });
}

/** Takes over a scenario from a link or storage, without a step of undo. */
export const adopt = (spec: ScenarioSpec): void => setState({ spec, linkProblem: null });
export const reportLinkProblem = (linkProblem: Problem): void => setState({ linkProblem });
export const dismissProblem = (): void => setState({ linkProblem: null });

export function undo(): void {
  const { spec, past, future } = getState();
  const last = past.at(-1);
  if (last === undefined) return;
  setState({ spec: last.spec, past: past.slice(0, -1), future: [{ label: last.label, spec }, ...future] });
}

export function redo(): void {
  const { spec, past, future } = getState();
  const next = future[0];
  if (next === undefined) return;
  setState({ spec: next.spec, past: [...past, { label: next.label, spec }], future: future.slice(1) });
}

/** Another dataset: roles belong to the old one and are dropped. */
export const setDataset = (dataset: DatasetRef): void => change('dataset', { ...scenario(), dataset, roles: {} });

/** A new seed for data and noise alike, so that one number names the whole run. */
export function setSeed(seed: number): void {
  const spec = scenario();
  const dataset = spec.dataset.kind === 'embedded' ? { ...spec.dataset, seed } : spec.dataset;
  change(`seed ${seed}`, { ...spec, seed, dataset });
}

/** Only the noise is drawn anew; the data stays. */
export const setNoiseSeed = (seed: number): void => change(`seed ${seed}`, { ...scenario(), seed });

export function setRows(rows: number): void {
  const spec = scenario();
  const dataset: DatasetRef =
    spec.dataset.kind === 'embedded' ? { ...spec.dataset, rows } : { ...spec.dataset, limit: rows };
  change(`${rows} rows`, { ...spec, dataset });
}

export function setRole(column: string, override: RoleOverrides[string]): void {
  const spec = scenario();
  change(`role of ${column}`, { ...spec, roles: { ...spec.roles, [column]: { ...spec.roles[column], ...override } } });
}
export const resetRoles = (): void => change('roles', { ...scenario(), roles: {} });

/** Replaces the branches, by value. */
export const setBranches = (label: string, branches: readonly BranchSpec[]): void =>
  change(label, { ...scenario(), branches });

/** One parameter of one step. */
export function setParam(branch: number, step: number, name: string, value: ParamValue): void {
  const spec = scenario();
  const branches = spec.branches.map((old, b) =>
    b === branch ? { ...old, steps: old.steps.map((ref, s) => (s === step ? withParam(ref, name, value) : ref)) } : old,
  );
  change(`${name} ${typeof value === 'object' ? '' : String(value)}`.trim(), { ...spec, branches });
}

export const withParam = (ref: ModuleRef, name: string, value: ParamValue): ModuleRef => ({
  ...ref,
  params: { ...(ref.params ?? ({} as ParamRecord)), [name]: value },
});

/** A ready scenario on the dataset at hand (or its own, when `withData`). */
export function applyPreset(preset: { readonly id: string; readonly spec: ScenarioSpec }, withData = false): void {
  const spec = scenario();
  change(preset.id, {
    ...preset.spec,
    ...(withData ? {} : { dataset: spec.dataset, roles: spec.roles, seed: spec.seed }),
  });
}
