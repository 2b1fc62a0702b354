import { log } from '../kit/portable-math.ts';
import { aucOf } from '../attacks/intervals.ts';

/** Quality of probabilities p of the positive class against labels y. */
export interface BinaryQuality {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  readonly f1: number;
  /** Mean F1 of both classes. */
  readonly macroF1: number;
  readonly accuracy: number;
  /** Matthews correlation; 0 where a margin is empty. */
  readonly mcc: number;
  readonly auc: number;
  readonly brier: number;
  readonly logLoss: number;
  /** Expected calibration error over equal bins of p, [b/B, (b+1)/B), the last one closed. */
  readonly ece: number;
}

export function binaryQuality(p: Float64Array, y: Uint8Array, threshold: number, bins: number): BinaryQuality {
  const n = p.length;
  const counts = [0, 0, 0, 0];
  const binSurplus = new Float64Array(bins);
  let brier = 0;
  let logLoss = 0;
  for (let i = 0; i < n; i += 1) {
    const value = p[i] as number;
    const label = y[i] as number;
    const cell = 2 * label + (value >= threshold ? 1 : 0);
    counts[cell] = (counts[cell] as number) + 1;
    brier += (value - label) * (value - label);
    logLoss -= log(label === 1 ? value : 1 - value);
    const bin = Math.min(bins - 1, Math.floor(value * bins));
    binSurplus[bin] = (binSurplus[bin] as number) + value - label;
  }
  const [tn, fp, fn, tp] = counts as [number, number, number, number];
  const f1 = f1Of(tp, fp, fn);
  const margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  return {
    tp,
    fp,
    fn,
    tn,
    f1,
    macroF1: (f1 + f1Of(tn, fn, fp)) / 2,
    accuracy: (tp + tn) / n,
    mcc: margins === 0 ? 0 : (tp * tn - fp * fn) / Math.sqrt(margins),
    auc: aucOf(
      p.filter((_, i) => y[i] === 1),
      p.filter((_, i) => y[i] === 0),
    ).auc,
    brier: brier / n,
    logLoss: logLoss / n,
    ece: binSurplus.reduce((sum, surplus) => sum + Math.abs(surplus), 0) / n,
  };
}

/** F1 per class, their plain mean, the mean weighted by true counts, and the micro average (= accuracy). */
export function multiclassF1(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): {
  readonly perClassF1: readonly number[];
  readonly macroF1: number;
  readonly weightedF1: number;
  readonly microF1: number;
} {
  const tp = new Float64Array(classes);
  const said = new Float64Array(classes);
  const are = new Float64Array(classes);
  for (let i = 0; i < labels.length; i += 1) {
    const [guess, label] = [predicted[i] as number, labels[i] as number];
    said[guess] = (said[guess] as number) + 1;
    are[label] = (are[label] as number) + 1;
    if (guess === label) tp[label] = (tp[label] as number) + 1;
  }
  const perClassF1 = Array.from(tp, (hits, c) => f1Of(hits, (said[c] as number) - hits, (are[c] as number) - hits));
  return {
    perClassF1,
    macroF1: perClassF1.reduce((sum, f1) => sum + f1, 0) / classes,
    weightedF1: perClassF1.reduce((sum, f1, c) => sum + (f1 * (are[c] as number)) / labels.length, 0),
    microF1: tp.reduce((sum, hits) => sum + hits, 0) / labels.length,
  };
}

const f1Of = (tp: number, fp: number, fn: number): number => (tp + fp + fn === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn));
