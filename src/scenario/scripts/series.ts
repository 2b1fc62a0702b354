import type { Picture, SeriesPicture } from '../../engine/kit/picture.ts';
import { docstring, type Header } from './header.ts';
import { CHECKED, imports, mainOf, NOISY_GAUSSIAN, NOISY_LAPLACE, openDpRun } from './opendp.ts';
import { type Release, unitOf } from './plan.ts';
import { pyNumber, pyString, pyStrings } from './python.ts';
import { boundingFunction, constants, ROW_FUNCTIONS, unitFunction } from './reading.ts';

/** Running totals as a script: a tree of partial sums with OpenDP's noise. */

const isSeries = (picture: Picture): picture is SeriesPicture => picture.view === 'series';

const HOURS = { hour: 1, day: 24, week: 168 } as const;
const HOUR_MS = 3_600_000;

/** Schemes whose measurements are whole numbers, so that OpenDP's noise is theirs. */
const SCHEMES: Readonly<Record<string, string>> = {
  input: `def nodes_of(counts):
    """Every step is measured by itself."""
    return list(counts)


def totals_of(noisy):
    out, total = [], 0
    for value in noisy:
        total += value
        out.append(total)
    return out`,
  tree: `def height_of(step):
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
    return out`,
  honaker: `def height_of(step):
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
    return out`,
};

/** Undefined where OpenDP's whole noise cannot make these measurements, or the period of the series is not declared. */
export function openDpSeries(release: Release, header: Omit<Header, 'library' | 'run'>): string | undefined {
  const { descriptor, params, events, pictures } = release;
  const picture = pictures.find(isSeries);
  const [event] = events;
  const { time } = descriptor.parts;
  const start = descriptor.columns.find(({ name }) => name === time)?.bounds?.[0];
  const scheme = SCHEMES[String(params['scheme'])];
  if (picture === undefined || event === undefined || time === undefined || start === undefined) return undefined;
  if (scheme === undefined || params['revise'] === true) return undefined;
  const hours = HOURS[picture.stepUnit as keyof typeof HOURS];
  if (hours === undefined) return undefined;
  const length = hours * HOUR_MS;
  // Hours and days begin on the clock; weeks with the declared period.
  const from = picture.stepUnit === 'week' ? start : Math.floor(start / length) * length;
  const law = params['noise'] === 'laplace' ? 'laplace' : 'gaussian';
  const unit = unitOf(release);
  const caps =
    unit === undefined
      ? ({ kind: 'row' } as const)
      : ({ kind: 'rows', unit, rows: Number(params['contributionBound']) } as const);
  const times = event.count ?? 1;
  // The ledger has a tree's levels one by one; together a unit changes all of them.
  const dIn = law === 'laplace' ? event.sensitivity * times : event.sensitivity;
  return [
    `#!/usr/bin/env python3\n${docstring({ ...header, ...openDpRun(header) })}`,
    imports(unit !== undefined),
    constants(caps, undefined, undefined),
    `QUESTIONS = {
    "totals": dict(epsilon=${pyNumber(event.epsilon * times)}, delta=${pyNumber(event.delta)}, d_in=${pyNumber(dIn)}, scale=${pyNumber(event.scale ?? 0)}, step=1),
}
TIME = ${pyString(time)}  # when a row was
START, STEP_HOURS = datetime.fromisoformat(${pyString(new Date(from).toISOString().slice(0, 19))}), ${hours}  # declared beforehand
STEPS = ${pyStrings(picture.steps)}`,
    ROW_FUNCTIONS,
    `def step_of(row):
    """Step of a row, or None outside the declared period."""
    when = time_of(row, TIME)
    if when is None:
        return None
    step = int((when.replace(tzinfo=None) - START).total_seconds() // (3600 * STEP_HOURS))
    return step if 0 <= step < len(STEPS) else None`,
    unitFunction(unit),
    boundingFunction(caps),
    law === 'laplace' ? CHECKED : '',
    law === 'laplace' ? NOISY_LAPLACE : NOISY_GAUSSIAN,
    scheme,
    `def answers(rows):
    """Lines of the release: nothing else of the rows leaves this function."""
${unit === undefined ? '' : '    rows = kept(rows, None)\n'}    counts = [0] * len(STEPS)
    for row in rows:
        step = step_of(row)
        if step is not None:
            counts[step] += 1
    yield ["step", "total"]
    yield from zip(STEPS, totals_of(noisy("totals", nodes_of(counts))))`,
    mainOf(header),
  ]
    .filter((part) => part.trim() !== '')
    .join('\n\n\n')
    .concat('\n');
}
