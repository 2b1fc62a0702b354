import { useState } from 'react';
import type { AttackDescriptor, MetricDescriptor } from '../../engine/kit/measure.ts';
import type { TechniqueDescriptor } from '../../engine/kit/technique.ts';
import { attacks, metrics, techniques } from '../../engine/registry.ts';
import { MethodCard } from '../forms/MethodCard.tsx';
import { useText } from '../i18n/use-text.ts';
import { words } from './words.ts';

type Descriptor = TechniqueDescriptor | AttackDescriptor | MetricDescriptor;

const groups = [
  ['techniques', words.techniques, techniques],
  ['attacks', words.attacks, attacks],
  ['metrics', words.metrics, metrics],
] as const satisfies readonly (readonly [string, unknown, readonly Descriptor[]])[];
const total = techniques.length + attacks.length + metrics.length;

/** All methods by kind, each with its card; a word in name, summary or citation finds it. */
export function MethodIndex() {
  const { tx } = useText();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLocaleLowerCase();
  const fits = (one: Descriptor): boolean =>
    wanted === '' ||
    [tx(one.label), tx(one.summary), ...one.citations.map((cite) => `${cite.authors} ${cite.year} ${cite.title}`)]
      .join(' ')
      .toLocaleLowerCase()
      .includes(wanted);
  const shown = groups.map(([id, title, list]) => [id, title, (list as readonly Descriptor[]).filter(fits)] as const);
  const n = shown.reduce((sum, [, , list]) => sum + list.length, 0);
  return (
    <>
      <p>{tx(words.methodsLead)}</p>
      <label className="field about-filter">
        {tx(words.filter)}
        <input type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
        <span className="soft small" role="status">
          {n === 0 ? tx(words.noneFound, { query }) : tx(words.found, { n, of: total })}
        </span>
      </label>
      {shown.map(
        ([id, title, list]) =>
          list.length > 0 && (
            <div key={id} className="stack">
              <h3>{tx(title)}</h3>
              <ul className="about-methods">
                {list.map((descriptor) => (
                  <li key={descriptor.id}>
                    <Entry descriptor={descriptor} />
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </>
  );
}

/** Name and how far it was checked; the card when opened. */
function Entry({ descriptor }: { readonly descriptor: Descriptor }) {
  const { tx, t } = useText();
  const [open, setOpen] = useState(false);
  const dimensions =
    'guarantee' in descriptor
      ? descriptor.dimensions.serves
      : 'adversary' in descriptor
        ? descriptor.dimensions
        : ([] as const);
  return (
    <details className="disclosure" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="about-name">{tx(descriptor.label)}</span>
        <span className={`about-vetting is-${descriptor.vetting}`}>{tx(words.vetting[descriptor.vetting])}</span>
        <span className="soft small about-dimensions">
          {dimensions.map((one) => t(`dimension.${one}`)).join(' · ')}
        </span>
      </summary>
      {open && (
        <div className="about-card">
          <MethodCard descriptor={descriptor} />
          {'adversary' in descriptor && (
            <p className="small">
              <span className="soft">{tx(words.adversary)}:</span> {tx(descriptor.adversary.who)}.{' '}
              <span className="soft">{tx(words.knows)}:</span>{' '}
              {descriptor.adversary.knows.map((what) => tx(what)).join('; ')}.{' '}
              <span className="soft">{tx(words.wants)}:</span> {tx(descriptor.adversary.wants)}.
            </p>
          )}
        </div>
      )}
    </details>
  );
}
