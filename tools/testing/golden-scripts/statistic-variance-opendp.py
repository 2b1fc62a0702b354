#!/usr/bin/env python3
"""Ask for a statistic: a release planned with Epsilon City.

NOT EXECUTED HERE. Written for OpenDP 0.14 and 0.15 (Python 3.10 or later). Scripts of this kind are
compiled in tests, their names checked against the library's documentation and their numbers against
the ledger of the same scenario; none was ever run with the library itself.

How to run it:
    pip install "opendp>=0.14,<0.16"
    python3 noisy-statistics-opendp.py rows.csv release.csv

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
- Noise is always whole here; the page simulates it in floating point unless exact noise is chosen.
"""


import csv
import math
import sys
from datetime import datetime

import opendp.prelude as dp

dp.enable_features("contrib")


VALUE = "fare"  # the number that is added up
LOW, HIGH = 0, 100  # its declared range: values are clipped to it
CENTRE, HALF = LOW / 2 + HIGH / 2, HIGH / 2 - LOW / 2
NEEDS = "fare"  # rows without a number here take no part
GRID = 4096  # steps of a half range


EPSILON, DELTA = 1, 0  # of the whole release
# By question: its share of epsilon and delta, what one hidden unit may change (d_in) and the scale of the noise, both in
# whole steps, and what a step is worth.
QUESTIONS = {
    "count": dict(epsilon=0.3333333333333335, delta=0, d_in=1, scale=2.9999999999999987, step=1),
    "centred": dict(epsilon=0.33333333333333326, delta=0, d_in=4096, scale=12288.000000000004, step=0.01220703125),
    "squares": dict(epsilon=0.33333333333333326, delta=0, d_in=2048, scale=6144.000000000002, step=0.6103515625),
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
    "count": [AXIS_1],
    "centred": [AXIS_1],
    "squares": [AXIS_1],
}


def one(row):
    return 1


def centred(row):
    """The clipped number about the middle of its range, in whole steps, so that sums are exact."""
    return half_up(min(1, max(-1, (number_of(row, NEEDS) - CENTRE) / HALF)) * GRID)


def squared(row):
    """Its square about the middle of 0..HALF^2, in whole steps."""
    return half_up(centred(row) ** 2 / GRID) - GRID // 2


def checked(name, spent):
    """Stops before anything is released if OpenDP's privacy map finds the noise too small for its share."""
    share = QUESTIONS[name]["epsilon"]
    print(f"{name}: OpenDP accounts epsilon {spent:.12g} of {share:.12g}")
    if spent > share * (1 + 1e-9):
        raise SystemExit(f"{name}: the noise costs more than its share of epsilon; nothing was released")


def noisy_counts(name, rows, axes):
    """Counts with integer Laplace noise: counting, noise and the proof of what they cost are all OpenDP's."""
    question = QUESTIONS[name]
    measurement = (
        (dp.vector_domain(dp.atom_domain(T=int)), dp.symmetric_distance())
        >> dp.t.then_count_by_categories(categories=list(range(size_of(axes))), null_category=False)
        >> dp.m.then_laplace(scale=question["scale"])
    )
    checked(name, measurement.map(question["d_in"]))
    cells = (cell_of(axes, row) for row in rows)
    return measurement([cell for cell in cells if cell is not None])


def counted(rows, axes, steps):
    """Whole steps in every cell, before noise."""
    cells = [0] * size_of(axes)
    for row in rows:
        cell = cell_of(axes, row)
        if cell is not None:
            cells[cell] += steps(row)
    return cells


def noisy(name, cells):
    """Integer Laplace noise on whole steps. OpenDP takes d_in, which follows from the caps above, as given."""
    question = QUESTIONS[name]
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    measurement = space >> dp.m.then_laplace(scale=question["scale"])
    checked(name, measurement.map(question["d_in"]))
    return measurement(cells)


def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    rows = [row for row in rows if number_of(row, NEEDS) is not None]
    axes = AXES["count"]
    noisy_count = noisy_counts("count", rows, axes)
    noisy_centred = noisy("centred", counted(rows, axes, centred))
    noisy_squares = noisy("squares", counted(rows, axes, squared))
    noisy_count = [max(0, cell) for cell in noisy_count]
    yield ["levels", "value"]
    for cell, (rows_in, steps, square) in enumerate(zip(noisy_count, noisy_centred, noisy_squares)):
        value = ""  # below one noisy row the release says nothing
        if rows_in >= 1:
            mean = min(HALF, max(-HALF, steps * QUESTIONS["centred"]["step"] / rows_in))
            moment = square * QUESTIONS["squares"]["step"] / rows_in + HALF**2 / 2
            value = min(HALF**2, max(0, moment - mean**2))
        yield [" / ".join(levels_of(axes, cell)), value]


def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: noisy-statistics-opendp.py rows.csv release.csv")
    with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(answers(rows))


if __name__ == "__main__":
    main()
