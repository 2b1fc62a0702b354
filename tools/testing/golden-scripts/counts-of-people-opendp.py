#!/usr/bin/env python3
"""Noisy counts (Laplace): a release planned with Epsilon City.

NOT EXECUTED HERE. Written for OpenDP 0.14 and 0.15 (Python 3.10 or later). Scripts of this kind are
compiled in tests, their names checked against the library's documentation and their numbers against
the ledger of the same scenario; none was ever run with the library itself.

How to run it:
    pip install "opendp>=0.14,<0.16"
    python3 laplace-histogram-opendp.py rows.csv release.csv

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
ROWS_PER_UNIT = 10  # rows of one unit that take part, over all cells


EPSILON, DELTA = 1, 0  # of the whole release
# By question: its share of epsilon and delta, what one hidden unit may change (d_in) and the scale of the noise, both in
# whole steps, and what a step is worth.
QUESTIONS = {
    "location": dict(epsilon=0.2999999999999998, delta=0, d_in=10, scale=33.33333333333335, step=1),
    "behaviour": dict(epsilon=0.5000000000000002, delta=0, d_in=10, scale=19.999999999999993, step=1),
    "rhythm": dict(epsilon=0.19999999999999996, delta=0, d_in=10, scale=50.000000000000014, step=1),
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


def one(row):
    return 1


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


def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
    rows = kept(rows, None)
    noise = {}
    noise["location"] = noisy_counts("location", rows, AXES["location"])
    noise["behaviour"] = noisy_counts("behaviour", rows, AXES["behaviour"])
    noise["rhythm"] = noisy_counts("rhythm", rows, AXES["rhythm"])
    yield ["question", "levels", "value"]
    for name, cells in noise.items():
        axes, step = AXES[name], QUESTIONS[name]["step"]
        for cell, steps in enumerate(cells):
            value = max(0, steps)
            yield [name, " / ".join(levels_of(axes, cell)), value]


def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: laplace-histogram-opendp.py rows.csv release.csv")
    with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(answers(rows))


if __name__ == "__main__":
    main()
