import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { HourRange } from '../../store/view-store.ts';
import type { TextTools } from '../i18n/use-text.ts';
import type { Grid } from './grid.layout.ts';
import type { Scene } from './use-scene.ts';
import { valueWords } from './values.words.ts';

/** "18–19 h", "all day". */
export function whenWords(hours: HourRange, grid: Grid, { t }: TextTools): string {
  if (hours === null || grid.hours === 1) return t('explore.allDay').toLowerCase();
  return t('explore.hourRange', {
    from: grid.hourLabels[hours.from] ?? String(hours.from),
    to: grid.hourLabels[hours.to + 1] ?? '24',
  });
}

/** Whether a privacy unit is somebody; vehicles and households are called by their name. */
export const isPerson = (unit: string): boolean => unit === 'person' || unit === 'traveller' || unit === 'rider';

/** Whether rows are readings of a device nobody owns: then no person is ringed, and the page says what is hidden instead. */
export const isSensor = ({ parts }: DatasetDescriptor): boolean =>
  parts.measure !== undefined && parts.entity === undefined;

/** Who is ringed, as an onlooker would tell it: where and when, nothing else. */
export function personWords(scene: Scene, { t, unit }: TextTools): string | undefined {
  const { person, personHour } = scene;
  const { descriptor } = scene.summary;
  if (person === undefined || isSensor(descriptor)) return undefined;
  const label = scene.places.find((place) => place.id === person.place)?.label ?? person.place;
  const what =
    personHour === undefined ? label : `${label}, ${t('explore.hourRange', { from: personHour, to: personHour + 1 })}`;
  // A file without ids of persons: the row itself is what an onlooker would look for.
  const who = descriptor.parts.entity === undefined ? descriptor.rowUnit : descriptor.privacyUnit;
  return isPerson(who) ? t('explore.one', { what }) : t('explore.oneThing', { what, unit: unit(who) });
}

/** What the numbers on the map are: "Trips by zone and hour", "Nitrogen dioxide, mean". */
export const whatWords = (scene: Scene, { tx }: TextTools): string =>
  scene.what === 'values' ? tx(valueWords.mean, { what: tx(scene.label) }) : tx(scene.label);
