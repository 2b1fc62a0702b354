import type { ColumnDescriptor } from '../src/engine/kit/dataset.ts';
import { type Text, text } from '../src/engine/kit/text.ts';

type Rest = Omit<ColumnDescriptor, 'name' | 'label' | 'type' | 'role' | 'sensitivity'>;

/** Shorthand for a column of a descriptor: name, English and Spanish label, then what it is. */
export const describe = (
  name: string,
  label: readonly [string, string],
  type: ColumnDescriptor['type'],
  role: ColumnDescriptor['role'],
  sensitivity: ColumnDescriptor['sensitivity'],
  rest: Rest = {},
): ColumnDescriptor => ({ name, label: text(label[0], label[1]), type, role, sensitivity, ...rest });

/** Every embedded dataset has the same sizes to choose from. */
export const sizes = (usual: number): { readonly default: number; readonly min: number; readonly max: number } => ({
  default: usual,
  min: 1000,
  max: 1000000,
});

/** Said by all sensor sets: nobody stands behind a row. */
export const NO_PERSON: Text = text(
  'Rows are readings of fixed sensors: no person stands behind a row, so measures per person are switched off.',
  'Las filas son lecturas de sensores fijos: no hay una persona detrás de cada fila, y las medidas por persona se desactivan.',
);
