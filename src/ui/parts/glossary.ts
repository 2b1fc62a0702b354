import { text, type Text } from '../../engine/kit/text.ts';

export interface Definition {
  readonly term: Text;
  readonly meaning: Text;
}

/** One definition per term. */
export const glossary = {
  epsilon: {
    term: text('epsilon (ε)', 'épsilon (ε)'),
    meaning: text(
      'How much one person can change the odds of any published result: at most by a factor e^ε. Smaller is more private.',
      'Cuánto puede cambiar una persona las probabilidades de cualquier resultado: como mucho por un factor e^ε. Menos es más privado.',
    ),
  },
  'quasi-identifier': {
    term: text('quasi-identifier', 'cuasi-identificador'),
    meaning: text(
      'A column that names nobody by itself but may single someone out together with others, such as place and hour.',
      'Una columna que por sí sola no nombra a nadie, pero que junto a otras puede señalar a alguien, como lugar y hora.',
    ),
  },
  candidates: {
    term: text('candidates', 'candidatos'),
    meaning: text(
      'The rows that fit everything an onlooker knows. One candidate means the person is found.',
      'Las filas que encajan con todo lo que alguien sabe. Un solo candidato significa que se ha encontrado a la persona.',
    ),
  },
  'k-anonymity': {
    term: text('k-anonymity', 'k-anonimato'),
    meaning: text(
      'Every row shares its quasi-identifiers with at least k - 1 others. It does not limit what is known from elsewhere.',
      'Cada fila comparte sus cuasi-identificadores con al menos otras k - 1. No limita lo que se sepa por otras vías.',
    ),
  },
  baseline: {
    term: text('chance', 'azar'),
    meaning: text(
      'How often the attacker is right without looking at the release at all.',
      'Con qué frecuencia acierta el atacante sin mirar siquiera lo publicado.',
    ),
  },
  release: {
    term: text('release', 'publicación'),
    meaning: text(
      'What leaves the curator: a table, counts, a model or sums.',
      'Lo que sale del custodio: una tabla, recuentos, un modelo o sumas.',
    ),
  },
} as const satisfies Readonly<Record<string, Definition>>;

export type GlossaryTerm = keyof typeof glossary;
