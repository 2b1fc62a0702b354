import type { AdditivePlan, QuestionPlan } from './plan.ts';
import { GRID_STEPS } from './plan.ts';
import { docstring, type Header } from './header.ts';
import { pyNumber, pyString } from './python.ts';
import {
  axesTable,
  boundingFunction,
  CONSISTENCY_FUNCTIONS,
  constants,
  ROW_FUNCTIONS,
  STEP_FUNCTIONS,
  STEP_NAMES,
  unitFunction,
} from './reading.ts';

/** Counts and sums with Laplace or Gaussian noise, as a script for OpenDP's Python library. */
export function openDpAdditive(plan: AdditivePlan, header: Omit<Header, 'library' | 'run'>): string {
  const sums = plan.questions.some(({ measured }) => measured !== 'count' && measured !== 'total');
  return [
    `#!/usr/bin/env python3\n${docstring({ ...header, ...openDpRun(header) })}`,
    imports(plan.caps.kind !== 'row'),
    constants(plan.caps, plan.value, plan.needs) + (sums ? `\nGRID = ${GRID_STEPS}  # steps of a half range` : ''),
    questionTable(plan),
    ROW_FUNCTIONS,
    axesTable(plan.questions),
    unitFunction(plan.caps.kind === 'row' ? undefined : plan.caps.unit),
    boundingFunction(plan.caps),
    ...stepFunctions(plan),
    ...noisyFunctions(plan),
    needsTogether(plan) ? CONSISTENCY_FUNCTIONS : '',
    plan.questions.some(({ id }) => id === 'total') ? RECONCILE : '',
    answersFunction(plan),
    mainOf(header),
  ]
    .filter((part) => part.trim() !== '')
    .join('\n\n\n')
    .concat('\n');
}

type Named = Pick<Header, 'fileName'>;

export const openDpRun = ({ fileName }: Named) => ({
  library: 'OpenDP 0.14 and 0.15 (Python 3.10 or later)',
  run: ['pip install "opendp>=0.14,<0.16"', `python3 ${fileName} rows.csv release.csv`],
});

export const imports = (bounds: boolean): string => `import csv
import math
${bounds ? 'import random\n' : ''}import sys
from datetime import datetime

import opendp.prelude as dp

dp.enable_features("contrib")`;

export const mainOf = ({ fileName }: Named): string => `def main():
    if len(sys.argv) != 3:
        raise SystemExit("usage: ${fileName} rows.csv release.csv")
    with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(answers(rows))


if __name__ == "__main__":
    main()`;

const needsTogether = ({ statistic, questions, nonNegative, round }: AdditivePlan): boolean =>
  statistic === 'table' || (questions.some(({ id }) => id === 'total') && (nonNegative || round));

/** The ledger of the release as constants: one line a question. */
function questionTable({ questions, total }: AdditivePlan): string {
  const line = ({ id, epsilon, delta, dIn, scale, step }: QuestionPlan): string =>
    `    ${pyString(id)}: dict(epsilon=${pyNumber(epsilon)}, delta=${pyNumber(delta)}, d_in=${pyNumber(dIn)}, scale=${pyNumber(scale)}, step=${pyNumber(step)}),`;
  return [
    `EPSILON, DELTA = ${pyNumber(total.epsilon)}, ${pyNumber(total.delta)}  # of the whole release`,
    '# By question: its share of epsilon and delta, what one hidden unit may change (d_in) and the scale of the noise, both in',
    '# whole steps, and what a step is worth.',
    'QUESTIONS = {',
    ...questions.map(line),
    '}',
  ].join('\n');
}

function stepFunctions({ questions }: AdditivePlan): readonly string[] {
  const measured = new Set(questions.map((question) => question.measured));
  if (measured.has('squares')) measured.add('centred');
  return (['count', 'sum', 'centred', 'squares'] as const)
    .filter((one) => measured.has(one))
    .map((one) => STEP_FUNCTIONS[one]);
}

const COUNTED = `def counted(rows, axes, steps):
    """Whole steps in every cell, before noise."""
    cells = [0] * size_of(axes)
    for row in rows:
        cell = cell_of(axes, row)
        if cell is not None:
            cells[cell] += steps(row)
    return cells`;

const RECONCILE = `def reconciled(cells, cell_variance, total, total_variance):
    """Least squares: every cell takes the same share of the gap to the noisy total."""
    gap = total - sum(cells)
    share = gap * cell_variance / (len(cells) * cell_variance + total_variance)
    return [cell + share for cell in cells]`;

/** Whether OpenDP counts too, and not only adds noise: then rows themselves are what one unit may change. */
const countsThere = ({ law, neighbours }: AdditivePlan, { measured }: QuestionPlan): boolean =>
  law === 'laplace' && neighbours === 'add-remove' && measured === 'count';

const NOISY_COUNTS = `def noisy_counts(name, rows, axes):
    """Counts with integer Laplace noise: counting, noise and the proof of what they cost are all OpenDP's."""
    question = QUESTIONS[name]
    measurement = (
        (dp.vector_domain(dp.atom_domain(T=int)), dp.symmetric_distance())
        >> dp.t.then_count_by_categories(categories=list(range(size_of(axes))), null_category=False)
        >> dp.m.then_laplace(scale=question["scale"])
    )
    checked(name, measurement.map(question["d_in"]))
    cells = (cell_of(axes, row) for row in rows)
    return measurement([cell for cell in cells if cell is not None])`;

export const NOISY_LAPLACE = `def noisy(name, cells):
    """Integer Laplace noise on whole steps. OpenDP takes d_in, which follows from the caps above, as given."""
    question = QUESTIONS[name]
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    measurement = space >> dp.m.then_laplace(scale=question["scale"])
    checked(name, measurement.map(question["d_in"]))
    return measurement(cells)`;

export const CHECKED = `def checked(name, spent):
    """Stops before anything is released if OpenDP's privacy map finds the noise too small for its share."""
    share = QUESTIONS[name]["epsilon"]
    print(f"{name}: OpenDP accounts epsilon {spent:.12g} of {share:.12g}")
    if spent > share * (1 + 1e-9):
        raise SystemExit(f"{name}: the noise costs more than its share of epsilon; nothing was released")`;

export const NOISY_GAUSSIAN = `def noisy(name, cells):
    """Integer Gaussian noise on whole steps. OpenDP takes d_in, which follows from the caps above, as given."""
    question = QUESTIONS[name]
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T=float)
    measurement = space >> dp.m.then_gaussian(scale=question["scale"])
    # By way of zCDP, looser than the analytic Gaussian the scale was chosen by: printed, not compared.
    profile = dp.c.make_zCDP_to_approxDP(measurement).map(float(question["d_in"]))
    spent = profile.epsilon(delta=question["delta"])
    print(f"{name}: epsilon {question['epsilon']:.12g} by the analytic Gaussian, {spent:.12g} by OpenDP's accountant")
    return measurement(cells)`;

function noisyFunctions(plan: AdditivePlan): readonly string[] {
  if (plan.law === 'gaussian') return [COUNTED, NOISY_GAUSSIAN];
  const there = plan.questions.filter((question) => countsThere(plan, question)).length;
  return [
    CHECKED,
    ...(there > 0 ? [NOISY_COUNTS] : []),
    ...(there < plan.questions.length ? [COUNTED, NOISY_LAPLACE] : []),
  ];
}

/** Reads, counts, adds noise, and does what is free afterwards. */
function answersFunction(plan: AdditivePlan): string {
  const keep = plan.caps.kind === 'row' ? 'rows' : plan.caps.kind === 'rows' ? 'kept(rows, None)' : undefined;

  const lines = [
    'def answers(rows):',
    '    """Lines of the release: nothing else of the rows leaves this function."""',
  ];
  if (plan.statistic === 'histograms') {
    if (keep !== 'rows') lines.push(`    rows = ${keep}`);
    if (plan.needs !== undefined) lines.push('    rated = [row for row in rows if number_of(row, NEEDS) is not None]');
    lines.push('    noise = {}');
    for (const question of plan.questions) {
      const { id, measured } = question;
      const part = measured === 'total' ? 'count' : measured;
      // Places are counted over rows with a value, so that sum and count of a mean are about the same rows.
      const from = plan.needs !== undefined && (id === 'location' || part !== 'count') ? 'rated' : 'rows';
      const key = pyString(id);
      lines.push(
        countsThere(plan, question)
          ? `    noise[${key}] = noisy_counts(${key}, ${from}, AXES[${key}])`
          : `    noise[${key}] = noisy(${key}, counted(${from}, AXES[${key}], ${STEP_NAMES[part]}))`,
      );
    }
    lines.push(...histogramLines(plan));
    return lines.join('\n');
  }
  const first = plan.questions[0] as QuestionPlan;
  if (plan.needs !== undefined) lines.push('    rows = [row for row in rows if number_of(row, NEEDS) is not None]');
  lines.push(`    axes = AXES[${pyString(first.id)}]`);
  if (plan.caps.kind === 'cells') lines.push('    rows = kept(rows, axes)');
  for (const question of plan.questions) {
    const { id, measured } = question;
    const key = pyString(id);
    if (measured === 'total') {
      const step = STEP_NAMES[first.measured === 'total' ? 'count' : first.measured];
      lines.push(`    noisy_total = noisy(${key}, [sum(counted(rows, axes, ${step}))])[0]`);
    } else if (countsThere(plan, question)) {
      lines.push(`    noisy_${measured} = noisy_counts(${key}, rows, axes)`);
    } else {
      lines.push(`    noisy_${measured} = noisy(${key}, counted(rows, axes, ${STEP_NAMES[measured]}))`);
    }
  }
  lines.push(...statisticLines(plan, first));
  return lines.join('\n');
}

function histogramLines(plan: AdditivePlan): readonly string[] {
  const lines = [
    '    yield ["question", "levels", "value"]',
    '    for name, cells in noise.items():',
    '        axes, step = AXES[name], QUESTIONS[name]["step"]',
    '        for cell, steps in enumerate(cells):',
  ];
  const cut = plan.nonNegative ? 'max(0, steps)' : 'steps';
  const sums = plan.questions.find(({ measured }) => measured === 'centred');
  lines.push(
    sums === undefined
      ? `            value = ${cut}`
      : `            value = steps * step if name == ${pyString(sums.id)} else ${cut}`,
    '            yield [name, " / ".join(levels_of(axes, cell)), value]',
  );
  const hasMean = sums !== undefined && plan.questions.some(({ id }) => id === 'location');
  if (hasMean) {
    lines.push(
      '    # The mean of a cell is post-processing; below one noisy row the release says nothing.',
      `    for cell, (rows_in, steps) in enumerate(zip(noise["location"], noise[${pyString(sums.id)}])):`,
      '        if rows_in >= 1:',
      `            mean = CENTRE + min(HALF, max(-HALF, steps * QUESTIONS[${pyString(sums.id)}]["step"] / rows_in))`,
      '            yield ["mean", " / ".join(levels_of(AXES["location"], cell)), mean]',
    );
  }
  return lines;
}

function statisticLines(plan: AdditivePlan, first: QuestionPlan): readonly string[] {
  const step = (id: string): string => `QUESTIONS[${pyString(id)}]["step"]`;
  const row = '        yield [" / ".join(levels_of(axes, cell)), value]';
  const head = '    yield ["levels", "value"]';
  const isCount = first.measured === 'count';
  switch (plan.statistic) {
    case 'table':
      return [
        '    cells = round_together(nearest_non_negative(noisy_count, sum(noisy_count)))',
        head,
        '    for cell, value in enumerate(cells):',
        row,
      ];
    case 'mean':
      return [
        ...tidyCount(plan),
        head,
        '    for cell, (rows_in, steps) in enumerate(zip(noisy_count, noisy_centred)):',
        '        # Below one noisy row the release says nothing.',
        `        value = CENTRE + min(HALF, max(-HALF, steps * ${step('centred')} / rows_in)) if rows_in >= 1 else ""`,
        row,
      ];
    case 'variance':
      return [
        ...tidyCount(plan),
        head,
        '    for cell, (rows_in, steps, square) in enumerate(zip(noisy_count, noisy_centred, noisy_squares)):',
        '        value = ""  # below one noisy row the release says nothing',
        '        if rows_in >= 1:',
        `            mean = min(HALF, max(-HALF, steps * ${step('centred')} / rows_in))`,
        `            moment = square * ${step('squares')} / rows_in + HALF**2 / 2`,
        '            value = min(HALF**2, max(0, moment - mean**2))',
        row,
      ];
    default: {
      const cells = isCount ? 'noisy_count' : 'noisy_sum';
      const cut = plan.nonNegative && (isCount || (plan.value?.bounds[0] ?? -1) >= 0);
      const lines = [`    cells = [steps * ${step(first.id)} for steps in ${cells}]`];
      const total = plan.questions.find(({ id }) => id === 'total');
      if (total !== undefined) {
        const of = (question: QuestionPlan): string => {
          const scale = `(QUESTIONS[${pyString(question.id)}]["scale"] * ${step(question.id)})`;
          return plan.law === 'laplace' ? `2 * ${scale} ** 2` : `${scale} ** 2`;
        };
        lines.push(
          '    cells = reconciled(',
          `        cells, ${of(first)},`,
          `        noisy_total * ${step('total')}, ${of(total)},`,
          '    )',
        );
        if (cut) lines.push('    cells = nearest_non_negative(cells, sum(cells))');
        if (isCount && plan.round) lines.push('    cells = round_together(cells)');
      } else if (cut) lines.push('    cells = [max(0, cell) for cell in cells]');
      return [...lines, head, '    for cell, value in enumerate(cells):', row];
    }
  }
}

const tidyCount = ({ nonNegative }: AdditivePlan): readonly string[] =>
  nonNegative ? ['    noisy_count = [max(0, cell) for cell in noisy_count]'] : [];
