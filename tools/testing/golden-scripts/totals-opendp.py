#!/usr/bin/env python3
"""Running totals over time: a release planned with Epsilon City.

NOT EXECUTED HERE. Written for OpenDP 0.14 and 0.15 (Python 3.10 or later). Scripts of this kind are
compiled in tests, their names checked against the library's documentation and their numbers against
the ledger of the same scenario; none was ever run with the library itself.

How to run it:
    pip install "opendp>=0.14,<0.16"
    python3 continual-counts-opendp.py rows.csv release.csv

The same as in the scenario:
- The steps of the declared period, the partial sums that are measured, and how totals are made of
  them.
- What is hidden: one row, added or removed.
- Laplace noise on whole numbers, with the scale of the ledger for every question.

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


QUESTIONS = {
    "totals": dict(epsilon=1, delta=0, d_in=5, scale=5, step=1),
}
TIME = "pickupTime"  # when a row was
START, STEP_HOURS = datetime.fromisoformat("2019-10-01T00:00:00"), 24  # declared beforehand
STEPS = [
    "2019-10-01", "2019-10-02", "2019-10-03", "2019-10-04", "2019-10-05", "2019-10-06",
    "2019-10-07", "2019-10-08", "2019-10-09", "2019-10-10", "2019-10-11", "2019-10-12",
    "2019-10-13", "2019-10-14", "2019-10-15", "2019-10-16", "2019-10-17", "2019-10-18",
    "2019-10-19", "2019-10-20", "2019-10-21", "2019-10-22", "2019-10-23", "2019-10-24",
    "2019-10-25", "2019-10-26", "2019-10-27", "2019-10-28", "2019-10-29", "2019-10-30",
    "2019-10-31",
]


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


def step_of(row):
    """Step of a row, or None outside the declared period."""
    when = time_of(row, TIME)
    if when is None:
        return None
    step = int((when.replace(tzinfo=None) - START).total_seconds() // (3600 * STEP_HOURS))
    return step if 0 <= step < len(STEPS) else None


def checked(name, spent):
    """Stops before anything is released if OpenDP's privacy map finds the noise too small for its share."""
    share = QUESTIONS[name]["epsilon"]
    print(f"{name}: OpenDP accounts epsilon {spent:.12g} of {share:.12g}")
    if spent > share * (1 + 1e-9):
        raise SystemExit(f"{name}: the noise costs more than its share of epsilon; nothing was released")


def noisy(name, cells):
    """Integer Laplace noise on whole steps. OpenDP takes d_in, which follows from the caps above, as given."""
    question = QUESTIONS[name]
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    measurement = space >> dp.m.then_laplace(scale=question["scale"])
    checked(name, measurement.map(question["d_in"]))
    return measurement(cells)


def height_of(step):
    """Height of the largest node of a binary tree that ends at a step."""
    return (step & -step).bit_length() - 1


def nodes_of(counts):
    """All nodes that end at each step, smallest first."""
    sums, out = {}, []
    for step, count in enumerate(counts, start=1):
        node = count
        out.append(node)
        for height in range(height_of(step)):
            node += sums.pop(height)
            out.append(node)
        sums[height_of(step)] = node
    return out


def totals_of(noisy):
    """Every node is averaged with the sum of its children by variance (Honaker, 2015)."""
    nodes, alive, out, step = iter(noisy), {}, [], 0
    weights = [1.0]
    for value in nodes:
        step += 1
        for height in range(1, height_of(step) + 1):
            if height == len(weights):
                weights.append(2 * weights[-1] / (1 + 2 * weights[-1]))
            own = next(nodes)
            value = weights[height] * own + (1 - weights[height]) * (alive.pop(height - 1) + value)
        alive[height_of(step)] = value
        out.append(sum(alive.values()))
    return out


def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    counts = [0] * len(STEPS)
    for row in rows:
        step = step_of(row)
        if step is not None:
            counts[step] += 1
    yield ["step", "total"]
    yield from zip(STEPS, totals_of(noisy("totals", nodes_of(counts))))


def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: continual-counts-opendp.py rows.csv release.csv")
    with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(answers(rows))


if __name__ == "__main__":
    main()
