import { text } from '../../engine/kit/text.ts';

/** Words of the About page. */
export const words = {
  finding: text(
    '{techniques} ways to protect a city’s data, {attacks} attacks and {metrics} measures, all computed in this tab: {verified} checked against independent reference values, {draft} still drafts.',
    '{techniques} formas de proteger los datos de una ciudad, {attacks} ataques y {metrics} medidas, todo calculado en esta pestaña: {verified} contrastados con valores de referencia independientes, {draft} aún borradores.',
  ),
  what: text(
    'Epsilon City is a privacy workbench for smart-city data. Pick a city or drop a file, protect it with the field’s technologies, attack what you released, and read what each choice costs in privacy, utility and time. Every number on the screen was computed here, from the loaded data, with a stated method and uncertainty.',
    'Epsilon City es un banco de trabajo de privacidad para datos de ciudades. Elige una ciudad o suelta un archivo, protégelo con las tecnologías del campo, ataca lo publicado y lee qué cuesta cada elección en privacidad, utilidad y tiempo. Cada número en pantalla se calculó aquí, con los datos cargados, con método e incertidumbre declarados.',
  ),
  contents: text('On this page', 'En esta página'),
  verify: text('How to verify that nothing leaves', 'Cómo comprobar que nada sale'),
  verifyLead: text(
    'Do not take our word for it. Each of these takes a minute.',
    'No hace falta creernos. Cada comprobación lleva un minuto.',
  ),
  verifySteps: [
    text(
      'Open your browser’s developer tools (F12), choose Network, and drop a file on the Data page: no request carries it.',
      'Abre las herramientas de desarrollo (F12), elige Red y suelta un archivo en la página Datos: ninguna petición lo lleva.',
    ),
    text(
      'Switch the network off after the first visit and go on working: nothing needs it.',
      'Desconecta la red tras la primera visita y sigue trabajando: nada la necesita.',
    ),
    text(
      'Read the Content-Security-Policy in the source of this page: the browser itself refuses every other host, workers included. The service worker is a second wall: it answers foreign requests with 451.',
      'Lee la Content-Security-Policy en el código de esta página: el propio navegador rechaza cualquier otro servidor, también desde los workers. El service worker es un segundo muro: responde 451 a las peticiones ajenas.',
    ),
    text(
      'Choose “Your data stays in this tab” in the top bar: it lists every request the browser recorded.',
      'Elige «Sus datos no salen de esta pestaña» en la barra superior: enumera cada petición que registró el navegador.',
    ),
  ],
  requestsNow: text(
    'Requests so far: {own} to {origin}, {foreign} to any other host.',
    'Peticiones hasta ahora: {own} a {origin}, {foreign} a otros servidores.',
  ),
  honesty: text('What is simulated, what is measured', 'Qué se simula y qué se mide'),
  honestyItems: [
    text(
      'The embedded cities are synthetic: rows are generated here from published aggregate facts. Ids of travellers, vehicles and households, and how often each appears, are stated assumptions. A generator reproduces the facts it was calibrated on, not everything else: rare patterns, errors of real sensors and links between datasets are missing or simpler than life.',
      'Las ciudades incluidas son sintéticas: las filas se generan aquí a partir de datos agregados publicados. Los identificadores de viajeros, vehículos y hogares, y su frecuencia, son supuestos declarados. Un generador reproduce los datos con que se calibró, no todo lo demás: faltan, o son más simples que en la vida, los patrones raros, los errores de sensores reales y los vínculos entre conjuntos.',
    ),
    text(
      'Computation is measured in this tab, on this computer. Network time is modelled from counted messages and bytes. The two are never added up without saying so.',
      'El cálculo se mide en esta pestaña, en este ordenador. El tiempo de red se modela a partir de mensajes y bytes contados. Nunca se suman sin decirlo.',
    ),
    text(
      'Parties of secure computation and clients of federated learning are simulated: separate workers of this tab, or separate steps of one. Messages are real bytes; the network between them is not.',
      'Las partes de la computación segura y los clientes del aprendizaje federado se simulan: workers separados de esta pestaña, o pasos separados de uno. Los mensajes son bytes reales; la red entre ellos no.',
    ),
    text(
      'Simulation noise is seeded and drawn in floating point, so that a link gives the same numbers everywhere. Its low bits could betray the true value: it is for study. Exports of your own file draw from the browser’s cryptographic randomness through exact integer samplers instead.',
      'El ruido de simulación parte de una semilla y usa coma flotante, para que un enlace dé los mismos números en todas partes. Sus últimos bits podrían delatar el valor real: es para estudiar. Las exportaciones de tu propio archivo usan el azar criptográfico del navegador con muestreadores enteros exactos.',
    ),
    text(
      'Attacks state what the attacker knows, what chance alone achieves, and an interval. A low success rate of one attack is not a proof of safety; only a guarantee is.',
      'Los ataques dicen qué sabe quien ataca, qué logra el azar y un intervalo. Que un ataque falle no prueba la seguridad; solo una garantía lo hace.',
    ),
    text(
      'A row unique in the table is not a person unique in the city. Sample and population risk are shown apart; the latter is an estimate.',
      'Una fila única en la tabla no es una persona única en la ciudad. El riesgo en la muestra y en la población se muestran por separado; el segundo es una estimación.',
    ),
    text(
      'No protection here runs in constant time. This is a workbench for design and checking, not a vault: past a few million rows, or for production, an existing engine takes over.',
      'Ninguna protección se ejecuta aquí en tiempo constante. Es un banco de diseño y comprobación, no una caja fuerte: con más de unos millones de filas, o en producción, toma el relevo un motor existente.',
    ),
    text(
      'Figures of papers are tested, not repeated: where one cannot be reached or contradicts another, the page says what was measured instead.',
      'Las cifras de los artículos se ponen a prueba, no se repiten: donde una no se alcanza o contradice a otra, la página dice qué se midió.',
    ),
  ],
  data: text('Data: sources and licences', 'Datos: fuentes y licencias'),
  dataLead: text(
    'Each embedded dataset, what it is calibrated on, and where the real one is published.',
    'Cada conjunto incluido, con qué se calibra y dónde se publica el real.',
  ),
  calibrated: text('Calibrated on', 'Calibrado con'),
  source: text('Source', 'Fuente'),
  licence: text('Licence', 'Licencia'),
  real: text('The real data', 'Los datos reales'),
  assumptions: text('Assumptions', 'Supuestos'),
  methods: text('Methods', 'Métodos'),
  methodsLead: text(
    'Everything the workbench can do, from the methods’ own descriptions: promise, limits, sources, and how far each was checked.',
    'Todo lo que sabe hacer el banco, según las propias descripciones: promesa, límites, fuentes y hasta dónde se ha comprobado cada método.',
  ),
  filter: text('Find a method', 'Buscar un método'),
  found: text('{n} of {of}', '{n} de {of}'),
  noneFound: text('No method matches “{query}”.', 'Ningún método coincide con «{query}».'),
  techniques: text('Protections', 'Protecciones'),
  attacks: text('Attacks', 'Ataques'),
  metrics: text('Measures', 'Medidas'),
  vetting: {
    draft: text('draft', 'borrador'),
    reviewed: text('reviewed', 'revisado'),
    verified: text('verified', 'verificado'),
  },
  adversary: text('Attacker', 'Quien ataca'),
  knows: text('Knows', 'Sabe'),
  wants: text('Wants', 'Quiere'),
  papers: text('The five papers', 'Los cinco artículos'),
  glossary: text('Glossary', 'Glosario'),
  keys: text('Keys', 'Teclas'),
  keysHint: text('Press ? on any page for the list of keys.', 'Pulsa ? en cualquier página para ver las teclas.'),
  keysShow: text('Show the keys', 'Ver las teclas'),
  browsers: text('Browsers', 'Navegadores'),
  browsersText: text(
    'Chrome and Edge 123, Firefox 125, Safari 17.5, and newer. Nothing else is needed: no account, no installation, no graphics processor. Private windows work, without the offline copy.',
    'Chrome y Edge 123, Firefox 125, Safari 17.5, y posteriores. No hace falta nada más: ni cuenta, ni instalación, ni procesador gráfico. Las ventanas privadas funcionan, sin la copia local.',
  ),
  build: text('This version', 'Esta versión'),
  version: text('Version', 'Versión'),
  buildName: text('Build', 'Compilación'),
  offline: text('Works offline', 'Funciona sin conexión'),
  offlineYes: text('yes, from this browser’s own copy', 'sí, con la copia de este navegador'),
  offlineNo: text('not yet', 'aún no'),
  report: text('Report a problem', 'Informar de un problema'),
  reportText: text(
    'Copies a link to this state and facts about browser and version, to paste into a report. No row of any data, no file name.',
    'Copia un enlace a este estado y datos del navegador y la versión, para pegarlos en un informe. Ninguna fila de datos, ningún nombre de archivo.',
  ),
  reportCopy: text('Copy report', 'Copiar informe'),
  reportCopied: text('Copied. Paste it where you report the problem.', 'Copiado. Pégalo donde informes del problema.'),
  reportShown: text(
    'It could not be copied; select the text below.',
    'No se pudo copiar; selecciona el texto de abajo.',
  ),
  reset: text('Reset everything', 'Restablecer todo'),
  resetText: text(
    'Erases what this browser keeps for Epsilon City: preferences, the last scenario, lesson progress, the ledger of privacy budgets, and the offline copy. Then the page starts as on the first visit.',
    'Borra lo que este navegador guarda de Epsilon City: preferencias, el último escenario, el progreso de las lecciones, el registro de presupuestos y la copia local. Después la página empieza como en la primera visita.',
  ),
  resetAsk: text('Reset everything', 'Restablecer todo'),
  resetSure: text('Really erase it all', 'Sí, borrarlo todo'),
  resetKeep: text('Keep it', 'Conservarlo'),
} as const;
