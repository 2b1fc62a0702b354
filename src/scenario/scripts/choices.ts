import { exp } from '../../engine/kit/math/exp.ts';
import { log } from '../../engine/kit/math/log.ts';
import type { CountsPicture } from '../../engine/kit/picture.ts';
import { docstring, type Header } from './header.ts';
import { CHECKED, imports, mainOf, openDpRun } from './opendp.ts';
import { type Engine, pipelineScript } from './pipeline.ts';
import { axisOf, type Release, unitOf, valueOf } from './plan.ts';
import { pyNumber, pyStrings } from './python.ts';
import { axesTable, boundingFunction, constants, ROW_FUNCTIONS, unitConstants, unitFunction } from './reading.ts';

/** Scripts for releases that choose: quantiles of a declared range, the most frequent values, keys nobody declared. */

type Words = Omit<Header, 'library' | 'run'>;

const script = (parts: readonly string[]): string =>
  parts
    .filter((part) => part.trim() !== '')
    .join('\n\n\n')
    .concat('\n');

const counts = ({ pictures }: Release): CountsPicture | undefined =>
  pictures.find((picture): picture is CountsPicture => picture.view === 'counts');

const ORDERS: Readonly<Record<string, readonly number[]>> = {
  median: [0.5],
  quartiles: [0.25, 0.5, 0.75],
  deciles: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
};
/** Steps of the declared range that quantiles are released on. */
const RANGE_STEPS = 2000;

function quantilesOf(release: Release) {
  const { descriptor, params, events } = release;
  const picture = counts(release);
  const value = valueOf(release);
  const event = events[0];
  if (picture === undefined || value === undefined || event === undefined) return undefined;
  const axes = picture.dims
    .filter(({ column }) => column !== 'quantile')
    .map(({ column, levels }) => axisOf(descriptor, column, levels));
  const unit = unitOf(release);
  const rows = unit === undefined ? 1 : Number(params['contributionBound']);
  const caps = unit === undefined ? ({ kind: 'row' } as const) : ({ kind: 'rows', unit, rows } as const);
  return { axes, value, event, rows, unit, caps, orders: ORDERS[String(params['orders'])] ?? [0.5] };
}

/** Quantiles by OpenDP: the same budget, range and candidates; its own choice among them. */
export function openDpQuantiles(release: Release, header: Words): string | undefined {
  const plan = quantilesOf(release);
  if (plan === undefined) return undefined;
  const { axes, value, event, rows, unit, caps, orders } = plan;
  return script([
    `#!/usr/bin/env python3\n${docstring({ ...header, ...openDpRun(header) })}`,
    imports(caps.kind !== 'row'),
    constants(caps, value, value.column),
    `ORDERS = [${orders.map(pyNumber).join(', ')}]
EPSILON = ${pyNumber(event.epsilon * orders.length)}  # of the whole release; groups are disjoint
QUESTIONS = {"quantile": dict(epsilon=${pyNumber(event.epsilon)}, d_in=${pyNumber(rows)})}  # of each quantile
CANDIDATES = [LOW + i * (HIGH - LOW) / ${RANGE_STEPS} for i in range(${RANGE_STEPS + 1})]`,
    ROW_FUNCTIONS,
    axesTable([{ id: 'quantiles', axes }]),
    unitFunction(unit),
    boundingFunction(caps),
    CHECKED,
    `def quantile_chooser(order):
    """OpenDP's private quantile with the smallest scale that its privacy map allows for this share of epsilon."""
    question = QUESTIONS["quantile"]
    space = dp.vector_domain(dp.atom_domain(T=float, nan=False)), dp.symmetric_distance()

    def chooser(scale):
        return dp.m.make_private_quantile(
            *space, dp.max_divergence(), candidates=CANDIDATES, alpha=order, scale=scale
        )

    scale = dp.binary_search_param(chooser, d_in=question["d_in"], d_out=question["epsilon"], T=float)
    found = chooser(scale)
    checked("quantile", found.map(question["d_in"]))
    return found`,
    `def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    axes = AXES["quantiles"]
    groups = [[] for _ in range(size_of(axes))]
${caps.kind === 'row' ? '' : '    rows = kept(rows, axes)\n'}    for row in rows:
        group, value = cell_of(axes, row), number_of(row, VALUE)
        if group is not None and value is not None:
            groups[group].append(float(min(HIGH, max(LOW, value))))
    choosers = [quantile_chooser(order) for order in ORDERS]
    yield ["levels", *ORDERS]
    for group, values in enumerate(groups):
        # In ascending order: free of charge.
        yield [" / ".join(levels_of(axes, group)), *sorted(chooser(values) for chooser in choosers)]`,
    mainOf(header),
  ]);
}

/** Quantiles by PipelineDP: trees of noisy counts at the same budget. */
export function pipelineQuantiles(release: Release, engine: Engine, header: Words): string | undefined {
  const plan = quantilesOf(release);
  if (plan === undefined) return undefined;
  const { axes, value, event, unit, caps, orders } = plan;
  const isRow = caps.kind === 'row';
  const percentiles = orders.map((order) => Math.round(order * 100));
  return pipelineScript(engine, header, {
    constants: constants(caps, value, value.column),
    ledger: `EPSILON, DELTA = ${pyNumber(event.epsilon * orders.length)}, 0
PERCENTILES = [${percentiles.map(pyNumber).join(', ')}]`,
    axes: axesTable([{ id: 'quantiles', axes }]),
    unit,
    records: `def records(name, row):
    """(whose, cell, number) of a row; nothing for a row without a number or in no cell."""
    cell, value = cell_of(AXES[name], row), number_of(row, NEEDS)
${isRow ? '    who = None' : '    who = whose(row)\n    if not who:\n        return []'}
    return [] if cell is None or value is None else [(who, cell, value)]`,
    ask: `def ask(engine, name, rows):
    """All percentiles of every declared group."""
    params = pipeline_dp.AggregateParams(
        metrics=[pipeline_dp.Metrics.PERCENTILE(percentile) for percentile in PERCENTILES],
        noise_kind=pipeline_dp.NoiseKind.LAPLACE,
        max_partitions_contributed=${isRow ? '1' : 'min(ROWS_PER_UNIT, size_of(AXES[name]))'},
        max_contributions_per_partition=${isRow ? '1' : 'ROWS_PER_UNIT'},
${isRow ? '        contribution_bounds_already_enforced=True,\n' : ''}        min_value=LOW,
        max_value=HIGH,
    )
    extractors = pipeline_dp.DataExtractors(
${isRow ? '' : '        privacy_id_extractor=lambda record: record[0],\n'}        partition_extractor=lambda record: record[1],
        value_extractor=lambda record: record[2],
    )
    return engine.aggregate(rows, params, extractors, public_partitions=list(range(size_of(AXES[name]))))`,
    lines: `def line_of(name, answer):
    """A line of the release from (cell, percentiles)."""
    cell, found = answer
    values = ",".join(str(getattr(found, f"percentile_{percentile}")) for percentile in PERCENTILES)
    return f"{csv_field(' / '.join(levels_of(AXES[name], cell)))},{values}"


def csv_field(text):
    return '"' + text.replace('"', '""') + '"'`,
    names: ['quantiles'],
  });
}

/** The most frequent values by OpenDP; undefined where the release has no such choice. */
export function openDpTop(release: Release, header: Words): string | undefined {
  const picture = counts(release);
  const dim = picture?.dims[0];
  const [choices, noise] = release.events;
  if (picture === undefined || dim === undefined || choices === undefined) return undefined;
  const { descriptor, params } = release;
  const unit = unitOf(release);
  const hides = unit !== undefined;
  const axes = [axisOf(descriptor, dim.column, dim.levels)];
  const measure = params['selector'] === 'exponential' ? 'zero_concentrated_divergence' : 'max_divergence';
  const { count = 1 } = choices;
  return script([
    `#!/usr/bin/env python3\n${docstring({ ...header, ...openDpRun(header) })}`,
    imports(false),
    unit === undefined ? '' : unitConstants(unit),
    `CHOICES = ${pyNumber(count)}
QUESTIONS = {
    "choice": dict(epsilon=${pyNumber(choices.epsilon)}, d_in=1, scale=${pyNumber(choices.scale ?? 0)}),  # of each of them
${noise === undefined ? '' : `    "counts": dict(epsilon=${pyNumber(noise.epsilon)}, d_in=${pyNumber(noise.sensitivity)}, scale=${pyNumber(noise.scale ?? 0)}),\n`}}`,
    ROW_FUNCTIONS,
    axesTable([{ id: 'candidates', axes }]),
    unitFunction(unit),
    CHECKED,
    `def chosen(scores):
    """The largest, one after another, by OpenDP. Counts of neighbours all move the same way: the metric is monotonic."""
    question = QUESTIONS["choice"]
    choose = dp.m.make_noisy_top_k(
        dp.vector_domain(dp.atom_domain(T=int)),
        dp.linf_distance(T=int, monotonic=True),
        dp.${measure}(),
        k=min(CHOICES, len(scores)),
        scale=question["scale"],
    )
${measure === 'max_divergence' ? '    checked("choice", choose.map(question["d_in"]) / min(CHOICES, len(scores)))' : '    print(f"choices: OpenDP accounts rho {choose.map(question[\'d_in\']):.12g} of zero-concentrated loss")'}
    return choose(scores)`,
    noise === undefined
      ? ''
      : `def noisy(cells):
    question = QUESTIONS["counts"]
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    measurement = space >> dp.m.then_laplace(scale=question["scale"])
    checked("counts", measurement.map(question["d_in"]))
    return measurement(cells)`,
    `def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    axes = AXES["candidates"]
    scores = [0] * size_of(axes)
${
  hides
    ? `    seen = set()
    for row in rows:
        cell, who = cell_of(axes, row), whose(row)
        if cell is not None and who and (who, cell) not in seen:
            seen.add((who, cell))
            scores[cell] += 1`
    : `    for row in rows:
        cell = cell_of(axes, row)
        if cell is not None:
            scores[cell] += 1`
}
    order = chosen(scores)
${
  noise === undefined
    ? `    yield ["level"]
    for cell in order:
        yield levels_of(axes, cell)`
    : `    yield ["level", "count"]
    for cell, count in zip(order, noisy([scores[cell] for cell in order])):
        yield [*levels_of(axes, cell), max(0, count)]`
}`,
    mainOf(header),
  ]);
}

/** Columns of a key: those named, else where rows begin and end, or place and hour. */
function keyColumns({ descriptor, params }: Release): readonly string[] {
  const named = params['by'];
  if (Array.isArray(named) && named.length > 0) return named as readonly string[];
  const { place, destination, time } = descriptor.parts;
  return [place, destination ?? time].filter((name): name is string => name !== undefined);
}

const keyFunction = (release: Release): string => {
  const columns = keyColumns(release);
  const times = columns.filter((name) =>
    release.descriptor.columns.some((one) => one.name === name && one.type === 'time'),
  );
  return `KEY = ${pyStrings(columns)}  # columns of a key
TIMES = ${pyStrings(times)}  # of which the hour of day is meant


def key_of(row):
    """The key of a row, or None where a part is missing."""
    parts = []
    for column in KEY:
        when = time_of(row, column) if column in TIMES else None
        part = (row.get(column) or "").strip() if column not in TIMES else "" if when is None else f"{when.hour:02d}"
        if not part:
            return None
        parts.append(part)
    return " > ".join(parts)`;
};

/** Keys nobody declared, by OpenDP's threshold on noisy counts. */
export function openDpHeavy(release: Release, header: Words): string | undefined {
  const [event] = release.events;
  const threshold = thresholdOf(release);
  if (event === undefined || threshold === undefined) return undefined;
  const { params } = release;
  const unit = unitOf(release);
  const hides = unit !== undefined;
  const keys = hides ? Number(params['keysPerUnit']) : 1;
  return script([
    `#!/usr/bin/env python3\n${docstring({ ...header, ...openDpRun(header) })}`,
    imports(true),
    unit === undefined ? '' : unitConstants(unit),
    `KEYS_PER_UNIT = ${pyNumber(keys)}
EPSILON, DELTA = ${pyNumber(Number(params['epsilon']))}, ${pyNumber(Number(params['delta']))}
SCALE, THRESHOLD = ${pyNumber(event.scale ?? 0)}, ${pyNumber(threshold)}`,
    ROW_FUNCTIONS,
    keyFunction(release),
    unitFunction(unit),
    hides
      ? `def units_by_key(rows):
    """Different units of every key; of one unit at most KEYS_PER_UNIT keys, a random choice of its own."""
    order = [row for row in rows if whose(row)]
    random.SystemRandom().shuffle(order)
    mine, out = {}, {}
    for row in order:
        key, keys = key_of(row), mine.setdefault(whose(row), set())
        if key is None or key in keys or len(keys) >= KEYS_PER_UNIT:
            continue
        keys.add(key)
        out[key] = out.get(key, 0) + 1
    return out`
      : `def units_by_key(rows):
    out = {}
    for row in rows:
        key = key_of(row)
        if key is not None:
            out[key] = out.get(key, 0) + 1
    return out`,
    `def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    domain = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int))
    metric = dp.l01inf_distance(dp.absolute_distance(T=int))
    measurement = dp.m.make_laplace_threshold(domain, metric, scale=SCALE, threshold=THRESHOLD)
    # (keys a unit may be in, what it changes over all of them, and in one of them)
    loss = measurement.map((KEYS_PER_UNIT, KEYS_PER_UNIT, 1))
    print(f"OpenDP accounts epsilon, delta {loss} of {EPSILON}, {DELTA}")
    if loss[0] > EPSILON * (1 + 1e-9):
        raise SystemExit("the noise costs more than was promised; nothing was released")
    found = measurement(units_by_key(rows))
    yield ["key", "count"]
    yield from sorted(found.items(), key=lambda item: (-item[1], item[0]))`,
    mainOf(header),
  ]);
}

/** Smallest threshold that a key of one unit passes with at most the delta the ledger charges for it. */
function thresholdOf({ events, params }: Release): number | undefined {
  const [event] = events;
  const scale = event?.scale;
  if (event === undefined || scale === undefined || params['rule'] !== 'laplace') return undefined;
  // P(discrete Laplace noise >= t) = e^(-t / scale) / (1 + e^(-1 / scale)).
  const tail = (t: number): number => exp(-t / scale) / (1 + exp(-1 / scale));
  let t = Math.max(1, Math.floor(-scale * log(event.delta * (1 + exp(-1 / scale)))) - 1);
  while (tail(t) > event.delta) t += 1;
  return t + 1;
}

/** Keys nobody declared, by PipelineDP's private selection of partitions. */
export function pipelineHeavy(release: Release, engine: Engine, header: Words): string {
  const { params } = release;
  const unit = unitOf(release);
  const rule = String(params['rule']);
  const noise = rule === 'gaussian' ? 'GAUSSIAN' : 'LAPLACE';
  const strategy =
    { gaussian: 'GAUSSIAN_THRESHOLDING', laplace: 'LAPLACE_THRESHOLDING' }[rule] ?? 'TRUNCATED_GEOMETRIC';
  return pipelineScript(engine, header, {
    constants: `${unit === undefined ? '' : unitConstants(unit)}
KEYS_PER_UNIT = ${pyNumber(Number(params['keysPerUnit']))}`,
    ledger: `EPSILON, DELTA = ${pyNumber(Number(params['epsilon']))}, ${pyNumber(Number(params['delta']))}`,
    axes: keyFunction(release),
    unit,
    records: `def records(name, row):
    """(whose, key, nothing) of a row."""
    who, key = whose(row), key_of(row)
    return [(who, key, 0)] if who and key is not None else []`,
    ask: `def ask(engine, name, rows):
    """Different units of every key, where enough have it."""
    params = pipeline_dp.AggregateParams(
        metrics=[pipeline_dp.Metrics.PRIVACY_ID_COUNT],
        noise_kind=pipeline_dp.NoiseKind.${noise},
        max_partitions_contributed=KEYS_PER_UNIT,
        max_contributions_per_partition=1,
        partition_selection_strategy=pipeline_dp.PartitionSelectionStrategy.${strategy},
${strategy === 'TRUNCATED_GEOMETRIC' ? '' : '        post_aggregation_thresholding=True,\n'}    )
    extractors = pipeline_dp.DataExtractors(
        privacy_id_extractor=lambda record: record[0],
        partition_extractor=lambda record: record[1],
        value_extractor=lambda record: record[2],
    )
    return engine.aggregate(rows, params, extractors)`,
    lines: `def line_of(name, answer):
    """A line of the release from (key, metrics)."""
    key, found = answer
    return '"' + key.replace('"', '""') + '",' + str(found.privacy_id_count)`,
    names: ['keys'],
  });
}
