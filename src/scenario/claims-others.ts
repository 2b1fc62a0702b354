import { text } from '../engine/kit/text.ts';
import type { Claim, Source } from './claims.types.ts';

const score = (preset: string, branch: string, id: string): Source => ({ kind: 'score', preset, branch, score: id });

/** ε of a one-hot answer under the two coins (p = q = 0.5): ln of the odds ratio of the likeliest bucket, 9. */
const perAnswer = 2.197;
const answersADay = 86_400 / 10;

/** Claims of the stream paper (Joy, McGoldrick, Gerla). */
const streams: readonly Claim[] = [
  {
    id: 'streams/error',
    paper: 'Streams',
    statement: text(
      'A million vehicles give a relative error under 0.5 % every second',
      'Un millón de vehículos dan un error relativo inferior al 0,5 % cada segundo',
    ),
    figure: '< 0.5 %',
    test: {
      source: { kind: 'stream-error', preset: 'streams', branch: 'stream', answers: 1_000_000 },
      measures: text(
        'Relative 95 % half width of the commonest answer, from the answers given here, scaled to one million by the square root.',
        'Semianchura relativa del 95 % de la respuesta más común, a partir de las dadas aquí, escalada a un millón por la raíz cuadrada.',
      ),
      expect: { at: 'most', value: 0.005 },
    },
    caveat: text(
      'Only the commonest answer: rare ones have the same noise on a far smaller number.',
      'Solo la respuesta más común: las raras llevan el mismo ruido sobre un número mucho menor.',
    ),
  },
  {
    id: 'streams/epsilon',
    paper: 'Streams',
    statement: text('Each answer is differentially private', 'Cada respuesta es diferencialmente privada'),
    test: {
      source: { kind: 'stream-epsilon', preset: 'streams', branch: 'stream' },
      measures: text(
        'ε of one answer at the default coins (p = q = 0.5).',
        'ε de una respuesta con las monedas por defecto (p = q = 0,5).',
      ),
      expect: { at: 'alone' },
    },
    caveat: text('The paper never states its ε.', 'El artículo nunca indica su ε.'),
  },
  {
    id: 'streams/composition',
    paper: 'Streams',
    statement: text(
      'Fresh coins every ten seconds keep a vehicle private',
      'Monedas nuevas cada diez segundos mantienen privado un vehículo',
    ),
    cannot: text(
      'It needs the anonymity set of each report, which the paper assumes and does not count.',
      'Requiere el conjunto de anonimato de cada respuesta, que el artículo supone y no cuenta.',
    ),
    arithmetic: {
      agrees: perAnswer * answersADay < 10,
      says: text(
        `${answersADay.toLocaleString('en-GB')} answers a day of ε = ${perAnswer.toFixed(2)} add up to ε = ${Math.round(perAnswer * answersADay).toLocaleString('en-GB')} when reports can be linked: no protection at all.`,
        `${answersADay.toLocaleString('es-ES')} respuestas al día de ε = ${perAnswer.toFixed(2).replace('.', ',')} suman ε = ${Math.round(perAnswer * answersADay).toLocaleString('es-ES')} si pueden enlazarse: ninguna protección.`,
      ),
    },
  },
];

/** Claims of the model paper (Dafadar, 2024). */
const model: readonly Claim[] = [
  {
    id: 'model/cpu',
    paper: 'Model',
    statement: text(
      'CPU load rises by about 15 % on weak devices',
      'La carga de CPU sube cerca de un 15 % en dispositivos débiles',
    ),
    figure: '+15 %',
    cannot: text(
      'There is no weak device here, and a browser does not tell CPU load.',
      'Aquí no hay dispositivos débiles, y un navegador no dice la carga de CPU.',
    ),
  },
  {
    id: 'model/delay',
    paper: 'Model',
    statement: text('Encryption adds less than 5 ms', 'El cifrado añade menos de 5 ms'),
    figure: '< 5 ms',
    test: {
      source: { kind: 'latency', preset: 'model', branch: 'telemetry', stat: 'p95Ms' },
      measures: text(
        '95 % of at least 200 repeats of encrypting one packet, warm, in this browser; no network.',
        'El 95 % de al menos 200 repeticiones de cifrar un paquete, en caliente, en este navegador; sin red.',
      ),
      expect: { at: 'most', value: 5 },
    },
  },
  {
    id: 'model/bandwidth',
    paper: 'Model',
    statement: text(
      'Training on devices saves 35 % bandwidth',
      'Entrenar en los dispositivos ahorra un 35 % de ancho de banda',
    ),
    figure: '-35 %',
    test: {
      source: {
        kind: 'change',
        from: score('none', 'raw', 'released-bytes'),
        to: { kind: 'bytes', preset: 'model', branch: 'model' },
      },
      measures: text(
        'Bytes of all training rounds against the bytes of sending the rows once.',
        'Bytes de todas las rondas de entrenamiento frente a enviar las filas una vez.',
      ),
      expect: { at: 'most', value: -0.35 },
    },
    caveat: text(
      'It depends on rounds, devices and rows alone: with few rows a device, training costs more than sending them.',
      'Depende solo de rondas, dispositivos y filas: con pocas filas por dispositivo, entrenar cuesta más que enviarlas.',
    ),
  },
  {
    id: 'model/accuracy',
    paper: 'Model',
    statement: text('Accuracy falls by 2 %', 'La exactitud baja un 2 %'),
    figure: '-2 %',
    test: {
      source: { kind: 'model-loss', preset: 'model', branch: 'model', of: 'accuracy' },
      measures: text(
        'Accuracy of the same model on pooled rows, less that of training on devices with noise, on held-out rows; points.',
        'Exactitud del mismo modelo con las filas juntas, menos la de entrenar en dispositivos con ruido, en filas reservadas; puntos.',
      ),
      expect: { at: 'most', value: 2 },
    },
  },
  {
    id: 'model/centralised',
    paper: 'Model',
    statement: text(
      'Centralised models carry 28 % more breach risk',
      'Los modelos centralizados tienen un 28 % más de riesgo',
    ),
    figure: '+28 %',
    test: {
      source: {
        kind: 'change',
        from: score('model', 'model', 'membership-inference'),
        to: score('centralised', 'central', 'membership-inference'),
      },
      measures: text(
        'Membership inference against the central model over the same against training on devices; this table.',
        'Inferencia de pertenencia contra el modelo central frente al entrenado en dispositivos; esta tabla.',
      ),
      expect: { at: 'least', value: 0.28 },
    },
    caveat: text(
      'The paper names no metric. This compares the released models only: the server that holds all rows is the larger risk.',
      'El artículo no nombra métrica. Esto compara solo los modelos publicados: el servidor con todas las filas es el mayor riesgo.',
    ),
  },
  {
    id: 'model/leakage',
    paper: 'Model',
    statement: text('Leakage is reduced by more than 30 %', 'Las fugas se reducen más del 30 %'),
    figure: '> 30 %',
    cannot: text('Leakage of what, and how it is counted, is not said.', 'No se dice fuga de qué ni cómo se cuenta.'),
  },
  {
    id: 'model/no-breach',
    paper: 'Model',
    statement: text('No breaches occurred in the simulation', 'No hubo brechas en la simulación'),
    cannot: text(
      'That nobody attacked a simulation shows nothing about attacks.',
      'Que nadie atacara una simulación no dice nada sobre los ataques.',
    ),
  },
  {
    id: 'model/encryption',
    paper: 'Model',
    statement: text(
      'AES-256 keeps telemetry unreadable on the way',
      'AES-256 mantiene ilegible la telemetría en tránsito',
    ),
    test: {
      source: score('model', 'telemetry', 'eavesdropper'),
      measures: text(
        'A listener tells real packets from random bytes; a coin is right in 50 %.',
        'Quien escucha distingue paquetes reales de bytes al azar; una moneda acierta el 50 %.',
      ),
      expect: { at: 'about', value: 0.5, within: 0.05 },
    },
    caveat: text(
      'It protects the way only: whoever receives the packets reads everything.',
      'Solo protege el trayecto: quien recibe los paquetes lo lee todo.',
    ),
  },
];

/** The review reports no figures: what is measured stands alone. */
const review: readonly Claim[] = [
  {
    id: 'review/re-identification',
    paper: 'Review',
    statement: text(
      'k-anonymity with l-diversity lowers re-identification',
      'El k-anonimato con l-diversidad reduce la reidentificación',
    ),
    test: {
      source: {
        kind: 'change',
        from: score('none', 'raw', 're-identification/success'),
        to: score('review', 'anonymized', 're-identification/success'),
      },
      measures: text(
        'Known trips found in the k = 5, l = 3 table against the raw rows; the same attack, this table.',
        'Viajes conocidos hallados en la tabla con k = 5, l = 3 frente a las filas sin proteger; el mismo ataque, esta tabla.',
      ),
      expect: { at: 'alone' },
    },
  },
  {
    id: 'review/query-accuracy',
    paper: 'Review',
    statement: text('Noisy answers stay accurate', 'Las respuestas con ruido siguen siendo exactas'),
    test: {
      source: score('review', 'answers', 'utility-aggregate'),
      measures: text(
        '1 - normalised error of totals at ε = 1, split evenly; this table.',
        '1 - error normalizado de los totales con ε = 1, repartido por igual; esta tabla.',
      ),
      expect: { at: 'alone' },
    },
  },
  {
    id: 'review/secure-sums',
    paper: 'Review',
    statement: text(
      'Departments can compute together at bearable cost',
      'Los departamentos pueden calcular juntos a un coste asumible',
    ),
    test: {
      source: { kind: 'latency', preset: 'review', branch: 'sums', stat: 'avgMs' },
      measures: text(
        'Mean of at least 200 secure sums between three parties in this browser; no network.',
        'Media de al menos 200 sumas seguras entre tres partes en este navegador; sin red.',
      ),
      expect: { at: 'alone' },
    },
  },
];

/** The digest's demand on any such system; whether the registry meets it is checked where it is shown. */
const dimensions: readonly Claim[] = [
  {
    id: 'dimensions/five',
    paper: 'Dimensions',
    statement: text(
      'Privacy has five dimensions: identity, query, location, footprint, owner',
      'La privacidad tiene cinco dimensiones: identidad, consulta, ubicación, huella, propietario',
    ),
    cannot: text(
      'A way to see, not a figure. Every protection and attack here says which of the five it serves or threatens.',
      'Una manera de ver, no una cifra. Cada protección y ataque dice aquí a cuáles de las cinco sirve o amenaza.',
    ),
  },
];

export const otherClaims: readonly Claim[] = [...streams, ...model, ...review, ...dimensions];
