import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { PrivacyEvent } from '../../engine/kit/guarantee.ts';
import { measuredValue } from '../../engine/kit/mean.ts';
import type { ParamRecord } from '../../engine/kit/params.ts';
import type { CountsPicture, Picture } from '../../engine/kit/picture.ts';
import type { Text } from '../../engine/kit/text.ts';

/** What a release asks of a file, free of any library: scripts are written from it. */

/** Everything a script is made of. Events and pictures are those of the scenario's own run: its ledger, and its grids. */
export interface Release {
  readonly technique: { readonly id: string; readonly label: Text; readonly family: string };
  /** Complete with defaults. */
  readonly params: ParamRecord;
  readonly descriptor: DatasetDescriptor;
  /** Columns the branch sees; all where absent. */
  readonly columns?: readonly string[];
  readonly events: readonly PrivacyEvent[];
  readonly pictures: readonly Picture[];
}

/** How a row finds its level of one axis. */
export type AxisPlan =
  | { readonly kind: 'labels'; readonly column: string; readonly levels: readonly string[] }
  | { readonly kind: 'hours'; readonly column: string; readonly step: number }
  | { readonly kind: 'week'; readonly column: string }
  | {
      readonly kind: 'bands';
      readonly column: string;
      readonly bounds: readonly [number, number];
      readonly bands: number;
    };

export const sizeOf = (axes: readonly AxisPlan[]): number =>
  axes.reduce(
    (size, axis) =>
      size *
      (axis.kind === 'labels'
        ? axis.levels.length
        : axis.kind === 'hours'
          ? 24 / axis.step
          : axis.kind === 'week'
            ? 168
            : axis.bands),
    1,
  );

/** How a row says whose it is: a column of ids, and the time column where each of a unit's days is hidden alone. */
export interface UnitPlan {
  readonly entity: string;
  readonly day?: string;
}

/** Which rows of one hidden unit take part. */
export type CapsPlan =
  | { readonly kind: 'row' }
  | { readonly kind: 'rows'; readonly unit: UnitPlan; readonly rows: number }
  | { readonly kind: 'cells'; readonly unit: UnitPlan; readonly cells: number; readonly rowsPerCell: number };

export type Measured = 'count' | 'sum' | 'centred' | 'squares' | 'total';

/** A number to clip and add up, with its declared range. */
export interface ValuePlan {
  readonly column: string;
  readonly bounds: readonly [number, number];
}

/** One vector of noisy answers. */
export interface QuestionPlan {
  readonly id: string;
  readonly measured: Measured;
  readonly axes: readonly AxisPlan[];
  readonly epsilon: number;
  readonly delta: number;
  /** What one hidden unit may change, in steps: l1 for Laplace noise, l2 for Gaussian. */
  readonly dIn: number;
  /** Scale of the noise in steps: b of Laplace, standard deviation of Gaussian noise. */
  readonly scale: number;
  /** What a step is worth in the answer's own unit. */
  readonly step: number;
}

/** Steps a half range of values is divided into (the engine's own grid of values). */
export const GRID_STEPS = 4096;

export interface AdditivePlan {
  readonly law: 'laplace' | 'gaussian';
  readonly questions: readonly QuestionPlan[];
  readonly caps: CapsPlan;
  readonly value?: ValuePlan;
  /** Only rows with a number in that column are asked about. */
  readonly needs?: string;
  readonly statistic: 'histograms' | 'count' | 'sum' | 'mean' | 'variance' | 'table';
  readonly round: boolean;
  readonly nonNegative: boolean;
  readonly neighbours: 'add-remove' | 'replace-one';
  readonly total: { readonly epsilon: number; readonly delta: number };
}

const isCounts = (picture: Picture): picture is CountsPicture => picture.view === 'counts';

/** Pictures of what got noise, in the order of the ledger. */
const noisyPictures = ({ pictures, events }: Release): readonly CountsPicture[] =>
  pictures
    .filter(isCounts)
    .filter(({ noise }) => noise !== undefined)
    .slice(0, events.length);

export function axisOf(descriptor: DatasetDescriptor, column: string, levels: readonly string[]): AxisPlan {
  const { place, destination } = descriptor.parts;
  const declared = descriptor.columns.find(({ name }) => name === column);
  if (column === place || column === destination || declared === undefined) return { kind: 'labels', column, levels };
  if (declared.type === 'time') {
    return levels.length === 168
      ? { kind: 'week', column }
      : { kind: 'hours', column, step: 24 / Math.max(1, levels.length) };
  }
  if (declared.type === 'category' || declared.bounds === undefined) return { kind: 'labels', column, levels };
  return { kind: 'bands', column, bounds: declared.bounds, bands: levels.length };
}

export const axesOf = (descriptor: DatasetDescriptor, { dims }: Pick<CountsPicture, 'dims'>): readonly AxisPlan[] =>
  dims.map(({ column, levels }) => axisOf(descriptor, column, levels));

/** A whole number where rounding alone keeps it from being one. */
const whole = (value: number): number => {
  const near = Math.round(value);
  return Math.abs(value - near) <= 1e-9 * Math.max(1, Math.abs(value)) ? near : value;
};

function question(
  release: Release,
  at: number,
  picture: CountsPicture,
  part: { readonly measured: Measured; readonly step: number; readonly law: AdditivePlan['law'] },
): QuestionPlan {
  const { epsilon, delta, sensitivity, scale = 0 } = release.events[at] as PrivacyEvent;
  const dIn = whole(sensitivity / part.step);
  return {
    id: picture.id,
    measured: part.measured,
    axes: axesOf(release.descriptor, picture),
    epsilon,
    delta,
    dIn,
    scale: part.law === 'laplace' ? dIn / epsilon : scale / part.step,
    step: part.step,
  };
}

/** Whose rows are hidden together; absent where each row is a unit of its own. */
export function unitOf({ descriptor, params }: Pick<Release, 'descriptor' | 'params'>): UnitPlan | undefined {
  const { entity = '', time = '' } = descriptor.parts;
  if (params['protects'] === 'row') return undefined;
  return params['protects'] === 'entity' ? { entity } : { entity, day: time };
}

const lossOf = (release: Release) => ({
  epsilon: release.events.reduce((sum, { epsilon }) => sum + epsilon, 0),
  delta: release.events.reduce((sum, { delta }) => sum + delta, 0),
});

/** Counts by sensitivity class, and sums of the measured value beside them. */
export function histogramPlan(release: Release, law: AdditivePlan['law']): AdditivePlan {
  const { descriptor, params } = release;
  const measured = measuredValue(descriptor);
  const unit = unitOf(release);
  const sees = (name: string | undefined): boolean =>
    name !== undefined && (release.columns === undefined || release.columns.includes(name));
  const measure =
    measured !== undefined && sees(measured.column.name) && sees(descriptor.parts.place) ? measured : undefined;
  return {
    law,
    questions: noisyPictures(release).map((picture, at) =>
      question(release, at, picture, {
        law,
        measured: picture.id === 'measure' ? 'centred' : 'count',
        step: picture.id === 'measure' ? (measure?.range.half ?? 1) / GRID_STEPS : 1,
      }),
    ),
    caps: unit === undefined ? { kind: 'row' } : { kind: 'rows', unit, rows: Number(params['contributionBound']) },
    ...(measure === undefined
      ? {}
      : {
          value: { column: measure.column.name, bounds: measure.column.bounds as readonly [number, number] },
          needs: measure.column.name,
        }),
    statistic: 'histograms',
    round: params['round'] === true,
    nonNegative: params['nonNegative'] === true,
    neighbours: 'add-remove',
    total: lossOf(release),
  };
}

/** A statistic of every group of rows. */
export function statisticPlan(release: Release, law: AdditivePlan['law']): AdditivePlan {
  const { params } = release;
  const unit = unitOf(release);
  const statistic = (params['statistic'] ?? 'table') as AdditivePlan['statistic'];
  const value = statistic === 'count' || statistic === 'table' ? undefined : valueOf(release);
  const [low, high] = value?.bounds ?? [0, 1];
  const half = high / 2 - low / 2;
  const stepOf: Readonly<Record<Measured, number>> = {
    count: 1,
    sum: Math.max(Math.abs(low), Math.abs(high)) / GRID_STEPS,
    centred: half / GRID_STEPS,
    squares: (half * half) / GRID_STEPS,
    total: statistic === 'sum' ? Math.max(Math.abs(low), Math.abs(high)) / GRID_STEPS : 1,
  };
  const measuredOf = (id: string): Measured =>
    id === 'sum' || id === 'squares' || id === 'total'
      ? id
      : id === 'measure' || id === 'centred'
        ? 'centred'
        : 'count';
  const questions = noisyPictures(release).map((picture, at) => {
    const measured = measuredOf(picture.id);
    return { ...question(release, at, picture, { law, measured, step: stepOf[measured] }), id: measured };
  });
  const cells = sizeOf(questions[0]?.axes ?? []);
  return {
    law,
    questions,
    caps:
      unit === undefined
        ? { kind: 'row' }
        : {
            kind: 'cells',
            unit,
            cells: Math.min(cells, Number(params['cellsPerUnit'])),
            rowsPerCell: Number(params['rowsPerCell']),
          },
    ...(value === undefined ? {} : { value, needs: value.column }),
    statistic,
    round: params['round'] === true,
    nonNegative: params['nonNegative'] === true,
    neighbours: params['neighbours'] === 'replace-one' ? 'replace-one' : 'add-remove',
    total: lossOf(release),
  };
}

/** The column asked about: the one named, else the measured value, the secret, the first number with a declared range. */
export function valueOf({ descriptor, params, columns }: Release): ValuePlan | undefined {
  const { measure, secret } = descriptor.parts;
  const usable = descriptor.columns.filter(
    ({ name, type, bounds }) =>
      bounds !== undefined &&
      (type === 'number' || type === 'integer') &&
      (columns === undefined || columns.includes(name)),
  );
  const asked = params['value'];
  const wanted = asked !== '' && asked !== undefined ? [asked] : [measure, secret, ...usable.map(({ name }) => name)];
  const found = wanted.map((one) => usable.find(({ name }) => name === one)).find((column) => column !== undefined);
  return found === undefined ? undefined : { column: found.name, bounds: found.bounds as readonly [number, number] };
}
