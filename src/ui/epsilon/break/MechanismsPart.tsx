import { useMemo, useState } from 'react';
import type { MechanismCard, MechanismCardsQuestion } from '../../../engine/kit/mechanism-card.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../../parts/notes.tsx';
import { Figure, Rich } from '../../parts/rich.tsx';
import { useQuestion } from '../use-question.ts';
import type { Epsilon } from '../use-epsilon.ts';
import { words } from './card-words.ts';
import { Dial } from './Dial.tsx';
import { MechanismFace } from './MechanismFace.tsx';
import { MechanismTable, ranked } from './MechanismTable.tsx';

type Ask = Omit<MechanismCardsQuestion, 'delta'>;
const dials = [
  { name: 'epsilon', label: words.epsilon, min: 0.05, max: 8, whole: false, stops: [0.1, 1, 2.1] },
  { name: 'sensitivity', label: words.sensitivity, min: 1, max: 1000, whole: true, stops: [1, 10, 100] },
  { name: 'cells', label: words.cells, min: 1, max: 1000, whole: true, stops: [1, 7, 24, 100] },
] as const;

/** Every mechanism at the same claim: errors side by side, and one card in full. */
export function MechanismsPart(props: { readonly page: Epsilon; readonly onAudit: (subject: string) => void }) {
  const { tx } = useText();
  const { page } = props;
  const [ask, setAsk] = useState<Ask>(() => ({
    epsilon: Math.min(8, Math.max(0.05, page.epsilon || 1)),
    sensitivity: 1,
    cells: 1,
  }));
  const [chosen, choose] = useState<string | undefined>();
  const question = useMemo(() => ({ ...ask, delta: Math.min(0.1, Math.max(1e-12, page.delta)) }), [ask, page.delta]);
  const run = useQuestion('mechanism-cards', question);
  const { answer, question: asked } = run;
  const best = answer === undefined ? undefined : bestOf(answer.cards);
  const shown = answer?.cards.find(({ id }) => id === chosen) ?? best;
  return (
    <>
      <Finding best={best} asked={asked} />
      <Card title={tx(words.claim)}>
        <div className="break-dials">
          {dials.map(({ name, label, ...dial }) => (
            <Dial
              key={name}
              label={tx(label)}
              symbol={name === 'epsilon' ? 'ε' : undefined}
              value={ask[name]}
              log
              {...dial}
              onChange={(next) => setAsk({ ...ask, [name]: next })}
            />
          ))}
        </div>
        {run.pending && <ProgressLine progress={run.progress} label={tx(words.progress)} onCancel={run.stop} />}
        {run.stopped && <StoppedNote onResume={run.resume} />}
        {run.problem !== undefined && <ErrorNote problem={run.problem} />}
      </Card>
      {answer !== undefined && asked !== undefined && shown !== undefined && (
        <div className={run.pending ? 'mechanisms stale' : 'mechanisms'}>
          <div className="stack">
            <MechanismTable cards={answer.cards} kind="additive" shown={shown.id} onShow={choose} />
            <MechanismTable cards={answer.cards} kind="selection" shown={shown.id} onShow={choose} />
          </div>
          <MechanismFace card={shown} asked={asked} onAudit={props.onAudit} />
        </div>
      )}
    </>
  );
}

/** Least error of noise nineteen times in twenty, among those that never fail and those that may. */
function bestOf(cards: readonly MechanismCard[]): MechanismCard | undefined {
  return ranked(cards.filter(({ kind }) => kind === 'additive'))[0];
}

function Finding(props: {
  readonly best: MechanismCard | undefined;
  readonly asked: MechanismCardsQuestion | undefined;
}) {
  const { tx, number } = useText();
  const { best, asked } = props;
  const within = best?.exact.accuracy.find(({ alpha }) => alpha === 0.05)?.within;
  if (best === undefined || asked === undefined || within === undefined) {
    return (
      <section className="choose-finding">
        <h2>{tx(words.wait)}</h2>
      </section>
    );
  }
  return (
    <section className="choose-finding">
      <h2>
        <Rich
          text={tx(words.finding, { cells: asked.cells })}
          parts={{
            sensitivity: number(asked.sensitivity),
            epsilon: <Figure meaning="privacy">{number(asked.epsilon)}</Figure>,
            best: tx(best.label),
            within: <Figure meaning="utility">{number(within)}</Figure>,
          }}
        />
      </h2>
      <p className="small soft">{tx(words.hint)}</p>
    </section>
  );
}
