import { useState } from 'react';
import type { CostTotals } from '../../engine/kit/context.ts';
import type { Score } from '../../engine/kit/score.ts';
import { fill } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { Card, Segmented } from '../parts/controls.tsx';
import { WhyThis } from '../parts/why-this.tsx';
import type { Part } from './use-twin.ts';
import { twinWords as words } from './words.ts';

/** Assumed networks: round trip in ms, rate in bit/s. Assumptions, stated beside every figure made from them. */
const networks = {
  wired: { ms: 2, rate: 1e9, shown: '1 Gbit/s' },
  mobile: { ms: 50, rate: 2e7, shown: '20 Mbit/s' },
  slow: { ms: 400, rate: 2.5e5, shown: '250 kbit/s' },
} as const;
type Network = keyof typeof networks;

/** Time the counted traffic would take: sequential rounds wait for each other, bytes share one line. */
export const networkMs = (cost: CostTotals, network: Network): number =>
  cost.rounds * networks[network].ms + (1000 * cost.bytes * 8) / networks[network].rate;

/** What would cross the network, counted, and its time, modelled and apart from all that is measured. */
export function Network({ parts }: { readonly parts: readonly Part[] }) {
  const { tx, value, number, bytes } = useText();
  const [network, setNetwork] = useState<Network>('mobile');
  const { ms, rate, shown } = networks[network];
  const scoreOf = (cost: CostTotals): Score => {
    const vars = { rounds: cost.rounds, ms, bytes: cost.bytes, rate };
    return {
      id: `network/${network}`,
      label: words.networkLabel,
      value: networkMs(cost, network),
      unit: 'ms',
      direction: 'lower-is-better',
      meaning: 'cost',
      provenance: 'modelled',
      method: {
        en: fill(words.networkMethod.en, vars, 'en'),
        es: fill(words.networkMethod.es ?? words.networkMethod.en, vars, 'es'),
      },
    };
  };
  return (
    <Card title={tx(words.network)}>
      <p className="soft small">{tx(words.networkHelp)}</p>
      <Segmented
        plain
        label={tx(words.networkChoice)}
        value={network}
        options={(['wired', 'mobile', 'slow'] as const).map((each) => ({ value: each, label: tx(words[each]) }))}
        onChange={setNetwork}
      />
      <p className="soft small">{tx(words.networkFacts, { ms, rate: shown })}</p>
      <ul className="twin-scores">
        {parts.map((part) => {
          const cost = part.result?.cost;
          if (cost === undefined) return null;
          const score = scoreOf(cost);
          return (
            <li key={part.branch.id}>
              <span>
                {tx(part.technique.label)}
                <span className="soft small block">
                  {cost.messages === 0
                    ? tx(words.networkNone)
                    : tx(words.networkCounted, {
                        messages: number(cost.messages),
                        bytes: bytes(cost.bytes),
                        rounds: number(cost.rounds),
                      })}
                </span>
              </span>
              {cost.messages > 0 && (
                <span className="twin-value">
                  <strong className="is-cost">{value(score.value, 'ms')}</strong>
                  <WhyThis score={score} label="?" />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
