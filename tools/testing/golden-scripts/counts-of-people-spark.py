#!/usr/bin/env python3
"""Noisy counts (Laplace): a release planned with Epsilon City.

NOT EXECUTED HERE. Written for PipelineDP 0.2.2 on Apache Spark (Python 3.9 or later). Scripts of
this kind are compiled in tests, their names checked against the library's documentation and their
numbers against the ledger of the same scenario; none was ever run with the library itself.

How to run it:
    pip install "pipeline-dp>=0.2.2rc2,<0.3" pyspark
    spark-submit laplace-histogram-pipelinedp-spark.py rows.csv release

The same as in the scenario:
- The questions and their cells: places, hours, bands and labels as declared, never those that
  occur.
- What is hidden: everything one person, vehicle or household adds, with the same caps on their
  rows.
- Laplace noise on whole numbers, with the scale of the ledger for every question.
- The privacy budget and its division among the questions.
- What is done after the noise: rounding, no negative counts, means from noisy sums and counts.

What differs:
- The scenario's seed is not used: the library draws from its own cryptographic source, so every run
  gives other numbers.
- The script reads a CSV file with the columns of this scenario; times must be ISO 8601, on the
  clock meant.
- Labels of places and categories stand in the script as public. Take out any that would name
  somebody before you share it.
- Which rows of a unit are kept is drawn anew.
- PipelineDP takes no scale: it derives the same one from budget weights, caps and bounds. The
  ledger stands in the script to compare.
- Noise comes from Google's library, which rounds to a fine grid of its own.
"""


import csv
import functools
import math
import sys
from datetime import datetime

import pipeline_dp
import pyspark


ENTITY = "traveller"  # column that says whose row it is
ROWS_PER_UNIT = 10  # rows of one unit that take part, over all cells


EPSILON, DELTA = 1, 0  # of the whole release
# By question: its weight in the budget, which is its share of epsilon.
WEIGHTS = {
    "location": 0.2999999999999998,
    "behaviour": 0.5000000000000002,
    "rhythm": 0.19999999999999996,
}
# For comparison, the ledger of the scenario. The library derives the same noise from weights, caps and bounds; scale and
# what one unit may change are in rows, or in the unit of the value.
LEDGER = {
    "location": dict(epsilon=0.2999999999999998, delta=0, sensitivity=10, scale=33.33333333333335),
    "behaviour": dict(epsilon=0.5000000000000002, delta=0, sensitivity=10, scale=19.999999999999993),
    "rhythm": dict(epsilon=0.19999999999999996, delta=0, sensitivity=10, scale=50.000000000000014),
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
AXIS_1 = labels("pickupZone", [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "33",
    "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49",
    "50", "51", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64", "65",
    "66", "67", "68", "69", "70", "71", "72", "73", "74", "75", "76", "77", "78", "79", "80", "81",
    "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "92", "93", "94", "95", "96", "97",
    "98", "99", "100", "101", "102", "103", "104", "105", "106", "107", "108", "109", "110", "111",
    "112", "113", "114", "115", "116", "117", "118", "119", "120", "121", "122", "123", "124",
    "125", "126", "127", "128", "129", "130", "131", "132", "133", "134", "135", "136", "137",
    "138", "139", "140", "141", "142", "143", "144", "145", "146", "147", "148", "149", "150",
    "151", "152", "153", "154", "155", "156", "157", "158", "159", "160", "161", "162", "163",
    "164", "165", "166", "167", "168", "169", "170", "171", "172", "173", "174", "175", "176",
    "177", "178", "179", "180", "181", "182", "183", "184", "185", "186", "187", "188", "189",
    "190", "191", "192", "193", "194", "195", "196", "197", "198", "199", "200", "201", "202",
    "203", "204", "205", "206", "207", "208", "209", "210", "211", "212", "213", "214", "215",
    "216", "217", "218", "219", "220", "221", "222", "223", "224", "225", "226", "227", "228",
    "229", "230", "231", "232", "233", "234", "235", "236", "237", "238", "239", "240", "241",
    "242", "243", "244", "245", "246", "247", "248", "249", "250", "251", "252", "253", "254",
    "255", "256", "257", "258", "259", "260", "261", "262", "263", "264", "265",
])
AXIS_2 = hours("pickupTime", 4)
AXIS_3 = bands("fare", 0, 100, 12)
AXIS_4 = labels("payment", ["card", "cash", "no charge", "dispute", "unknown"])
AXIS_5 = week_hours("pickupTime")
AXES = {
    "location": [AXIS_1, AXIS_2],
    "behaviour": [AXIS_3, AXIS_4],
    "rhythm": [AXIS_5],
}


def whose(row):
    """Whose row it is; empty where nobody's."""
    return (row.get(ENTITY) or "").strip()


def row_of(header, line):
    """One line of the file; quoted line ends are not supported on a cluster."""
    return dict(zip(header, next(csv.reader([line]))))


def records(name, row):
    """(whose, cell, number) of a row for one question; nothing for a row that is in no cell."""
    who = whose(row)
    if not who:
        return []
    cell = cell_of(AXES[name], row)
    return [] if cell is None else [(who, cell, 0)]


ASKED = {
    "location": ([pipeline_dp.Metrics.COUNT], None),
    "behaviour": ([pipeline_dp.Metrics.COUNT], None),
    "rhythm": ([pipeline_dp.Metrics.COUNT], None),
}


def ask(engine, name, rows):
    """One aggregation over declared cells."""
    metrics, bounds = ASKED[name]
    params = pipeline_dp.AggregateParams(
        metrics=metrics,
        noise_kind=pipeline_dp.NoiseKind.LAPLACE,
        max_contributions=ROWS_PER_UNIT,
        budget_weight=WEIGHTS[name],
        **({} if bounds is None else dict(min_value=bounds[0], max_value=bounds[1])),
    )
    extractors = pipeline_dp.DataExtractors(
        privacy_id_extractor=lambda record: record[0],
        partition_extractor=lambda record: record[1],
        value_extractor=lambda record: record[2],
    )
    return engine.aggregate(rows, params, extractors, public_partitions=list(range(size_of(AXES[name]))))


COUNTS = {"location", "behaviour", "rhythm"}


def line_of(name, answer):
    """A line of the release from (cell, metrics)."""
    cell, found = answer
    value = found.count if name in COUNTS else found.sum
    value = half_up(value) if name in COUNTS else value
    value = max(0, value) if name in COUNTS else value
    return f"{csv_field(' / '.join(levels_of(AXES[name], cell)))},{value}"


def csv_field(text):
    return '"' + text.replace('"', '""') + '"'


def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: laplace-histogram-pipelinedp-spark.py rows.csv release")
    source, target = sys.argv[1:3]
    context = pyspark.SparkContext.getOrCreate(pyspark.SparkConf())
    lines = context.textFile(source)
    first = lines.first()
    header = next(csv.reader([first.lstrip("\ufeff")]))
    rows = lines.filter(lambda line: line != first).map(functools.partial(row_of, header))
    accountant = pipeline_dp.NaiveBudgetAccountant(total_epsilon=EPSILON, total_delta=DELTA)
    engine = pipeline_dp.DPEngine(accountant, pipeline_dp.SparkRDDBackend(context))
    results = {}
    for name in ["location", "behaviour", "rhythm"]:
        results[name] = ask(engine, name, rows.flatMap(functools.partial(records, name)))
    accountant.compute_budgets()
    for name, result in results.items():
        result.map(functools.partial(line_of, name)).saveAsTextFile(f"{target}-{name}")


if __name__ == "__main__":
    main()
