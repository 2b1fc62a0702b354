import { type Text, text } from '../../engine/kit/text.ts';

/** What a script keeps of the release, what it does not, and why some releases have no script. */

export const same = {
  questions: text(
    'The questions and their cells: places, hours, bands and labels as declared, never those that occur.',
    'Las preguntas y sus celdas: lugares, horas, intervalos y etiquetas tal como se declararon, nunca los que aparecen.',
  ),
  row: text('What is hidden: one row, added or removed.', 'Lo que se oculta: una fila, añadida o quitada.'),
  entity: text(
    'What is hidden: everything one person, vehicle or household adds, with the same caps on their rows.',
    'Lo que se oculta: todo lo que aporta una persona, un vehículo o un hogar, con los mismos topes de filas.',
  ),
  day: text(
    'What is hidden: everything one person, vehicle or household adds on one calendar day, with the same caps.',
    'Lo que se oculta: todo lo que aporta una persona, un vehículo o un hogar en un día natural, con los mismos topes.',
  ),
  replaced: text(
    'Neighbouring tables: one unit replaced by another.',
    'Tablas vecinas: una unidad sustituida por otra.',
  ),
  laplace: text(
    'Laplace noise on whole numbers, with the scale of the ledger for every question.',
    'Ruido de Laplace en números enteros, con la escala del libro de cuentas para cada pregunta.',
  ),
  gaussian: text(
    'Gaussian noise with the standard deviation of the ledger for every question.',
    'Ruido gaussiano con la desviación típica del libro de cuentas para cada pregunta.',
  ),
  steps: text(
    'The steps of the declared period, the partial sums that are measured, and how totals are made of them.',
    'Los pasos del período declarado, las sumas parciales que se miden y cómo se forman con ellas los totales.',
  ),
  split: text(
    'The privacy budget and its division among the questions.',
    'El presupuesto de privacidad y su reparto entre las preguntas.',
  ),
  bounds: text('Values are clipped to the declared range.', 'Los valores se recortan al rango declarado.'),
  after: text(
    'What is done after the noise: rounding, no negative counts, means from noisy sums and counts.',
    'Lo que se hace tras el ruido: redondear, sin conteos negativos, medias a partir de sumas y conteos con ruido.',
  ),
  candidates: text(
    'The candidates, declared beforehand, and the budget of every choice.',
    'Los candidatos, declarados de antemano, y el presupuesto de cada elección.',
  ),
  threshold: text(
    'The noise, the threshold and the keys kept per unit.',
    'El ruido, el umbral y las claves por unidad.',
  ),
  keys: text('The keys kept per unit and the total budget.', 'Las claves por unidad y el presupuesto total.'),
};

export const differs = {
  seed: text(
    'The scenario’s seed is not used: the library draws from its own cryptographic source, so every run gives other numbers.',
    'No se usa la semilla del escenario: la biblioteca sortea con su propia fuente criptográfica, así que cada ejecución da otros números.',
  ),
  reading: text(
    'The script reads a CSV file with the columns of this scenario; times must be ISO 8601, on the clock meant.',
    'El programa lee un archivo CSV con las columnas de este escenario; las horas deben ir en ISO 8601, en el reloj que corresponda.',
  ),
  labels: text(
    'Labels of places and categories stand in the script as public. Take out any that would name somebody before you share it.',
    'Las etiquetas de lugares y categorías figuran en el programa como públicas. Quite las que nombren a alguien antes de compartirlo.',
  ),
  whole: text(
    'Noise is always whole here; the page simulates it in floating point unless exact noise is chosen.',
    'Aquí el ruido es siempre entero; la página lo simula en coma flotante salvo que se elija el ruido exacto.',
  ),
  caps: text(
    'Which rows of a unit are kept is drawn anew.',
    'Qué filas de una unidad se conservan se vuelve a sortear.',
  ),
  zcdp: text(
    'OpenDP accounts for Gaussian noise by zero-concentrated privacy: the ε it prints is a little larger than that of the analytic Gaussian, for the same noise.',
    'OpenDP contabiliza el ruido gaussiano con privacidad cero-concentrada: el ε que imprime es algo mayor que el de la gaussiana analítica, con el mismo ruido.',
  ),
  rename: text(
    'Earlier steps that only rename are not repeated: they change no count.',
    'No se repiten los pasos anteriores que solo renombran: no cambian ningún conteo.',
  ),
  quantile: text(
    'OpenDP chooses among the candidates by permute-and-flip with a scale of its own; the scenario draws by the exponential mechanism. The ε of each quantile is the same.',
    'OpenDP elige entre los candidatos por permutar y lanzar, con una escala propia; el escenario sortea con el mecanismo exponencial. El ε de cada cuantil es el mismo.',
  ),
  trees: text(
    'PipelineDP finds percentiles in a tree of noisy counts, another mechanism than the scenario’s; its errors are other ones at the same ε.',
    'PipelineDP busca percentiles en un árbol de conteos con ruido, un mecanismo distinto al del escenario; con el mismo ε, sus errores son otros.',
  ),
  concentrated: text(
    'The choices are accounted as zero-concentrated loss, printed as ρ.',
    'Las elecciones se contabilizan como pérdida cero-concentrada, que se imprime como ρ.',
  ),
  atThreshold: text(
    'OpenDP’s printed δ may be a little smaller: it leaves out the chance of meeting the threshold exactly.',
    'El δ que imprime OpenDP puede ser algo menor: omite la probabilidad de dar justo en el umbral.',
  ),
  derived: text(
    'PipelineDP takes no scale: it derives the same one from budget weights, caps and bounds. The ledger stands in the script to compare.',
    'PipelineDP no admite una escala: deduce la misma de los pesos del presupuesto, los topes y los límites. El libro de cuentas figura en el programa para comparar.',
  ),
  google: text(
    'Noise comes from Google’s library, which rounds to a fine grid of its own.',
    'El ruido viene de la biblioteca de Google, que redondea a una rejilla fina propia.',
  ),
  variance: text(
    'PipelineDP squares the values themselves where the scenario squares their distance from the middle of the range, so squares get more noise than the ledger says.',
    'PipelineDP eleva al cuadrado los propios valores y el escenario su distancia al centro del rango, así que los cuadrados llevan más ruido del que dice el libro de cuentas.',
  ),
  unfinished: text(
    'Cells stay as noisy as they are: fitting them to one another needs all of them in one place, after the pipeline.',
    'Las celdas quedan con su ruido: ajustarlas entre sí requiere tenerlas todas juntas, después de la canalización.',
  ),
  selection: text(
    'PipelineDP pays for naming a key and for its count separately, so both are a little noisier than the scenario’s, which needs noise only once.',
    'PipelineDP paga por separado nombrar una clave y dar su conteo, así que ambos llevan algo más de ruido que en el escenario, que solo necesita ruido una vez.',
  ),
};

export const noScript = {
  earlier: text(
    'An earlier step of this branch changes the table in a way these libraries do not repeat. Put the noisy step first.',
    'Un paso anterior de esta rama cambia la tabla de un modo que estas bibliotecas no repiten. Ponga primero el paso con ruido.',
  ),
  claimless: text(
    'This release makes no promise of differential privacy, so there is none to take along.',
    'Esta publicación no promete privacidad diferencial, así que no hay promesa que llevarse.',
  ),
  entity: text('No column says whose rows belong together.', 'Ninguna columna dice qué filas van juntas.'),
  noise: text(
    'Neither library has this noise. Choose Laplace or Gaussian noise.',
    'Ninguna de las bibliotecas tiene este ruido. Elija ruido de Laplace o gaussiano.',
  ),
  replaced: text(
    'PipelineDP hides that a unit is in the table at all; it does not know tables in which one unit is replaced by another.',
    'PipelineDP oculta que una unidad esté en la tabla; no conoce tablas en las que una unidad se sustituye por otra.',
  ),
  consistent: text(
    'PipelineDP does not fit groups to a noisy total. Turn that off, or take the OpenDP script.',
    'PipelineDP no ajusta los grupos a un total con ruido. Desactívelo o llévese el programa de OpenDP.',
  ),
  top: text(
    'PipelineDP has no choice of the most frequent among declared values. Take the OpenDP script.',
    'PipelineDP no elige los más frecuentes entre valores declarados. Llévese el programa de OpenDP.',
  ),
  noisyMax: text(
    'Neither library takes the largest count by Laplace noise. Choose permute-and-flip or the exponential mechanism.',
    'Ninguna de las bibliotecas toma el mayor conteo con ruido de Laplace. Elija permutar y lanzar o el mecanismo exponencial.',
  ),
  truncated: text(
    'The OpenDP script is for the Laplace threshold: OpenDP has no truncated geometric rule. Choose that threshold, or take the PipelineDP script.',
    'El programa de OpenDP es para el umbral de Laplace: OpenDP no tiene la regla geométrica truncada. Elija ese umbral o llévese el programa de PipelineDP.',
  ),
  rowKeys: text(
    'PipelineDP finds keys by counting units, so it needs to know whose each row is. Hide a person, or take the OpenDP script.',
    'PipelineDP busca claves contando unidades y necesita saber de quién es cada fila. Oculte a una persona o llévese el programa de OpenDP.',
  ),
  series: text(
    'PipelineDP has no counter for running totals that shares its noise over time. Take the OpenDP script.',
    'PipelineDP no tiene un contador de totales acumulados que reparta su ruido en el tiempo. Llévese el programa de OpenDP.',
  ),
  schemes: text(
    'The OpenDP script has noise on every step and both trees, over a declared period and without later corrections. The square-root factorisation measures numbers that are not whole.',
    'El programa de OpenDP tiene ruido en cada paso y los dos árboles, en un período declarado y sin correcciones posteriores. La factorización de raíz cuadrada mide números que no son enteros.',
  ),
  ranges: text(
    'Neither library fits ranges to noisy measurements by least squares as this release does.',
    'Ninguna de las bibliotecas ajusta rangos a medidas con ruido por mínimos cuadrados como esta publicación.',
  ),
  window: text(
    'Neither library promises privacy for a sliding window of time.',
    'Ninguna de las bibliotecas promete privacidad para una ventana de tiempo móvil.',
  ),
  asking: text(
    'Neither library has the sparse vector technique for questions that arrive one by one.',
    'Ninguna de las bibliotecas tiene la técnica del vector disperso para preguntas que llegan una a una.',
  ),
  allocated: text(
    'Its shares are decided period by period from a log of askings: a script of fixed shares would be another release.',
    'Sus partes se deciden periodo a periodo según un registro de preguntas: un programa con partes fijas sería otra publicación.',
  ),
  synthetic: text(
    'The fit of the synthetic table is this page’s own; OpenDP’s synthesizers would give another release.',
    'El ajuste de la tabla sintética es propio de esta página; los sintetizadores de OpenDP darían otra publicación.',
  ),
  other: text('There is no script for this technique.', 'No hay programa para esta técnica.'),
} satisfies Readonly<Record<string, Text>>;
