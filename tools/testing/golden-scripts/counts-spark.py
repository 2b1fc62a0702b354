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
- Labels of places and categories stand in the script as public. Take out any that would name
  somebody before you share it.
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


VALUE = "no2"  # the number that is added up
LOW, HIGH = 0, 300  # its declared range: values are clipped to it
CENTRE, HALF = LOW / 2 + HIGH / 2, HIGH / 2 - LOW / 2
NEEDS = "no2"  # rows without a number here take no part


EPSILON, DELTA = 1, 0  # of the whole release
# By question: its weight in the budget, which is its share of epsilon.
WEIGHTS = {
    "location": 0.6000000000000001,
    "measure": 0.19999999999999996,
    "rhythm": 0.19999999999999996,
}
# For comparison, the ledger of the scenario. The library derives the same noise from weights, caps and bounds; scale and
# what one unit may change are in rows, or in the unit of the value.
LEDGER = {
    "location": dict(epsilon=0.6000000000000001, delta=0, sensitivity=1, scale=1.6666666666666665),
    "measure": dict(epsilon=0.19999999999999996, delta=0, sensitivity=150, scale=750.0000000000001),
    "rhythm": dict(epsilon=0.19999999999999996, delta=0, sensitivity=1, scale=5.000000000000001),
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
AXIS_1 = labels("site", [
    "HP0", "MS3", "SK8", "OP1", "KX8", "GV3", "C7M", "HPZ", "GV2", "OP3", "OP2", "LW5", "WMD",
    "N7K", "ST1", "CT6", "CD4", "CD5", "LB0", "GR4", "BQ1", "SK1", "HP2", "HP6", "HP9", "ST4",
    "TH1", "TH2", "TH3", "CT8", "WA2", "WA4", "WL1", "ST3", "BG1", "RIV", "MR5", "XL2", "IT2",
    "HF2", "HS2", "HV1", "HV3", "ZY2", "HS1", "BG3", "HS5", "BT4", "WL3", "WL5", "WM1", "HP4",
    "HP1", "HP3", "NK2", "KC8", "WM5", "WL4", "RIU", "IC6", "RIE", "RIF", "RIC", "RID", "LB4",
    "RIG", "RIH", "MY7", "RII", "RIJ", "BT5", "BX6", "EN5", "A30", "BL0", "MY1", "MY2", "MY3",
    "RB1", "RB2", "NK8", "HG4", "XL1", "RB3", "RB4", "RI1", "RI2", "ST2", "CR5", "CR6", "CY1",
    "EN1", "EN2", "EN3", "EN4", "GB6", "RHG", "GR5", "GR7", "HF1", "HG1", "HG2", "HI1", "HI2",
    "HK4", "HK6", "HR1", "HR2", "EA6", "HS3", "SK2", "NK1", "RIQ", "IS3", "EG2", "RB6", "EN6",
    "GR2", "CT5", "WM2", "BX0", "LB5", "EG1", "ST5", "BY8", "EA4", "EA5", "RI7", "KG2", "RI8",
    "RIA", "RIB", "MR3", "CO1", "BT7", "LH1", "EI0", "TL2", "TL1", "GR8", "HS6", "NK4", "IG4",
    "BX9", "GV1", "ST6", "MR7", "IS4", "IS5", "RIS", "RIT", "BQ8", "WM8", "XL4", "RHA", "RHB",
    "HS8", "CR7", "XL5", "RIW", "RIX", "KC6", "LH4", "LH5", "LH6", "LH8", "MG2", "MG3", "MG4",
    "MG5", "MG6", "MO1", "MY4", "MY5", "CT2", "CT4", "EI1", "KX4", "GB0", "BG2", "WA7", "NM2",
    "LW4", "XP4", "XP5", "XP6", "KSS", "XD1", "XL6", "HFX", "KSR", "VVR", "XT3", "NK9", "XB2",
    "EI7", "ST8", "CO2", "XK5", "MR8", "LO6", "RHC", "XK3", "KT5", "KT6", "MS9", "WMC", "LO1",
    "LO2", "LO3", "LO4", "GN6", "BQ2", "BQ3", "BQ4", "BT0", "BY6", "CD2", "EG3", "EG4", "TD1",
    "TD2", "TD3", "TD4", "TD5", "TD6", "TD7", "TD8", "TH0", "EI2", "TX0", "TX1", "TX2", "TX3",
    "TX4", "TX5", "TX6", "TX7", "TX8", "TX9", "XT1", "HS4", "KSJ", "NK7", "IM1", "JC1", "JC2",
    "SK6", "ME3", "XK1", "EI8", "PF1", "CM3", "WM9", "BP0", "LH0", "TD0", "WE0", "RB5", "BX7",
    "BX8", "RIK", "RIL", "MY8", "HI0", "WM0", "EC1", "EA7", "WM3", "GR9", "FD2", "KC7", "EA8",
    "HF3", "EA9", "EA0", "KC9", "MY9", "RIO", "RIP", "MR2", "BL1", "BQ7", "CR2", "BN1", "BN2",
    "BN3", "BT1", "BT2", "BT3", "BX1", "BX2", "BX3", "BX4", "BX5", "BY5", "BY7", "CD1", "CD3",
    "NM1", "ME1", "CR3", "CR4", "CT1", "EA1", "EA2", "IS1", "IS2", "KC1", "KC2", "KC3", "KC4",
    "HS9", "MR0", "KC5", "KT1", "LB1", "LB2", "LB3", "LH2", "LW1", "LW2", "MG1", "BT6", "HI3",
    "KC0", "MY0", "MR1", "RIM", "RIN", "BY1", "BY4", "HG3", "KT2", "HV2", "GN3", "GN4", "SK3",
    "SK4", "VS1", "WA3", "WL2", "GN0", "GN2", "TH4", "GR3", "TL3", "CT7", "XP2", "WM4", "CT3",
    "IS6", "CD7", "WA6", "WAA", "NK3", "BTE", "HS7", "HF4", "ME2", "XP1", "SK7", "XP3", "CD9",
    "RIY", "EN7", "TH5", "KSK", "LW3", "XL3", "XD2", "WM6", "WA9", "WA8", "NK0", "KG1", "RHH",
    "VVG", "WAB", "XK2", "RHD", "RHE", "WM7", "NM3", "LB6", "RIZ", "ST7", "WA1", "MR4", "NK5",
    "MR6", "RB7", "KM1", "MYI", "XK0", "TD9", "CR8", "KT3", "KT4", "BT8", "TB2", "KF1", "WMB",
    "TH6", "ME7", "ME8", "MR9", "FA1", "NB1", "HFY", "WAC", "CR9", "WMZ", "ME9", "GN5", "BQ6",
    "BQ5", "XT2", "SK5", "NK6", "RHF", "WMA", "HP5",
])
AXIS_2 = hours("time", 1)
AXIS_3 = week_hours("time")
AXES = {
    "location": [AXIS_1, AXIS_2],
    "measure": [AXIS_1, AXIS_2],
    "rhythm": [AXIS_3],
}


def row_of(header, line):
    """One line of the file; quoted line ends are not supported on a cluster."""
    return dict(zip(header, next(csv.reader([line]))))


def records(name, row):
    """(whose, cell, number) of a row for one question; nothing for a row that is in no cell."""
    if name in ("location", "measure",) and number_of(row, NEEDS) is None:
        return []
    who = None
    cell = cell_of(AXES[name], row)
    value = number_of(row, VALUE)
    value = None if value is None else value - CENTRE
    return [] if cell is None else [(who, cell, value or 0)]


ASKED = {
    "location": ([pipeline_dp.Metrics.COUNT], None),
    "measure": ([pipeline_dp.Metrics.SUM], (-HALF, HALF)),
    "rhythm": ([pipeline_dp.Metrics.COUNT], None),
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


COUNTS = {"location", "rhythm"}


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
    for name in ["location", "measure", "rhythm"]:
        results[name] = ask(engine, name, rows.flatMap(functools.partial(records, name)))
    accountant.compute_budgets()
    for name, result in results.items():
        result.map(functools.partial(line_of, name)).saveAsTextFile(f"{target}-{name}")


if __name__ == "__main__":
    main()
