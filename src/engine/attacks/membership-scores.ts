import { normalCdf } from '../dp/gaussian.ts';
import { log } from '../kit/portable-math.ts';
import { aucOf } from './intervals.ts';

/** ROC of member scores against others under the rule score >= t: area, DeLong error, largest TPR - FPR, best TPR with FPR <= fpr. */
export function rocSummary(
  members: Float64Array,
  others: Float64Array,
  fpr: number,
): {
  readonly auc: number;
  readonly aucStandardError: number;
  readonly maxAdvantage: number;
  readonly tprAtFpr: number;
} {
  const { auc, standardError } = aucOf(members, others);
  let maxAdvantage = 0;
  let tprAtFpr = 0;
  for (const threshold of new Set([...members, ...others])) {
    const tpr = shareAtLeast(members, threshold);
    const rate = shareAtLeast(others, threshold);
    maxAdvantage = Math.max(maxAdvantage, tpr - rate);
    if (rate <= fpr) tprAtFpr = Math.max(tprAtFpr, tpr);
  }
  return { auc, aucStandardError: standardError, maxAdvantage, tprAtFpr };
}

const shareAtLeast = (scores: Float64Array, threshold: number): number =>
  scores.reduce((sum, score) => sum + (score >= threshold ? 1 : 0), 0) / scores.length;

/** Loss-threshold attack (Yeom et al. 2018): member if the loss is at most the mean training loss. */
export function lossThreshold(
  memberLoss: Float64Array,
  otherLoss: Float64Array,
): { readonly threshold: number; readonly tpr: number; readonly fpr: number; readonly advantage: number } {
  const threshold = memberLoss.reduce((sum, loss) => sum + loss, 0) / memberLoss.length;
  const share = (losses: Float64Array): number =>
    losses.reduce((sum, loss) => sum + (loss <= threshold ? 1 : 0), 0) / losses.length;
  const [tpr, fpr] = [share(memberLoss), share(otherLoss)];
  return { threshold, tpr, fpr, advantage: tpr - fpr };
}

/**
 * LiRA (Carlini et al. 2022) from shadow models: phi = ln(p/(1-p)) of the true class. Online log-likelihood ratio with
 * each example's own spread, the same with spreads pooled over all examples, and the one-sided offline score.
 * Shapes: `confidence` and `membership` shadows x examples, `target` examples.
 */
export function lira(
  confidence: readonly Float64Array[],
  membership: readonly Float64Array[],
  target: Float64Array,
): {
  readonly phi: Float64Array;
  readonly online: Float64Array;
  readonly onlineFixedVar: Float64Array;
  readonly offline: Float64Array;
} {
  const side = (example: number, inside: number): Fit =>
    fitOf(confidence.flatMap((row, s) => (membership[s]?.[example] === inside ? [logit(row[example] as number)] : [])));
  const examples = Array.from(target, (_, i) => ({ inside: side(i, 1), outside: side(i, 0) }));
  const pooledIn = pooled(examples.map(({ inside }) => inside));
  const pooledOut = pooled(examples.map(({ outside }) => outside));
  const phi = target.map(logit);
  const by = (score: (value: number, one: (typeof examples)[number]) => number): Float64Array =>
    phi.map((value, i) => score(value, examples[i] as (typeof examples)[number]));
  return {
    phi,
    online: by(
      (v, { inside, outside }) =>
        logNormal(v, inside.mean, inside.variance) - logNormal(v, outside.mean, outside.variance),
    ),
    onlineFixedVar: by(
      (v, { inside, outside }) => logNormal(v, inside.mean, pooledIn) - logNormal(v, outside.mean, pooledOut),
    ),
    offline: by((v, { outside }) => normalCdf((v - outside.mean) / Math.sqrt(outside.variance))),
  };
}

/** RMIA, offline (Zarifzadeh et al. 2024): share of population points the target beats by a factor gamma. */
export function rmia(
  targetX: Float64Array,
  referenceX: readonly Float64Array[],
  targetZ: Float64Array,
  referenceZ: readonly Float64Array[],
  a: number,
  gamma: number,
): Float64Array {
  const marginal = (reference: Float64Array): number => ((1 + a) / 2) * meanOf(reference) + (1 - a) / 2;
  const ratioZ = targetZ.map((p, i) => p / marginal(referenceZ[i] as Float64Array));
  return targetX.map((p, i) => {
    const ratio = p / marginal(referenceX[i] as Float64Array);
    return ratioZ.reduce((sum, z) => sum + (ratio / z > gamma ? 1 : 0), 0) / ratioZ.length;
  });
}

interface Fit {
  readonly n: number;
  readonly mean: number;
  /** Population variance (divisor n). */
  readonly variance: number;
}

function fitOf(values: readonly number[]): Fit {
  const mean = meanOf(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
  return { n: values.length, mean, variance };
}

const pooled = (fits: readonly Fit[]): number =>
  fits.reduce((sum, fit) => sum + fit.n * fit.variance, 0) / fits.reduce((sum, fit) => sum + fit.n, 0);

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
  return sum / values.length;
};

const logit = (p: number): number => log(p / (1 - p));

const logNormal = (x: number, mean: number, variance: number): number =>
  -0.5 * log(variance) - ((x - mean) * (x - mean)) / (2 * variance);
