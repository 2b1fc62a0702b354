import type { Pause } from '../kit/context.ts';
import { infeasible, unsupported } from '../kit/errors.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { columnOfModel, type PrivacyModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import type { EncodedColumn } from '../table/hierarchy.ts';
import type { Secret } from './class-rules.ts';
import { asksDiversity, everyModel, modelsOf, type ModelValues } from './model-params.ts';
import { makeCriterion } from './models/criteria.ts';
import type { ClassValues, Criterion, SensitiveDomain } from './models/criterion.ts';
import { sensitiveOfRelease } from './models/sensitive-domain.ts';
import {
  chosenQuasiIdentifiers,
  chosenSensitive,
  distinctCount,
  encodeAll,
  sensitiveCodes,
  type SensitiveCodes,
} from './table-input.ts';
import { usesSource } from './verify-formulas.ts';
import { sourceSide } from './verify-source.ts';

/** A sensitive column whose values models speak about, as it is released and as kernels read it. */
export interface ChosenSecret extends Secret {
  readonly name: string;
  readonly shown: SensitiveCodes;
}

/** Parameters of a method that forms classes. */
export type ClassParams = ModelValues & { readonly sensitive: string };

/**
 * The sensitive columns that models speak about, with their criteria, the main one first; none where only k is asked.
 * @throws infeasible without such a column, or where the whole table already breaks a model
 */
export async function chosenSecrets(
  source: TableRelease,
  params: ClassParams,
  pause: Pause,
): Promise<readonly ChosenSecret[]> {
  if (!asksDiversity(params)) return [];
  const main = chosenSensitive(source, params.sensitive);
  if (main === undefined) {
    const what = params.l > 1 ? `l = ${params.l}` : params.further;
    throw infeasible(
      `${what} needs a sensitive column, the table has none`,
      params.l > 1
        ? 'give a column the role sensitive, or set l to 1'
        : 'give a column the role sensitive, or choose no further model',
      { param: 'sensitive' },
    );
  }
  const models = everyModel(params, main);
  const names = [...new Set([main, ...params.alsoSensitive])];
  const all: ChosenSecret[] = [];
  for (const name of names) {
    const shown = sensitiveCodes(source, name);
    requireValues(name, shown, params.l);
    await pause();
    // Shares are compared with those of all source rows, whatever a step before left out: so the checker does.
    const { domain, codes } = sensitiveOfRelease(source, name, true);
    const own = models.filter((model) => columnOfModel(model) === name);
    if (own.some(usesSource)) requireSourceValues(source, name);
    const criteria = own.map((model) => makeCriterion(model, domain));
    for (const one of criteria) requireWhole(one, domain);
    all.push({ name, shown, codes, size: domain.size, criteria });
    await pause();
  }
  return all;
}

/**
 * The quasi-identifiers classes are formed by, encoded: the chosen ones without the sensitive columns.
 * @throws infeasible when none is left, invalid-data where a column has no value at all
 */
export async function classColumns(
  source: TableRelease,
  named: readonly string[],
  secrets: readonly ChosenSecret[],
  pause: Pause,
): Promise<readonly EncodedColumn[]> {
  const chosen = chosenQuasiIdentifiers(source, named);
  const names = chosen.filter((name) => !secrets.some((secret) => secret.name === name));
  if (names.length === 0) {
    throw infeasible(
      `${chosen.join(', ')} cannot be made equal inside groups and differ there at once`,
      'give another column the role quasi-identifier, or choose another sensitive column',
      { column: chosen[0] as string, param: 'quasiIdentifiers' },
    );
  }
  return encodeAll(source, names, pause);
}

/** What a method with these parameters promises. */
export function classClaim(params: ClassParams, sensitive: string | undefined): Guarantee {
  const models = modelsOf(params, sensitive);
  return {
    kind: 'k-anonymity',
    k: params.k,
    ...(params.l > 1 && sensitive !== undefined ? { l: { value: params.l, column: sensitive } } : {}),
    ...(models.length > 0 ? { models } : {}),
  };
}

/** @throws unsupported where the values are no longer those of the source at any level: a share has nothing to compare with */
export function requireSourceValues(source: TableRelease, name: string): void {
  if (sourceSide(source, name) !== undefined) return;
  throw unsupported(
    `an earlier step changed the values of ${name} one by one, so its groups cannot be compared with the source`,
    `put that step after this one, leave ${name} out of it, or ask for a model that compares nothing`,
  );
}

function requireValues(name: string, shown: SensitiveCodes, l: number): void {
  const values = distinctCount(shown.codes, shown.labels.length);
  if (l <= values) return;
  throw infeasible(
    `l = ${l}, but ${name} has only ${values} different value${values === 1 ? '' : 's'}`,
    values === 1
      ? 'set l to 1, or choose another sensitive column'
      : `set l to at most ${values}, or choose another sensitive column`,
    { column: name, param: 'l' },
  );
}

/** One class of all rows is the coarsest table there is: where it breaks a model, every table does. */
function requireWhole(one: Criterion, domain: SensitiveDomain): void {
  const value = one.measure(wholeTable(domain));
  if (one.holds(value)) return;
  const { message, remedy, param } = wholeProblem(one.model, domain.column, value);
  throw infeasible(message, remedy, { column: domain.column, param });
}

function wholeTable({ overall, rows }: SensitiveDomain): ClassValues {
  const values = Uint32Array.from(Array.from(overall.keys()).filter((code) => (overall[code] as number) > 0));
  return { size: rows, counts: overall, values, distinct: values.length };
}

function wholeProblem(
  model: PrivacyModel,
  column: string,
  value: number,
): { readonly message: string; readonly remedy: string; readonly param: string } {
  // Upwards, so that a threshold set to what is shown is enough.
  const shown = Number.isFinite(value) ? String(Math.ceil(value * 1000) / 1000) : 'no number';
  const other = 'or choose another sensitive column';
  switch (model.type) {
    case 'entropy-l':
      return {
        message: `entropy l = ${model.l}, but all rows together reach only ${value.toFixed(2)} for ${column}`,
        remedy: value >= 2 ? `set l to at most ${Math.floor(value)}, ${other}` : `choose another model, ${other}`,
        param: 'l',
      };
    case 'recursive-cl':
      return {
        message: `(c, l) = (${model.c}, ${model.l}), but all rows together need c above ${shown} for ${column}`,
        remedy: `set c above ${shown} or l lower, ${other}`,
        param: 'c',
      };
    case 'alpha-k':
      return {
        message: `alpha = ${model.alpha}, but one value of ${column} takes a share of ${shown} of all rows`,
        remedy: `set alpha to at least ${shown}, ${other}`,
        param: 'alpha',
      };
    default:
      return {
        message: `${model.type} does not hold for ${column} even when all rows form one class (${shown})`,
        remedy: `loosen its threshold, ${other}`,
        param: 'further',
      };
  }
}
