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
- Noise is always whole here; the page simulates it in floating point unless exact noise is chosen.
"""


import csv
import math
import sys
from datetime import datetime

import opendp.prelude as dp

dp.enable_features("contrib")


VALUE = "no2"  # the number that is added up
LOW, HIGH = 0, 300  # its declared range: values are clipped to it
CENTRE, HALF = LOW / 2 + HIGH / 2, HIGH / 2 - LOW / 2
NEEDS = "no2"  # rows without a number here take no part
GRID = 4096  # steps of a half range


EPSILON, DELTA = 1, 0  # of the whole release
# By question: its share of epsilon and delta, what one hidden unit may change (d_in) and the scale of the noise, both in
# whole steps, and what a step is worth.
QUESTIONS = {
    "location": dict(epsilon=0.5, delta=0, d_in=1, scale=2, step=1),
    "measure": dict(epsilon=0.5, delta=0, d_in=4096, scale=8192, step=0.03662109375),
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
AXES = {
    "location": [AXIS_1],
    "measure": [AXIS_1],
}


def one(row):
    return 1


def centred(row):
    """The clipped number about the middle of its range, in whole steps, so that sums are exact."""
    return half_up(min(1, max(-1, (number_of(row, NEEDS) - CENTRE) / HALF)) * GRID)


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
    rated = [row for row in rows if number_of(row, NEEDS) is not None]
    noise = {}
    noise["location"] = noisy_counts("location", rated, AXES["location"])
    noise["measure"] = noisy("measure", counted(rated, AXES["measure"], centred))
    yield ["question", "levels", "value"]
    for name, cells in noise.items():
        axes, step = AXES[name], QUESTIONS[name]["step"]
        for cell, steps in enumerate(cells):
            value = steps * step if name == "measure" else max(0, steps)
            yield [name, " / ".join(levels_of(axes, cell)), value]
    # The mean of a cell is post-processing; below one noisy row the release says nothing.
    for cell, (rows_in, steps) in enumerate(zip(noise["location"], noise["measure"])):
        if rows_in >= 1:
            mean = CENTRE + min(HALF, max(-HALF, steps * QUESTIONS["measure"]["step"] / rows_in))
            yield ["mean", " / ".join(levels_of(AXES["location"], cell)), mean]


def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: laplace-histogram-opendp.py rows.csv release.csv")
    with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(answers(rows))


if __name__ == "__main__":
    main()
