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
- What is hidden: everything one person, vehicle or household adds, with the same caps on their
  rows.
- Gaussian noise with the standard deviation of the ledger for every question.

What differs:
- The scenario's seed is not used: the library draws from its own cryptographic source, so every run
  gives other numbers.
- The script reads a CSV file with the columns of this scenario; times must be ISO 8601, on the
  clock meant.
- Noise is always whole here; the page simulates it in floating point unless exact noise is chosen.
- OpenDP accounts for Gaussian noise by zero-concentrated privacy: the epsilon it prints is a little
  larger than that of the analytic Gaussian, for the same noise.
"""


import csv
import math
import random
import sys
from datetime import datetime

import opendp.prelude as dp

dp.enable_features("contrib")


ENTITY = "traveller"  # column that says whose row it is
ROWS_PER_UNIT = 10  # rows of one unit that take part, over all cells


QUESTIONS = {
    "totals": dict(epsilon=1, delta=0.000001, d_in=17.32050807568877, scale=73.17358481977733, step=1),
}
TIME = "pickupTime"  # when a row was
START, STEP_HOURS = datetime.fromisoformat("2019-10-01T00:00:00"), 168  # declared beforehand
STEPS = ["2019-10-01", "2019-10-08", "2019-10-15", "2019-10-22", "2019-10-29"]


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


def whose(row):
    """Whose row it is; empty where nobody's."""
    return (row.get(ENTITY) or "").strip()


def kept(rows, axes):
    """Rows that take part: a random choice of each unit's own. Rows without an id cannot be bounded and are left out."""
    order = [row for row in rows if whose(row)]
    random.SystemRandom().shuffle(order)
    seen, out = {}, []
    for row in order:
        who = whose(row)
        if seen.get(who, 0) < ROWS_PER_UNIT:
            seen[who] = seen.get(who, 0) + 1
            out.append(row)
    return out


def noisy(name, cells):
    """Integer Gaussian noise on whole steps. OpenDP takes d_in, which follows from the caps above, as given."""
    question = QUESTIONS[name]
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T=float)
    measurement = space >> dp.m.then_gaussian(scale=question["scale"])
    # By way of zCDP, looser than the analytic Gaussian the scale was chosen by: printed, not compared.
    profile = dp.c.make_zCDP_to_approxDP(measurement).map(float(question["d_in"]))
    spent = profile.epsilon(delta=question["delta"])
    print(f"{name}: epsilon {question['epsilon']:.12g} by the analytic Gaussian, {spent:.12g} by OpenDP's accountant")
    return measurement(cells)


def height_of(step):
    """Height of the largest node of a binary tree that ends at a step."""
    return (step & -step).bit_length() - 1


def nodes_of(counts):
    """The largest node that ends at each step (Chan, Shi, Song, 2011)."""
    sums, out = {}, []
    for step, count in enumerate(counts, start=1):
        node = count + sum(sums.pop(height, 0) for height in range(height_of(step)))
        sums[height_of(step)] = node
        out.append(node)
    return out


def totals_of(noisy):
    """A total is the sum of the nodes of the step's binary form."""
    alive, out = {}, []
    for step, value in enumerate(noisy, start=1):
        for height in range(height_of(step)):
            alive.pop(height, None)
        alive[height_of(step)] = value
        out.append(sum(alive.values()))
    return out


def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    rows = kept(rows, None)
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
