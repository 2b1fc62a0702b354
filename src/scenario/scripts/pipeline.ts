import type { AdditivePlan, QuestionPlan, UnitPlan } from './plan.ts';
import { docstring, type Header } from './header.ts';
import { pyNumber, pyString } from './python.ts';
import { axesTable, constants, ROW_FUNCTIONS, unitFunction } from './reading.ts';

/** The same counts and sums for a cluster: PipelineDP on Beam or Spark. */

export type Engine = 'beam' | 'spark';

const pipelineRun = (engine: Engine, fileName: string) => ({
  library: `PipelineDP 0.2.2 on Apache ${engine === 'beam' ? 'Beam' : 'Spark'} (Python 3.9 or later)`,
  run: [
    engine === 'beam'
      ? 'pip install "pipeline-dp>=0.2.2rc2,<0.3" apache-beam'
      : 'pip install "pipeline-dp>=0.2.2rc2,<0.3" pyspark',
    engine === 'beam'
      ? `python3 ${fileName} rows.csv release [pipeline options]`
      : `spark-submit ${fileName} rows.csv release`,
  ],
});

/** One aggregation of PipelineDP. */
interface Ask {
  readonly id: string;
  readonly metrics: readonly string[];
  /** Its share of epsilon, as a weight. */
  readonly weight: number;
  readonly values?: readonly [low: string, high: string];
  readonly rated: boolean;
  readonly axes: QuestionPlan['axes'];
}

export function pipelineAdditive(plan: AdditivePlan, engine: Engine, header: Omit<Header, 'library' | 'run'>): string {
  const asks = asksOf(plan);
  return pipelineScript(engine, header, {
    constants: constants(plan.caps, plan.value, plan.needs),
    ledger: budget(plan, asks),
    axes: axesTable(asks),
    unit: plan.caps.kind === 'row' ? undefined : plan.caps.unit,
    records: recordsFunction(plan, asks),
    ask: askFunction(plan),
    lines: linesFunction(plan),
    names: asks.map(({ id }) => id),
  });
}

export interface PipelineParts {
  readonly constants: string;
  readonly ledger: string;
  readonly axes: string;
  readonly unit: UnitPlan | undefined;
  readonly records: string;
  readonly ask: string;
  readonly lines: string;
  readonly names: readonly string[];
}

export const pipelineScript = (engine: Engine, header: Omit<Header, 'library' | 'run'>, parts: PipelineParts): string =>
  [
    `#!/usr/bin/env python3\n${docstring({ ...header, ...pipelineRun(engine, header.fileName) })}`,
    `import csv
import functools
import math
import sys
from datetime import datetime

${engine === 'beam' ? 'import apache_beam as beam\nimport pipeline_dp\nfrom apache_beam.io.filesystems import FileSystems\nfrom apache_beam.options.pipeline_options import PipelineOptions' : 'import pipeline_dp\nimport pyspark'}`,
    parts.constants,
    parts.ledger,
    ROW_FUNCTIONS,
    parts.axes,
    unitFunction(parts.unit),
    `def row_of(header, line):
    """One line of the file; quoted line ends are not supported on a cluster."""
    return dict(zip(header, next(csv.reader([line]))))`,
    parts.records,
    parts.ask,
    parts.lines,
    engine === 'beam' ? beamMain(parts, header.fileName) : sparkMain(parts, header.fileName),
  ]
    .filter((part) => part.trim() !== '')
    .join('\n\n\n')
    .concat('\n');

/** Counts and sums of a histogram are asked one by one; a mean or variance is one metric of the library's own. */
function asksOf(plan: AdditivePlan): readonly Ask[] {
  if (plan.statistic === 'mean' || plan.statistic === 'variance') {
    const axes = plan.questions[0]?.axes ?? [];
    const metric = plan.statistic === 'mean' ? 'MEAN' : 'VARIANCE';
    return [
      {
        id: plan.statistic,
        metrics: [metric, 'COUNT'],
        weight: plan.total.epsilon,
        values: ['LOW', 'HIGH'],
        rated: true,
        axes,
      },
    ];
  }
  return plan.questions.map(({ id, measured, epsilon, axes }) => ({
    id,
    metrics: [measured === 'count' ? 'COUNT' : 'SUM'],
    weight: epsilon,
    ...(measured === 'count'
      ? {}
      : { values: measured === 'sum' ? (['LOW', 'HIGH'] as const) : (['-HALF', 'HALF'] as const) }),
    rated: plan.needs !== undefined && (measured !== 'count' || id === 'location' || plan.statistic !== 'histograms'),
    axes,
  }));
}

function budget(plan: AdditivePlan, asks: readonly Ask[]): string {
  return [
    `EPSILON, DELTA = ${pyNumber(plan.total.epsilon)}, ${pyNumber(plan.total.delta)}  # of the whole release`,
    '# By question: its weight in the budget, which is its share of epsilon.',
    'WEIGHTS = {',
    ...asks.map(({ id, weight }) => `    ${pyString(id)}: ${pyNumber(weight)},`),
    '}',
    '# For comparison, the ledger of the scenario. The library derives the same noise from weights, caps and bounds; scale and',
    '# what one unit may change are in rows, or in the unit of the value.',
    'LEDGER = {',
    ...plan.questions.map(
      ({ id, epsilon, delta, dIn, scale, step }) =>
        `    ${pyString(id)}: dict(epsilon=${pyNumber(epsilon)}, delta=${pyNumber(delta)}, sensitivity=${pyNumber(dIn * step)}, scale=${pyNumber(scale * step)}),`,
    ),
    '}',
  ].join('\n');
}

/** What the library gets of a row: whose it is, its cell, and its number. */
function recordsFunction(plan: AdditivePlan, asks: readonly Ask[]): string {
  const rated = asks.filter((ask) => ask.rated).map(({ id }) => pyString(id));
  const centred = plan.statistic === 'histograms' && plan.value !== undefined;
  return [
    'def records(name, row):',
    '    """(whose, cell, number) of a row for one question; nothing for a row that is in no cell."""',
    ...(rated.length === 0
      ? []
      : [`    if name in (${rated.join(', ')},) and number_of(row, NEEDS) is None:`, '        return []']),
    ...(plan.caps.kind === 'row'
      ? ['    who = None']
      : ['    who = whose(row)', '    if not who:', '        return []']),
    '    cell = cell_of(AXES[name], row)',
    plan.value === undefined
      ? '    return [] if cell is None else [(who, cell, 0)]'
      : `    value = number_of(row, VALUE)${centred ? '\n    value = None if value is None else value - CENTRE' : ''}\n    return [] if cell is None else [(who, cell, value or 0)]`,
  ].join('\n');
}

function askFunction(plan: AdditivePlan): string {
  const asks = asksOf(plan);
  const metrics = asks.map(({ id, metrics: list, values }) => {
    const bounds = values === undefined ? 'None' : `(${values.join(', ')})`;
    return `    ${pyString(id)}: ([${list.map((metric) => `pipeline_dp.Metrics.${metric}`).join(', ')}], ${bounds}),`;
  });
  const { caps } = plan;
  const bounding =
    caps.kind === 'rows'
      ? ['        max_contributions=ROWS_PER_UNIT,']
      : caps.kind === 'cells'
        ? [
            '        max_partitions_contributed=CELLS_PER_UNIT,',
            '        max_contributions_per_partition=ROWS_PER_CELL,',
          ]
        : [
            '        max_partitions_contributed=1,',
            '        max_contributions_per_partition=1,',
            '        contribution_bounds_already_enforced=True,',
          ];
  return [
    'ASKED = {',
    ...metrics,
    '}',
    '',
    '',
    'def ask(engine, name, rows):',
    '    """One aggregation over declared cells."""',
    '    metrics, bounds = ASKED[name]',
    '    params = pipeline_dp.AggregateParams(',
    '        metrics=metrics,',
    `        noise_kind=pipeline_dp.NoiseKind.${plan.law === 'laplace' ? 'LAPLACE' : 'GAUSSIAN'},`,
    ...bounding,
    '        budget_weight=WEIGHTS[name],',
    '        **({} if bounds is None else dict(min_value=bounds[0], max_value=bounds[1])),',
    '    )',
    '    extractors = pipeline_dp.DataExtractors(',
    ...(caps.kind === 'row' ? [] : ['        privacy_id_extractor=lambda record: record[0],']),
    '        partition_extractor=lambda record: record[1],',
    '        value_extractor=lambda record: record[2],',
    '    )',
    '    return engine.aggregate(rows, params, extractors, public_partitions=list(range(size_of(AXES[name]))))',
  ].join('\n');
}

/** Post-processing of one cell, and its line. */
function linesFunction(plan: AdditivePlan): string {
  const cut = plan.nonNegative && plan.statistic !== 'sum';
  const body: string[] = [];
  if (plan.statistic === 'mean' || plan.statistic === 'variance') {
    body.push(
      '    # Below one noisy row the release says nothing.',
      `    value = found.${plan.statistic} if found.count >= 1 else ""`,
    );
  } else {
    body.push('    value = found.count if name in COUNTS else found.sum');
    if (plan.round) body.push('    value = half_up(value) if name in COUNTS else value');
    if (cut) body.push('    value = max(0, value) if name in COUNTS else value');
    if (plan.statistic === 'sum' && plan.nonNegative && (plan.value?.bounds[0] ?? -1) >= 0)
      body.push('    value = max(0, value)');
  }
  const counts = asksOf(plan)
    .filter(({ metrics }) => metrics[0] === 'COUNT')
    .map(({ id }) => pyString(id));
  return [
    ...(plan.statistic === 'mean' || plan.statistic === 'variance'
      ? []
      : [`COUNTS = {${counts.join(', ')}}`.replace('{}', 'set()'), '', '']),
    'def line_of(name, answer):',
    '    """A line of the release from (cell, metrics)."""',
    '    cell, found = answer',
    ...body,
    '    return f"{csv_field(\' / \'.join(levels_of(AXES[name], cell)))},{value}"',
    '',
    '',
    'def csv_field(text):',
    "    return '\"' + text.replace('\"', '\"\"') + '\"'",
  ].join('\n');
}

function beamMain({ names }: PipelineParts, fileName: string): string {
  return `def main():
    if len(sys.argv) < 3:
        raise SystemExit("usage: ${fileName} rows.csv release [pipeline options]")
    source, target = sys.argv[1:3]
    with FileSystems.open(source) as file:
        first = file.readline().decode("utf-8-sig").rstrip("\\r\\n")
    header = next(csv.reader([first]))
    # Workers need this script's functions.
    options = PipelineOptions(sys.argv[3:], save_main_session=True)
    with beam.Pipeline(options=options) as pipeline:
        rows = (
            pipeline
            | "read" >> beam.io.ReadFromText(source, skip_header_lines=1)
            | "rows" >> beam.Map(functools.partial(row_of, header))
        )
        accountant = pipeline_dp.NaiveBudgetAccountant(total_epsilon=EPSILON, total_delta=DELTA)
        engine = pipeline_dp.DPEngine(accountant, pipeline_dp.BeamBackend())
        results = {}
        for name in [${names.map(pyString).join(', ')}]:
            mine = rows | f"records of {name}" >> beam.FlatMap(functools.partial(records, name))
            results[name] = ask(engine, name, mine)
        accountant.compute_budgets()
        for name, result in results.items():
            (
                result
                | f"lines of {name}" >> beam.Map(functools.partial(line_of, name))
                | f"write {name}" >> beam.io.WriteToText(f"{target}-{name}", file_name_suffix=".csv")
            )


if __name__ == "__main__":
    main()`;
}

function sparkMain({ names }: PipelineParts, fileName: string): string {
  return `def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: ${fileName} rows.csv release")
    source, target = sys.argv[1:3]
    context = pyspark.SparkContext.getOrCreate(pyspark.SparkConf())
    lines = context.textFile(source)
    first = lines.first()
    header = next(csv.reader([first.lstrip("\\ufeff")]))
    rows = lines.filter(lambda line: line != first).map(functools.partial(row_of, header))
    accountant = pipeline_dp.NaiveBudgetAccountant(total_epsilon=EPSILON, total_delta=DELTA)
    engine = pipeline_dp.DPEngine(accountant, pipeline_dp.SparkRDDBackend(context))
    results = {}
    for name in [${names.map(pyString).join(', ')}]:
        results[name] = ask(engine, name, rows.flatMap(functools.partial(records, name)))
    accountant.compute_budgets()
    for name, result in results.items():
        result.map(functools.partial(line_of, name)).saveAsTextFile(f"{target}-{name}")


if __name__ == "__main__":
    main()`;
}
