import type { Pause } from '../kit/context.ts';
import type { Guarantee } from '../kit/guarantee.ts';
import { columnOfModel } from '../kit/privacy-model.ts';
import type { TableRelease } from '../kit/release.ts';
import type { Text } from '../kit/text.ts';
import { type Column, withColumns } from '../table/table.ts';
import { tablePictures } from './pictures.ts';

/**
 * The release with some columns replaced value by value. Classes an earlier step formed do not outlive a change of their
 * columns, and neither does its promise.
 * @param cells what the labels of replaced columns cover, where they are labels
 */
export async function perturbed(
  source: TableRelease,
  made: readonly Column[],
  guarantee: Guarantee,
  notes: readonly Text[],
  pause: Pause,
  cells: NonNullable<TableRelease['generalized']> = {},
): Promise<TableRelease> {
  const names = new Set(made.map((column) => column.name));
  const { classOf, generalized, ...rest } = source;
  const kept = Object.entries(generalized ?? {}).filter(([name]) => !names.has(name));
  const covered = { ...Object.fromEntries(kept), ...cells };
  const touched = source.quasiIdentifiers.some((name) => names.has(name));
  const release: TableRelease = {
    ...rest,
    table: withColumns(source.table, made),
    guarantee: touched || source.guarantee.kind === 'none' ? guarantee : keptClaim(source.guarantee, names, guarantee),
    ...(classOf === undefined || touched ? {} : { classOf }),
    ...(Object.keys(covered).length > 0 ? { generalized: covered } : {}),
    pictures: [],
    notes: [...source.notes, ...notes],
  };
  await pause();
  return { ...release, pictures: tablePictures(source, release) };
}

/**
 * The promise of a release some of whose columns were renamed one to one: groups stay, but values of a renamed column can
 * no longer be compared with the source.
 */
export function renamedClaim(source: TableRelease, names: readonly string[]): Guarantee {
  const { guarantee, quasiIdentifiers } = source;
  const kept = keptClaim(guarantee, new Set(names), guarantee);
  if (kept.kind !== 'k-anonymity' || !quasiIdentifiers.some((name) => names.includes(name))) return kept;
  const { models, ...rest } = kept;
  const left = models?.filter(({ type }) => type !== 'k-map' && type !== 'delta-presence') ?? [];
  return left.length === 0 ? rest : { ...rest, models: left };
}

/** Groups alike in columns that stay as they are stay alike; what was promised of a changed sensitive column falls. */
function keptClaim(before: Guarantee, names: ReadonlySet<string>, otherwise: Guarantee): Guarantee {
  if (before.kind !== 'k-anonymity') return otherwise;
  const models = before.models?.filter((model) => !names.has(columnOfModel(model) ?? ''));
  return {
    kind: 'k-anonymity',
    k: before.k,
    ...(before.l === undefined || names.has(before.l.column) ? {} : { l: before.l }),
    ...(models === undefined || models.length === 0 ? {} : { models }),
  };
}
