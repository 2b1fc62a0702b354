#!/usr/bin/env python3
"""Frequent keys nobody declared: a release planned with Epsilon City.

NOT EXECUTED HERE. Written for OpenDP 0.14 and 0.15 (Python 3.10 or later). Scripts of this kind are
compiled in tests, their names checked against the library's documentation and their numbers against
the ledger of the same scenario; none was ever run with the library itself.

How to run it:
    pip install "opendp>=0.14,<0.16"
    python3 heavy-keys-opendp.py rows.csv release.csv

The same as in the scenario:
- What is hidden: everything one person, vehicle or household adds, with the same caps on their
  rows.
- The noise, the threshold and the keys kept per unit.

What differs:
- The scenario's seed is not used: the library draws from its own cryptographic source, so every run
  gives other numbers.
- The script reads a CSV file with the columns of this scenario; times must be ISO 8601, on the
  clock meant.
- OpenDP's printed delta may be a little smaller: it leaves out the chance of meeting the threshold
  exactly.
"""


import csv
import math
import random
import sys
from datetime import datetime

import opendp.prelude as dp

dp.enable_features("contrib")


ENTITY = "traveller"  # column that says whose row it is


KEYS_PER_UNIT = 5
EPSILON, DELTA = 1, 0.000001
SCALE, THRESHOLD = 5, 76


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


def units_by_key(rows):
    """Different units of every key; of one unit at most KEYS_PER_UNIT keys, a random choice of its own."""
    order = [row for row in rows if whose(row)]
    random.SystemRandom().shuffle(order)
    mine, out = {}, {}
    for row in order:
        key, keys = key_of(row), mine.setdefault(whose(row), set())
        if key is None or key in keys or len(keys) >= KEYS_PER_UNIT:
            continue
        keys.add(key)
        out[key] = out.get(key, 0) + 1
    return out


def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    domain = dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T=int))
    metric = dp.l01inf_distance(dp.absolute_distance(T=int))
    measurement = dp.m.make_laplace_threshold(domain, metric, scale=SCALE, threshold=THRESHOLD)
    # (keys a unit may be in, what it changes over all of them, and in one of them)
    loss = measurement.map((KEYS_PER_UNIT, KEYS_PER_UNIT, 1))
    print(f"OpenDP accounts epsilon, delta {loss} of {EPSILON}, {DELTA}")
    if loss[0] > EPSILON * (1 + 1e-9):
        raise SystemExit("the noise costs more than was promised; nothing was released")
    found = measurement(units_by_key(rows))
    yield ["key", "count"]
    yield from sorted(found.items(), key=lambda item: (-item[1], item[0]))


def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: heavy-keys-opendp.py rows.csv release.csv")
    with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(answers(rows))


if __name__ == "__main__":
    main()
