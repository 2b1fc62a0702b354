import { describe, expect, test } from 'vitest';
import type { DatasetDescriptor } from '../src/engine/kit/dataset.ts';
import type { Text } from '../src/engine/kit/text.ts';
import { columnOf, isValid } from '../src/engine/table/table.ts';
import { generated, valuesOf } from '../tools/testing/datasets.ts';
import { generators } from './generators.ts';
import { datasetOptions, datasets } from './list.ts';
import { placeTables } from './places.ts';

test('descriptors and generators name the same datasets, once each', async () => {
  expect(datasets.map((one) => one.id).toSorted()).toEqual(Object.keys(generators).toSorted());
  for (const descriptor of datasets) {
    const { dataset } = await (
      generators[descriptor.id] as () => Promise<{ dataset: { descriptor: DatasetDescriptor } }>
    )();
    expect(dataset.descriptor).toBe(descriptor);
  }
  expect(Object.keys(datasetOptions).every((id) => datasets.some((one) => one.id === id))).toBe(true);
});

test('every city has a first dataset', () => {
  for (const city of ['nyc', 'santander', 'london', 'departments']) {
    expect(datasets.some((one) => one.city === city)).toBe(true);
  }
});

/** A checksum per dataset at 1,000 rows and seed 1: a change here changes every result and needs a migration note. */
const CHECKSUMS: Readonly<Record<string, string>> = {
  'nyc-taxi': 'bcec4f1670b71901da454f2053f12394',
  'nyc-bikes': '6b85b0c6356d713dbdc87dd667597819',
  'nyc-speeds': 'bb00971ec88014fcb70f97a414123e9f',
  'santander-environment': '01a8be3c050dff481281e81d51eb01b5',
  'santander-parking': '06be7ed85422be4b910772256e7c1472',
  'santander-traffic': '46591cc38304ad5bdd9bce72b1bddcf4',
  'santander-energy': '28caf8f1dff8cdac61d779e6258a2134',
  'london-air': '40a15fed35ba896de692901eb93548c4',
  'london-weather': '4f1c603beae716f8b47936171fc49f8e',
  'city-departments': '92ff53597a166214bc7e0d8711e783c1',
};

describe.each(datasets.map((one) => [one.id, one] as const))('%s', (id, descriptor) => {
  test('says everything in English and Spanish', () => {
    for (const text of textsOf(descriptor)) {
      expect(text.en.length).toBeGreaterThan(0);
      expect(text.es?.length ?? 0).toBeGreaterThan(0);
    }
    expect(descriptor.origin).toBe('synthetic');
    expect(descriptor.portal.url).toMatch(/^https?:\/\//);
  });

  test('has valid ladders, bounds and parts', () => {
    const names = descriptor.columns.map((column) => column.name);
    expect(new Set(names).size).toBe(names.length);
    for (const part of Object.values(descriptor.parts)) expect(names).toContain(part);
    for (const column of descriptor.columns) {
      if (column.type !== 'category') {
        const [low, high] = column.bounds ?? [0, 0];
        expect(low, column.name).toBeLessThan(high);
      }
      expect(column.ladder, column.name).toBeDefined();
      if (column.ladder?.kind === 'interval') {
        const widths = column.ladder.widths;
        for (let i = 1; i < widths.length; i += 1) {
          const ratio = (widths[i] as number) / (widths[i - 1] as number);
          expect(ratio).toBeGreaterThan(1);
          expect(Math.abs(ratio - Math.round(ratio))).toBeLessThan(1e-9);
        }
      }
      if (column.ladder?.kind === 'place') expect(descriptor.places).toBeDefined();
      if (column.ladder?.kind === 'time') expect(column.type).toBe('time');
    }
    const roleOf = (name: string | undefined) => descriptor.columns.find((column) => column.name === name)?.role;
    expect(roleOf(descriptor.parts.secret)).toBe('sensitive');
    if (descriptor.parts.entity !== undefined) expect(roleOf(descriptor.parts.entity)).toBe('identifier');
    expect(descriptor.columns.some((column) => column.role === 'quasi-identifier')).toBe(true);
    expect(descriptor.rows.min).toBeLessThanOrEqual(descriptor.rows.default);
    if (descriptor.places !== undefined) expect(Object.keys(placeTables)).toContain(descriptor.places);
  });

  test('generates the columns it declares, in exactly the rows asked for', async () => {
    const { table, places } = await generated(id, 1234);
    expect(table.rows).toBe(1234);
    expect(table.columns.map((column) => column.name)).toEqual(descriptor.columns.map((column) => column.name));
    for (const column of descriptor.columns) expect(columnOf(table, column.name).kind).toBe(column.type);
    for (const column of descriptor.columns.filter((one) => one.ladder?.kind === 'place')) {
      const levels = (columnOf(table, column.name) as { levels: readonly string[] }).levels;
      expect(levels).toEqual(places?.places.map((place) => place.id));
    }
  });

  test('keeps 98 % of the numbers within the declared bounds', async () => {
    const { table } = await generated(id, 5000);
    for (const column of descriptor.columns) {
      if (column.bounds === undefined) continue;
      const values = valuesOf(table, column.name);
      const data = columnOf(table, column.name);
      let known = 0;
      let inside = 0;
      for (let row = 0; row < table.rows; row += 1) {
        if (!isValid(data, row)) continue;
        known += 1;
        const value = values[row] as number;
        if (value >= column.bounds[0] && value <= column.bounds[1]) inside += 1;
      }
      // Broken thermometers are the one thing that is out of bounds more often, on purpose.
      const least = column.name === 'temperatureC' && id === 'santander-environment' ? 0.75 : 0.98;
      expect(inside / Math.max(known, 1), column.name).toBeGreaterThan(least);
    }
  });

  test('gives the same rows for the same seed, others for another', async () => {
    const first = await generated(id, 1000, 1);
    expect((await generated(id, 1000, 1)).checksum).toBe(first.checksum);
    expect((await generated(id, 1000, 2)).checksum).not.toBe(first.checksum);
    expect(first.checksum).toBe(CHECKSUMS[id]);
  });
});

function textsOf(descriptor: DatasetDescriptor): Text[] {
  const options = Object.values(datasetOptions[descriptor.id] ?? {});
  return [
    descriptor.label,
    descriptor.summary,
    descriptor.calibration,
    descriptor.portal.label,
    ...descriptor.assumptions,
    ...descriptor.columns.flatMap((column) =>
      column.note === undefined ? [column.label] : [column.label, column.note],
    ),
    ...options.flatMap((option) => [option.label, option.help]),
  ];
}
