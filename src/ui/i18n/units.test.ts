import { expect, it } from 'vitest';
import { datasets } from '../../../datasets/list.ts';
import { hiddenUnit } from '../../engine/dp/unit.ts';
import { descriptor as wEvent } from '../../engine/dp/w-event.ts';
import { defaultsOf } from '../../engine/kit/params.ts';
import { unitWord } from './units.ts';

it('names one and many of a unit in both languages', () => {
  expect(unitWord('vehicle', 'en', 2)).toBe('vehicles');
  expect(unitWord('sensor', 'es', 3)).toBe('sensores');
  expect(unitWord('kWh', 'es', 2)).toBe('kWh');
});

it('names one day of a unit, and days of many', () => {
  const day = hiddenUnit('entity-day', 'person');
  expect([1, 2].map((n) => unitWord(day, 'en', n))).toEqual(['person-day', 'person-days']);
  expect([1, 2].map((n) => unitWord(day, 'es', n))).toEqual(['persona-día', 'personas-día']);
  expect(unitWord(hiddenUnit('entity-day', 'vehicle'), 'es')).toBe('vehículo-día');
  // Units of somebody's own file stay as they are called there.
  expect(unitWord('bus-day', 'es', 2)).toBe('bus-día');
});

it('names what a unit does within any window of steps, as the method claims it', () => {
  const params = { ...defaultsOf(wEvent.params), protects: 'entity' as const, window: 24 };
  const guarantee = wEvent.guarantee(params, 'traveller');
  const unit = guarantee.kind === 'dp' ? guarantee.unit : '';
  expect(unitWord(unit, 'en')).toBe('traveller in any 24 steps in a row');
  expect(unitWord(unit, 'es')).toBe('viajero en 24 pasos seguidos cualesquiera');
  expect(unitWord(unit, 'en', 2)).toBe('travellers in any 24 steps in a row');
  expect(unitWord(hiddenUnit('entity-day', 'person').concat(' in any 3 steps'), 'es', 2)).toBe(
    'personas-día en 3 pasos seguidos cualesquiera',
  );
});

it('has Spanish words for every unit a built-in dataset protects, and for a day of it', () => {
  for (const { privacyUnit, rowUnit } of datasets) {
    for (const unit of [privacyUnit, rowUnit]) {
      expect(unitWord(unit, 'en', 2), unit).not.toBe(unit);
      expect(unitWord(hiddenUnit('entity-day', unit), 'es'), unit).toBe(`${unitWord(unit, 'es')}-día`);
    }
  }
});
