import { Fragment, useState } from 'react';
import type { ModuleRef } from '../../engine/kit/job.ts';
import { defaultOf } from '../../engine/kit/params.ts';
import type { Stage, TechniqueDescriptor } from '../../engine/kit/technique.ts';
import { text } from '../../engine/kit/text.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { spanishOf } from '../i18n/format.ts';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { Library } from './Library.tsx';
import { isValid, kindsAlong, moved, removed, shownStages, stages } from './pipeline.layout.ts';
import type { Protect } from './use-protect.ts';
import { kindWords, stageWords, words } from './words.ts';

/** The open branch, read from left to right: five stages, each with the cards of its techniques. */
export function Pipeline({ protect }: { readonly protect: Protect }) {
  const { t, tx } = useText();
  const [library, setLibrary] = useState<Stage | null>(null);
  const { branch } = protect;
  const kind = kindsAlong(branch.steps).at(-1);
  const shown = shownStages(branch.steps);
  return (
    <section className="pipeline" aria-label={tx(words.pipeline)}>
      <ol className="stages">
        {stages.map((stage) => (
          <Fragment key={stage}>
            <li className="stage">
              <h3>{t(`stage.${stage}`)}</h3>
              <p className="stage-where">{tx(stageWords[stage])}</p>
              <div className="stage-cards">
                {branch.steps.map((ref, at) => {
                  const technique = techniqueOf(ref.id);
                  return technique !== undefined && shown[at] === stage ? (
                    <StepCard key={`${at} ${ref.id}`} technique={technique} step={ref} at={at} protect={protect} />
                  ) : null;
                })}
              </div>
              <button
                type="button"
                className="stage-add"
                aria-label={tx(words.addTo, { stage: t(`stage.${stage}`) })}
                onClick={() => setLibrary(stage)}
              >
                + {tx(words.add)}
              </button>
              {stage === 'release' && kind !== undefined && (
                <p className="stage-out">{tx(words.releases, { kind: tx(kindWords[kind]) })}</p>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
      <Library stage={library} protect={protect} onClose={() => setLibrary(null)} />
    </section>
  );
}

interface StepCardProps {
  readonly technique: TechniqueDescriptor;
  readonly step: ModuleRef;
  readonly at: number;
  readonly protect: Protect;
}

/** A technique of the branch: its place in the order, its main settings, and what can be done with it. */
function StepCard({ technique, step, at, protect }: StepCardProps) {
  const tools = useText();
  const { tx } = tools;
  const { branch, stepAt, draft, openStep } = protect;
  const trial = draft?.at === at;
  const name = tx(technique.label);
  const many = branch.steps.length > 1;
  const canMove = (by: 1 | -1): boolean =>
    draft === undefined && moved(branch.steps, at, by) !== branch.steps && isValid(moved(branch.steps, at, by));
  const move = (by: 1 | -1): void => {
    protect.setBranch(labelled(words.changeMove, technique), { ...branch, steps: moved(branch.steps, at, by) });
    openStep(at + by);
  };
  const rest = removed(branch.steps, at);
  return (
    <div className={trial ? 'step-card trial' : 'step-card'} data-current={at === stepAt || undefined}>
      <button
        type="button"
        className="step-open"
        aria-pressed={at === stepAt}
        aria-label={tx(words.settings, { technique: name })}
        onClick={() => openStep(at)}
      >
        <strong>
          {many && <span className="step-number">{at + 1}</span>}
          <span className="step-name">{name}</span>
        </strong>
        <span className="small soft">{settingsWords(technique, step, tools)}</span>
        {trial && <span className="small is-privacy">{tx(words.proposed)}</span>}
      </button>
      {draft === undefined && (
        <div className="step-tools">
          {canMove(-1) && (
            <Button look="icon" aria-label={tx(words.earlier, { technique: name })} onClick={() => move(-1)}>
              ←
            </Button>
          )}
          {canMove(1) && (
            <Button look="icon" aria-label={tx(words.later, { technique: name })} onClick={() => move(1)}>
              →
            </Button>
          )}
          {isValid(rest) && (
            <Button
              look="icon"
              aria-label={tx(words.remove, { technique: name })}
              onClick={() => protect.setBranch(labelled(words.changeRemove, technique), { ...branch, steps: rest })}
            >
              ×
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** The change in words, with the technique's name in both languages. */
const labelled = (template: typeof words.changeAdd, technique: TechniqueDescriptor) =>
  text(
    template.en.replace('{technique}', technique.label.en),
    template.es?.replace('{technique}', spanishOf(technique.label) ?? technique.label.en),
  );

/** "ε = 1, k = 5": the settings that are not tucked away and have a symbol or a number. */
function settingsWords(technique: TechniqueDescriptor, step: ModuleRef, { tx, number }: TextTools): string {
  return Object.entries(technique.params)
    .filter(([, spec]) => spec.advanced !== true && (spec.kind === 'number' || spec.kind === 'integer'))
    .slice(0, 3)
    .map(([name, spec]) => {
      const value = step.params?.[name] ?? defaultOf(spec);
      return `${spec.symbol ?? tx(spec.label)} = ${number(Number(value))}`;
    })
    .join(', ');
}
