import { text } from '../../engine/kit/text.ts';

/** Words of the certificate. */
export const words = {
  make: text('Certificate', 'Certificado'),
  title: text('Certificate of a released table', 'Certificado de una tabla publicada'),
  holds: text(
    'Everything claimed was re-proved on the released table.',
    'Todo lo prometido se comprobó en la tabla publicada.',
  ),
  fails: text(
    'Not everything claimed holds for the released table.',
    'No todo lo prometido se cumple en la tabla publicada.',
  ),
  nothing: text(
    'This release claims nothing that can be re-proved on its table.',
    'Esta publicación no promete nada que se pueda comprobar en su tabla.',
  ),
  lead: text(
    'The table was grouped anew and each model checked by code that shares nothing with the method.',
    'La tabla se agrupó de nuevo y cada modelo lo comprobó código ajeno al método.',
  ),
  claim: text('Promised', 'Prometido'),
  worst: text('Worst group', 'Peor grupo'),
  groups: text('Groups checked', 'Grupos comprobados'),
  result: text('Result', 'Resultado'),
  yes: text('holds', 'se cumple'),
  no: text('does not hold', 'no se cumple'),
  data: text('Data', 'Datos'),
  rowsIn: text('{rows} rows, checksum {checksum}', '{rows} filas, suma {checksum}'),
  released: text('Released', 'Publicado'),
  releasedIs: text('{rows} rows; digest {digest}', '{rows} filas; resumen {digest}'),
  suppressed: text('Left out', 'Fuera'),
  suppressedIs: text('{rows} rows', '{rows} filas'),
  accounted: text(
    'every row is released once or listed as left out',
    'cada fila se publica una vez o figura como excluida',
  ),
  lost: text(
    'some rows are neither released nor listed as left out',
    'hay filas que ni se publican ni figuran como excluidas',
  ),
  quasi: text('An outsider may know', 'Alguien de fuera puede saber'),
  sensitive: text('Not to be learned', 'No debe averiguarse'),
  steps: text('Made by', 'Hecho con'),
  seed: text('seed {seed}', 'semilla {seed}'),
  notProved: text('What this does not prove', 'Lo que esto no prueba'),
  digest: text('Digest of this certificate', 'Resumen de este certificado'),
  saveJson: text('Save as JSON', 'Guardar como JSON'),
  print: text('Print', 'Imprimir'),
  working: text('Checking the released table …', 'Comprobando la tabla publicada…'),
  none: text('none', 'ninguno'),
};
