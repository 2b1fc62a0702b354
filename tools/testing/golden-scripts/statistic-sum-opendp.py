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
- What is hidden: everything one person, vehicle or household adds, with the same caps on their
  rows.
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
- Which rows of a unit are kept is drawn anew.
- Noise is always whole here; the page simulates it in floating point unless exact noise is chosen.
"""


import csv
import math
import random
import sys
from datetime import datetime

import opendp.prelude as dp

dp.enable_features("contrib")


ENTITY = "traveller"  # column that says whose row it is
CELLS_PER_UNIT = 5  # cells one unit may be in
ROWS_PER_CELL = 2  # rows of one unit in each of them
VALUE = "fare"  # the number that is added up
LOW, HIGH = 0, 100  # its declared range: values are clipped to it
CENTRE, HALF = LOW / 2 + HIGH / 2, HIGH / 2 - LOW / 2
NEEDS = "fare"  # rows without a number here take no part
GRID = 4096  # steps of a half range


EPSILON, DELTA = 1, 0  # of the whole release
# By question: its share of epsilon and delta, what one hidden unit may change (d_in) and the scale of the noise, both in
# whole steps, and what a step is worth.
QUESTIONS = {
    "sum": dict(epsilon=1, delta=0, d_in=40960, scale=40960, step=0.0244140625),
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
AXIS_1 = labels("payment", ["card", "cash", "no charge", "dispute", "unknown"])
AXES = {
    "sum": [AXIS_1],
}


def whose(row):
    """Whose row it is; empty where nobody's."""
    return (row.get(ENTITY) or "").strip()


def kept(rows, axes):
    """Rows that take part: a random choice of each unit's own. Rows without an id cannot be bounded and are left out."""
    order = [row for row in rows if whose(row)]
    random.SystemRandom().shuffle(order)
    cells, rows_in, out = {}, {}, []
    for row in order:
        who, cell = whose(row), cell_of(axes, row)
        if cell is None:
            continue
        mine = cells.setdefault(who, set())
        if cell not in mine and len(mine) >= CELLS_PER_UNIT:
            continue
        if rows_in.get((who, cell), 0) >= ROWS_PER_CELL:
            continue
        mine.add(cell)
        rows_in[(who, cell)] = rows_in.get((who, cell), 0) + 1
        out.append(row)
    return out


def clipped(row):
    """The clipped number in whole steps, so that sums are exact."""
    return half_up(min(HIGH, max(LOW, number_of(row, NEEDS))) / (max(abs(LOW), abs(HIGH)) / GRID))


def checked(name, spent):
    """Stops before anything is released if OpenDP's privacy map finds the noise too small for its share."""
    share = QUESTIONS[name]["epsilon"]
    print(f"{name}: OpenDP accounts epsilon {spent:.12g} of {share:.12g}")
    if spent > share * (1 + 1e-9):
        raise SystemExit(f"{name}: the noise costs more than its share of epsilon; nothing was released")


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
    axes = AXES["sum"]
    rows = kept(rows, axes)
    noisy_sum = noisy("sum", counted(rows, axes, clipped))
    cells = [steps * QUESTIONS["sum"]["step"] for steps in noisy_sum]
    cells = [max(0, cell) for cell in cells]
    yield ["levels", "value"]
    for cell, value in enumerate(cells):
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
