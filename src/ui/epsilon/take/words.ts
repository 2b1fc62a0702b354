import { text } from '../../../engine/kit/text.ts';
import type { TakeTarget } from '../../../scenario/scripts/take.ts';

/** Words of the tab a release is taken along from. */
export const words = {
  finding: text(
    'The same promise on your own machine: ε = {epsilon}, {events}, as a script for {library}.',
    'La misma promesa en su propia máquina: ε = {epsilon}, {events}, como programa para {library}.',
  ),
  oneEvent: text('one noisy answer set', 'un conjunto de respuestas con ruido'),
  events: text('{n} noisy answer sets', '{n} conjuntos de respuestas con ruido'),
  none: text('This release has no script for {library}.', 'Esta publicación no tiene programa para {library}.'),
  working: text('The release is being made.', 'Se está haciendo la publicación.'),
  failed: text('There is no release to take along yet.', 'Todavía no hay una publicación que llevarse.'),
  notRun: text(
    'Not executed here. Scripts of this kind are compiled in our tests, their names checked against the library’s documentation and their numbers against the ledger; none was ever run with the library itself.',
    'No se ejecuta aquí. En nuestras pruebas se compilan programas de este tipo, se comparan sus nombres con la documentación de la biblioteca y sus números con el libro de cuentas; ninguno se ha ejecutado con la biblioteca misma.',
  ),
  versions: text('Written for {versions}.', 'Escrito para {versions}.'),
  target: text('Library', 'Biblioteca'),
  script: text('Script', 'Programa'),
  code: text('Text of {file}', 'Texto de {file}'),
  copy: text('Copy', 'Copiar'),
  copied: text('Script copied.', 'Programa copiado.'),
  refused: text(
    'The browser refused the clipboard: select the text and copy it.',
    'El navegador no permitió el portapapeles: seleccione el texto y cópielo.',
  ),
  download: text('Download {file}', 'Descargar {file}'),
  same: text('What stays the same', 'Qué queda igual'),
  differs: text('What differs', 'Qué cambia'),
  runner: text('Or run the very same code', 'O ejecute el mismo código'),
  runnerText: text(
    'This page’s own engine runs without a browser. The scenario with its seed gives the numbers shown here, digit by digit.',
    'El motor de esta página funciona sin navegador. El escenario con su semilla da los números que se ven aquí, dígito a dígito.',
  ),
  runnerSeed: text(
    'A seeded run is a simulation: who knows the seed can take the noise away.',
    'Una ejecución con semilla es una simulación: quien conoce la semilla puede quitar el ruido.',
  ),
  runnerFile: text(
    'Name your file as well: the scenario knows only its digest.',
    'Indique también su archivo: el escenario solo conoce su huella.',
  ),
  command: text('Command', 'Orden'),
  scenario: text('Download the scenario (JSON)', 'Descargar el escenario (JSON)'),
};

export const libraries: Readonly<Record<TakeTarget, { readonly name: string; readonly versions: string }>> = {
  opendp: { name: 'OpenDP', versions: 'OpenDP 0.14 / 0.15' },
  beam: { name: 'PipelineDP (Beam)', versions: 'PipelineDP 0.2.2, Apache Beam' },
  spark: { name: 'PipelineDP (Spark)', versions: 'PipelineDP 0.2.2, Apache Spark' },
};
