import type { ParamSpec } from '../../engine/kit/params.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { differingSettings } from './columns.layout.ts';
import type { Candidate } from './use-comparison.ts';
import { words } from './words.ts';

/** Which protections each scenario has, and only those settings that are not the same. */
export function Differences({ candidates }: { readonly candidates: readonly Candidate[] }) {
  const tools = useText();
  const { tx } = tools;
  const settings = differingSettings(candidates.map(({ spec }) => spec));
  const steps = (candidate: Candidate): readonly string[] =>
    candidate.spec.branches.map((branch) => {
      const names = branch.steps.map(({ id }) => tx(techniqueOf(id)?.label ?? { en: id }));
      return names.length === 0 ? tx(words.none) : names.join(' → ');
    });
  return (
    <Card title={tx(words.differences)}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.differences)}>
        <table className="differences">
          <thead>
            <tr>
              <th scope="col">{tx(words.setting)}</th>
              {candidates.map(({ id, label }) => (
                <th key={id} scope="col">
                  {tx(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{tx(words.protection)}</th>
              {candidates.map((candidate) => (
                <td key={candidate.id}>
                  {steps(candidate).map((one, at) => (
                    <p key={candidate.spec.branches[at]?.id}>{one}</p>
                  ))}
                </td>
              ))}
            </tr>
            {settings.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  {tx(row.technique)}: {tx(row.spec.label)}
                </th>
                {row.values.map((one, at) => (
                  <td key={candidates[at]?.id}>{one === undefined ? '–' : settingWords(row.spec, one, tools)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {settings.length === 0 && <p className="small soft">{tx(words.settingsSame)}</p>}
    </Card>
  );
}

/** A stored value as its form would show it. */
function settingWords(spec: ParamSpec, json: string, { tx, number, t }: TextTools): string {
  const value: unknown = JSON.parse(json);
  if (typeof value === 'number') return `${number(value)}${spec.unit === undefined ? '' : ` ${spec.unit}`}`;
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (spec.kind === 'choice') {
    const option = spec.options.find((one) => one.value === value);
    return option === undefined ? String(value) : tx(option.label);
  }
  if (Array.isArray(value)) return value.length === 0 ? t('common.all') : value.join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, level]) => `${name}: ${String(level)}`)
      .join(', ');
  }
  return String(value) === '' ? '–' : String(value);
}
