import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Card, Segmented, Select } from '../../parts/controls.tsx';
import { Slider } from '../../parts/slider.tsx';
import type { Plan } from './plan.ts';
import { words } from './words.ts';

const stops = [0.01, 0.1, 0.5, 1, 2.1, 5, 10, 20];

/** How often, about whom, with what noise; and the periods a promise is wanted for. */
export function Controls(props: { readonly plan: Plan; readonly onChange: (part: Partial<Plan>) => void }) {
  const { tx, number } = useText();
  const { plan, onChange } = props;
  const days = (n: number): string => (n === 1 ? tx(words.oneDay) : tx(words.days, { n: number(n) }));
  const [moving, setMoving] = useState<number | null>(null);
  return (
    <Card title={tx(words.plan)}>
      <div className="time-controls">
        <fieldset>
          <legend>{tx(words.often)}</legend>
          <Segmented
            label={tx(words.often)}
            value={String(plan.everyHours)}
            options={[
              { value: '1', label: tx(words.everyHour) },
              { value: '24', label: tx(words.everyDay) },
              { value: '168', label: tx(words.everyWeek) },
            ]}
            onChange={(value) => onChange({ everyHours: Number(value) })}
          />
        </fieldset>
        <fieldset>
          <legend>{tx(words.present)}</legend>
          <Segmented
            label={tx(words.present)}
            value={plan.presence === 1 ? 'always' : plan.presence === 0 ? 'once' : 'some'}
            options={[
              { value: 'always', label: tx(words.presentAlways) },
              { value: 'some', label: tx(words.presentSome) },
              { value: 'once', label: tx(words.presentOnce) },
            ]}
            onChange={(value) => onChange({ presence: value === 'always' ? 1 : value === 'once' ? 0 : 2 / 7 })}
          />
        </fieldset>
        <fieldset>
          <legend>{tx(words.noise)}</legend>
          <Segmented
            label={tx(words.noise)}
            value={plan.mechanism}
            options={[
              { value: 'gaussian', label: tx(words.gaussian) },
              { value: 'laplace', label: tx(words.laplace) },
            ]}
            onChange={(mechanism) => onChange({ mechanism })}
          />
        </fieldset>
        <div className="time-epsilon">
          <p className="small soft">{tx(words.loss)}</p>
          <Slider
            label={tx(words.loss)}
            symbol="ε"
            value={moving ?? plan.epsilon}
            min={0.01}
            max={20}
            log
            stops={stops}
            ends={[tx(words.strong), tx(words.accurate)]}
            warnAbove={10}
            onInput={setMoving}
            onCommit={(epsilon) => {
              setMoving(null);
              onChange({ epsilon });
            }}
          />
        </div>
        <div className="time-periods">
          <Select
            label={tx(words.renew)}
            value={String(plan.renewDays)}
            options={[7, 30, 91].map((n) => ({ value: String(n), label: days(n) }))}
            onChange={(value) => onChange({ renewDays: Number(value) })}
          />
          <Select
            label={tx(words.window)}
            value={String(plan.windowDays)}
            options={[1, 7, 30].map((n) => ({ value: String(n), label: days(n) }))}
            onChange={(value) => onChange({ windowDays: Number(value) })}
          />
        </div>
      </div>
    </Card>
  );
}
