#!/usr/bin/env python3
"""Frequent keys nobody declared: a release planned with Epsilon City.

NOT EXECUTED HERE. Written for PipelineDP 0.2.2 on Apache Spark (Python 3.9 or later). Scripts of
this kind are compiled in tests, their names checked against the library's documentation and their
numbers against the ledger of the same scenario; none was ever run with the library itself.

How to run it:
    pip install "pipeline-dp>=0.2.2rc2,<0.3" pyspark
    spark-submit heavy-keys-pipelinedp-spark.py rows.csv release

The same as in the scenario:
- What is hidden: everything one person, vehicle or household adds, with the same caps on their
  rows.
- The keys kept per unit and the total budget.

What differs:
- The scenario's seed is not used: the library draws from its own cryptographic source, so every run
  gives other numbers.
- The script reads a CSV file with the columns of this scenario; times must be ISO 8601, on the
  clock meant.
- Noise comes from Google's library, which rounds to a fine grid of its own.
- PipelineDP pays for naming a key and for its count separately, so both are a little noisier than
  the scenario's, which needs noise only once.
"""


import csv
import functools
import math
import sys
from datetime import datetime

import pipeline_dp
import pyspark


ENTITY = "traveller"  # column that says whose row it is
KEYS_PER_UNIT = 5


EPSILON, DELTA = 1, 0.000001


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


KEY = ["pickupZone", "dropoffZone"]  # columns of a key
TIMES = []  # of which the hour of day is meant


def key_of(row):
    """The key of a row, or None where a part is missing."""
    parts = []
    for column in KEY:
        when = time_of(row, column) if column in TIMES else None
        part = (row.get(column) or "").strip() if column not in TIMES else "" if when is None else f"{when.hour:02d}"
        if not part:
            return None
        parts.append(part)
    return " > ".join(parts)


def whose(row):
    """Whose row it is; empty where nobody's."""
    return (row.get(ENTITY) or "").strip()


def row_of(header, line):
    """One line of the file; quoted line ends are not supported on a cluster."""
    return dict(zip(header, next(csv.reader([line]))))


def records(name, row):
    """(whose, key, nothing) of a row."""
    who, key = whose(row), key_of(row)
    return [(who, key, 0)] if who and key is not None else []


def ask(engine, name, rows):
    """Different units of every key, where enough have it."""
    params = pipeline_dp.AggregateParams(
        metrics=[pipeline_dp.Metrics.PRIVACY_ID_COUNT],
        noise_kind=pipeline_dp.NoiseKind.LAPLACE,
        max_partitions_contributed=KEYS_PER_UNIT,
        max_contributions_per_partition=1,
        partition_selection_strategy=pipeline_dp.PartitionSelectionStrategy.LAPLACE_THRESHOLDING,
        post_aggregation_thresholding=True,
    )
    extractors = pipeline_dp.DataExtractors(
        privacy_id_extractor=lambda record: record[0],
        partition_extractor=lambda record: record[1],
        value_extractor=lambda record: record[2],
    )
    return engine.aggregate(rows, params, extractors)


def line_of(name, answer):
    """A line of the release from (key, metrics)."""
    key, found = answer
    return '"' + key.replace('"', '""') + '",' + str(found.privacy_id_count)


def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: heavy-keys-pipelinedp-spark.py rows.csv release")
    source, target = sys.argv[1:3]
    context = pyspark.SparkContext.getOrCreate(pyspark.SparkConf())
    lines = context.textFile(source)
    first = lines.first()
    header = next(csv.reader([first.lstrip("\ufeff")]))
    rows = lines.filter(lambda line: line != first).map(functools.partial(row_of, header))
    accountant = pipeline_dp.NaiveBudgetAccountant(total_epsilon=EPSILON, total_delta=DELTA)
    engine = pipeline_dp.DPEngine(accountant, pipeline_dp.SparkRDDBackend(context))
    results = {}
    for name in ["keys"]:
        results[name] = ask(engine, name, rows.flatMap(functools.partial(records, name)))
    accountant.compute_budgets()
    for name, result in results.items():
        result.map(functools.partial(line_of, name)).saveAsTextFile(f"{target}-{name}")


if __name__ == "__main__":
    main()
