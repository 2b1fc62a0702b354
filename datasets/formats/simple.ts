import type { ColumnDescriptor, DatasetDescriptor, CityId } from '../../src/engine/kit/dataset.ts';
import { text, type Text } from '../../src/engine/kit/text.ts';
import { readingOf, sourceOf, timeField } from './fields.ts';
import type { Draft, FieldPlan, FilePlan, FinishTools, Format, Sniff } from './plan.ts';
import { zoneNames, type ZoneName } from './time-zones.ts';
import { found, put, toWallClock } from './columns-ops.ts';

/** One source field of a fixed-schema format. */
export interface SourceField {
  /** Reduced names it goes by. */
  readonly keys: readonly string[];
  readonly column: ColumnDescriptor;
  readonly plan?: Partial<FieldPlan>;
  /** The format is recognised by its needed fields. */
  readonly needed?: boolean;
}

export interface SimpleFormat {
  readonly id: string;
  readonly label: Text;
  readonly city: CityId;
  readonly dataset: Omit<DatasetDescriptor, 'columns' | 'origin' | 'rows' | 'calibration' | 'city'>;
  readonly fields: readonly SourceField[];
  /** Order of slashed dates where the file leaves it open. */
  readonly dateOrder?: 'dmy' | 'mdy';
  /** Wall clock that instants (Z, epoch, UTC timestamps) are turned into; undefined keeps instants. */
  readonly wallClock?: ZoneName;
  /** Further condition on the file. */
  readonly when?: (sniff: Sniff) => boolean;
  readonly score?: number;
  readonly decisions?: readonly Text[];
  readonly finish?: (draft: Draft, tools: FinishTools, sniff: Sniff) => Promise<Draft>;
  /** Columns that `finish` adds. */
  readonly derived?: readonly ColumnDescriptor[];
}

/** A format whose file has fixed fields under a few names: most of them. */
export function simpleFormat(spec: SimpleFormat): Format {
  return {
    id: spec.id,
    label: spec.label,
    matches: (sniff) => {
      const needed = spec.fields.filter((field) => field.needed === true);
      const there = needed.every((field) => sourceOf(sniff, ...field.keys) >= 0);
      return there && (spec.when?.(sniff) ?? true) ? (spec.score ?? 0.8) : 0;
    },
    plan: (sniff, choices) => planSimple(spec, sniff, choices),
  };
}

function planSimple(spec: SimpleFormat, sniff: Sniff, choices: Readonly<Record<string, string>>): FilePlan {
  const fields: FieldPlan[] = [];
  const decisions: Text[] = [...(spec.decisions ?? [])];
  const warnings = [];
  const instants: string[] = [];
  const taken = new Set<number>();
  for (const each of spec.fields) {
    const source = sourceOf(sniff, ...each.keys);
    if (source < 0) continue;
    taken.add(source);
    const { name, type } = each.column;
    if (type === 'time') {
      const reading = readingOf(sniff, source, choices, spec.dateOrder);
      decisions.push(...reading.decisions);
      warnings.push(...reading.warnings);
      if (reading.instant) instants.push(name);
      fields.push(timeField(source, name, reading, { zone: reading.instant ? 'utc' : 'local', ...each.plan }));
    } else {
      fields.push({ source, column: name, kind: type, ...each.plan });
    }
  }
  const left = sniff.header.filter((name, source) => name !== '' && !taken.has(source));
  if (left.length > 0) {
    const names = left.slice(0, 12).join(', ');
    decisions.push(text(`Columns not used: ${names}.`, `Columnas no usadas: ${names}.`));
  }
  return {
    descriptor: {
      ...spec.dataset,
      city: spec.city,
      origin: 'real',
      calibration: text('Rows of your file, nothing added.', 'Filas de su archivo, sin añadir nada.'),
      columns: [...spec.fields.map((each) => each.column), ...(spec.derived ?? [])],
      rows: { default: 0, min: 0, max: 0 },
    },
    fields,
    decisions,
    warnings,
    finish: async (draft, tools) => {
      const chosen = zoneNames.find((zone) => zone === choices.timeZone);
      const local = wallClocks(draft, tools, instants, chosen ?? spec.wallClock);
      return spec.finish === undefined ? local : spec.finish(local, tools, sniff);
    },
  };
}

function wallClocks(draft: Draft, tools: FinishTools, instants: readonly string[], zone: ZoneName | undefined): Draft {
  if (zone === undefined || instants.length === 0) return draft;
  tools.decide(
    text(
      `Times in the file are instants (UTC); they are shown on the clocks of ${zone}.`,
      `Las horas del archivo son instantes (UTC); se muestran con el reloj de ${zone}.`,
    ),
  );
  return put(
    draft,
    instants.map((name) => toWallClock(found(draft, name), zone)),
  );
}
