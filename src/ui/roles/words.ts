import { text } from '../../engine/kit/text.ts';

/** Words of the role board. */
export const words = {
  board: text('Roles of the columns', 'Papeles de las columnas'),
  hint: text(
    'Drag a column to another role; or choose it and use the arrow keys, or “Put here”.',
    'Arrastre una columna a otro papel; o elíjala y use las flechas o «Poner aquí».',
  ),
  'about.identifier': text('names one person by itself', 'nombra a una persona por sí solo'),
  'about.quasi-identifier': text('an outsider may know it', 'alguien de fuera puede saberlo'),
  'about.sensitive': text('must not be learned', 'no debe averiguarse'),
  'about.other': text('neither', 'ninguno'),
  chip: text('{column}: {role}', '{column}: {role}'),
  putHere: text('Put here', 'Poner aquí'),
  putHereOf: text('Put {column} here: {role}', 'Poner {column} aquí: {role}'),
  empty: text('none', 'ninguna'),
  moved: text('{column} is now: {role}', '{column} es ahora: {role}'),
  more: text('{n} more', '{n} más'),
};
