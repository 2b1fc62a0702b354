import type { Language } from './format.ts';

/** Names of the things datasets count, one and many, in both languages. Physical units pass through unchanged. */
const words: Readonly<Record<string, readonly [string, string, string, string]>> = {
  trip: ['trip', 'trips', 'viaje', 'viajes'],
  ride: ['ride', 'rides', 'trayecto', 'trayectos'],
  rider: ['rider', 'riders', 'ciclista', 'ciclistas'],
  reading: ['reading', 'readings', 'lectura', 'lecturas'],
  row: ['row', 'rows', 'fila', 'filas'],
  hour: ['hour', 'hours', 'hora', 'horas'],
  'half hour': ['half hour', 'half hours', 'media hora', 'medias horas'],
  event: ['event', 'events', 'suceso', 'sucesos'],
  stay: ['stay', 'stays', 'estancia', 'estancias'],
  site: ['site', 'sites', 'estación', 'estaciones'],
  zone: ['zone', 'zones', 'zona', 'zonas'],
  loop: ['loop', 'loops', 'espira', 'espiras'],
  entity: ['entity', 'entities', 'entidad', 'entidades'],
  person: ['person', 'people', 'persona', 'personas'],
  household: ['household', 'households', 'hogar', 'hogares'],
  vehicle: ['vehicle', 'vehicles', 'vehículo', 'vehículos'],
  traveller: ['traveller', 'travellers', 'viajero', 'viajeros'],
};

/** The word for `n` of a unit; `n` left out gives the singular. */
export function unitWord(unit: string, language: Language, n = 1): string {
  const known = Object.hasOwn(words, unit) ? words[unit] : undefined;
  if (known === undefined) return unit;
  const many = new Intl.PluralRules(language).select(n) === 'one' ? 0 : 1;
  return known[(language === 'es' ? 2 : 0) + many] ?? unit;
}
