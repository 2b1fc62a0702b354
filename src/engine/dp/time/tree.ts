/**
 * Closed forms of the binary tree of partial sums (Chan, Shi, Song, 2011; Dwork, Naor, Pitassi, Rothblum, 2010) and of
 * Honaker's (2015) use of all its nodes. A node of height h is the noisy sum of 2^h aligned steps.
 */

/** Nodes a step is part of: floor(log2 steps) + 1. Exact for whole numbers up to 2^53. */
export function treeLevels(steps: number): number {
  let levels = 0;
  for (let rest = steps; rest >= 1; rest = Math.floor(rest / 2)) levels += 1;
  return levels;
}

/** Ones in the binary form of a whole number up to 2^53: nodes a running total is the sum of. */
export function popcount(value: number): number {
  let ones = 0;
  for (let rest = value; rest >= 1; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/** Most nodes any running total up to step `steps` needs. */
export function maxPopcount(steps: number): number {
  // The largest is steps itself, or steps with one 1 turned to 0 and everything below it to 1.
  let most = popcount(steps);
  let above = most;
  let bit = 0;
  for (let rest = steps; rest >= 1; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      above -= 1;
      most = Math.max(most, popcount(Math.floor(rest / 2)) + bit);
    }
    bit += 1;
  }
  return Math.max(most, above);
}

/** Nodes of a running total, averaged over steps 1 to `steps`. */
export function meanPopcount(steps: number): number {
  let ones = 0;
  for (let half = 1; half <= steps; half *= 2) {
    const period = 2 * half;
    // Numbers 0..steps with this bit set.
    ones += Math.floor((steps + 1) / period) * half + Math.max(0, ((steps + 1) % period) - half);
  }
  return ones / steps;
}

/** Scale of the Laplace noise of every node: a step touches one node of each level. */
export const treeLaplaceScale = (steps: number, epsilon: number, sensitivity: number): number =>
  (treeLevels(steps) * sensitivity) / epsilon;

/** Deviation of the Gaussian noise of every node at rho-zCDP: l2 sensitivity is sqrt(levels). */
export const treeGaussianSigma = (steps: number, rho: number, sensitivity: number): number =>
  sensitivity * Math.sqrt(treeLevels(steps) / (2 * rho));

/** Variance of the running total at `step`, Laplace noise: one node per one of its binary form. */
export function treePrefixVariance(steps: number, step: number, epsilon: number, sensitivity: number): number {
  const scale = treeLaplaceScale(steps, epsilon, sensitivity);
  return popcount(step) * 2 * scale * scale;
}

/** Variance of the best estimate of a node from itself and all nodes below it, in units of one node's: 2^h / (2^(h+1) - 1). */
export function honakerNodeFactor(height: number): number {
  let share = 1;
  for (let h = 0; h < height && share > 0; h += 1) share /= 2;
  return 1 / (2 - share);
}

/** Variance of the running total at `step` from all nodes finished by then, in units of one node's. Nothing linear is better. */
export function honakerPrefixFactor(step: number): number {
  let sum = 0;
  let height = 0;
  for (let rest = step; rest >= 1; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) sum += honakerNodeFactor(height);
    height += 1;
  }
  return sum;
}
