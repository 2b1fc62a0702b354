import { useState } from 'react';
import { lawLabels, lawOf, startOf, type Own, type OwnKind } from '../../../scenario/own-law.ts';
import { useText } from '../../i18n/use-text.ts';
import { Select } from '../../parts/controls.tsx';
import { parseTyped } from '../../parts/slider.layout.ts';
import { words } from './words.ts';

/** Kind, parameter, how often, delta. */
export function OwnLaw({ own, onChange }: { readonly own: Own; readonly onChange: (own: Own) => void }) {
  const { tx } = useText();
  return (
    <div className="own-law">
      <Select
        label={tx(words.law)}
        value={own.kind}
        options={(Object.keys(lawLabels) as OwnKind[]).map((kind) => ({ value: kind, label: tx(lawLabels[kind]) }))}
        onChange={(kind) => onChange({ ...own, kind, value: startOf(kind) })}
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

/** A number to type; kept when it is one. */
export function Field(props: {
  readonly label: string;
  readonly value: number;
  readonly ok: boolean;
  readonly set: (value: number) => void;
}) {
  const { language } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const written = props.value < 1e-3 ? props.value.toExponential() : String(props.value);
  // No groups of digits: what is shown must be what is read.
  const plain = language === 'es' ? written.replace('.', ',') : written;
  const settle = (): void => {
    const value = typed === null ? undefined : parseTyped(typed);
    setTyped(null);
    if (value !== undefined) props.set(value);
  };
  return (
    <label className="field">
      <span className="soft">{props.label}</span>
      <input
        type="text"
        inputMode="decimal"
        aria-invalid={!props.ok}
        value={typed ?? plain}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
      />
    </label>
  );
}
