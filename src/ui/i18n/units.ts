import type { Language } from './format.ts';

/** Names of the things datasets count, one and many, in both languages. Physical units pass through unchanged. */
const words: Readonly<Record<string, readonly [string, string, string, string]>> = {
  trip: ['trip', 'trips', 'viaje', 'viajes'],
  ride: ['ride', 'rides', 'trayecto', 'trayectos'],
  rider: ['rider', 'riders', 'ciclista', 'ciclistas'],
  reading: ['reading', 'readings', 'lectura', 'lecturas'],
  correlation: ['correlation', 'correlation', 'correlación', 'correlación'],
  row: ['row', 'rows', 'fila', 'filas'],
  hour: ['hour', 'hours', 'hora', 'horas'],
  'half hour': ['half hour', 'half hours', 'media hora', 'medias horas'],
  event: ['event', 'events', 'suceso', 'sucesos'],
  stay: ['stay', 'stays', 'estancia', 'estancias'],
  site: ['site', 'sites', 'estación', 'estaciones'],
  zone: ['zone', 'zones', 'zona', 'zonas'],
  sensor: ['sensor', 'sensors', 'sensor', 'sensores'],
  client: ['client', 'clients', 'cliente', 'clientes'],
  loop: ['loop', 'loops', 'espira', 'espiras'],
  entity: ['entity', 'entities', 'entidad', 'entidades'],
  person: ['person', 'people', 'persona', 'personas'],
  household: ['household', 'households', 'hogar', 'hogares'],
  vehicle: ['vehicle', 'vehicles', 'vehículo', 'vehículos'],
  traveller: ['traveller', 'travellers', 'viajero', 'viajeros'],
};

/** Units made of another one by how a privacy claim divides time; the unit within comes first. */
interface Pattern {
  readonly of: RegExp;
  readonly words: Readonly<Record<Language, (unit: string, rest: string, many: boolean) => string>>;
}
const patterns: readonly Pattern[] = [
  {
    // A unit and a calendar day of it. In Spanish the unit takes the plural, as in "horas-hombre".
    of: /^(.+)-day()$/,
    words: {
      en: (unit, _, many) => `${unit}-${many ? 'days' : 'day'}`,
      es: (unit) => `${unit}-día`,
    },
  },
  {
    of: /^(.+) in any (\d+) steps$/,
    words: {
      en: (unit, steps) => `${unit} in any ${steps} steps in a row`,
      es: (unit, steps) => `${unit} en ${steps} pasos seguidos cualesquiera`,
    },
  },
];

/** The word for `n` of a unit; `n` left out gives the singular. */
export function unitWord(unit: string, language: Language, n = 1): string {
  const many = new Intl.PluralRules(language).select(n) !== 'one';
  for (const pattern of patterns) {
    const [, inner, rest = ''] = pattern.of.exec(unit) ?? [];
    if (inner === undefined) continue;
    // "person-days", but "personas-día" and "people in any 3 steps".
    const within = unitWord(inner, language, language === 'en' && rest === '' ? 1 : n);
    return pattern.words[language](within, rest, many);
  }
  const known = Object.hasOwn(words, unit) ? words[unit] : undefined;
  if (known === undefined) return unit;
  return known[(language === 'es' ? 2 : 0) + (many ? 1 : 0)] ?? unit;
}
