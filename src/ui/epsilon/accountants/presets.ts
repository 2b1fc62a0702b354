import { text, type Text } from '../../../engine/kit/text.ts';
import type { CountedLaw } from '../../../engine/kit/loss-law.ts';

/** Releases to race the accountants on: this page's own, and some the field argues about. */
export interface RacePreset {
  readonly id: string;
  readonly label: Text;
  readonly note: Text;
  readonly laws: readonly CountedLaw[];
  readonly delta: number;
  readonly repeats: readonly number[];
}

const dpsgd = (sigma: number, rate: number, steps: number): readonly CountedLaw[] => [
  { law: { kind: 'poisson-gaussian', sigma, rate }, count: steps },
];
const counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

export const presets: readonly RacePreset[] = [
  {
    id: 'mnist',
    label: text('A network trained on 60,000 images', 'Una red entrenada con 60 000 imágenes'),
    note: text(
      'DP-SGD, noise 1.1, batches of 256 (Poisson), 60 epochs = 14,062 steps, one image added or removed. The axis counts steps.',
      'DP-SGD, ruido 1,1, lotes de 256 (Poisson), 60 épocas = 14 062 pasos, una imagen añadida o quitada. El eje cuenta pasos.',
    ),
    laws: dpsgd(1.1, 256 / 60_000, 1),
    delta: 1e-5,
    repeats: [234, 469, 1172, 2344, 4687, 9375, 14_062],
  },
  {
    id: 'tutorial',
    label: text('Why 7.10 became 5.56', 'Por qué 7,10 pasó a 5,56'),
    note: text(
      'A much copied tutorial: noise 0.7, rate 1/240, 45 epochs = 10,800 steps. It printed 7.10, by an older accountant.',
      'Un tutorial muy copiado: ruido 0,7, tasa 1/240, 45 épocas = 10 800 pasos. Publicó 7,10, con un contable anterior.',
    ),
    laws: dpsgd(0.7, 1 / 240, 1),
    delta: 1e-5,
    repeats: [240, 720, 1440, 2880, 5400, 10_800],
  },
  {
    id: 'abadi',
    label: text('Abadi et al., 2016', 'Abadi y otros, 2016'),
    note: text(
      'DP-SGD with sampling rate 0.01 and noise 4, up to 10,000 steps; the paper printed 1.26. The axis counts steps.',
      'DP-SGD con tasa de muestreo 0,01 y ruido 4, hasta 10 000 pasos; el artículo publicó 1,26. El eje cuenta pasos.',
    ),
    laws: dpsgd(4, 0.01, 1),
    delta: 1e-5,
    repeats: [100, 200, 500, 1000, 2000, 5000, 10_000],
  },
  {
    id: 'selections',
    label: text('Many choices by the exponential mechanism', 'Muchas elecciones con el mecanismo exponencial'),
    note: text(
      'Each choice keeps ε = 0.1. Its loss lies in an interval of that length, which few accountants know.',
      'Cada elección cumple ε = 0,1. Su pérdida cae en un intervalo de esa longitud, cosa que pocos contables saben.',
    ),
    laws: [{ law: { kind: 'bounded-range', epsilon: 0.1 }, count: 1 }],
    delta: 1e-6,
    repeats: counts,
  },
  {
    id: 'counts',
    label: text('A noisy count every day', 'Un conteo con ruido cada día'),
    note: text(
      'Laplace noise with ε = 0.1, over and over about the same rows.',
      'Ruido de Laplace con ε = 0,1, una y otra vez sobre las mismas filas.',
    ),
    laws: [{ law: { kind: 'laplace', epsilon: 0.1 }, count: 1 }],
    delta: 1e-5,
    repeats: counts,
  },
  {
    id: 'gaussian',
    label: text('Gaussian noise every day', 'Ruido gaussiano cada día'),
    note: text(
      'Noise ten times the sensitivity. Here the exact answer is known in closed form.',
      'Ruido de diez veces la sensibilidad. Aquí se conoce la respuesta exacta en forma cerrada.',
    ),
    laws: [{ law: { kind: 'gaussian', mu: 0.1 }, count: 1 }],
    delta: 1e-5,
    repeats: counts,
  },
];
export const ownRepeats: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 365];
