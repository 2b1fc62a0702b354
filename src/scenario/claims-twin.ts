import { type Text, text } from '../engine/kit/text.ts';
import type { Claim, Source } from './claims.types.ts';
import {
  attacks,
  coinToss,
  endToEnd,
  f1Claim,
  linkageCeiling,
  overall,
  percent,
  reconstruction,
  reduction,
  reversed,
  shown,
  singleGain,
} from './claims-twin-figures.ts';
import { paperLatencies, paperUtility, responsiveMs } from './twin.ts';

const score = (preset: string, branch: string, id: string): Source => ({ kind: 'score', preset, branch, score: id });
const noRows: Text = text(
  'Answers, models and sums hold no rows to link: this attack has nothing to read there, so no figure can be set beside it.',
  'Respuestas, modelos y sumas no contienen filas que enlazar: este ataque no tiene nada que leer, y no hay cifra comparable.',
);
const noInversion: Text = text(
  'The paper does not say what counts as success of model inversion, and this build has no such attack.',
  'El artículo no dice qué cuenta como éxito de la inversión del modelo, y esta versión no tiene ese ataque.',
);

const latency = (id: string, preset: string, branch: string): Claim => {
  const row = paperLatencies.find((each) => each.id === id) ?? { label: text(id), minMs: 0, avgMs: 0, p95Ms: 0 };
  return {
    id: `twin/latency-${id}`,
    paper: 'Twin',
    statement: text(
      `${row.label.en} takes this long on average`,
      `${row.label.es ?? row.label.en} tarda esto de media`,
    ),
    figure: `${row.minMs} / ${row.avgMs} / ${row.p95Ms} ms`,
    test: {
      source: { kind: 'latency', preset, branch, stat: 'avgMs' },
      measures: text(
        'Mean of at least 200 repeats of one unit of work, warm, in this browser; no network.',
        'Media de al menos 200 repeticiones de una unidad de trabajo, en caliente, en este navegador; sin red.',
      ),
      expect: { at: 'most', value: row.avgMs },
    },
    caveat: text(
      "The paper's hardware, its unit of work and its network are not stated; only the order of size can be compared.",
      'El artículo no declara su equipo, su unidad de trabajo ni su red; solo cabe comparar el orden de magnitud.',
    ),
  };
};

const utility = (id: keyof typeof paperUtility, statement: Text): Claim => ({
  id: `twin/${id}`,
  paper: 'Twin',
  statement,
  figure: percent(paperUtility[id]),
  test: {
    source: score('hybrid', 'answers', id),
    measures: text(
      '1 - normalised error of the noisy answers (ε = 2.1, 30 / 50 / 20) against the true counts of this table.',
      '1 - error normalizado de las respuestas con ruido (ε = 2,1, 30 / 50 / 20) frente a los conteos reales de esta tabla.',
    ),
    expect: { at: 'least', value: paperUtility[id] },
  },
  caveat: text(
    'The same noise weighs less on larger counts: more rows raise this figure. The paper gives neither its rows nor its counts.',
    'El mismo ruido pesa menos en conteos mayores: más filas suben esta cifra. El artículo no da ni sus filas ni sus conteos.',
  ),
});

/** Claims of the digital twin paper (Int. J. on Information Technologies & Security 17/4, 2025). */
export const twinClaims: readonly Claim[] = [
  {
    id: 'twin/guarantee',
    paper: 'Twin',
    statement: text(
      'The whole system promises ε = 2.1 with δ = 0.00001',
      'Todo el sistema promete ε = 2,1 con δ = 0,00001',
    ),
    figure: 'ε = 2.1',
    test: {
      source: { kind: 'epsilon', preset: 'hybrid', branch: 'answers' },
      measures: text(
        'Total ε of the noisy answers, for one row.',
        'ε total de las respuestas con ruido, para una fila.',
      ),
      expect: { at: 'about', value: 2.1, within: 0.0001 },
    },
    caveat: text(
      'It holds for the answers and for one row. The paper never names whose presence is hidden; the model and the sums carry no such promise.',
      'Vale para las respuestas y para una fila. El artículo nunca dice a quién se oculta; el modelo y las sumas no llevan esa promesa.',
    ),
  },
  {
    id: 'twin/allocation',
    paper: 'Twin',
    statement: text(
      'The budget follows sensitivity: 30 / 50 / 20 protects the most sensitive data best',
      'El presupuesto sigue la sensibilidad: 30 / 50 / 20 protege mejor lo más sensible',
    ),
    figure: '30 / 50 / 20',
    test: {
      source: { kind: 'allocation', preset: 'hybrid', branch: 'answers' },
      measures: text(
        'ε of the high class over ε of the low class, as handed out. Above 1, the low class is protected more.',
        'ε de la clase alta entre ε de la baja, tal como se reparten. Por encima de 1, la baja queda más protegida.',
      ),
      expect: { at: 'most', value: 1 },
    },
    arithmetic: reversed,
  },
  {
    id: 'twin/re-identification-traditional',
    paper: 'Twin',
    statement: text(
      'Re-identification succeeds against k = 5 with l = 3',
      'La reidentificación tiene éxito contra k = 5 con l = 3',
    ),
    figure: percent(attacks.reIdentification[0]),
    test: {
      source: score('traditional', 'anonymized', 're-identification/success'),
      measures: text(
        'Known trips found in the k = 5, l = 3 table by guessing among the rows that fit; this table.',
        'Viajes conocidos hallados en la tabla con k = 5, l = 3 eligiendo entre las filas que encajan; esta tabla.',
      ),
      expect: { at: 'about', value: attacks.reIdentification[0], within: 0.05 },
    },
    arithmetic: linkageCeiling,
  },
  {
    id: 'twin/re-identification-hybrid',
    paper: 'Twin',
    statement: text(
      'Re-identification: single mechanism, then hybrid',
      'Reidentificación: un mecanismo, luego híbrido',
    ),
    figure: `${percent(attacks.reIdentification[1])} / ${percent(attacks.reIdentification[2])}`,
    cannot: noRows,
  },
  {
    id: 'twin/risk-reduction',
    paper: 'Twin',
    statement: text('Re-identification risk falls by 97.3 %', 'El riesgo de reidentificación cae un 97,3 %'),
    figure: '-97.3 %',
    cannot: text(
      'The start it falls from is not given, and the hybrid releases no rows to link.',
      'No se da el punto de partida, y el híbrido no publica filas que enlazar.',
    ),
    arithmetic: reduction,
  },
  {
    id: 'twin/single-gain',
    paper: 'Twin',
    statement: text('24 to 53 % better than single mechanisms', 'De 24 a 53 % mejor que un solo mecanismo'),
    figure: '24 – 53 %',
    cannot: text(
      'Better by which attack is not said; noisy answers, a model and sums are read by different attacks.',
      'No se dice mejor según qué ataque; respuestas, modelo y sumas se leen con ataques distintos.',
    ),
    arithmetic: singleGain,
  },
  {
    id: 'twin/disclosure',
    paper: 'Twin',
    statement: text(
      'Attribute disclosure: traditional / single / hybrid',
      'Revelación de atributos: tradicional / único / híbrido',
    ),
    figure: shown(attacks.disclosure),
    test: {
      source: score('traditional', 'anonymized', 're-identification/secret'),
      measures: text(
        'Secrets guessed from the k = 5, l = 3 table, the commonest among the rows that fit; this table. Only the first of the three figures.',
        'Secretos adivinados en la tabla con k = 5, l = 3, el más frecuente entre las filas que encajan; esta tabla. Solo la primera de las tres cifras.',
      ),
      expect: { at: 'about', value: attacks.disclosure[0], within: 0.05 },
    },
  },
  {
    id: 'twin/reconstruction',
    paper: 'Twin',
    statement: text(
      'Reconstruction falls by 89.5 % against single mechanisms',
      'La reconstrucción cae un 89,5 % frente a un solo mecanismo',
    ),
    figure: shown(attacks.reconstruction),
    test: {
      source: score('single-dp', 'answers', 'reconstruction-from-answers'),
      measures: text(
        'How often a reader who knows every other row names the cell of the missing one, from noisy answers with ε = 2.1; this table. The figure held against it is that of a single mechanism.',
        'Con qué frecuencia quien conoce todas las demás filas nombra la celda de la que falta, a partir de respuestas con ruido y ε = 2,1; esta tabla. Se compara con la cifra de un solo mecanismo.',
      ),
      expect: { at: 'most', value: attacks.reconstruction[1] },
    },
    caveat: text(
      'The paper names no attack and no measure of success; this is the strongest game of its kind, and ours. The hybrid releases the same answers.',
      'El artículo no nombra el ataque ni mide el éxito; este es el juego más fuerte de su tipo, y es nuestro. El híbrido publica las mismas respuestas.',
    ),
    arithmetic: reconstruction,
  },
  {
    id: 'twin/membership-traditional',
    paper: 'Twin',
    statement: text(
      'Membership inference against k = 5 with l = 3',
      'Inferencia de pertenencia contra k = 5 con l = 3',
    ),
    figure: percent(attacks.membership[0]),
    test: {
      source: score('traditional', 'anonymized', 'membership-inference'),
      measures: text(
        'Right answers to "was this person in the table?", half of the targets are; this table.',
        'Aciertos a «¿estaba esta persona en la tabla?», la mitad sí estaba; esta tabla.',
      ),
      expect: { at: 'about', value: attacks.membership[0], within: 0.05 },
    },
  },
  {
    id: 'twin/membership-single',
    paper: 'Twin',
    statement: text(
      'Membership inference against a single mechanism',
      'Inferencia de pertenencia contra un solo mecanismo',
    ),
    figure: percent(attacks.membership[1]),
    test: {
      source: score('single-dp', 'answers', 'presence-in-answers'),
      measures: text(
        'Right answers of a reader who knows every other row, on noisy answers with ε = 2.1; this table.',
        'Aciertos de quien conoce todas las demás filas, sobre respuestas con ruido y ε = 2,1; esta tabla.',
      ),
      expect: { at: 'most', value: attacks.membership[1] },
    },
    arithmetic: coinToss,
  },
  {
    id: 'twin/membership-hybrid',
    paper: 'Twin',
    statement: text('Membership inference against the hybrid', 'Inferencia de pertenencia contra el híbrido'),
    figure: percent(attacks.membership[2]),
    test: {
      source: score('hybrid', 'model', 'membership-inference'),
      measures: text(
        "Right answers from the model's losses, its easiest part to attack by this method; this table.",
        'Aciertos a partir de las pérdidas del modelo, la parte que este método puede atacar; esta tabla.',
      ),
      expect: { at: 'most', value: attacks.membership[2] },
    },
    arithmetic: coinToss,
  },
  {
    id: 'twin/inversion',
    paper: 'Twin',
    statement: text(
      'Model inversion: traditional / single / hybrid',
      'Inversión del modelo: tradicional / único / híbrido',
    ),
    figure: shown(attacks.inversion),
    cannot: noInversion,
  },
  utility(
    'utility-aggregate',
    text('Aggregate questions keep 97.3 % utility', 'Las preguntas agregadas conservan el 97,3 % de utilidad'),
  ),
  utility('utility-pattern', text('Patterns keep 96.1 % utility', 'Los patrones conservan el 96,1 % de utilidad')),
  utility(
    'utility-individual',
    text('Individual questions keep 89.4 % utility', 'Las preguntas individuales conservan el 89,4 % de utilidad'),
  ),
  {
    id: 'twin/utility-overall',
    paper: 'Twin',
    statement: text(
      'Overall utility is 94.7 % of the unprotected',
      'La utilidad total es el 94,7 % de la que hay sin protección',
    ),
    figure: '94.7 %',
    cannot: text('The weights of the parts are not given.', 'No se dan los pesos de las partes.'),
    arithmetic: overall,
  },
  {
    id: 'twin/decisions',
    paper: 'Twin',
    statement: text(
      'Decisions match in 92.7 % (critical ones 95.3 %)',
      'Las decisiones coinciden en un 92,7 % (las críticas, 95,3 %)',
    ),
    figure: '92.7 % (95.3 %)',
    test: {
      source: score('hybrid', 'answers', 'map-difference/top'),
      measures: text(
        'One decision that can be repeated: the ten busiest places named from the noisy answers; this table.',
        'Una decisión repetible: los diez lugares con más actividad según las respuestas con ruido; esta tabla.',
      ),
      expect: { at: 'least', value: 0.927 },
    },
    caveat: text(
      "The paper's decisions are not described; this is ours, and an easy one.",
      'El artículo no describe sus decisiones; esta es nuestra, y fácil.',
    ),
  },
  {
    id: 'twin/f1',
    paper: 'Twin',
    statement: text(
      'Federated models stay within 3.5 % F1 of the unprotected',
      'Los modelos federados quedan a menos de 3,5 % de F1',
    ),
    figure: '3.5 %',
    test: {
      source: { kind: 'model-loss', preset: 'hybrid', branch: 'model', of: 'f1' },
      measures: text(
        'F1 of the same model trained on the pooled rows, less F1 of the federated one, on held-out rows; points.',
        'F1 del mismo modelo con todas las filas juntas, menos F1 del federado, en filas reservadas; puntos.',
      ),
      expect: { at: 'most', value: 3.5 },
    },
    arithmetic: f1Claim,
  },
  latency('dp', 'single-dp', 'answers'),
  latency('fl', 'single-fl', 'model'),
  latency('smpc', 'single-smpc', 'sums'),
  {
    id: 'twin/smpc-limit',
    paper: 'Twin',
    statement: text(
      'A stated limit: secure computation exceeds 500 ms in one of twenty cases',
      'Un límite declarado: el cómputo seguro supera 500 ms en uno de cada veinte casos',
    ),
    figure: 'p95 = 621.4 ms',
    test: {
      source: { kind: 'latency', preset: 'single-smpc', branch: 'sums', stat: 'p95Ms' },
      measures: text(
        '95 % of at least 200 secure sums between three parties in this browser; no network.',
        'El 95 % de al menos 200 sumas seguras entre tres partes en este navegador; sin red.',
      ),
      expect: { at: 'least', value: responsiveMs },
    },
    caveat: text(
      'Sums by additive shares only; garbled circuits and homomorphic encryption cost far more and are not in this build.',
      'Solo sumas por trozos aditivos; los circuitos confusos y el cifrado homomórfico cuestan mucho más y no están en esta versión.',
    ),
  },
  {
    id: 'twin/latency-integration',
    paper: 'Twin',
    statement: text('Data integration takes this long on average', 'La integración de datos tarda esto de media'),
    figure: '4.1 / 11.5 / 19.8 ms',
    cannot: text(
      'What is integrated, and how much of it, is not stated; reading the data is timed apart on every run.',
      'No se dice qué se integra ni cuánto; la lectura de los datos se mide aparte en cada ejecución.',
    ),
  },
  {
    id: 'twin/latency-end-to-end',
    paper: 'Twin',
    statement: text('End to end takes this long on average', 'De extremo a extremo tarda esto de media'),
    figure: '87.3 / 152.4 / 273.5 ms',
    cannot: text('Which steps it joins is not stated.', 'No se dice qué pasos reúne.'),
    arithmetic: endToEnd,
  },
  {
    id: 'twin/throughput',
    paper: 'Twin',
    statement: text('More than 25,000 records a second in all', 'Más de 25.000 registros por segundo en total'),
    figure: '> 25,000 / s',
    test: {
      source: { kind: 'throughput', preset: 'single-dp', branch: 'answers' },
      measures: text(
        'Rows of this table through the noisy answers, once, in one worker of this browser.',
        'Filas de esta tabla por las respuestas con ruido, una vez, en un hilo de este navegador.',
      ),
      expect: { at: 'least', value: 25_000 },
    },
    caveat: text('One source, not forty; no network.', 'Una fuente, no cuarenta; sin red.'),
  },
];
