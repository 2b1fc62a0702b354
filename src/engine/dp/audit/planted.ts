import type { AuditPair, PlantedBug } from '../../kit/audit.ts';
import { unsupported } from '../../kit/errors.ts';
import type { ParamRecord } from '../../kit/params.ts';
import { text, type Text } from '../../kit/text.ts';

/** Noise too small by this factor is what the bug comes to; undefined where it is of another kind, 1 where there is none to plant. */
export function shortfallOf(bug: PlantedBug, sensitivity: number): number | undefined {
  if (bug === 'scale halved') return 2;
  if (bug === 'sensitivity forgotten') return Math.max(1, sensitivity);
  return undefined;
}

/** Rows of a hidden person in an audit that needs one with several. */
const SEVERAL = 3;
const ROW_BOUNDS = ['contributionBound', 'rowsPerCell', 'rowsPerStep'] as const;

/** The parameters with a whole person hidden, who has several rows; undefined where a technique hides nobody as a whole. */
export function withSeveralRows(params: ParamRecord): ParamRecord | undefined {
  const bound = ROW_BOUNDS.find((name) => typeof params[name] === 'number');
  if (params.protects === undefined || bound === undefined) return undefined;
  return { ...params, protects: 'entity', [bound]: Math.max(SEVERAL, params[bound] as number) };
}

/** A bare mechanism whose answers one unit moves by more than 1. */
export const withWideMoves = (params: ParamRecord): ParamRecord => ({ ...params, sensitivity: SEVERAL });

/** The pair, saying that whole persons are hidden in it. */
export const asPersons = (pair: AuditPair): AuditPair => ({
  ...pair,
  label: text(
    `a person with several rows: ${pair.label.en}`,
    `una persona con varias filas: ${pair.label.es ?? pair.label.en}`,
  ),
});

/**
 * Parameters under which a technique draws `factor` times less noise than its claim needs.
 * @throws unsupported where no parameter sets the noise.
 */
export function withLessNoise(params: ParamRecord, factor: number): ParamRecord {
  const { epsilon, rho } = params;
  if (typeof epsilon === 'number') return { ...params, epsilon: epsilon * factor };
  if (typeof rho === 'number') return { ...params, rho: rho * factor * factor };
  throw unsupported('this bug cannot be planted here: no parameter named epsilon or rho sets the noise');
}

export function plantedWords(bug: PlantedBug, factor: number | undefined): Text | undefined {
  switch (bug) {
    case 'none':
      return undefined;
    case 'scale halved':
      return text(
        'Planted: half the noise the claim needs.',
        'Error introducido: la mitad del ruido que exige la promesa.',
      );
    case 'sensitivity forgotten': {
      if (factor === undefined || factor === 1) {
        return text(
          'Nothing planted: no unit moves an answer by more than 1 here, so there is no sensitivity to forget.',
          'Sin error introducido: aquí ninguna unidad cambia una respuesta en más de 1, así que no hay sensibilidad que olvidar.',
        );
      }
      const moved = String(Number(factor.toPrecision(3)));
      return text(
        `Planted: noise for an answer that moves by 1, where one unit moves it by ${moved}.`,
        `Error introducido: ruido para una respuesta que cambia en 1, cuando una unidad la cambia en ${moved}.`,
      );
    }
    case 'seeded twice':
      return text(
        'Planted: the generator is started from the same seed for two releases; the observer subtracts one, made from a table already known, from the other.',
        'Error introducido: el generador arranca con la misma semilla en dos publicaciones; el observador resta de una la otra, hecha con una tabla ya conocida.',
      );
  }
}

/**
 * The pair as seen by someone to whom the noise is handed twice: releases of the world in question, and of world 0, known anyway, whose
 * generator was started from the same seed. What is seen is the difference. With fresh noise the second ones would tell nothing new.
 */
export const restarted = (pair: AuditPair): AuditPair => ({
  label: pair.label,
  draw: (world, rng, out) => {
    const seed = String(rng.u32());
    const known = new Float64Array(out.length);
    pair.draw(world, rng.fork(seed), out);
    pair.draw(0, rng.fork(seed), known);
    for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) - (known[i] as number);
  },
});
