#!/usr/bin/env python3
"""Ask for a statistic: a release planned with Epsilon City.

NOT EXECUTED HERE. Written for PipelineDP 0.2.2 on Apache Beam (Python 3.9 or later). Scripts of
this kind are compiled in tests, their names checked against the library's documentation and their
numbers against the ledger of the same scenario; none was ever run with the library itself.

How to run it:
    pip install "pipeline-dp>=0.2.2rc2,<0.3" apache-beam
    python3 noisy-statistics-pipelinedp-beam.py rows.csv release [pipeline options]

The same as in the scenario:
- The questions and their cells: places, hours, bands and labels as declared, never those that
  occur.
- What is hidden: one row, added or removed.
- Values are clipped to the declared range.
- Laplace noise on whole numbers, with the scale of the ledger for every question.
- The privacy budget and its division among the questions.
- What is done after the noise: rounding, no negative counts, means from noisy sums and counts.

What differs:
- The scenario's seed is not used: the library draws from its own cryptographic source, so every run
  gives other numbers.
- The script reads a CSV file with the columns of this scenario; times must be ISO 8601, on the
  clock meant.
- PipelineDP takes no scale: it derives the same one from budget weights, caps and bounds. The
  ledger stands in the script to compare.
- Noise comes from Google's library, which rounds to a fine grid of its own.
- PipelineDP squares the values themselves where the scenario squares their distance from the middle
  of the range, so squares get more noise than the ledger says.
"""


import csv
import functools
import math
import sys
from datetime import datetime

import apache_beam as beam
import pipeline_dp
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions


VALUE = "fare"  # the number that is added up
LOW, HIGH = 0, 100  # its declared range: values are clipped to it
CENTRE, HALF = LOW / 2 + HIGH / 2, HIGH / 2 - LOW / 2
NEEDS = "fare"  # rows without a number here take no part


EPSILON, DELTA = 1, 0  # of the whole release
# By question: its weight in the budget, which is its share of epsilon.
WEIGHTS = {
    "variance": 1,
}
# For comparison, the ledger of the scenario. The library derives the same noise from weights, caps and bounds; scale and
# what one unit may change are in rows, or in the unit of the value.
LEDGER = {
    "count": dict(epsilon=0.3333333333333335, delta=0, sensitivity=1, scale=2.9999999999999987),
    "centred": dict(epsilon=0.33333333333333326, delta=0, sensitivity=50, scale=150.00000000000006),
    "squares": dict(epsilon=0.33333333333333326, delta=0, sensitivity=1250, scale=3750.000000000001),
}


def labels(column, names):
    """Declared levels; a row with any other value is in no cell."""
    at = {name: i for i, name in enumerate(names)}
    return names, lambda row: at.get((row.get(column) or "").strip())


def hours(column, step):
    """Hour of the day, on the clock the file is written in; levels are named by the hour they begin with."""
    names = [f"{hour:02d}" for hour in range(0, 24, step)]

    def position(row):
        when = time_of(row, column)
        return None if when is None else when.hour // step

    return names, position


def week_hours(column):
    """Hour of the week, Monday 00 to Sunday 23."""
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    names = [f"{day} {hour:02d}" for day in days for hour in range(24)]

    def position(row):
        when = time_of(row, column)
        return None if when is None else 24 * when.weekday() + when.hour

    return names, position


def bands(column, low, high, count):
    """Equal bands over the declared range; values outside are clipped to the end bands."""
    width = (high - low) / count
    names = [f"{low + i * width:g}..{low + (i + 1) * width:g}" for i in range(count)]

    def position(row):
        value = number_of(row, column)
        if value is None:
            return None
        return math.floor((min(high, max(low, value)) - low) / width) if value < high else count - 1

    return names, position


def time_of(row, column):
    """ISO 8601 as most open data writes it. Another format: change this line."""
    try:
        return datetime.fromisoformat((row.get(column) or "").strip())
    except ValueError:
        return None


def number_of(row, column):
    """A number, or None where there is none."""
    try:
        value = float(row.get(column) or "")
    except ValueError:
        return None
    return None if math.isnan(value) else value


def cell_of(axes, row):
    """Row-major number of the cell a row is in, or None."""
    cell = 0
    for names, position in axes:
        at = position(row)
        if at is None:
            return None
        cell = cell * len(names) + at
    return cell


def size_of(axes):
    return math.prod(len(names) for names, _ in axes)


def levels_of(axes, cell):
    """Names of a cell's levels."""
    out = []
    for names, _ in reversed(axes):
        cell, at = divmod(cell, len(names))
        out.append(names[at])
    return out[::-1]


def half_up(value):
    return math.floor(value + 0.5)


# Levels are declared: places, hours of the clock, bands of a declared range, public labels. Never those that occur.
AXIS_1 = hours("pickupTime", 1)
AXES = {
    "variance": [AXIS_1],
}


def row_of(header, line):
    """One line of the file; quoted line ends are not supported on a cluster."""
    return dict(zip(header, next(csv.reader([line]))))


def records(name, row):
    """(whose, cell, number) of a row for one question; nothing for a row that is in no cell."""
    if name in ("variance",) and number_of(row, NEEDS) is None:
        return []
    who = None
    cell = cell_of(AXES[name], row)
    value = number_of(row, VALUE)
    return [] if cell is None else [(who, cell, value or 0)]


ASKED = {
    "variance": ([pipeline_dp.Metrics.VARIANCE, pipeline_dp.Metrics.COUNT], (LOW, HIGH)),
}


def ask(engine, name, rows):
    """One aggregation over declared cells."""
    metrics, bounds = ASKED[name]
    params = pipeline_dp.AggregateParams(
        metrics=metrics,
        noise_kind=pipeline_dp.NoiseKind.LAPLACE,
        max_partitions_contributed=1,
        max_contributions_per_partition=1,
        contribution_bounds_already_enforced=True,
        budget_weight=WEIGHTS[name],
        **({} if bounds is None else dict(min_value=bounds[0], max_value=bounds[1])),
    )
    extractors = pipeline_dp.DataExtractors(
        partition_extractor=lambda record: record[1],
        value_extractor=lambda record: record[2],
    )
    return engine.aggregate(rows, params, extractors, public_partitions=list(range(size_of(AXES[name]))))


def line_of(name, answer):
    """A line of the release from (cell, metrics)."""
    cell, found = answer
    # Below one noisy row the release says nothing.
    value = found.variance if found.count >= 1 else ""
    return f"{csv_field(' / '.join(levels_of(AXES[name], cell)))},{value}"


def csv_field(text):
    return '"' + text.replace('"', '""') + '"'


def main():
    if len(sys.argv) < 3:
        raise SystemExit("usage: noisy-statistics-pipelinedp-beam.py rows.csv release [pipeline options]")
    source, target = sys.argv[1:3]
    with FileSystems.open(source) as file:
        first = file.readline().decode("utf-8-sig").rstrip("\r\n")
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
        for name in ["variance"]:
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
    main()
