import { useEffect, useState, type ReactNode } from 'react';
import { attacks, metrics, techniques } from '../../engine/registry.ts';
import { useText } from '../i18n/use-text.ts';
import { glossary } from '../parts/glossary.ts';
import { KeysHelp } from '../shell/KeysHelp.tsx';
import { Button } from '../parts/controls.tsx';
import './about.css';
import { Datasets } from './Datasets.tsx';
import { MethodIndex } from './MethodIndex.tsx';
import { papers } from './papers.ts';
import { Report, Reset, Version } from './tools.tsx';
import { words } from './words.ts';

const all = [...techniques, ...attacks, ...metrics];
const vetted = (level: string): number => all.filter(({ vetting }) => vetting === level).length;

/** What this is, how to check it, where it stops, and what it is made of. */
export function AboutPage() {
  const { tx } = useText();
  const sections = [
    ['verify', words.verify, <Verify key="verify" />],
    ['honesty', words.honesty, <Points key="honesty" items={words.honestyItems} />],
    ['data', words.data, <Datasets key="data" />],
    ['methods', words.methods, <MethodIndex key="methods" />],
    ['papers', words.papers, <Papers key="papers" />],
    ['glossary', words.glossary, <Glossary key="glossary" />],
    ['keys', words.keys, <Keys key="keys" />],
    ['browsers', words.browsers, <p key="browsers">{tx(words.browsersText)}</p>],
    ['version', words.build, <Version key="version" />],
    ['report', words.report, <Report key="report" />],
    ['reset', words.reset, <Reset key="reset" />],
  ] as const;
  return (
    <div className="text-page about">
      <h1>
        {tx(words.finding, {
          techniques: techniques.length,
          attacks: attacks.length,
          metrics: metrics.length,
          verified: vetted('verified'),
          draft: vetted('draft'),
        })}
      </h1>
      <p className="about-lead">{tx(words.what)}</p>
      <nav className="chips" aria-label={tx(words.contents)}>
        {sections.map(([id, title]) => (
          <button key={id} type="button" className="chip" onClick={() => jump(id)}>
            {tx(title)}
          </button>
        ))}
      </nav>
      {sections.map(([id, title, content]) => (
        <Section key={id} id={id} title={tx(title)}>
          {content}
        </Section>
      ))}
    </div>
  );
}

/** The link holds the page and its settings, so a section is reached without changing it. */
function jump(id: string): void {
  const heading = document.getElementById(`about-${id}`);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

function Section(props: { readonly id: string; readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="stack" aria-labelledby={`about-${props.id}`}>
      <h2 id={`about-${props.id}`} tabIndex={-1}>
        {props.title}
      </h2>
      {props.children}
    </section>
  );
}

function Points({ items }: { readonly items: (typeof words)['honestyItems'] }) {
  const { tx } = useText();
  return (
    <ul className="about-points">
      {items.map((item) => (
        <li key={item.en}>{tx(item)}</li>
      ))}
    </ul>
  );
}

function Verify() {
  const { tx } = useText();
  const [requests, setRequests] = useState({ own: 0, foreign: 0 });
  useEffect(() => {
    const count = { own: 0, foreign: 0 };
    const observer = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) {
        const own =
          new URL(name, location.href).origin === location.origin || name.startsWith(`blob:${location.origin}`);
        if (own) count.own += 1;
        else count.foreign += 1;
      }
      setRequests({ ...count });
    });
    observer.observe({ type: 'resource', buffered: true });
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <p>{tx(words.verifyLead)}</p>
      <ol className="about-points">
        {words.verifySteps.map((step) => (
          <li key={step.en}>{tx(step)}</li>
        ))}
      </ol>
      <p className={requests.foreign === 0 ? 'trust-good' : 'is-risk'}>
        {tx(words.requestsNow, { ...requests, origin: location.host })}
      </p>
    </>
  );
}

function Papers() {
  const { tx } = useText();
  return (
    <dl className="about-list">
      {papers.map((paper) => (
        <div key={paper.name}>
          <dt>
            <strong>{paper.name}</strong>
          </dt>
          <dd>
            {tx(paper.title)}. <span className="soft">{paper.where}.</span> {tx(paper.proposes)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Glossary() {
  const { tx, language } = useText();
  const terms = Object.values(glossary)
    .map(({ term, meaning }) => ({ term: tx(term), meaning: tx(meaning) }))
    .toSorted((a, b) => a.term.localeCompare(b.term, language));
  return (
    <dl className="about-list about-glossary">
      {terms.map(({ term, meaning }) => (
        <div key={term}>
          <dt>
            <strong>{term}</strong>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

function Keys() {
  const { tx } = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className="row">
      <span>{tx(words.keysHint)}</span>
      <Button onClick={() => setOpen(true)}>{tx(words.keysShow)}</Button>
      <KeysHelp open={open} onClose={() => setOpen(false)} />
    </div>
  );
}
