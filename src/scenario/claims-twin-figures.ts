import { text } from '../engine/kit/text.ts';
import type { Arithmetic } from './claims.types.ts';
import { paperLatencies, paperUtility } from './twin.ts';

/** "76.4 %". */
export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;
const comma = (shown: string): string => shown.replaceAll('.', ',');

/** The paper's success shares: traditional (k = 5, l = 3), single mechanism, hybrid. */
export const attacks = {
  reIdentification: [0.764, 0.312, 0.058],
  disclosure: [0.823, 0.457, 0.093],
  reconstruction: [0.687, 0.295, 0.031],
  membership: [0.741, 0.382, 0.105],
  inversion: [0.625, 0.278, 0.082],
} as const;
type Row = readonly [number, number, number];

/** The paper's F1 by task, raw and hybrid. */
const f1 = [
  [0.885, 0.856],
  [0.912, 0.879],
  [0.842, 0.798],
  [0.874, 0.831],
  [0.893, 0.842],
  [0.837, 0.782],
] as const;

/** The three figures of a row, as printed. */
export const shown = (row: Row): string => row.map((share) => percent(share)).join(' / ');
const improvement = ([, single, hybrid]: Row): number => 1 - hybrid / single;

/** k = 5 against its own ceiling. */
export const linkageCeiling: Arithmetic = {
  agrees: attacks.reIdentification[0] <= 1 / 5,
  says: text(
    `Under k = 5 every row has at least four twins, so this model allows at most ${percent(1 / 5, 0)} right links; ${percent(attacks.reIdentification[0])} exceeds it.`,
    `Con k = 5 cada fila tiene al menos cuatro gemelas, así que el modelo permite como mucho un ${percent(1 / 5, 0)} de aciertos; ${comma(percent(attacks.reIdentification[0]))} lo supera.`,
  ),
};

const reductionBaseline = attacks.reIdentification[2] / (1 - 0.973);
/** What a fall of 97.3 % would have to start from. */
export const reduction: Arithmetic = {
  agrees: reductionBaseline <= 1,
  says: text(
    `A fall of 97.3 % that leaves ${percent(attacks.reIdentification[2])} starts from ${percent(reductionBaseline, 0)}: more than everybody.`,
    `Una caída del 97,3 % que deja un ${comma(percent(attacks.reIdentification[2]))} parte del ${percent(reductionBaseline, 0)}: más que todos.`,
  ),
};

const bestSingle = improvement(attacks.reIdentification);
/** 24 to 53 % against the table. */
export const singleGain: Arithmetic = {
  agrees: bestSingle >= 0.24 && bestSingle <= 0.53,
  says: text(
    `Its own table gives ${percent(bestSingle)} for re-identification (31.2 to 5.8 %), far outside 24 to 53 %.`,
    `Su propia tabla da ${comma(percent(bestSingle))} en reidentificación (de 31,2 a 5,8 %), muy lejos de 24 a 53 %.`,
  ),
};

/** 89.5 % against the table. */
export const reconstruction: Arithmetic = {
  agrees: Math.abs(improvement(attacks.reconstruction) - 0.895) < 0.001,
  says: text(
    `29.5 to 3.1 % is a fall of ${percent(improvement(attacks.reconstruction))}: it adds up, but names no attack that could be repeated.`,
    `De 29,5 a 3,1 % es una caída del ${comma(percent(improvement(attacks.reconstruction)))}: cuadra, pero no nombra un ataque repetible.`,
  ),
};

/** Membership below one half. */
export const coinToss: Arithmetic = {
  agrees: attacks.membership[2] >= 0.5,
  says: text(
    'Tossing a coin is right in 50 %. An attack right in 10.5 or 38.2 % would be right in 89.5 or 61.8 % by saying the opposite: the figure cannot be accuracy.',
    'Lanzar una moneda acierta el 50 %. Un ataque que acierta el 10,5 o el 38,2 % acertaría el 89,5 o el 61,8 % diciendo lo contrario: la cifra no puede ser exactitud.',
  ),
};

const meanUtility =
  (paperUtility['utility-aggregate'] + paperUtility['utility-pattern'] + paperUtility['utility-individual']) / 3;
/** 94.7 % against the mean of its parts. */
export const overall: Arithmetic = {
  agrees: Math.abs(meanUtility - 0.947) < 0.0005,
  says: text(
    `The mean of its three parts is ${percent(meanUtility)}; 94.7 % needs weights that are not given.`,
    `La media de sus tres partes es ${comma(percent(meanUtility))}; el 94,7 % requiere pesos que no se dan.`,
  ),
};

const overPoints = f1.filter(([raw, hybrid]) => raw - hybrid > 0.035).length;
const overShare = f1.filter(([raw, hybrid]) => 1 - hybrid / raw > 0.035).length;
/** 3.5 % against the table of tasks. */
export const f1Claim: Arithmetic = {
  agrees: overPoints === 0,
  says: text(
    `Its own table breaks it in ${overPoints} of ${f1.length} tasks counted in points, ${overShare} counted relatively.`,
    `Su propia tabla lo incumple en ${overPoints} de ${f1.length} tareas en puntos, ${overShare} en términos relativos.`,
  ),
};

const smpcMean = paperLatencies.find(({ id }) => id === 'smpc')?.avgMs ?? 0;
const endToEndMean = paperLatencies.find(({ id }) => id === 'end-to-end')?.avgMs ?? 0;
/** A part against the whole. */
export const endToEnd: Arithmetic = {
  agrees: endToEndMean >= smpcMean,
  says: text(
    `Secure computation alone takes ${smpcMean} ms on average: a part cannot take longer than the whole, ${endToEndMean} ms.`,
    `Solo el cómputo seguro tarda ${comma(String(smpcMean))} ms de media: una parte no puede durar más que el todo, ${comma(String(endToEndMean))} ms.`,
  ),
};

/** 30 / 50 / 20 against its aim. */
export const reversed: Arithmetic = {
  agrees: false,
  says: text(
    'Less budget is more noise: 30 / 50 / 20 gives low-sensitivity data ε = 0.42, the strongest noise, and medium 1.05, the weakest; the reverse of the stated aim.',
    'Menos presupuesto es más ruido: 30 / 50 / 20 da a los datos de baja sensibilidad ε = 0,42, el ruido más fuerte, y a los medios 1,05, el más débil; lo contrario del objetivo declarado.',
  ),
};
