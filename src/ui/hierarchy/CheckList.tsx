import type { HierarchyProblem } from '../../engine/table/hierarchy-check.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Disclosure } from '../parts/controls.tsx';
import { words } from './words.ts';

const atFirst = 3;

/** What the instant check says: every problem a sentence with its remedy. */
export function CheckList(props: {
  readonly problems: readonly HierarchyProblem[];
  readonly onAddMissing: () => void;
}) {
  const { tx, language } = useText();
  const say = (value: HierarchyProblem['message']): string => {
    // Not through tx: labels of the data may hold braces.
    const said = language === 'es' ? (value.es ?? value.en) : value.en;
    return said.charAt(0).toUpperCase() + said.slice(1);
  };
  const errors = props.problems.filter(({ severity }) => severity === 'error');
  const notes = props.problems.filter(({ severity }) => severity === 'note');
  const missing = errors.some(({ kind }) => kind === 'uncovered');
  const item = (problem: HierarchyProblem) => (
    <li key={problem.message.en}>
      {say(problem.message)}. <span className="soft">{say(problem.remedy)}.</span>
    </li>
  );
  return (
    <div className={errors.length > 0 ? 'note hierarchy-check' : 'hierarchy-check good'} role="status">
      {errors.length === 0 ? (
        <p className="small">
          <span aria-hidden="true">✓ </span>
          {tx(words.good)}
        </p>
      ) : (
        <>
          <strong>{tx(words.wrong)}</strong>
          <ul>{errors.slice(0, atFirst).map(item)}</ul>
          {errors.length > atFirst && (
            <Disclosure label={tx(words.moreChildren, { n: errors.length - atFirst })}>
              <ul>{errors.slice(atFirst).map(item)}</ul>
            </Disclosure>
          )}
          {missing && <Button onClick={props.onAddMissing}>{tx(words.addMissing)}</Button>}
        </>
      )}
      {notes.length > 0 && <ul className="small soft">{notes.map(item)}</ul>}
    </div>
  );
}
