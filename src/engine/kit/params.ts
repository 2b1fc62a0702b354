import { invalidParam, type Problem, toProblem } from './errors.ts';
import { fail, ok, type Result } from './result.ts';
import type { Text } from './text.ts';

/**
 * Parameter schemas. A parameter is said once, here; form, URL codec, validation, sweep axes, method card and the
 * contract test's random inputs are all derived from it, and its TypeScript type is inferred from it.
 */

interface Common {
  readonly label: Text;
  readonly help: Text;
  /** The field's symbol ("ε"), always shown beside the words. */
  readonly symbol?: string;
  readonly unit?: string;
  /** Words for the low and the high end of a slider, e.g. stronger privacy / better accuracy. */
  readonly ends?: readonly [Text, Text];
  /** Shown only under "more settings". */
  readonly advanced?: boolean;
}

export interface NumberParam extends Common {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly scale?: 'linear' | 'log';
  readonly step?: number;
  /** Named stops on the slider. */
  readonly stops?: readonly number[];
  /** Values outside [warnBelow, warnAbove] are legal but unwise; the form says so before they are reached. */
  readonly warnBelow?: number;
  readonly warnAbove?: number;
}

export interface IntegerParam extends Omit<NumberParam, 'kind'> {
  readonly kind: 'integer';
}

export interface ChoiceParam<V extends string = string> extends Common {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: V; readonly label: Text }[];
  readonly default: V;
}

export interface FlagParam extends Common {
  readonly kind: 'flag';
  readonly default: boolean;
}

/** A set of columns; an empty list means "those with one of these roles", resolved against the dataset at run time. */
export interface ColumnsParam extends Common {
  readonly kind: 'columns';
  readonly roles: readonly string[];
  readonly max?: number;
}

/** One column; the empty string means "the first with one of these roles". */
export interface ColumnParam extends Common {
  readonly kind: 'column';
  readonly roles: readonly string[];
}

/** Generalization level per column (0 = as is); columns not named stay at 0. */
export interface LevelsParam extends Common {
  readonly kind: 'levels';
  readonly default: Readonly<Record<string, number>>;
}

export type ParamSpec = NumberParam | IntegerParam | ChoiceParam | FlagParam | ColumnsParam | ColumnParam | LevelsParam;
export type ParamSchema = Readonly<Record<string, ParamSpec>>;

type ValueOf<S> = S extends NumberParam | IntegerParam
  ? number
  : S extends ChoiceParam<infer V>
    ? V
    : S extends FlagParam
      ? boolean
      : S extends ColumnsParam
        ? readonly string[]
        : S extends ColumnParam
          ? string
          : S extends LevelsParam
            ? Readonly<Record<string, number>>
            : never;

/** The typed values of a schema. */
export type Params<S extends ParamSchema> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** Untyped but JSON-safe parameter values, as a scenario carries them. */
export type ParamValue = number | string | boolean | readonly string[] | Readonly<Record<string, number>>;
export type ParamRecord = Readonly<Record<string, ParamValue>>;

export const number = (spec: Omit<NumberParam, 'kind'>): NumberParam => ({ kind: 'number', ...spec });
export const integer = (spec: Omit<IntegerParam, 'kind'>): IntegerParam => ({ kind: 'integer', ...spec });
export const choice = <const V extends string>(spec: Omit<ChoiceParam<V>, 'kind'>): ChoiceParam<V> => ({
  kind: 'choice',
  ...spec,
});
export const flag = (spec: Omit<FlagParam, 'kind'>): FlagParam => ({ kind: 'flag', ...spec });
export const columns = (spec: Omit<ColumnsParam, 'kind'>): ColumnsParam => ({ kind: 'columns', ...spec });
export const column = (spec: Omit<ColumnParam, 'kind'>): ColumnParam => ({ kind: 'column', ...spec });
export const levels = (spec: Omit<LevelsParam, 'kind'>): LevelsParam => ({ kind: 'levels', ...spec });

/** Default value of one parameter. */
export function defaultOf(spec: ParamSpec): ParamValue {
  switch (spec.kind) {
    case 'columns':
      return [];
    case 'column':
      return '';
    default:
      return spec.default;
  }
}

/** Default values of a schema. */
export function defaultsOf<S extends ParamSchema>(schema: S): Params<S> {
  return Object.fromEntries(Object.entries(schema).map(([name, spec]) => [name, defaultOf(spec)])) as Params<S>;
}

/**
 * Reads values from outside (link, file, message) against a schema: missing ones take their default, every wrong or
 * unknown one is reported. Never trusts prototypes: only own keys of `raw` count.
 */
export function parseParams<S extends ParamSchema>(schema: S, raw: unknown): Result<Params<S>> {
  if (raw !== undefined && (raw === null || typeof raw !== 'object' || Array.isArray(raw))) {
    return fail([toProblem(invalidParam('params', 'an object', raw))]);
  }
  const given = new Map(Object.entries(raw ?? {}));
  const errors: Problem[] = [];
  const values: [string, ParamValue][] = [];
  for (const [name, spec] of Object.entries(schema)) {
    const value = given.get(name);
    given.delete(name);
    if (value === undefined) {
      values.push([name, defaultOf(spec)]);
      continue;
    }
    const expected = expectation(spec, value);
    if (expected === undefined) values.push([name, value as ParamValue]);
    else errors.push(toProblem(invalidParam(name, expected, value)));
  }
  for (const name of given.keys()) {
    errors.push({
      code: 'invalid-param',
      message: `unknown parameter "${name.slice(0, 40)}"`,
      remedy: 'remove it',
      place: { param: name },
    });
  }
  return errors.length > 0 ? fail(errors) : ok(Object.fromEntries(values) as Params<S>);
}

/** What the schema expects, when `value` does not satisfy it; `undefined` when it does. */
function expectation(spec: ParamSpec, value: unknown): string | undefined {
  switch (spec.kind) {
    case 'number':
    case 'integer': {
      const whole = spec.kind === 'integer' ? 'a whole number' : 'a number';
      const good =
        typeof value === 'number' &&
        value >= spec.min &&
        value <= spec.max &&
        (spec.kind === 'number' || Number.isInteger(value));
      return good ? undefined : `${whole} from ${spec.min} to ${spec.max}`;
    }
    case 'choice':
      return spec.options.some((option) => option.value === value)
        ? undefined
        : `one of ${spec.options.map((option) => option.value).join(', ')}`;
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'column':
      return isName(value) ? undefined : 'a column name';
    case 'columns':
      return Array.isArray(value) && value.length <= (spec.max ?? 64) && value.every(isName)
        ? undefined
        : `a list of at most ${spec.max ?? 64} column names`;
    case 'levels':
      return isLevels(value) ? undefined : 'a level from 0 to 30 for each named column';
  }
}

const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= 200;

const isLevels = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= 64 &&
  Object.values(value).every((level) => Number.isInteger(level) && level >= 0 && level <= 30);
