import { useText } from '../i18n/use-text.ts';
import { MethodCard } from '../forms/MethodCard.tsx';
import { ParamForm } from '../forms/ParamForm.tsx';
import { Card, Disclosure } from '../parts/controls.tsx';
import { EmptyState, ErrorNote } from '../parts/notes.tsx';
import './attack.css';
import { Comparison } from './Comparison.tsx';
import { AttackFinding } from './AttackFinding.tsx';
import { Opponents } from './Opponents.tsx';
import { Readings } from './Readings.tsx';
import { Target } from './Target.tsx';
import { setKnowledge, useAttack, type Attack } from './use-attack.ts';
import { attackWords as words } from './words.ts';
import { Working } from './Working.tsx';

/** The opponent in the room: who, what they know, what they try, and how often they succeed. */
export function AttackPage() {
  const { tx } = useText();
  const attack = useAttack();
  const { dataset, opponent } = attack;
  if (opponent === undefined) {
    return (
      <div className="text-page">
        <EmptyState title={tx(words.noAttack)} />
      </div>
    );
  }
  return (
    <div className="attack-page">
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      <div className="attack-view">
        <AttackFinding attack={attack} />
        <Opponents attack={attack} />
        {dataset.status === 'failed' && <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />}
        {dataset.status === 'loading' && <Working progress={dataset.progress} />}
        {dataset.status === 'ok' && <Comparison attack={attack} />}
      </div>
      <div className="attack-side">
        <Knowledge attack={attack} />
        <Target attack={attack} />
        <Readings attack={attack} />
      </div>
    </div>
  );
}

/** The control of this page: what the opponent knows, from the attack's own schema. */
function Knowledge({ attack }: { readonly attack: Attack }) {
  const { tx } = useText();
  const { opponent, ref, dataset } = attack;
  if (opponent === undefined) return null;
  return (
    <Card title={tx(words.knowledge)}>
      <div className="known">
        {opponent.adversary.knows.map((fact) => (
          <span key={fact.en} className="fact">
            {tx(fact)}
          </span>
        ))}
      </div>
      {Object.keys(opponent.params).length === 0 ? (
        <p className="soft small">{tx(words.noKnowledge)}</p>
      ) : (
        <ParamForm
          key={opponent.id}
          schema={opponent.params}
          values={ref.params ?? {}}
          columns={dataset.status === 'ok' ? dataset.value.descriptor.columns : []}
          onChange={(name, value) => setKnowledge(ref, name, value)}
        />
      )}
      <Disclosure label={tx(words.method)}>
        <MethodCard descriptor={opponent} params={ref.params ?? {}} />
      </Disclosure>
    </Card>
  );
}
