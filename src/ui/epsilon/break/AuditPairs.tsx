import type { AuditAnswer } from '../../../engine/kit/audit.ts';
import { useText } from '../../i18n/use-text.ts';
import { Card, Disclosure } from '../../parts/controls.tsx';
import { words } from './audit-words.ts';
import { bestPair } from './verdict.ts';

/** The events of every pair in words, and the claim's curve where it is known. */
export function AuditPairs({ answer, stale }: { readonly answer: AuditAnswer; readonly stale: boolean }) {
  const { tx, number } = useText();
  const best = bestPair(answer);
  return (
    <Card title={tx(words.pairs)} className={stale ? 'stale' : ''}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={tx(words.pairs)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{tx(words.pair)}</th>
              <th scope="col">{tx(words.event)}</th>
              <th scope="col">{tx(words.hits)}</th>
              <th scope="col" className="number">
                {tx(words.bound)} (ε)
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.pairs.map((pair) => (
              <tr key={pair.label.en}>
                <th scope="row">{tx(pair.label)}</th>
                <td>{tx(pair.event)}</td>
                <td>
                  {tx(words.hitsOf, { a: number(pair.hits[0]), b: number(pair.hits[1]), n: number(pair.trials) })}
                </td>
                <td className={pair.lowerBound > answer.claim.epsilon ? 'number is-risk' : 'number'}>
                  {number(pair.lowerBound)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small soft">{tx(words.pairsHint)}</p>
      {best?.profile !== undefined && <Profile profile={best.profile} />}
    </Card>
  );
}

function Profile({ profile }: { readonly profile: NonNullable<AuditAnswer['pairs'][number]['profile']> }) {
  const { tx, number } = useText();
  return (
    <Disclosure label={tx(words.profile)}>
      <p className="small soft">{tx(words.profileHint)}</p>
      <table>
        <thead>
          <tr>
            <th scope="col" className="number">
              {tx(words.above)}
            </th>
            <th scope="col" className="number">
              {tx(words.certifiedDelta)}
            </th>
            <th scope="col" className="number">
              {tx(words.claimedDelta)}
            </th>
          </tr>
        </thead>
        <tbody>
          {profile.map(({ epsilon, delta, claimed }) => (
            <tr key={epsilon}>
              <th scope="row" className="number">
                {number(epsilon)}
              </th>
              <td className={delta > claimed ? 'number is-risk' : 'number'}>{number(delta)}</td>
              <td className="number">{number(claimed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Disclosure>
  );
}
