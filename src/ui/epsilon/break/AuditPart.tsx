import { useState } from 'react';
import type { AuditQuestion } from '../../../engine/kit/audit.ts';
import { auditSubjects } from '../../../scenario/audit-subjects.ts';
import { useText } from '../../i18n/use-text.ts';
import { Disclosure } from '../../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../../parts/notes.tsx';
import { useQuestion } from '../use-question.ts';
import { AuditForm, settingOf, type Setting } from './AuditForm.tsx';
import { AuditFinding, AuditResult } from './AuditResult.tsx';
import { mutants, words } from './audit-words.ts';

const subjects = auditSubjects();

/** Any mechanism put to the test: what its runs certify, beside what it claims. */
export function AuditPart({ subject }: { readonly subject?: string | undefined }) {
  const { tx } = useText();
  const [setting, setSetting] = useState<Setting>(() =>
    settingOf(subjects.find(({ id }) => id === subject) ?? subjects[0]),
  );
  const [asked, ask] = useState<AuditQuestion | undefined>();
  const run = useQuestion('audit', asked);
  const { answer, question } = run;
  const name = subjects.find(({ id }) => id === question?.technique)?.label;
  return (
    <>
      <section className="choose-finding" aria-live="polite">
        {answer !== undefined && question !== undefined && name !== undefined ? (
          <AuditFinding answer={answer} question={question} name={tx(name)} />
        ) : (
          <>
            <h2>{tx(run.pending ? words.working : words.start)}</h2>
            <p className="small soft">{tx(words.hint, { odds: 1000 })}</p>
          </>
        )}
      </section>
      <div className="audit-grid">
        <AuditForm
          subjects={subjects}
          setting={setting}
          onChange={setSetting}
          pending={run.pending}
          last={asked}
          onRun={ask}
        />
        <div className="audit-result">
          {run.pending && <ProgressLine progress={run.progress} label={tx(words.progress)} onCancel={run.stop} />}
          {run.stopped && <StoppedNote onResume={run.resume} />}
          {run.problem !== undefined && !run.pending && <ErrorNote problem={run.problem} />}
          {answer !== undefined && question !== undefined && (
            <AuditResult key={JSON.stringify(question)} answer={answer} question={question} stale={run.pending} />
          )}
          <Mutants />
        </div>
      </div>
    </>
  );
}

function Mutants() {
  const { tx } = useText();
  return (
    <Disclosure label={`${tx(words.mutants)} (${mutants.length})`}>
      <p className="small soft">{tx(words.mutantsHint)}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{tx(words.mutant)}</th>
            <th scope="col">{tx(words.caughtBy)}</th>
          </tr>
        </thead>
        <tbody>
          {mutants.map(([bug, by]) => (
            <tr key={bug.en}>
              <th scope="row">{tx(bug)}</th>
              <td>{tx(words[by])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Disclosure>
  );
}
