import { text, type Text } from '../../engine/kit/text.ts';

export interface Definition {
  readonly term: Text;
  readonly meaning: Text;
}

const define = (en: string, es: string, meaningEn: string, meaningEs: string): Definition => ({
  term: text(en, es),
  meaning: text(meaningEn, meaningEs),
});

/** One definition per term; loaded when the first one is opened. */
export const glossary = {
  epsilon: define(
    'epsilon (ε)',
    'épsilon (ε)',
    'How much one person can change the odds of any published result: at most by a factor e^ε. Smaller is more private.',
    'Cuánto puede cambiar una persona las probabilidades de cualquier resultado: como mucho por un factor e^ε. Menos es más privado.',
  ),
  delta: define(
    'delta (δ)',
    'delta (δ)',
    'The small chance with which the promise of ε may fail. It should be far below one over the number of people.',
    'La pequeña probabilidad de que la promesa de ε falle. Debe ser mucho menor que uno entre el número de personas.',
  ),
  'differential-privacy': define(
    'differential privacy',
    'privacidad diferencial',
    'A promise about a method, not about a table: whatever else is known, the result hardly depends on whether one person took part.',
    'Una promesa sobre un método, no sobre una tabla: se sepa lo que se sepa, el resultado apenas depende de si una persona participó.',
  ),
  budget: define(
    'privacy budget',
    'presupuesto de privacidad',
    'The total ε a curator is willing to spend. Every answer takes a part of it, and parts add up.',
    'El ε total que el custodio está dispuesto a gastar. Cada respuesta consume una parte, y las partes se suman.',
  ),
  composition: define(
    'composition',
    'composición',
    'The rule by which losses of several releases about the same people add up.',
    'La regla por la que se suman las pérdidas de varias publicaciones sobre las mismas personas.',
  ),
  neighbours: define(
    'neighbouring tables',
    'tablas vecinas',
    'Two tables that differ by one unit: a row, a trip, or everything about one person. ε speaks about such pairs, so the unit matters.',
    'Dos tablas que difieren en una unidad: una fila, un viaje o todo lo de una persona. ε habla de esos pares, así que la unidad importa.',
  ),
  sensitivity: define(
    'sensitivity',
    'sensibilidad',
    'The most one unit can change a computed value. Noise is scaled to it.',
    'Lo máximo que una unidad puede cambiar un valor calculado. El ruido se ajusta a ella.',
  ),
  clipping: define(
    'clipping',
    'recorte',
    'Cutting values or contributions to a declared range, so that no one counts for more than the noise can hide.',
    'Limitar valores o contribuciones a un rango declarado, para que nadie pese más de lo que el ruido puede ocultar.',
  ),
  laplace: define(
    'Laplace noise',
    'ruido de Laplace',
    'Random noise with a sharp peak and wide tails; its scale is sensitivity divided by ε.',
    'Ruido aleatorio con un pico marcado y colas anchas; su escala es la sensibilidad dividida por ε.',
  ),
  gaussian: define(
    'Gaussian noise',
    'ruido gaussiano',
    'Bell-shaped noise; needs a δ, and suits many values released at once.',
    'Ruido en forma de campana; necesita un δ y va bien para muchos valores publicados a la vez.',
  ),
  'local-dp': define(
    'local differential privacy',
    'privacidad diferencial local',
    'Each person randomizes their own answer, so nobody has to be trusted with the truth. It needs many people.',
    'Cada persona aleatoriza su respuesta, así que no hay que confiar la verdad a nadie. Necesita mucha gente.',
  ),
  'coin-answers': define(
    'randomized response',
    'respuesta aleatorizada',
    'Answer truthfully or by a coin. One answer says little; the crowd can still be read.',
    'Responder la verdad o según una moneda. Una respuesta dice poco; el conjunto aún se puede leer.',
  ),
  identifier: define(
    'identifier',
    'identificador',
    'A column that names someone by itself: a name, a number plate, a card number.',
    'Una columna que por sí sola nombra a alguien: nombre, matrícula, número de tarjeta.',
  ),
  'quasi-identifier': define(
    'quasi-identifier',
    'cuasi-identificador',
    'A column that names nobody by itself but may single someone out together with others, such as place and hour.',
    'Una columna que por sí sola no nombra a nadie, pero que junto a otras puede señalar a alguien, como lugar y hora.',
  ),
  sensitive: define(
    'sensitive value',
    'valor sensible',
    'What one would rather keep to oneself, and an attacker would like to learn.',
    'Lo que cada cual prefiere guardarse y quien ataca querría saber.',
  ),
  candidates: define(
    'candidates',
    'candidatos',
    'The rows that fit everything an onlooker knows. One candidate means the person is found.',
    'Las filas que encajan con todo lo que alguien sabe. Un solo candidato significa que se ha encontrado a la persona.',
  ),
  'equivalence-class': define(
    'group of look-alikes',
    'grupo de iguales',
    'Rows with the same quasi-identifiers: nobody who knows only those can tell them apart. In the literature: equivalence class.',
    'Filas con los mismos cuasi-identificadores: quien solo sabe eso no las distingue. En la literatura: clase de equivalencia.',
  ),
  'k-anonymity': define(
    'k-anonymity',
    'k-anonimato',
    'Every row shares its quasi-identifiers with at least k - 1 others. It does not limit what is known from elsewhere.',
    'Cada fila comparte sus cuasi-identificadores con al menos otras k - 1. No limita lo que se sepa por otras vías.',
  ),
  'l-diversity': define(
    'l-diversity',
    'l-diversidad',
    'Every group of look-alikes holds at least l different sensitive values, so the group alone does not give the secret away.',
    'Cada grupo de iguales contiene al menos l valores sensibles distintos, así que el grupo por sí solo no revela el secreto.',
  ),
  't-closeness': define(
    't-closeness',
    't-cercanía',
    'The sensitive values of every group are spread nearly as in the whole table: at most t apart.',
    'Los valores sensibles de cada grupo se reparten casi como en toda la tabla: a distancia t como mucho.',
  ),
  generalization: define(
    'generalization',
    'generalización',
    'Saying less precisely: hour instead of minute, borough instead of zone.',
    'Decir con menos precisión: hora en vez de minuto, distrito en vez de zona.',
  ),
  suppression: define(
    'suppression',
    'supresión',
    'Holding back a cell or a row altogether.',
    'No publicar una celda o una fila.',
  ),
  pseudonym: define(
    'pseudonym',
    'seudónimo',
    'A stand-in for an identifier. The rows of one person stay linked, so it protects little by itself.',
    'Un sustituto del identificador. Las filas de una persona siguen unidas, así que por sí solo protege poco.',
  ),
  unicity: define(
    'unicity',
    'unicidad',
    'The share of people whom a few known points (places and times) single out.',
    'La proporción de personas a quienes unos pocos puntos conocidos (lugares y horas) señalan.',
  ),
  linking: define(
    're-identification (linking)',
    'reidentificación',
    'Finding which row, or which person, a released record belongs to.',
    'Averiguar a qué fila, o a qué persona, pertenece un registro publicado.',
  ),
  'attribute-disclosure': define(
    'attribute disclosure',
    'revelación de atributos',
    "Learning someone's sensitive value, with or without finding their row.",
    'Conocer el valor sensible de alguien, se encuentre o no su fila.',
  ),
  membership: define(
    'membership inference',
    'inferencia de pertenencia',
    "Telling from a release whether someone's data were used at all. A coin is right half the time.",
    'Deducir de lo publicado si se usaron los datos de alguien. Una moneda acierta la mitad de las veces.',
  ),
  reconstruction: define(
    'reconstruction',
    'reconstrucción',
    'Rebuilding rows from many published totals or from a model.',
    'Rehacer filas a partir de muchos totales publicados o de un modelo.',
  ),
  prosecutor: define(
    'prosecutor',
    'fiscal',
    'An attacker who knows that the target is in the table. The harshest view of linking.',
    'Quien ataca sabiendo que la persona está en la tabla. La visión más dura del cruce de datos.',
  ),
  journalist: define(
    'journalist',
    'periodista',
    'An attacker who does not know who is in the table and looks for any match in the population.',
    'Quien ataca sin saber quién está en la tabla y busca cualquier coincidencia en la población.',
  ),
  marketer: define(
    'marketer',
    'comercial',
    'An attacker who links as many rows as possible and counts the share of right matches.',
    'Quien cruza tantas filas como puede y cuenta la proporción de aciertos.',
  ),
  baseline: define(
    'chance',
    'azar',
    'How often the attacker is right without looking at the release at all.',
    'Con qué frecuencia acierta el atacante sin mirar siquiera lo publicado.',
  ),
  bound: define(
    'proven limit',
    'límite demostrado',
    'The most any attacker can reach, by mathematics. What is measured lies at or below it.',
    'Lo máximo que puede alcanzar cualquier atacante, por matemáticas. Lo medido queda en él o por debajo.',
  ),
  release: define(
    'release',
    'publicación',
    'What leaves the curator: a table, counts, a model or sums.',
    'Lo que sale del custodio: una tabla, recuentos, un modelo o sumas.',
  ),
  curator: define(
    'curator',
    'custodio',
    'Whoever holds the true rows and answers for what is published.',
    'Quien guarda las filas verdaderas y responde de lo que se publica.',
  ),
  utility: define(
    'utility',
    'utilidad',
    'How much of the work that the true data allow can still be done: 1 minus the error of a stated task.',
    'Cuánto del trabajo que permiten los datos reales puede hacerse aún: 1 menos el error de una tarea concreta.',
  ),
  'lost-information': define(
    'information loss',
    'pérdida de información',
    'How much coarser the released table is, from 0 (as it was) to 1 (everything blanked).',
    'Cuánto menos precisa es la tabla publicada, de 0 (como estaba) a 1 (todo en blanco).',
  ),
  interval: define(
    'interval',
    'intervalo',
    'A range that holds the true value in a stated share of cases, usually 95 in 100. Its kind is always named: other noise, other samples, or other runs.',
    'Un rango que contiene el valor verdadero en una proporción de casos, normalmente 95 de 100. Siempre se dice de qué tipo: otro ruido, otras muestras u otras ejecuciones.',
  ),
  'sample-population': define(
    'sample and population',
    'muestra y población',
    'A row may be unique in this table and common in the city. Risks say which of the two they speak about.',
    'Una fila puede ser única en esta tabla y común en la ciudad. Cada riesgo dice de cuál de las dos habla.',
  ),
  'measured-modelled': define(
    'measured and modelled',
    'medido y modelado',
    'Measured: it happened in this tab. Modelled: computed from counted messages and a stated network. Never added up.',
    'Medido: ocurrió en esta pestaña. Modelado: calculado a partir de mensajes contados y una red declarada. Nunca se suman.',
  ),
  'federated-learning': define(
    'federated learning',
    'aprendizaje federado',
    'Several owners train one model; rows stay with them, and only changes of the model travel.',
    'Varios dueños entrenan un modelo; las filas se quedan con ellos y solo viajan los cambios del modelo.',
  ),
  'secure-aggregation': define(
    'secure aggregation',
    'agregación segura',
    'A sum of many contributions is learned, and none of the contributions.',
    'Se conoce la suma de muchas contribuciones y ninguna de ellas.',
  ),
  'secret-sharing': define(
    'secret sharing',
    'reparto de secretos',
    'A number is split into random parts; fewer than a stated number of them say nothing.',
    'Un número se divide en partes aleatorias; menos de cierta cantidad de ellas no dicen nada.',
  ),
  'secure-computation': define(
    'secure computation (SMPC)',
    'computación segura (SMPC)',
    "Several parties compute a result together, and each learns the result and nothing of the others' inputs.",
    'Varias partes calculan juntas un resultado; cada una lo conoce, pero nada de los datos de las demás.',
  ),
  'semi-honest': define(
    'semi-honest',
    'semihonesto',
    'A party that follows the protocol but keeps and studies all it sees. The opposite, malicious, may deviate.',
    'Una parte que sigue el protocolo pero guarda y estudia todo lo que ve. Lo contrario, malicioso, puede desviarse.',
  ),
  encryption: define(
    'encryption',
    'cifrado',
    'Makes data unreadable on the way. Whoever holds the key reads everything.',
    'Hace ilegibles los datos en el camino. Quien tiene la clave lo lee todo.',
  ),
  minimization: define(
    'data minimization',
    'minimización de datos',
    'Not collecting, or not passing on, what the purpose does not need.',
    'No recoger, o no transmitir, lo que el fin no necesita.',
  ),
  'digital-twin': define(
    'digital twin',
    'gemelo digital',
    'A live model of a city, fed by its data, used to try decisions before they are taken.',
    'Un modelo vivo de la ciudad, alimentado por sus datos, para probar decisiones antes de tomarlas.',
  ),
  synthetic: define(
    'synthetic data',
    'datos sintéticos',
    'Rows generated here from published aggregate facts. They resemble a city; no row is a person.',
    'Filas generadas aquí a partir de datos agregados publicados. Se parecen a una ciudad; ninguna fila es una persona.',
  ),
  scenario: define(
    'scenario',
    'escenario',
    'Everything that determines the numbers: data, roles, protections, measures, seed. It fits in a link.',
    'Todo lo que determina los números: datos, papeles, protecciones, medidas, semilla. Cabe en un enlace.',
  ),
  seed: define(
    'seed',
    'semilla',
    'The number all simulated chance starts from. The same seed gives the same result.',
    'El número del que parte todo el azar simulado. La misma semilla da el mismo resultado.',
  ),
  digest: define(
    'digest',
    'huella',
    'A short fingerprint of a result. Equal digests mean equal results, to the bit.',
    'Una huella corta de un resultado. Huellas iguales significan resultados iguales, bit a bit.',
  ),
} as const satisfies Readonly<Record<string, Definition>>;

export type GlossaryTerm = keyof typeof glossary;
