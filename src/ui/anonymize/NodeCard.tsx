import { MiniHistogram } from '../../charts/MiniHistogram.tsx';
import type { NodeAnswer } from '../../engine/kit/lattice.ts';
import type { SizeHistogram } from '../../engine/kit/picture.ts';
import { levelsOf } from '../../scenario/lattice.ts';
import { binSizes } from '../../charts/class-histogram.layout.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Disclosure } from '../parts/controls.tsx';
import { Facts } from '../parts/why-this.tsx';
import { isShare } from './FrontCard.tsx';
import { labelOf, nodePhrase } from './labels.ts';
import { capital, levelWord } from './node-words.ts';
import { releaseWords as words } from './release-words.ts';
import type { Anonymize } from './use-anonymize.ts';

/** The combination pointed at, else the one shown: what it keeps, loses and leaves out. */
export function NodeCard({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx } = tools;
  const { answer, shape } = page;
  const one = page.peek ?? page.shown;
  if (one === undefined || answer === undefined || shape === undefined) return null;
  const pointed = page.peek !== undefined;
  const role =
    one.node === answer.best
      ? words.isBest
      : one.node === page.pinned
        ? words.isPinned
        : one.admissible
          ? words.isOther
          : words.isClosed;
  return (
    <Card
      title={tx(pointed ? words.nodePointed : words.node)}
      className={pointed ? 'node-card pointed' : 'node-card'}
      action={<span className={one.admissible ? 'small is-utility' : 'small is-risk'}>{tx(role)}</span>}
    >
      <p className="small">{nodePhrase(page, one.levels, tools)}</p>
      <NodeFacts page={page} one={one} />
      <LossBars page={page} one={one} />
      {!pointed && (
        <div className="row">
          {one.node === page.pinned ? (
            <Button onClick={page.unpin}>{tx(words.unpin)}</Button>
          ) : (
            one.node !== answer.best && (
              <>
                {one.admissible && (
                  <Button look="primary" onClick={() => page.pin(one.node)}>
                    {tx(words.pin)}
                  </Button>
                )}
                <Button onClick={() => page.walk(-1)}>{tx(words.unpin)}</Button>
              </>
            )
          )}
        </div>
      )}
      <Sizes sizes={one.sizes} />
      <Sample page={page} one={one} />
      <Ties page={page} />
    </Card>
  );
}

function NodeFacts({ page, one }: { readonly page: Anonymize; readonly one: NodeAnswer }) {
  const { tx, number, value } = useText();
  const kept = one.rows - one.suppressed;
  const share = (part: number): string => (one.rows === 0 ? '–' : value(part / one.rows, 'share', 0.001));
  const metric = page.optimum.question?.metric ?? 'loss';
  return (
    <Facts
      rows={[
        [tx(words.rowsKept), `${number(kept)} (${share(kept)})`],
        [tx(words.rowsOut), `${number(one.suppressed)} (${share(one.suppressed)})`],
        isShare(metric) ? [tx(words.loss), value(one.loss, 'share', 0.001)] : [tx(words.lossBy), number(one.loss, 4)],
        [tx(words.classes), number(one.classes)],
        [tx(words.smallest), number(one.smallest)],
        [tx(words.largest), number(one.largest)],
        [tx(words.guess), kept === 0 ? '–' : value(one.classes / kept, 'share', 0.001)],
        [tx(words.guessWorst), one.smallest === 0 ? '–' : value(1 / one.smallest, 'share', 0.001)],
      ]}
    />
  );
}

/** Loss of each column as a bar: where the detail went. */
function LossBars({ page, one }: { readonly page: Anonymize; readonly one: NodeAnswer }) {
  const tools = useText();
  const { tx, value } = tools;
  const { shape } = page;
  if (shape === undefined || one.lossPerColumn.length === 0) return null;
  return (
    <section className="loss-bars">
      <h4>{tx(words.lossPerColumn)}</h4>
      <ul>
        {shape.columns.map((name, c) => {
          const loss = Math.min(1, Math.max(0, one.lossPerColumn[c] ?? 0));
          const level = levelWord(shape.levelNames[c]?.[one.levels[c] ?? 0] ?? '', tools);
          return (
            <li key={name}>
              <span>{tx(words.lossPart, { column: capital(labelOf(page, name, tools)), level })}</span>
              <span className="soft">{value(loss, 'share', 0.01)}</span>
              <span className="bar" aria-hidden="true">
                <span style={{ width: `${loss * 100}%` }} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Sizes({ sizes }: { readonly sizes: SizeHistogram }) {
  const { tx, number } = useText();
  const bins = binSizes(sizes, sizes);
  return (
    <Disclosure label={tx(words.sizes)}>
      <MiniHistogram
        label={tx(words.sizes)}
        counts={bins.map(({ before }) => before)}
        labels={bins.map(({ from, to }) => (from === to ? number(from) : `${number(from)}–${number(to)}`))}
        width={300}
        height={64}
      />
    </Disclosure>
  );
}

function Sample({ page, one }: { readonly page: Anonymize; readonly one: NodeAnswer }) {
  const tools = useText();
  const { tx } = tools;
  const { shape } = page;
  if (shape === undefined || one.sample.length === 0) return null;
  return (
    <Disclosure label={tx(words.sample)}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.sample)}>
        <table className="small">
          <thead>
            <tr>
              {shape.columns.map((name) => (
                <th key={name} scope="col">
                  {capital(labelOf(page, name, tools))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {one.sample.map((row, r) => (
              // Rows of one sample never change their order.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={r}>
                {row === null ? (
                  <td colSpan={shape.columns.length} className="soft">
                    {tx(words.sampleOut)}
                  </td>
                ) : (
                  row.map((cell, c) => <td key={shape.columns[c]}>{cell}</td>)
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Disclosure>
  );
}

const LISTED_TIES = 12;

/** Other combinations that lose exactly as little: the choice among them is the user's. */
function Ties({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx } = tools;
  const { answer, shape } = page;
  if (answer === undefined || shape === undefined || answer.ties.length < 2) return null;
  const others = answer.ties.filter((node) => node !== answer.best);
  return (
    <Disclosure label={tx(words.ties, { n: others.length })}>
      <ul className="tie-list small">
        {others.slice(0, LISTED_TIES).map((node) => (
          <li key={node}>
            {nodePhrase(page, levelsOf(node, shape.heights), tools)}{' '}
            <Button look="link" onClick={() => page.walk(node)}>
              {tx(words.look)}
            </Button>
          </li>
        ))}
      </ul>
      {others.length > LISTED_TIES && (
        <p className="small soft">{tx(words.tiesMore, { n: others.length - LISTED_TIES })}</p>
      )}
    </Disclosure>
  );
}
