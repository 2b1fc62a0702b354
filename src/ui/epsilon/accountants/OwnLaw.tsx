import { useState } from 'react';
import type { CountedLaw, LossLaw } from '../../../engine/kit/loss-law.ts';
import { useText } from '../../i18n/use-text.ts';
import { Select } from '../../parts/controls.tsx';
import { parseTyped } from '../../parts/slider.layout.ts';
import { words } from './words.ts';

export type OwnKind = keyof typeof words.laws;
export interface Own {
  readonly kind: OwnKind;
  readonly value: number;
  readonly rate: number;
  readonly count: number;
  readonly delta: number;
}
export const firstOwn: Own = { kind: 'gaussian', value: 5, rate: 0.01, count: 1, delta: 1e-5 };

/** A law of one's own; undefined where the values make none. */
export function lawOf({ kind, value, rate, count }: Own): CountedLaw | undefined {
  const law = ((): LossLaw | undefined => {
    if (!(value > 0 && value < 1e6)) return undefined;
    switch (kind) {
      case 'laplace':
      case 'pure':
      case 'bounded-range':
        return value <= 100 ? { kind, epsilon: value } : undefined;
      case 'gaussian':
        return value >= 0.01 ? { kind, mu: 1 / value } : undefined;
      case 'discrete-laplace':
        return { kind, scale: value, sensitivity: 1 };
      case 'discrete-gaussian':
        return { kind, sigma2: value * value, sensitivity: 1 };
      case 'poisson-gaussian':
        return rate > 0 && rate < 1 && value >= 0.3 ? { kind, sigma: value, rate } : undefined;
      case 'randomized-response':
        return value > 0.5 && value < 1 ? { kind, truth: value } : undefined;
    }
  })();
  return law === undefined || !(Number.isInteger(count) && count >= 1 && count <= 1e5) ? undefined : { law, count };
}

/** Kind, parameter, how often, delta. */
export function OwnLaw({ own, onChange }: { readonly own: Own; readonly onChange: (own: Own) => void }) {
  const { tx } = useText();
  return (
    <div className="own-law">
      <Select
        label={tx(words.law)}
        value={own.kind}
        options={(Object.keys(words.laws) as OwnKind[]).map((kind) => ({ value: kind, label: tx(words.laws[kind]) }))}
        onChange={(kind) =>
          onChange({ ...own, kind, value: kind === 'randomized-response' ? 0.75 : kind === 'gaussian' ? 5 : 1 })
        }
      />
      <Field
        label={tx(words.value)}
        value={own.value}
        ok={lawOf(own) !== undefined}
        set={(value) => onChange({ ...own, value })}
      />
      {own.kind === 'poisson-gaussian' && (
        <Field
          label={tx(words.rate)}
          value={own.rate}
          ok={lawOf(own) !== undefined}
          set={(rate) => onChange({ ...own, rate })}
        />
      )}
      <Field
        label={tx(words.count)}
        value={own.count}
        ok={lawOf(own) !== undefined}
        set={(count) => onChange({ ...own, count })}
      />
      <Field
        label={tx(words.delta)}
        value={own.delta}
        ok={own.delta > 0 && own.delta < 1}
        set={(delta) => onChange({ ...own, delta })}
      />
      {(lawOf(own) === undefined || !(own.delta > 0 && own.delta < 1)) && (
        <p role="alert" className="small is-risk">
          {tx(words.bad)}
        </p>
      )}
    </div>
  );
}

function Field(props: {
  readonly label: string;
  readonly value: number;
  readonly ok: boolean;
  readonly set: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = (): void => {
    const value = typed === null ? undefined : parseTyped(typed);
    setTyped(null);
    if (value !== undefined) props.set(value);
  };
  return (
    <label className="own-field">
      <span className="soft">{props.label}</span>
      <input
        type="text"
        inputMode="decimal"
        aria-invalid={!props.ok}
        value={typed ?? (props.value < 1e-3 ? props.value.toExponential() : String(props.value))}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
      />
    </label>
  );
}
