import type { AxisPlan, CapsPlan, UnitPlan, ValuePlan } from './plan.ts';
import { pyNumber, pyString, pyStrings } from './python.ts';

/** The part of every script that knows the file: how a row finds its cell, and which rows of one unit are kept. */

/** Functions of Python that place a row on declared levels. Nothing in them looks at more than one row. */
export const ROW_FUNCTIONS = `def labels(column, names):
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
    return math.floor(value + 0.5)`;

/** An axis as a call of one of the functions above. */
function axisCall(axis: AxisPlan, indent: number): string {
  const column = pyString(axis.column);
  switch (axis.kind) {
    case 'labels':
      return `labels(${column}, ${pyStrings(axis.levels, indent)})`;
    case 'hours':
      return `hours(${column}, ${pyNumber(axis.step)})`;
    case 'week':
      return `week_hours(${column})`;
    case 'bands':
      return `bands(${column}, ${pyNumber(axis.bounds[0])}, ${pyNumber(axis.bounds[1])}, ${pyNumber(axis.bands)})`;
  }
}

/** A dictionary of grids by the question asked over them; an axis of several questions is written once. */
export function axesTable(questions: readonly { readonly id: string; readonly axes: readonly AxisPlan[] }[]): string {
  const names = new Map<string, string>();
  const entries = questions.map(({ id, axes }) => {
    const used = axes.map((axis) => {
      const call = axisCall(axis, 0);
      const name = names.get(call) ?? `AXIS_${names.size + 1}`;
      names.set(call, name);
      return name;
    });
    return `    ${pyString(id)}: [${used.join(', ')}],`;
  });
  return [
    '# Levels are declared: places, hours of the clock, bands of a declared range, public labels. Never those that occur.',
    ...Array.from(names, ([call, name]) => `${name} = ${call}`),
    'AXES = {',
    ...entries,
    '}',
  ].join('\n');
}

export const unitConstants = ({ entity, day }: UnitPlan): string =>
  `ENTITY = ${pyString(entity)}  # column that says whose row it is` +
  (day === undefined ? '' : `\nDAY = ${pyString(day)}  # each calendar day of a unit is hidden alone`);

/** The function that says whose a row is. */
export function unitFunction(unit: UnitPlan | undefined): string {
  if (unit === undefined) return '';
  return unit.day === undefined
    ? `def whose(row):
    """Whose row it is; empty where nobody's."""
    return (row.get(ENTITY) or "").strip()`
    : `def whose(row):
    """Whose row it is and of which day; empty where nobody's."""
    who, when = (row.get(ENTITY) or "").strip(), time_of(row, DAY)
    return f"{who} {when.date()}" if who and when is not None else ""`;
}

/** Constants of the caps and of the value that is added up. */
export function constants(caps: CapsPlan, value: ValuePlan | undefined, needs: string | undefined): string {
  const lines: string[] = [];
  if (caps.kind !== 'row') {
    lines.push(unitConstants(caps.unit));
    if (caps.kind === 'rows') {
      lines.push(`ROWS_PER_UNIT = ${pyNumber(caps.rows)}  # rows of one unit that take part, over all cells`);
    } else {
      lines.push(`CELLS_PER_UNIT = ${pyNumber(caps.cells)}  # cells one unit may be in`);
      lines.push(`ROWS_PER_CELL = ${pyNumber(caps.rowsPerCell)}  # rows of one unit in each of them`);
    }
  }
  if (value !== undefined) {
    const [low, high] = value.bounds;
    lines.push(`VALUE = ${pyString(value.column)}  # the number that is added up`);
    lines.push(`LOW, HIGH = ${pyNumber(low)}, ${pyNumber(high)}  # its declared range: values are clipped to it`);
    lines.push('CENTRE, HALF = LOW / 2 + HIGH / 2, HIGH / 2 - LOW / 2');
  }
  if (needs !== undefined) lines.push(`NEEDS = ${pyString(needs)}  # rows without a number here take no part`);
  return lines.join('\n');
}

/** Keeps what the caps allow, in an order drawn at random that never depends on anybody else's rows. */
export function boundingFunction(caps: CapsPlan): string {
  if (caps.kind === 'row') return '';
  const head = `def kept(rows, axes):
    """Rows that take part: a random choice of each unit's own. Rows without an id cannot be bounded and are left out."""
    order = [row for row in rows if whose(row)]
    random.SystemRandom().shuffle(order)
`;
  if (caps.kind === 'rows') {
    return `${head}    seen, out = {}, []
    for row in order:
        who = whose(row)
        if seen.get(who, 0) < ROWS_PER_UNIT:
            seen[who] = seen.get(who, 0) + 1
            out.append(row)
    return out`;
  }
  return `${head}    cells, rows_in, out = {}, {}, []
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
    return out`;
}

/** What a row adds to its cell, in whole steps, by what is measured. */
export const STEP_FUNCTIONS: Readonly<Record<'count' | 'sum' | 'centred' | 'squares', string>> = {
  count: `def one(row):
    return 1`,
  sum: `def clipped(row):
    """The clipped number in whole steps, so that sums are exact."""
    return half_up(min(HIGH, max(LOW, number_of(row, NEEDS))) / (max(abs(LOW), abs(HIGH)) / GRID))`,
  centred: `def centred(row):
    """The clipped number about the middle of its range, in whole steps, so that sums are exact."""
    return half_up(min(1, max(-1, (number_of(row, NEEDS) - CENTRE) / HALF)) * GRID)`,
  squares: `def squared(row):
    """Its square about the middle of 0..HALF^2, in whole steps."""
    return half_up(centred(row) ** 2 / GRID) - GRID // 2`,
};
export const STEP_NAMES = { count: 'one', sum: 'clipped', centred: 'centred', squares: 'squared' } as const;

/** Post-processing that ties cells together, without cost in privacy. */
export const CONSISTENCY_FUNCTIONS = `def nearest_non_negative(cells, total):
    """The nearest cells, in squares, that are not negative and add up to the total (Duchi et al., 2008)."""
    wanted, before, less = max(0, total), 0, 0
    for k, value in enumerate(sorted(cells, reverse=True), start=1):
        cut = (before + value - wanted) / k
        if value < cut:
            break
        before, less = before + value, cut
    return [max(0, cell - less) for cell in cells]


def round_together(cells):
    """Whole cells that add up to the rounded total; the largest fractions are rounded up."""
    out = [math.floor(cell) for cell in cells]
    left = half_up(sum(cells)) - sum(out)
    order = sorted(range(len(cells)), key=lambda i: (out[i] - cells[i], i))
    for i in order[: max(0, left)]:
        out[i] += 1
    return out`;
