import { useEffect, useRef } from 'react';
import { attacks } from '../../engine/registry.ts';
import { useText } from '../i18n/use-text.ts';
import { capital } from './AttackFinding.tsx';
import { kindOf } from './contests.ts';
import { chooseOpponent, type Attack } from './use-attack.ts';
import { attackWords as words } from './words.ts';

/** The opponents to choose from, as people: who they are, what they know, what they want. */
export function Opponents({ attack }: { readonly attack: Attack }) {
  const { t, tx } = useText();
  const list = useRef<HTMLDivElement>(null);
  // On a phone the cards are a strip: the chosen one has to be in it, without moving the page.
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-pressed="true"]');
    if (list.current !== null && chosen !== undefined && chosen !== null)
      list.current.scrollLeft = chosen.offsetLeft - 24;
  }, []);
  const branch = attack.spec.branches[attack.branch];
  const kind = branch === undefined ? 'table' : kindOf(branch);
  // Those who can read this release come first; the others are still to be tried against the standard scenarios.
  const ordered = attacks.toSorted((a, b) => Number(b.accepts.includes(kind)) - Number(a.accepts.includes(kind)));
  return (
    <section className="opponents" aria-labelledby="opponents-title">
      <h3 id="opponents-title">{tx(words.opponents)}</h3>
      <div className="opponent-list" ref={list}>
        {ordered.map((each) => (
          <button
            key={each.id}
            type="button"
            className="opponent"
            aria-pressed={each.id === attack.opponent?.id}
            onClick={() => chooseOpponent(each.id)}
          >
            <strong>{capital(tx(each.adversary.who))}</strong>
            <span>{tx(words.wants, { wants: tx(each.adversary.wants) })}</span>
            <span className="small">{capital(tx(each.label))}</span>
            <span className="soft small">
              {tx(words.threatens)}: {each.dimensions.map((dimension) => t(`dimension.${dimension}`)).join(', ')}
              {!each.accepts.includes(kind) && <> · {tx(words.notReadable)}</>}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
