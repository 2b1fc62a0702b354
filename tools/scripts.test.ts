import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PrivacyEvent } from '../src/engine/kit/guarantee.ts';
import type { ParamRecord } from '../src/engine/kit/params.ts';
import type { CountsPicture, Picture } from '../src/engine/kit/picture.ts';
import { techniques } from '../src/engine/registry.ts';
import { scenarioText } from '../src/scenario/codec.ts';
import { pyString } from '../src/scenario/scripts/python.ts';
import { takeAway, type Taken, type TakeTarget, takeTargets } from '../src/scenario/scripts/take.ts';
import { apiNames, documented } from './testing/script-names.ts';
import {
  branchOf,
  clearFolders,
  compiled,
  csvOf,
  datasetOf,
  folder,
  hasPython,
  lastField,
  linesOf,
  python,
  released,
  scenarioOf,
} from './testing/scripts.ts';

afterAll(clearFolders);

/** Scripts taken from a release: golden texts, compiled, their names documented, their numbers those of the ledger. */

/** Said in the report where nothing can be compiled. */
const absent = hasPython ? '' : ' (skipped: python3 is not installed here)';

interface Case {
  readonly name: string;
  readonly dataset: string;
  readonly id: string;
  readonly params: ParamRecord;
}
const one = (name: string, dataset: string, id: string, params: ParamRecord = {}): Case => ({
  name,
  dataset,
  id,
  params,
});
const cases: readonly Case[] = [
  one('counts', 'london-air', 'laplace-histogram'),
  one('counts-of-people', 'nyc-taxi', 'laplace-histogram', { protects: 'entity', hours: 'four hours' }),
  one('counts-and-values', 'london-air', 'laplace-histogram', { allocation: 'values', hours: 'whole day' }),
  one('gaussian-counts', 'nyc-taxi', 'gaussian-histogram', { hours: 'whole day' }),
  one('statistic-count', 'nyc-taxi', 'noisy-statistics', { by: ['payment'], consistent: true }),
  one('statistic-sum', 'nyc-taxi', 'noisy-statistics', {
    statistic: 'sum',
    value: 'fare',
    by: ['payment'],
    protects: 'entity',
  }),
  one('statistic-mean', 'nyc-taxi', 'noisy-statistics', {
    statistic: 'mean',
    value: 'fare',
    by: ['payment'],
    mechanism: 'gaussian',
  }),
  one('statistic-variance', 'nyc-taxi', 'noisy-statistics', {
    statistic: 'variance',
    value: 'fare',
    by: ['pickupTime'],
  }),
  one('statistic-replaced', 'nyc-taxi', 'noisy-statistics', { by: ['payment'], neighbours: 'replace-one' }),
  one('table', 'nyc-taxi', 'contingency-table', { by: ['payment', 'fare'] }),
  one('quantiles', 'nyc-taxi', 'private-quantiles', { value: 'fare', groups: 'hour', protects: 'entity' }),
  one('top', 'nyc-taxi', 'top-keys', { key: 'payment', winners: 3 }),
  one('top-by-exponential', 'nyc-taxi', 'top-keys', {
    key: 'payment',
    winners: 2,
    selector: 'exponential',
    protects: 'entity',
  }),
  one('totals', 'nyc-taxi', 'continual-counts', { scheme: 'honaker', noise: 'laplace' }),
  one('totals-by-tree', 'nyc-taxi', 'continual-counts', { scheme: 'tree', step: 'week', protects: 'entity' }),
  one('totals-by-roots', 'nyc-taxi', 'continual-counts'),
  one('keys', 'nyc-taxi', 'heavy-keys', { rule: 'laplace', protects: 'entity' }),
];

const runs = new Map<string, Promise<Awaited<ReturnType<typeof run>>>>();
const run = async (each: Case) => {
  const spec = scenarioOf(each.dataset, each.id, each.params);
  const dataset = await datasetOf(spec);
  const result = await released(spec);
  const take = (target: TakeTarget): Taken => takeAway(branchOf(spec), dataset.descriptor, result, target);
  return { spec, dataset, result, take };
};
const of = (each: Case) => {
  const known = runs.get(each.name) ?? run(each);
  runs.set(each.name, known);
  return known;
};
const named = (name: string): Case => cases.find((each) => each.name === name) as Case;
const codeOf = (taken: Taken): string => (taken.kind === 'script' ? taken.code : '');

describe('a script', () => {
  it.each(cases)('of $name is the golden text for every library that has it', async (each) => {
    const { take } = await of(each);
    for (const target of takeTargets) {
      const taken = take(target);
      const text = taken.kind === 'script' ? taken.code : `${taken.why.en}\n`;
      const type = taken.kind === 'script' ? 'py' : 'txt';
      await expect(text).toMatchFileSnapshot(`testing/golden-scripts/${each.name}-${target}.${type}`);
    }
  });

  it.skipIf(!hasPython).each(cases)(`of $name is Python${absent}`, async (each) => {
    const { take } = await of(each);
    expect(compiled(takeTargets.map((target) => codeOf(take(target))))).toBe('');
  });

  it.each(cases)('of $name uses documented names only', async (each) => {
    const { take } = await of(each);
    for (const target of takeTargets) {
      for (const name of apiNames(codeOf(take(target)))) expect(documented, name).toHaveProperty([name]);
    }
  });

  it('says that it was not executed, how it is run, and that the seed is not used', async () => {
    const { take } = await of(named('counts'));
    for (const target of takeTargets) {
      expect(codeOf(take(target))).toMatch(/NOT EXECUTED HERE\. Written for (OpenDP 0\.14|PipelineDP 0\.2\.2)/);
      expect(codeOf(take(target))).toContain('pip install');
      expect(codeOf(take(target))).toContain('seed is not used');
    }
  });

  it('exists, or says why not, for every technique of differential privacy', async () => {
    const known = new Set(cases.map(({ id }) => id));
    const { result, dataset } = await of(named('counts'));
    for (const { id, family } of techniques) {
      if (family !== 'dp' || known.has(id)) continue;
      const taken = takeAway({ id: 'main', steps: [{ id }] }, dataset.descriptor, result, 'opendp');
      expect(taken.kind, id).toBe('none');
      if (taken.kind === 'none') {
        expect(taken.why.en, id).not.toContain('no script for this technique');
        expect(taken.why.es, id).toBeTruthy();
      }
    }
  });
});

const questionLine =
  /^ {4}"(\w+)": dict\(epsilon=([^,]+), (?:delta=([^,]+), )?(?:d_in|sensitivity)=([^,)]+), scale=([^,)]+)(?:, step=([^)]+))?\)/gm;
interface Asked {
  readonly epsilon: number;
  readonly delta: number;
  readonly sensitivity: number;
  readonly scale: number;
}
/** Numbers of a script, in the unit of each answer. */
const numbersOf = (code: string): readonly Asked[] =>
  [...code.matchAll(questionLine)].map(([, , epsilon, delta = '0', sensitivity, scale, step = '1']) => ({
    epsilon: Number(epsilon),
    delta: Number(delta),
    sensitivity: Number(sensitivity) * Number(step),
    scale: Number(scale) * Number(step),
  }));

const agrees = (code: string, events: readonly PrivacyEvent[]): void => {
  const asked = numbersOf(code);
  expect(asked).toHaveLength(events.length);
  events.forEach(({ epsilon, delta, sensitivity, scale }, i) => {
    const { epsilon: e, delta: d, sensitivity: s, scale: b } = asked[i] as Asked;
    expect(e).toBe(epsilon);
    expect(d).toBe(delta);
    expect(s / sensitivity).toBeCloseTo(1, 12);
    expect(b / (scale ?? Number.NaN)).toBeCloseTo(1, 9);
  });
};

describe('the numbers of a script', () => {
  const additive = cases.filter(({ id }) => ['quantiles', 'keys', 'continual'].every((word) => !id.includes(word)));
  it.each(additive)('of $name are those of the ledger', async (each) => {
    const { take, result } = await of(each);
    for (const target of takeTargets) {
      const taken = take(target);
      if (taken.kind === 'script') agrees(taken.code, result.events);
    }
  });

  it('are those of the ledger that the runner prints for the same scenario', async () => {
    const { spec, take } = await of(named('counts-and-values'));
    const path = join(folder(), 'scenario.json');
    writeFileSync(path, scenarioText(spec));
    const { stdout, stderr } = spawnSync('npm', ['run', '-s', 'scenario', '--', path, '--summary'], {
      cwd: resolve(import.meta.dirname, '..'),
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    expect(stderr).toBe('');
    const { outcomes } = JSON.parse(stdout) as { readonly outcomes: readonly { readonly events: PrivacyEvent[] }[] };
    agrees(codeOf(take('opendp')), outcomes[0]?.events ?? []);
    agrees(codeOf(take('spark')), outcomes[0]?.events ?? []);
  }, 120_000);

  it('of quantiles, choices and keys are those of the ledger too', async () => {
    const quantiles = await of(named('quantiles'));
    const [quantile] = quantiles.result.events;
    expect(codeOf(quantiles.take('opendp'))).toContain(
      `"quantile": dict(epsilon=${quantile?.epsilon}, d_in=${quantile?.sensitivity})`,
    );
    const top = await of(named('top'));
    const [choice, counts] = top.result.events;
    expect(codeOf(top.take('opendp'))).toContain(
      `"choice": dict(epsilon=${choice?.epsilon}, d_in=1, scale=${choice?.scale})`,
    );
    expect(codeOf(top.take('opendp'))).toContain(`d_in=${counts?.sensitivity}, scale=${counts?.scale})`);
    const totals = await of(named('totals'));
    const [level] = totals.result.events;
    const levels = level?.count ?? 1;
    expect(codeOf(totals.take('opendp'))).toContain(
      `"totals": dict(epsilon=${(level?.epsilon ?? 0) * levels}, delta=0, d_in=${levels}, scale=${level?.scale}, step=1)`,
    );
    const keys = await of(named('keys'));
    const [noise] = keys.result.events;
    const threshold = /from a noisy count of (\d+) on/.exec(keys.result.notes.map(({ en }) => en).join(' '))?.[1];
    expect(codeOf(keys.take('opendp'))).toContain(`SCALE, THRESHOLD = ${noise?.scale}, ${threshold}`);
  });
});

const isCounts = (picture: Picture): picture is CountsPicture => picture.view === 'counts';

describe.skipIf(!hasPython)(`without noise, what a script counts is what the engine counts${absent}`, () => {
  const truthOf = (pictures: readonly Picture[], id: string): Float64Array =>
    pictures.filter(isCounts).find((picture) => picture.id === id)?.truth ?? new Float64Array();

  it('for counts over places and hours, bands and hours of the week', async () => {
    const { dataset, result, take } = await of(named('counts'));
    const at = folder();
    writeFileSync(join(at, 'rows.csv'), csvOf(dataset));
    python(codeOf(take('opendp')), [join(at, 'rows.csv'), join(at, 'out.csv')]);
    const lines = linesOf(join(at, 'out.csv'), 1);
    for (const { id } of result.pictures.filter(isCounts).filter(({ noise }) => noise !== undefined)) {
      const found = lines.filter((line) => line.startsWith(`${id},`)).map(lastField);
      if (id !== 'measure') expect(found).toEqual([...truthOf(result.pictures, id)]);
    }
    python(codeOf(take('spark')), [join(at, 'rows.csv'), join(at, 'spark')]);
    expect(linesOf(join(at, 'spark-location'), 0).map(lastField)).toEqual([...truthOf(result.pictures, 'location')]);
    python(codeOf(take('beam')), [join(at, 'rows.csv'), join(at, 'beam')]);
    expect(linesOf(join(at, 'beam-location.csv'), 0)).toEqual(linesOf(join(at, 'spark-location'), 0));
  });

  it('for sums and means of a value, to the step it is rounded to', async () => {
    const { dataset, result, take } = await of(named('counts-and-values'));
    const at = folder();
    writeFileSync(join(at, 'rows.csv'), csvOf(dataset));
    python(codeOf(take('opendp')), [join(at, 'rows.csv'), join(at, 'out.csv')]);
    const lines = linesOf(join(at, 'out.csv'), 1);
    const means = truthOf(result.pictures, 'mean').filter((mean) => mean === mean);
    const found = lines.filter((line) => line.startsWith('mean,')).map(lastField);
    expect(found).toHaveLength(means.length);
    found.forEach((mean, i) => expect(Math.abs(mean - (means[i] as number))).toBeLessThan(0.1));
  });

  it('for a statistic by group, its mean and its variance', async () => {
    for (const name of ['statistic-count', 'statistic-mean', 'statistic-variance']) {
      const { dataset, result, take } = await of(named(name));
      const at = folder();
      writeFileSync(join(at, 'rows.csv'), csvOf(dataset));
      python(codeOf(take('opendp')), [join(at, 'rows.csv'), join(at, 'out.csv')]);
      const truth = truthOf(result.pictures, name === 'statistic-count' ? 'count' : 'statistic');
      const found = linesOf(join(at, 'out.csv'), 1).map(lastField);
      // Values outside the declared range are clipped in a release: a few groups move, none by much more than that.
      found.forEach((value, i) => {
        const wanted = truth[i] as number;
        if (wanted === wanted) expect(value / wanted).toBeGreaterThan(0.5);
      });
      expect(found).toHaveLength(truth.length);
    }
  });

  it('for rows bounded per person: nobody is in more than the caps allow', async () => {
    const { dataset, take } = await of(named('statistic-sum'));
    const at = folder();
    writeFileSync(join(at, 'rows.csv'), csvOf(dataset));
    const check = `
rows = list(csv.DictReader(open(sys.argv[1])))
left = kept(rows, AXES["sum"])
seen = {}
for row in left:
    seen.setdefault(whose(row), []).append(cell_of(AXES["sum"], row))
assert max(len(set(cells)) for cells in seen.values()) <= CELLS_PER_UNIT
assert max(max(cells.count(cell) for cell in cells) for cells in seen.values()) <= ROWS_PER_CELL
assert 0 < len(left) < len(rows)
`;
    const code = codeOf(take('opendp')).replace(/if __name__ == "__main__":\n {4}main\(\)\n$/, check);
    expect(python(code, [join(at, 'rows.csv')])).toBe('');
  });

  it('for choices, quantiles and frequent keys', async () => {
    const at = folder();
    const top = await of(named('top'));
    writeFileSync(join(at, 'rows.csv'), csvOf(top.dataset));
    python(codeOf(top.take('opendp')), [join(at, 'rows.csv'), join(at, 'top.csv')]);
    const most = [...truthOf(top.result.pictures, 'top')].sort((a, b) => b - a).slice(0, 3);
    expect(linesOf(join(at, 'top.csv'), 1).map(lastField)).toEqual(most);
    const keys = await of(named('keys'));
    python(codeOf(keys.take('opendp')), [join(at, 'rows.csv'), join(at, 'keys.csv')]);
    python(codeOf(keys.take('spark')), [join(at, 'rows.csv'), join(at, 'keys')]);
    const quantiles = await of(named('quantiles'));
    python(codeOf(quantiles.take('spark')), [join(at, 'rows.csv'), join(at, 'quantiles')]);
    expect(linesOf(join(at, 'quantiles-quantiles'), 0)).toHaveLength(24);
  });

  it('for running totals, by every scheme there is a script for', async () => {
    const series = [
      ['input', 'hour', 'laplace'],
      ['tree', 'week', 'gaussian'],
      ['honaker', 'day', 'laplace'],
    ] as const;
    for (const [scheme, step, noise] of series) {
      const { dataset, result, take } = await run(one('', 'nyc-taxi', 'continual-counts', { scheme, step, noise }));
      const at = folder();
      writeFileSync(join(at, 'rows.csv'), csvOf(dataset));
      python(codeOf(take('opendp')), [join(at, 'rows.csv'), join(at, 'out.csv')]);
      const totals = result.pictures.find(({ view }) => view === 'series');
      const found = linesOf(join(at, 'out.csv'), 1).map(lastField);
      const truth = totals?.view === 'series' ? [...totals.truth] : [];
      expect(found.map((total) => Math.round(total * 1e6) / 1e6)).toEqual(truth);
    }
  });

  it('and PipelineDP is told a budget and caps that make the same noise', async () => {
    for (const name of ['counts', 'counts-of-people', 'gaussian-counts']) {
      const { dataset, result, take } = await of(named(name));
      const at = folder();
      writeFileSync(join(at, 'rows.csv'), csvOf(dataset));
      python(codeOf(take('spark')), [join(at, 'rows.csv'), join(at, 'out')], { NOISES: join(at, 'noises.json') });
      const noises = JSON.parse(readFileSync(join(at, 'noises.json'), 'utf8')) as readonly {
        readonly epsilon: number;
        readonly delta: number;
        readonly rows: number;
      }[];
      result.events.forEach(({ epsilon, delta, sensitivity }, i) => {
        expect((noises[i]?.epsilon ?? 0) / epsilon).toBeCloseTo(1, 12);
        if (delta > 0) expect((noises[i]?.delta ?? 0) / delta).toBeCloseTo(1, 12);
        if (name !== 'counts') expect(noises[i]?.rows).toBe(sensitivity);
      });
    }
  });
});

describe('names that nobody vouches for', () => {
  const nasty = [
    'plain',
    '"""\nimport os\nos.system("true")\n"""',
    'it\'s \\ "quoted"',
    'línea\r\nnueva\t\u0000\u2028',
    '{name} %s {0}',
    'emoji 🚲 and \ud800 alone',
    '# comment',
    '\\',
    '\\"',
  ];

  it('become Python strings of ASCII that mean the same', () => {
    for (const value of nasty) expect(pyString(value)).toMatch(/^"[ -~]*"$/);
    if (!hasPython) return;
    const code = `import json, sys\nprint(json.dumps([${nasty.map(pyString).join(', ')}]))\n`;
    expect(JSON.parse(python(code, []))).toEqual(nasty);
  });

  it('cannot leave their place in a script, whatever they are', async () => {
    const { dataset, result } = await of(named('counts-of-people'));
    const rename = new Map<string, string>();
    const { descriptor } = dataset;
    descriptor.columns.forEach(({ name }, i) => rename.set(name, `${name}${nasty[i % nasty.length]}`));
    const to = (name: string | undefined): string => rename.get(name ?? '') ?? '';
    const hostile = {
      ...descriptor,
      columns: descriptor.columns.map((column) => ({ ...column, name: to(column.name) })),
      parts: Object.fromEntries(Object.entries(descriptor.parts).map(([part, name]) => [part, to(name)])),
    };
    const pictures = result.pictures.map((picture) =>
      isCounts(picture)
        ? {
            ...picture,
            dims: picture.dims.map((dim) => ({
              ...dim,
              column: to(dim.column),
              levels: [...dim.levels, ...nasty].slice(-dim.levels.length),
            })),
          }
        : picture,
    );
    const branch = { id: 'main', steps: [{ id: 'laplace-histogram', params: { protects: 'entity' } }] };
    for (const target of takeTargets) {
      const code = codeOf(takeAway(branch, hostile, { ...result, pictures }, target));
      expect(code).toMatch(/^[\n -~]+$/);
      expect(code).not.toMatch(/^import os/m);
      if (hasPython) expect(compiled([code])).toBe('');
    }
  });
});
