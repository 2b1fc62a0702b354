import { useId, useState, type ButtonHTMLAttributes, type ReactNode } from 'react';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { readonly look?: 'primary' | 'quiet' | 'icon' | 'link' };

/** A push button; `look` is its weight on the page. */
export function Button({ look, className, type, ...rest }: ButtonProps) {
  const base = look === 'link' ? 'link-button' : look === undefined ? 'button' : `button ${look}`;
  // oxlint-disable-next-line react/button-has-type -- the default is given here
  return (
    <button type={type ?? 'button'} className={className === undefined ? base : `${base} ${className}`} {...rest} />
  );
}

export interface Option<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly disabled?: boolean;
}

/** One of a few, all in view: a native radio group. */
export function Segmented<V extends string>(props: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
  readonly plain?: boolean;
}) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={props.label} className={props.plain === true ? 'segmented plain' : 'segmented'}>
      {props.options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === props.value}
            disabled={option.disabled === true}
            onChange={() => props.onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

/** One of many: the native select. `bare` hides the label from sight, not from readers. */
export function Select<V extends string>(props: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
  readonly bare?: boolean;
}) {
  return (
    <label className={props.bare === true ? 'select bare' : 'select'}>
      <span className={props.bare === true ? 'visually-hidden' : 'soft'}>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onChange(event.target.value as V)}>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A panel: hairline, title, an action at the end of the title line. */
export function Card(props: {
  readonly title?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Name by which lessons point at this panel. */
  readonly lesson?: string;
}) {
  const id = useId();
  return (
    <section
      data-lesson={props.lesson}
      className={props.className === undefined ? 'card' : `card ${props.className}`}
      aria-labelledby={props.title === undefined ? undefined : id}
    >
      {props.title !== undefined && (
        <header>
          <h3 id={id}>{props.title}</h3>
          {props.action}
        </header>
      )}
      {props.children}
    </section>
  );
}

/** More, on demand: native details; what is inside is made when it is opened. */
export function Disclosure(props: {
  readonly label: ReactNode;
  readonly open?: boolean;
  readonly children: ReactNode;
}) {
  const [open, setOpen] = useState(props.open === true);
  return (
    <details className="disclosure" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.label}</summary>
      {open && props.children}
    </details>
  );
}

/** Says what kind of data this is: synthetic, a real file, a sample of one. */
export function Badge(props: { readonly kind: 'synthetic' | 'real' | 'sampled'; readonly children: ReactNode }) {
  return <span className={`badge ${props.kind}`}>{props.children}</span>;
}
