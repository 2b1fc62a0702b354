import { text } from '../../engine/kit/text.ts';

/** Words of the Federate page: learning together, adding up in secret, sending encrypted. */
export const federateWords = {
  title: text('Federate', 'Federar'),
  tabs: text('Ways of working together', 'Formas de colaborar'),
  learning: text('Federated learning', 'Aprendizaje federado'),
  sums: text('Secure sums', 'Sumas seguras'),
  packets: text('Encrypted telemetry', 'Telemetría cifrada'),
  running: text('Running in a worker', 'Ejecutando en otro proceso'),

  learnWaiting: text('Areas learn together and keep their rows.', 'Las zonas aprenden juntas y conservan sus filas.'),
  learnFinding: text(
    '{clients} areas train one model without moving a row. After {round} {n, round|rounds} it is right on {accuracy} of held-out rows; with all rows on one server it would be {central}.',
    '{clients} zonas entrenan un modelo sin mover ni una fila. Tras {round} {n, ronda|rondas} acierta en el {accuracy} de las filas reservadas; con todas las filas en un servidor acertaría en el {central}.',
  ),
  learnFindingAlone: text(
    '{clients} areas train one model without moving a row. After {round} {n, round|rounds} it is right on {accuracy} of held-out rows.',
    '{clients} zonas entrenan un modelo sin mover ni una fila. Tras {round} {n, ronda|rondas} acierta en el {accuracy} de las filas reservadas.',
  ),
  learnNote: text(
    '{task} Always saying the commonest answer is right on {majority}.',
    '{task} Decir siempre lo más común acierta en el {majority}.',
  ),
  learnNoGuarantee: text(
    'Updates carry no noise: keeping rows local is not a formal guarantee. Turn up the noise multiplier to get one.',
    'Los cambios no llevan ruido: conservar las filas no es una garantía formal. Sube el multiplicador de ruido para tenerla.',
  ),
  learnEpsilon: text(
    'Noise hides the part of a whole area: someone at 50:50 about it gets to at most {odds} after this round.',
    'El ruido oculta la participación de una zona entera: alguien al 50:50 sobre ella llega como mucho a {odds} tras esta ronda.',
  ),
  accuracy: text('Right on held-out rows', 'Aciertos en filas reservadas'),
  accuracyMethod: text(
    'Share of held-out rows, kept out of training in every area, that the model of this round predicts right; computed on raw rows, so for this page only.',
    'Proporción de filas reservadas, fuera del entrenamiento en cada zona, que acierta el modelo de esta ronda; calculada con filas sin proteger, solo para esta página.',
  ),
  round: text('Round', 'Ronda'),
  roundsTitle: text('Round by round', 'Ronda a ronda'),
  roundsHint: text(
    'Accuracy and F1 on held-out rows per round, beside training on pooled rows and the commonest answer; loss; length of each area’s update.',
    'Exactitud y F1 en filas reservadas por ronda, junto al entrenamiento con filas reunidas y la respuesta más común; pérdida; tamaño del cambio de cada zona.',
  ),
  map: text('Areas that take part', 'Zonas que participan'),
  mapBy: text('Colour by', 'Color según'),
  byRows: text('rows', 'filas'),
  byNorm: text('length of the update', 'tamaño del cambio'),
  gathered: text('gathered with others', 'reunido con otros'),
  mapHint: text(
    'Each area is a client; the colour shows how many training rows it has, or how far its update moved the model in the round shown.',
    'Cada zona es un cliente; el color muestra cuántas filas de entrenamiento tiene o cuánto movió el modelo su cambio en la ronda mostrada.',
  ),
  merged: text(
    '{count} {n, client gathers|clients gather} small places together: {rows} rows that no place on the map shows.',
    '{count} {n, cliente reúne|clientes reúnen} lugares pequeños: {rows} filas que ningún lugar del mapa muestra.',
  ),
  noPlaces: text(
    'This dataset has no places: its rows were dealt to {n} sites, so there is no map.',
    'Este conjunto no tiene lugares: sus filas se repartieron entre {n} sitios, así que no hay mapa.',
  ),
  cost: text('What moves', 'Lo que se mueve'),
  costHint: text(
    'Counted in this tab, not sent: weights down, updates up, keys and masks where they are summed in secret.',
    'Contado en esta pestaña, no enviado: pesos de bajada, cambios de subida, y claves y máscaras si la suma es secreta.',
  ),
  bytesRound: text('Bytes in this round', 'Bytes en esta ronda'),
  bytesRoundMethod: text(
    'Weights to {n} clients and their updates back, counted.',
    'Pesos a {n} clientes y sus cambios de vuelta, contados.',
  ),
  bytesAll: text('Bytes so far', 'Bytes hasta ahora'),
  bytesAllMethod: text('Sum over {n} rounds.', 'Suma de {n} rondas.'),
  epsilonSoFar: text('Privacy loss so far', 'Pérdida de privacidad hasta ahora'),
  epsilonMethod: text(
    'Rényi divergences of the noisy rounds added up and turned into epsilon at the delta set; the unit is one area with all its rows.',
    'Divergencias de Rényi de las rondas con ruido sumadas y convertidas en épsilon con el delta fijado; la unidad es una zona con todas sus filas.',
  ),
  epsilonRound: text('of which in this round', 'de ella, en esta ronda'),
  epsilonRoundMethod: text(
    'Privacy loss after this round minus that after the round before.',
    'Pérdida tras esta ronda menos la de la ronda anterior.',
  ),
  messages: text('Messages of the whole run', 'Mensajes de la ejecución completa'),
  messagesMethod: text('Counted over the run with these settings.', 'Contados en la ejecución con estos ajustes.'),
  chartEpsilon: text('Privacy loss (ε) over the rounds', 'Pérdida de privacidad (ε) por rondas'),

  sumsWaiting: text(
    'Departments learn a total and keep their numbers.',
    'Los departamentos conocen un total y conservan sus cifras.',
  ),
  sumsExact: text(
    '{parties} parties opened {n} totals. All of them equal the plain totals; the largest is {largest} ({label}).',
    '{parties} partes abrieron {n} totales. Todos coinciden con los totales reales; el mayor es {largest} ({label}).',
  ),
  sumsOff: text(
    '{parties} parties opened {n} numbers. They differ from the plain ones by at most {worst}; the largest is {largest} ({label}).',
    '{parties} partes abrieron {n} números. Difieren de los reales en {worst} como máximo; el mayor es {largest} ({label}).',
  ),
  sumsNote: text(
    'Each party saw its own numbers, random-looking words, and the totals. The totals are exact: no noise protects them.',
    'Cada parte vio sus cifras, palabras de aspecto aleatorio y los totales. Los totales son exactos: ningún ruido los protege.',
  ),
  partiesTitle: text('Who sends what to whom', 'Quién envía qué a quién'),
  partiesHint: text(
    'Parties as circles, messages as arrows with their bytes; below, the first words each party received and the opened totals.',
    'Las partes son círculos y los mensajes flechas con sus bytes; debajo, las primeras palabras que recibió cada parte y los totales abiertos.',
  ),
  playBetween: text('Run between {n} workers', 'Ejecutar entre {n} procesos'),
  playHint: text(
    'Starts one worker per party, joined in pairs by channels of their own; what they send each other never passes through the page.',
    'Inicia un proceso por parte, unidos de dos en dos por canales propios; lo que se envían nunca pasa por la página.',
  ),
  playing: text('{n} workers at work', '{n} procesos trabajando'),
  played: text('{n} workers opened the same totals as above.', '{n} procesos abrieron los mismos totales que arriba.'),
  playedOff: text(
    'The workers opened other totals than above. This must not happen: please report the link of this state.',
    'Los procesos abrieron otros totales que arriba. Esto no debe ocurrir: comunica el enlace de este estado.',
  ),
  party: text('Party', 'Parte'),
  sent: text('Sent', 'Enviado'),
  sentWords: text('{messages} messages, {bytes}', '{messages} mensajes, {bytes}'),
  time: text('Time, waiting included', 'Tiempo, con esperas'),
  ones: text(
    'Bits set in what it saw before the totals were opened',
    'Bits a 1 en lo que vio antes de abrir los totales',
  ),
  onesMethod: text(
    'Share of 1 bits in the {n} bits received in the first round; random words give one half. Interval of a fair coin around the value.',
    'Proporción de bits a 1 en los {n} bits recibidos en la primera ronda; las palabras aleatorias dan la mitad. Intervalo de una moneda equilibrada en torno al valor.',
  ),
  firstWords: text('First words', 'Primeras palabras'),
  workersTable: text('What each worker did', 'Lo que hizo cada proceso'),
  collude: text('What two colluders learn', 'Qué aprenden dos cómplices'),
  colludeMore: text('All measures of this release', 'Todas las medidas de esta publicación'),
  colludeText: text(
    'Parties that put together what they saw learn nothing from the shares while at least one party stays out. From the opened total they learn it less their own numbers: with only one party left out, exactly its numbers.',
    'Las partes que juntan lo que vieron no aprenden nada de los trozos mientras al menos una quede fuera. Del total abierto aprenden ese total menos sus cifras: si solo queda una fuera, exactamente las suyas.',
  ),
  network: text('Time of one secure sum', 'Tiempo de una suma segura'),
  networkHint: text(
    'Computing is measured here; the network is modelled from counted rounds and bytes, no message is delayed.',
    'El cálculo se mide aquí; la red se modela a partir de rondas y bytes contados, ningún mensaje se retrasa.',
  ),
  line: text('Network', 'Red'),
  lan: text('one building (0.25 ms, 1 Gbit/s)', 'un edificio (0,25 ms, 1 Gbit/s)'),
  city: text('across the city (5 ms, 100 Mbit/s)', 'por la ciudad (5 ms, 100 Mbit/s)'),
  mobile: text('mobile (40 ms, 10 Mbit/s)', 'móvil (40 ms, 10 Mbit/s)'),
  measure: text('Measure 200 times', 'Medir 200 veces'),
  again: text('Measure again', 'Medir de nuevo'),
  computing: text('computing, all parties', 'cálculo, todas las partes'),
  wire: text('network, modelled', 'red, modelada'),
  networkTotal: text('Network time', 'Tiempo de red'),
  networkMethod: text(
    '{rounds} rounds, each one way plus the time to send what one party sends in it ({bytes} in all rounds); no jitter, no loss, all parties at once.',
    '{rounds} rondas, cada una un trayecto más el tiempo de enviar lo que envía una parte ({bytes} en todas); sin fluctuación ni pérdidas, todas a la vez.',
  ),
  paperTime: text(
    'The Twin paper reports 115.7 / 342.8 / 621.4 ms (min / mean / p95) for secure computation and names neither its size nor its network: not comparable line by line.',
    'El artículo Twin da 115,7 / 342,8 / 621,4 ms (mín. / media / p95) para el cálculo seguro y no indica tamaño ni red: no es comparable línea a línea.',
  ),

  packetsWaiting: text(
    'Rows travel encrypted; who receives them reads everything.',
    'Las filas viajan cifradas; quien las recibe lo lee todo.',
  ),
  packetsFinding: text(
    '{rejected} of {tried} packets changed by one bit on the way were refused.',
    'Se rechazaron {rejected} de {tried} paquetes alterados en un bit por el camino.',
  ),
  packetsPlain: text(
    '{packets} packets travelled encrypted; each is {extra} longer than its content.',
    '{packets} paquetes viajaron cifrados; cada uno ocupa {extra} más que su contenido.',
  ),
  packetsNote: text(
    'A listener sees bytes whose commonest value has a share of {cipher}; in the plain rows it is {plain}. Even shares would be {even}. The server decrypts and then knows every row.',
    'Quien escucha ve bytes cuyo valor más común tiene una proporción del {cipher}; en las filas sin cifrar es del {plain}. Repartidos por igual sería del {even}. El servidor descifra y entonces conoce cada fila.',
  ),
  packetsTitle: text('As written and as seen on the line', 'Lo escrito y lo que se ve en la línea'),
  packetsHint: text(
    'Share of each byte value in plain and cipher text, and the first packets: nonce in front, then cipher text with its tag.',
    'Proporción de cada valor de byte en claro y cifrado, y los primeros paquetes: el nonce delante, después el texto cifrado con su etiqueta.',
  ),
  tamper: text('Change a packet on the way', 'Alterar un paquete por el camino'),
  tamperHint: text(
    'Choose a byte of the first packet. A server that did not check would decrypt something else and never know.',
    'Elige un byte del primer paquete. Un servidor que no comprobara descifraría otra cosa sin enterarse.',
  ),
  tamperByte: text('Byte {at} of {n}', 'Byte {at} de {n}'),
  tamperChanged: text('{from} becomes {to}', '{from} pasa a ser {to}'),
  tamperVerdict: text(
    'Tried in this run with {tried} packets, a random bit each: {rejected} refused. A forged tag passes once in 2^128 tries.',
    'Probado en esta ejecución con {tried} paquetes, un bit al azar en cada uno: {rejected} rechazados. Una etiqueta falsa pasa una vez de cada 2^128.',
  ),
  overhead: text('Bytes on the line', 'Bytes en la línea'),
  overheadContent: text('content, padding included', 'contenido, con relleno'),
  overheadExtra: text('header, nonce and tag', 'cabecera, nonce y etiqueta'),
  overheadEach: text('Extra bytes per packet', 'Bytes de más por paquete'),
  overheadMethod: text(
    '(Bytes on the line - bytes of content) / {n} packets.',
    '(Bytes en la línea - bytes de contenido) / {n} paquetes.',
  ),
  rejectedLabel: text('Changed packets refused', 'Paquetes alterados rechazados'),
  rejectedMethod: text(
    'One bit flipped in each of {n} packets; refused when its tag does not fit. Wilson interval.',
    'Un bit alterado en cada uno de {n} paquetes; se rechaza si la etiqueta no encaja. Intervalo de Wilson.',
  ),
} as const;
