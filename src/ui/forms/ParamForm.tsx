import { useState } from 'react';
import type { ColumnDescriptor } from '../../engine/kit/dataset.ts';
import {
  defaultOf,
  type ParamRecord,
  type ParamSchema,
  type ParamSpec,
  type ParamValue,
} from '../../engine/kit/params.ts';
import { useProse, useText } from '../i18n/use-text.ts';
import { Disclosure, Select } from '../parts/controls.tsx';
import { Slider } from '../parts/slider.tsx';

export interface ParamFormProps {
  readonly schema: ParamSchema;
  readonly values: ParamRecord;
  /** Columns of the dataset with their present roles, for parameters that choose columns. */
  readonly columns: readonly ColumnDescriptor[];
  /** Parameters already shown elsewhere on the page. */
  readonly hide?: readonly string[];
  readonly onChange: (name: string, value: ParamValue) => void;
  /** Every movement of a slider, before it is let go. */
  readonly onInput?: (name: string, value: number) => void;
}

/** The form of any technique, metric or attack, made from its schema alone. */
export function ParamForm(props: ParamFormProps) {
  const { t } = useText();
  const shown = Object.entries(props.schema).filter(([name]) => props.hide?.includes(name) !== true);
  const basic = shown.filter(([, spec]) => spec.advanced !== true);
  const advanced = shown.filter(([, spec]) => spec.advanced === true);
  const field = ([name, spec]: readonly [string, ParamSpec]) => (
    <Field key={name} name={name} spec={spec} form={props} value={props.values[name] ?? defaultOf(spec)} />
  );
  return (
    <div className="stack param-form">
      {basic.map(field)}
      {advanced.length > 0 && (
        <Disclosure label={t('common.more')}>
          <div className="stack">{advanced.map(field)}</div>
        </Disclosure>
      )}
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly spec: ParamSpec;
  readonly value: ParamValue;
  readonly form: ParamFormProps;
}

/** Labels come as words of a sentence; here they begin one. */
const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function Field({ name, spec, value, form }: FieldProps) {
  const { tx } = useProse();
  const label = sentence(tx(spec.label));
  const set = (next: ParamValue): void => form.onChange(name, next);
  return (
    <div className="param">
      {fieldOf({ name, spec, value, form }, label, set, tx)}
      <p className="soft small">{tx(spec.help)}</p>
    </div>
  );
}

function fieldOf(
  { name, spec, value, form }: FieldProps,
  label: string,
  set: (value: ParamValue) => void,
  tx: ReturnType<typeof useText>['tx'],
) {
  switch (spec.kind) {
    case 'number':
    case 'integer':
      return <NumberField name={name} spec={spec} value={Number(value)} label={label} form={form} set={set} />;
    case 'choice':
      return (
        <Select
          label={label}
          value={String(value)}
          options={spec.options.map((option) => ({ value: option.value, label: tx(option.label) }))}
          onChange={set}
        />
      );
    case 'flag':
      return (
        <label className="check">
          <input type="checkbox" checked={value === true} onChange={(event) => set(event.target.checked)} /> {label}
        </label>
      );
    case 'column':
      return <ColumnField spec={spec} value={String(value)} label={label} columns={form.columns} set={set} />;
    case 'columns':
      return (
        <ColumnsField
          spec={spec}
          value={Array.isArray(value) ? value : []}
          label={label}
          columns={form.columns}
          set={set}
        />
      );
    case 'levels':
      return (
        <LevelsField
          value={typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, number>>) : {}}
          label={label}
          columns={form.columns}
          set={set}
        />
      );
    default: {
      const never: never = spec;
      return never;
    }
  }
}

/** A slider that shows its own movement and hands over the value when it is let go. */
export function NumberField(props: {
  readonly name: string;
  readonly spec: Extract<ParamSpec, { readonly kind: 'number' | 'integer' }>;
  readonly value: number;
  readonly label: string;
  readonly form: Pick<ParamFormProps, 'onInput'>;
  readonly set: (value: number) => void;
}) {
  const { tx } = useText();
  const { spec } = props;
  const [live, setLive] = useState<number | null>(null);
  return (
    <div className="field">
      <span className="soft">{props.label}</span>
      <Slider
        label={props.label}
        symbol={spec.symbol}
        unit={spec.unit}
        value={live ?? props.value}
        min={spec.min}
        max={spec.max}
        log={spec.scale === 'log'}
        whole={spec.kind === 'integer'}
        step={spec.step}
        stops={spec.stops}
        ends={spec.ends === undefined ? undefined : [tx(spec.ends[0]), tx(spec.ends[1])]}
        warnBelow={spec.warnBelow}
        warnAbove={spec.warnAbove}
        onInput={(value) => {
          setLive(value);
          props.form.onInput?.(props.name, value);
        }}
        onCommit={(value) => {
          setLive(null);
          props.set(value);
        }}
      />
    </div>
  );
}

interface ColumnFieldProps<V> {
  readonly value: V;
  readonly label: string;
  readonly columns: readonly ColumnDescriptor[];
  readonly set: (value: ParamValue) => void;
}

function useRoleWords(): (roles: readonly string[]) => string {
  const { t } = useText();
  const words: Readonly<Record<string, string>> = {
    identifier: t('role.identifier'),
    'quasi-identifier': t('role.quasi-identifier'),
    sensitive: t('role.sensitive'),
    other: t('role.other'),
  };
  return (roles) => roles.map((role) => words[role] ?? role).join(', ');
}

function ColumnField(props: ColumnFieldProps<string> & { readonly spec: { readonly roles: readonly string[] } }) {
  const { t, tx } = useText();
  const roles = useRoleWords();
  return (
    <Select
      label={props.label}
      value={props.value}
      options={[
        {
          value: '',
          label:
            props.spec.roles.length === 0 ? t('param.noColumn') : t('param.byRole', { roles: roles(props.spec.roles) }),
        },
        ...props.columns.map((column) => ({ value: column.name, label: tx(column.label) })),
      ]}
      onChange={props.set}
    />
  );
}

function ColumnsField(
  props: ColumnFieldProps<readonly string[]> & {
    readonly spec: { readonly roles: readonly string[]; readonly max?: number };
  },
) {
  const { t, tx } = useText();
  const roles = useRoleWords();
  const chosen = new Set(props.value);
  const byRole = props.columns.filter((column) => props.spec.roles.includes(column.role));
  const full = props.spec.max !== undefined && chosen.size >= props.spec.max;
  return (
    <fieldset className="plain-fieldset">
      <legend className="soft small">{props.label}</legend>
      <div className="chips">
        {props.columns.map((column) => (
          <button
            key={column.name}
            type="button"
            className="chip"
            aria-pressed={chosen.has(column.name)}
            disabled={full && !chosen.has(column.name)}
            onClick={() =>
              props.set(
                chosen.has(column.name)
                  ? props.value.filter((name) => name !== column.name)
                  : [...props.value, column.name],
              )
            }
          >
            {tx(column.label)}
          </button>
        ))}
      </div>
      {chosen.size === 0 && props.spec.roles.length > 0 && (
        <p className="small">
          {t('param.byRole', { roles: roles(props.spec.roles) })}:{' '}
          {byRole.length === 0 ? t('param.noneForRole') : byRole.map((column) => tx(column.label)).join(', ')}
        </p>
      )}
    </fieldset>
  );
}

function LevelsField(props: ColumnFieldProps<Readonly<Record<string, number>>>) {
  const { t, tx } = useText();
  return (
    <fieldset className="plain-fieldset">
      <legend className="soft small">{props.label}</legend>
      {props.columns
        .filter((column) => column.ladder !== undefined)
        .map((column) => (
          <Select
            key={column.name}
            label={tx(column.label)}
            value={String(props.value[column.name] ?? 0)}
            options={Array.from({ length: 6 }, (_, n) => ({ value: String(n), label: t('param.level', { n }) }))}
            onChange={(level) => props.set({ ...props.value, [column.name]: Number(level) })}
          />
        ))}
    </fieldset>
  );
}
