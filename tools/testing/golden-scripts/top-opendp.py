#!/usr/bin/env python3
"""The busiest places (private top k): a release planned with Epsilon City.

NOT EXECUTED HERE. Written for OpenDP 0.14 and 0.15 (Python 3.10 or later). Scripts of this kind are
compiled in tests, their names checked against the library's documentation and their numbers against
the ledger of the same scenario; none was ever run with the library itself.

How to run it:
    pip install "opendp>=0.14,<0.16"
    python3 top-keys-opendp.py rows.csv release.csv

The same as in the scenario:
- The candidates, declared beforehand, and the budget of every choice.
- What is hidden: one row, added or removed.
- Laplace noise on whole numbers, with the scale of the ledger for every question.
- The privacy budget and its division among the questions.

What differs:
- The scenario's seed is not used: the library draws from its own cryptographic source, so every run
  gives other numbers.
- The script reads a CSV file with the columns of this scenario; times must be ISO 8601, on the
  clock meant.
- Labels of places and categories stand in the script as public. Take out any that would name
  somebody before you share it.
"""


import csv
import math
import sys
from datetime import datetime

import opendp.prelude as dp

dp.enable_features("contrib")


CHOICES = 3
QUESTIONS = {
    "choice": dict(epsilon=0.16666666666666666, d_in=1, scale=6),  # of each of them
    "counts": dict(epsilon=0.5, d_in=1, scale=2),
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
    "candidates": [AXIS_1],
}


def checked(name, spent):
    """Stops before anything is released if OpenDP's privacy map finds the noise too small for its share."""
    share = QUESTIONS[name]["epsilon"]
    print(f"{name}: OpenDP accounts epsilon {spent:.12g} of {share:.12g}")
    if spent > share * (1 + 1e-9):
        raise SystemExit(f"{name}: the noise costs more than its share of epsilon; nothing was released")


def chosen(scores):
    """The largest, one after another, by OpenDP. Counts of neighbours all move the same way: the metric is monotonic."""
    question = QUESTIONS["choice"]
    choose = dp.m.make_noisy_top_k(
        dp.vector_domain(dp.atom_domain(T=int)),
        dp.linf_distance(T=int, monotonic=True),
        dp.max_divergence(),
        k=min(CHOICES, len(scores)),
        scale=question["scale"],
    )
    checked("choice", choose.map(question["d_in"]) / min(CHOICES, len(scores)))
    return choose(scores)


def noisy(cells):
    question = QUESTIONS["counts"]
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    measurement = space >> dp.m.then_laplace(scale=question["scale"])
    checked("counts", measurement.map(question["d_in"]))
    return measurement(cells)


def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    axes = AXES["candidates"]
    scores = [0] * size_of(axes)
    for row in rows:
        cell = cell_of(axes, row)
        if cell is not None:
            scores[cell] += 1
    order = chosen(scores)
    yield ["level", "count"]
    for cell, count in zip(order, noisy([scores[cell] for cell in order])):
        yield [*levels_of(axes, cell), max(0, count)]


def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: top-keys-opendp.py rows.csv release.csv")
    with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(answers(rows))


if __name__ == "__main__":
    main()
