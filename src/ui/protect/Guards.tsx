import type { ReactNode } from 'react';
import { parseParams } from '../../engine/kit/params.ts';
import { techniqueOf } from '../../engine/registry.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { oddsOf } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { guaranteeWords } from '../forms/guarantee-words.ts';
import { Card } from '../parts/controls.tsx';
import { guardsOf, type Guard } from './guards.ts';
import type { Protect } from './use-protect.ts';
import { words } from './words.ts';

/** The claim of the run in words, and every way in which it promises less than it seems to. */
export function Guards({ protect }: { readonly protect: Protect }) {
  const tools = useText();
  const { tx } = tools;
  const { dataset, result, spec } = protect;
  if (dataset.status !== 'ok' || result === undefined) return null;
  const { descriptor, rows } = dataset.value;
  const guards = guardsOf(result.guarantee, descriptor, spec.roles, rows, noisyBranches(spec, descriptor.privacyUnit));
  return (
    <Card title={tx(words.guards)} className="guards">
      <p className="small">{guaranteeWords(result.guarantee, tools, descriptor.columns)}</p>
      {guards.length > 0 && (
        <ul>
          {guards.map((guard) => (
            <li key={guard.kind}>
              <GuardWords guard={guard} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Branches that claim differential privacy: all of them speak about the same rows. */
const noisyBranches = (spec: ScenarioSpec, unit: string): number =>
  spec.branches.filter((branch) => {
    const last = branch.steps.at(-1);
    const technique = techniqueOf(last?.id ?? '');
    const parsed = technique === undefined ? undefined : parseParams(technique.params, last?.params);
    return parsed?.ok === true && technique?.guarantee(parsed.value, unit).kind === 'dp';
  }).length;

function GuardWords({ guard }: { readonly guard: Guard }): ReactNode {
  const { tx, number, unit } = useText();
  switch (guard.kind) {
    case 'none':
      return tx(words.guardNone);
    case 'unit':
      return `${tx(words.guardUnit, { unit: unit(guard.unit) })} ${tx(guard.canHide ? words.guardUnitFix : words.guardUnitNoId)}`;
    case 'epsilon':
      return tx(words.guardEpsilon, { epsilon: guard.epsilon, odds: oddsOf(guard.epsilon) });
    case 'delta':
      return tx(words.guardDelta, { delta: guard.delta.toExponential(0), limit: number(1 / guard.rows, 1) });
    case 'diversity':
      return tx(words.guardDiversity, { k: guard.k });
    case 'repeated':
      return tx(words.guardRepeated, { n: guard.releases });
    default: {
      const never: never = guard;
      return never;
    }
  }
}
