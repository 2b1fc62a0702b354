import { useMemo } from 'react';
import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import { planJob } from '../../scenario/plan.ts';
import { standardScenarios } from '../../scenario/presets.ts';
import type { Preset, ScenarioSpec } from '../../scenario/spec.ts';
import { applyPreset } from '../../store/scenario-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Select } from '../parts/controls.tsx';
import { words } from './words.ts';

/** The standard scenarios of a dataset, and which of them the scenario is (none once it was changed by hand). */
export function usePresets(
  spec: ScenarioSpec,
  descriptor: DatasetDescriptor | undefined,
): { readonly presets: readonly Preset[]; readonly current: Preset | undefined } {
  const { dataset, branches } = spec;
  const presets = useMemo(
    () => (descriptor === undefined ? [] : standardScenarios(dataset, descriptor)),
    [dataset, descriptor],
  );
  const current = useMemo(() => {
    const own = protectionKey(spec, branches);
    return presets.find((preset) => protectionKey(spec, preset.spec.branches) === own);
    // Only the branches tell scenarios apart.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [presets, branches]);
  return { presets, current };
}

/** Branches with their parameters completed, as one string: equal exactly where the protection is the same. */
const protectionKey = (spec: ScenarioSpec, branches: ScenarioSpec['branches']): string =>
  branches.map((branch) => planJob({ ...spec, seed: 0, roles: {}, metrics: [], attacks: [] }, branch).key).join(' ');

/** One click to any of the papers' systems; a scenario changed by hand says so. */
export function PresetChooser(props: {
  readonly spec: ScenarioSpec;
  readonly descriptor: DatasetDescriptor | undefined;
}) {
  const { tx } = useText();
  const { presets, current } = usePresets(props.spec, props.descriptor);
  const own = current === undefined ? [{ value: '', label: tx(words.own) }] : [];
  const choose = (id: string): void => {
    const preset = presets.find((one) => one.id === id);
    if (preset !== undefined) applyPreset(preset);
  };
  return (
    <div className="preset-chooser">
      <Select
        label={tx(words.scenario)}
        value={current?.id ?? ''}
        options={[...own, ...presets.map((preset) => ({ value: preset.id, label: tx(preset.label) }))]}
        onChange={choose}
      />
      <p className="small soft">
        {tx(current?.summary ?? words.ownSummary)}
        {current?.paper !== undefined && (
          <>
            {' '}
            <span className="badge">{tx(words.paper, { paper: current.paper })}</span>
          </>
        )}
      </p>
    </div>
  );
}
