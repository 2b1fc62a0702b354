import type { Score } from '../../engine/kit/score.ts';
import { partsOf, taskOf } from '../../scenario/claims.ts';
import type { Claim, Expectation } from '../../scenario/claims.types.ts';
import type { Verdict } from '../../scenario/claims-verdict.ts';
import { halfOf } from '../explore/Meters.tsx';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import type { Claims, Judged } from './use-claims.ts';
import { claimsWords as words } from './words.ts';

/** Paper says, measured here, reading: one row a claim, made to be printed. */
export function ClaimTable(props: { readonly judged: readonly Judged[]; readonly state: Claims }) {
  const { tx } = useText();
  return (
    <table className="claims-table">
      <caption className="visually-hidden">{tx(words.title)}</caption>
      <thead>
        <tr>
          {[words.claim, words.says, words.measured, words.reading].map((word) => (
            <th key={word.en} scope="col">
              {tx(word)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.judged.map((each) => (
          <Row key={each.claim.id} judged={each} state={props.state} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ judged, state }: { readonly judged: Judged; readonly state: Claims }) {
  const { tx, language } = useText();
  const { claim, verdict } = judged;
  const { figure } = claim;
  return (
    <tr>
      <th scope="row">
        <span className="claims-paper">{claim.paper}</span>
        {tx(claim.statement)}
      </th>
      <td data-label={tx(words.says)} className="claims-figure">
        {figure === undefined ? (
          <span className="soft">{tx(words.noFigure)}</span>
        ) : language === 'es' ? (
          figure.replaceAll(/(\d)\.(\d)/g, '$1,$2')
        ) : (
          figure
        )}
      </td>
      <td data-label={tx(words.measured)}>
        <Measured judged={judged} state={state} />
      </td>
      <td data-label={tx(words.reading)} className="claims-reading">
        <span className={`claims-verdict ${verdict}`}>{tx(words[verdict])}</span>
        {claim.test !== undefined && <Need claim={claim} />}
        {claim.cannot !== undefined && <p>{tx(claim.cannot)}</p>}
        {claim.arithmetic !== undefined && (
          <p className={claim.arithmetic.agrees ? 'claims-sum' : 'claims-sum broken'}>
            <strong>
              {tx(words.onPaper)}: {tx(claim.arithmetic.agrees ? words.addsUp : words.contradicts)}.
            </strong>{' '}
            {tx(claim.arithmetic.says)}
          </p>
        )}
        {claim.caveat !== undefined && <p className="soft">{tx(claim.caveat)}</p>}
      </td>
    </tr>
  );
}

const colours: Readonly<Record<Verdict, string>> = {
  holds: 'is-utility',
  fails: 'is-risk',
  unclear: '',
  alone: '',
  cannot: '',
  pending: '',
  missing: '',
};

function Measured({ judged, state }: { readonly judged: Judged; readonly state: Claims }) {
  const tools = useText();
  const { tx, number } = tools;
  const { claim, measured, verdict } = judged;
  if (claim.test === undefined) return <span className="soft">–</span>;
  const how = <p className="soft">{tx(words.how, { what: tx(claim.test.measures) })}</p>;
  if (measured === undefined) {
    return (
      <>
        <span className="soft">{tx(verdict === 'missing' ? words.missing : words.notYet)}</span>
        {how}
      </>
    );
  }
  const run = originRun(claim, state);
  const from = measured.interval;
  return (
    <>
      <strong className={`claims-value ${colours[verdict]}`}>{shown(claim, measured, measured.value, tools)}</strong>{' '}
      {from !== undefined && from.low !== from.high && (
        <span className="soft">
          ({shown(claim, measured, from.low, tools)} – {shown(claim, measured, from.high, tools)})
        </span>
      )}{' '}
      {measured.n !== undefined && <span className="soft">{tx(words.tries, { n: number(measured.n) })}</span>}{' '}
      {measured.provenance === 'modelled' && <span className="soft">{tx(words.modelled)}</span>}{' '}
      <WhyThis score={measured} {...(run === undefined ? {} : { origin: originOf(run, state.spec.seed) })} label="?" />
      {claim.test.source.kind === 'latency' && (
        <p className="soft">{tx(words.unitOfWork, { what: tx(measured.label) })}</p>
      )}
      {how}
    </>
  );
}

/** Digits and signs as the figure needs them: a change has a sign, ε its name in front, a small share a decimal. */
function shown(claim: Claim, score: Score, value: number, tools: TextTools): string {
  const small = score.unit === 'share' && Math.abs(score.value) < 0.1;
  const sign = claim.test?.source.kind === 'change' && value > 0 ? '+' : '';
  return `${sign}${inUnit(value, score.unit, small ? 0.001 : halfOf(score), tools)}`;
}

function inUnit(value: number, unit: string, half: number | undefined, tools: TextTools): string {
  if (unit === 'ε') return `ε = ${tools.number(value)}`;
  if (unit === 'points') return tools.tx(words.points, { n: tools.number(value, 2) });
  return tools.value(value, unit, half);
}

function originRun(claim: Claim, state: Claims) {
  const source = claim.test === undefined ? undefined : partsOf(claim.test.source).at(-1);
  return source === undefined ? undefined : state.runs.get(taskOf(source));
}

/** The line that was drawn before measuring. */
function Need({ claim }: { readonly claim: Claim }) {
  const tools = useText();
  const { tx } = tools;
  const expect: Expectation | undefined = claim.test?.expect;
  if (claim.test === undefined || expect === undefined || expect.at === 'alone') return null;
  const unit = unitOf(claim);
  const say = (value: number): string => {
    if (unit === 'ms') return `${tools.number(value, 4)} ms`;
    return inUnit(value, unit, unit === 'share' ? 0.001 : undefined, tools);
  };
  if (expect.at === 'about') {
    const exact = expect.within < 0.001 * expect.value;
    const within = unit === 'share' ? tx(words.points, { n: 100 * expect.within }) : say(expect.within);
    return (
      <p className="soft">
        {exact
          ? tx(words.needExact, { value: say(expect.value) })
          : tx(words.needAbout, { value: say(expect.value), within })}
      </p>
    );
  }
  const word = { most: words.needMost, least: words.needLeast }[expect.at];
  return <p className="soft">{tx(word, { value: say(expect.value) })}</p>;
}

/** Unit of a claim's figure, known before it is measured. */
function unitOf(claim: Claim): string {
  switch (claim.test?.source.kind) {
    case 'latency':
      return 'ms';
    case 'bytes':
      return 'bytes';
    case 'epsilon':
    case 'stream-epsilon':
      return 'ε';
    case 'allocation':
      return '×';
    case 'model-loss':
      return 'points';
    case 'throughput':
      return '/ s';
    default:
      return 'share';
  }
}
