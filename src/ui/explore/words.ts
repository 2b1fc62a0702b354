import type { HourRange } from '../../store/view-store.ts';
import type { TextTools } from '../i18n/use-text.ts';
import type { Grid } from './grid.layout.ts';
import type { Scene } from './use-scene.ts';

/** "18–19 h", "all day". */
export function whenWords(hours: HourRange, grid: Grid, { t }: TextTools): string {
  if (hours === null || grid.hours === 1) return t('explore.allDay').toLowerCase();
  return t('explore.hourRange', {
    from: grid.hourLabels[hours.from] ?? String(hours.from),
    to: String(hours.to + 1).padStart(2, '0'),
  });
}

/** Who is ringed, as an onlooker would tell it: where and when, nothing else. */
export function personWords(scene: Scene, { t, unit }: TextTools): string | undefined {
  const { person, personHour } = scene;
  if (person === undefined) return undefined;
  const label = scene.places.find((place) => place.id === person.place)?.label ?? person.place;
  const what =
    personHour === undefined ? label : `${label}, ${t('explore.hourRange', { from: personHour, to: personHour + 1 })}`;
  const { parts, rowUnit } = scene.summary.descriptor;
  return parts.entity === undefined ? t('explore.oneThing', { what, unit: unit(rowUnit) }) : t('explore.one', { what });
}
