/** Words the charts need beyond their props; the page passes its own set through `ChartProvider`. */
export interface ChartWords {
  readonly true: string;
  readonly released: string;
  readonly difference: string;
  readonly table: string;
  readonly chart: string;
  readonly tableKey: string;
  readonly saveAs: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly resetView: string;
  /** Letter of the north mark. */
  readonly north: string;
  readonly suppressed: string;
  readonly zero: string;
  readonly noData: string;
  readonly allDay: string;
  readonly dragToSelect: string;
  readonly better: string;
  readonly play: string;
  readonly pause: string;
  readonly place: string;
  readonly value: string;
  readonly halfWidth: string;
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly after: string;
  readonly chance: string;
  readonly bound: string;
  readonly measured: string;
  readonly modelled: string;
  readonly round: string;
  readonly allRounds: string;
  readonly loss: string;
  readonly accuracy: string;
  readonly f1: string;
  readonly central: string;
  readonly majority: string;
  readonly updateNorm: string;
  readonly client: string;
  readonly rows: string;
  readonly classes: string;
  readonly classSize: string;
  readonly estimate: string;
  readonly error: string;
  readonly runningError: string;
  readonly epoch: string;
  readonly party: string;
  readonly message: string;
  readonly bytes: string;
  readonly sawOnly: string;
  readonly opened: string;
  readonly plaintext: string;
  readonly ciphertext: string;
  readonly nonce: string;
  readonly byteValue: string;
  readonly share: string;
  readonly min: string;
  readonly mean: string;
  readonly p95: string;
  readonly current: string;
  readonly onFrontier: string;
  readonly possibleReleases: string;
  readonly sortBy: string;
  readonly kAtLeast: string;
  readonly unmapped: string;
  readonly part: string;
}

export const CHART_WORDS_EN: ChartWords = {
  true: 'true',
  released: 'released',
  difference: 'released − true',
  table: 'Table',
  chart: 'Chart',
  tableKey: 'press T for the table',
  saveAs: 'Save as',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  resetView: 'Whole view',
  north: 'N',
  suppressed: 'suppressed',
  zero: 'zero',
  noData: 'no data',
  allDay: 'All day',
  dragToSelect: 'drag to select',
  better: 'better',
  play: 'Play possible outcomes',
  pause: 'Pause',
  place: 'place',
  value: 'value',
  halfWidth: '± (95 %)',
  from: 'from',
  to: 'to',
  before: 'before',
  after: 'after',
  chance: 'chance is',
  bound: 'bound',
  measured: 'measured here',
  modelled: 'modelled',
  round: 'round',
  allRounds: 'all rounds',
  loss: 'loss',
  accuracy: 'accuracy',
  f1: 'F1',
  central: 'trained centrally',
  majority: 'majority guess',
  updateNorm: 'update norm',
  client: 'client',
  rows: 'rows',
  classes: 'rows in such groups',
  classSize: 'rows that look alike',
  estimate: 'estimate',
  error: 'error of this epoch',
  runningError: 'error so far',
  epoch: 'epoch',
  party: 'party',
  message: 'message',
  bytes: 'bytes',
  sawOnly: 'saw only',
  opened: 'opened',
  plaintext: 'plain text',
  ciphertext: 'cipher text',
  nonce: 'nonce',
  byteValue: 'byte value',
  share: 'share',
  min: 'min',
  mean: 'mean',
  p95: 'p95',
  current: 'current',
  onFrontier: 'on the frontier',
  possibleReleases: 'possible releases',
  sortBy: 'sort by',
  kAtLeast: 'k at least',
  unmapped: 'not on the map',
  part: 'part',
};

export const CHART_WORDS_ES: ChartWords = {
  true: 'real',
  released: 'publicado',
  difference: 'publicado − real',
  table: 'Tabla',
  chart: 'Gráfico',
  tableKey: 'pulse T para ver la tabla',
  saveAs: 'Guardar como',
  zoomIn: 'Acercar',
  zoomOut: 'Alejar',
  resetView: 'Vista completa',
  north: 'N',
  suppressed: 'suprimido',
  zero: 'cero',
  noData: 'sin datos',
  allDay: 'Todo el día',
  dragToSelect: 'arrastre para seleccionar',
  better: 'mejor',
  play: 'Reproducir resultados posibles',
  pause: 'Pausar',
  place: 'lugar',
  value: 'valor',
  halfWidth: '± (95 %)',
  from: 'de',
  to: 'a',
  before: 'antes',
  after: 'después',
  chance: 'el azar da',
  bound: 'cota',
  measured: 'medido aquí',
  modelled: 'modelado',
  round: 'ronda',
  allRounds: 'todas las rondas',
  loss: 'pérdida',
  accuracy: 'exactitud',
  f1: 'F1',
  central: 'entrenado de forma central',
  majority: 'clase mayoritaria',
  updateNorm: 'norma de la actualización',
  client: 'cliente',
  rows: 'filas',
  classes: 'filas en esos grupos',
  classSize: 'filas que se parecen',
  estimate: 'estimación',
  error: 'error de esta época',
  runningError: 'error acumulado',
  epoch: 'época',
  party: 'parte',
  message: 'mensaje',
  bytes: 'bytes',
  sawOnly: 'solo vio',
  opened: 'abierto',
  plaintext: 'texto en claro',
  ciphertext: 'texto cifrado',
  nonce: 'nonce',
  byteValue: 'valor del byte',
  share: 'proporción',
  min: 'mín.',
  mean: 'media',
  p95: 'p95',
  current: 'actual',
  onFrontier: 'en la frontera',
  possibleReleases: 'publicaciones posibles',
  sortBy: 'ordenar por',
  kAtLeast: 'k al menos',
  unmapped: 'fuera del mapa',
  part: 'parte',
};
