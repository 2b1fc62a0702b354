import type { Examples } from '../kit/release.ts';
import { addScaled } from './aggregate.ts';
import { accumulate, backpropagate, type Mlp, workspaceOf } from './mlp.ts';

/** How a client trains: plain SGD over its rows in order, the gradient is the batch mean. */
export interface LocalTraining {
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Adds mu (w - anchor) to each batch gradient (FedProx; Ditto's personal pass). */
  readonly proximal?: { readonly mu: number; readonly anchor: Float64Array };
  /** Added to each batch gradient as it is (SCAFFOLD's c - c_k). */
  readonly correction?: Float64Array;
}

/** Trains `weights` in place on a client's rows and returns the number of steps taken. */
export function trainLocally(net: Mlp, weights: Float64Array, rows: Examples, options: LocalTraining): number {
  const space = workspaceOf(net);
  const gradient = new Float64Array(weights.length);
  const { proximal, correction } = options;
  let steps = 0;
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (let start = 0; start < rows.rows; start += options.batchSize) {
      const end = Math.min(rows.rows, start + options.batchSize);
      gradient.fill(0);
      for (let row = start; row < end; row += 1) {
        backpropagate(net, weights, rows, row, space);
        accumulate(space, 1 / (end - start), gradient);
      }
      if (correction !== undefined) addScaled(gradient, correction, 1);
      if (proximal !== undefined) {
        addScaled(gradient, weights, proximal.mu);
        addScaled(gradient, proximal.anchor, -proximal.mu);
      }
      addScaled(weights, gradient, -options.learningRate);
      steps += 1;
    }
  }
  return steps;
}

/** sum_k (n_k / n) vectors_k (McMahan et al. 2017). */
export function weightedMean(vectors: readonly Float64Array[], counts: readonly number[]): Float64Array {
  const out = new Float64Array(vectors[0]?.length ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  vectors.forEach((vector, k) => addScaled(out, vector, (counts[k] as number) / total));
  return out;
}

/** One round of FedAvg, or FedProx (Li et al. 2020) with `proximalMu` > 0; all clients take part. */
export function fedAvgRound(
  net: Mlp,
  weights: Float64Array,
  clients: readonly Examples[],
  options: LocalTraining,
  proximalMu = 0,
): Float64Array {
  const local = proximalMu === 0 ? options : { ...options, proximal: { mu: proximalMu, anchor: weights } };
  const trained = clients.map((rows) => {
    const own = weights.slice();
    trainLocally(net, own, rows, local);
    return own;
  });
  return weightedMean(trained, rowsOf(clients));
}

/** State of SCAFFOLD (Karimireddy et al. 2020): weights, server and client control variates. */
export interface ScaffoldState {
  readonly weights: Float64Array;
  readonly control: Float64Array;
  readonly clientControls: readonly Float64Array[];
}

/** One round of SCAFFOLD, option II, uniform mean over all clients. */
export function scaffoldRound(
  net: Mlp,
  state: ScaffoldState,
  clients: readonly Examples[],
  options: LocalTraining,
  serverLearningRate = 1,
): ScaffoldState {
  const weights = state.weights.slice();
  const control = state.control.slice();
  const clientControls = clients.map((rows, k) => {
    const before = state.clientControls[k] as Float64Array;
    const correction = state.control.slice();
    addScaled(correction, before, -1);
    const own = state.weights.slice();
    const steps = trainLocally(net, own, rows, { ...options, correction });
    const after = before.slice();
    addScaled(after, state.control, -1);
    addScaled(after, state.weights, 1 / (steps * options.learningRate));
    addScaled(after, own, -1 / (steps * options.learningRate));
    addScaled(weights, own, serverLearningRate / clients.length);
    addScaled(weights, state.weights, -serverLearningRate / clients.length);
    addScaled(control, after, 1 / clients.length);
    addScaled(control, before, -1 / clients.length);
    return after;
  });
  return { weights, control, clientControls };
}

/** One round of FedNova (Wang et al. 2020) with plain SGD: updates are normalised by their number of steps. */
export function fedNovaRound(
  net: Mlp,
  weights: Float64Array,
  clients: readonly Examples[],
  options: LocalTraining,
  epochsPerClient: readonly number[],
): { readonly weights: Float64Array; readonly tau: readonly number[]; readonly tauEffective: number } {
  const out = weights.slice();
  const counts = rowsOf(clients);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const trained = clients.map((rows, k) => {
    const own = weights.slice();
    return { own, tau: trainLocally(net, own, rows, { ...options, epochs: epochsPerClient[k] as number }) };
  });
  const tauEffective = trained.reduce((sum, { tau }, k) => sum + ((counts[k] as number) / total) * tau, 0);
  trained.forEach(({ own, tau }, k) => {
    const factor = (tauEffective * (counts[k] as number)) / total / tau;
    addScaled(out, own, factor);
    addScaled(out, weights, -factor);
  });
  return { weights: out, tau: trained.map(({ tau }) => tau), tauEffective };
}

export interface FedOptOptions {
  readonly kind: 'avgm' | 'adagrad' | 'adam' | 'yogi';
  readonly serverLearningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly tau: number;
}

/** Server optimiser on averaged client updates (Reddi et al. 2021, algorithm 2), without bias correction: weights after each update. */
export function fedOpt(
  start: Float64Array,
  updates: readonly Float64Array[],
  options: FedOptOptions,
): readonly Float64Array[] {
  const { kind, serverLearningRate, beta1, beta2, tau } = options;
  const weights = start.slice();
  const m = new Float64Array(start.length);
  const v = new Float64Array(start.length).fill(tau * tau);
  return updates.map((update) => {
    for (let i = 0; i < weights.length; i += 1) {
      const d = update[i] as number;
      const square = d * d;
      const old = v[i] as number;
      m[i] = beta1 * (m[i] as number) + (kind === 'avgm' ? 1 : 1 - beta1) * d;
      if (kind === 'adagrad') v[i] = old + square;
      if (kind === 'adam') v[i] = beta2 * old + (1 - beta2) * square;
      if (kind === 'yogi') v[i] = old - (1 - beta2) * square * Math.sign(old - square);
      const scale = kind === 'avgm' ? 1 : Math.sqrt(v[i] as number) + tau;
      weights[i] = (weights[i] as number) + (serverLearningRate * (m[i] as number)) / scale;
    }
    return weights.slice();
  });
}

/** One round of FedPer (Arivazhagan et al. 2019): the last layer, from `headAt` on, never leaves its client. */
export function fedPerRound(
  net: Mlp,
  base: Float64Array,
  heads: readonly Float64Array[],
  clients: readonly Examples[],
  options: LocalTraining,
): { readonly base: Float64Array; readonly heads: readonly Float64Array[] } {
  const trained = clients.map((rows, k) => {
    const own = new Float64Array(base.length + (heads[k]?.length ?? 0));
    own.set(base);
    own.set(heads[k] as Float64Array, base.length);
    trainLocally(net, own, rows, options);
    return own;
  });
  return {
    base: weightedMean(
      trained.map((own) => own.slice(0, base.length)),
      rowsOf(clients),
    ),
    heads: trained.map((own) => own.slice(base.length)),
  };
}

/** One round of Ditto (Li et al. 2021): the global pass, then each personal model's pass held near the weights of the round's start. */
export function dittoRound(
  net: Mlp,
  weights: Float64Array,
  personal: readonly Float64Array[],
  clients: readonly Examples[],
  options: LocalTraining,
  lambda: number,
): { readonly weights: Float64Array; readonly personal: readonly Float64Array[] } {
  const next = clients.map((rows, k) => {
    const own = (personal[k] as Float64Array).slice();
    trainLocally(net, own, rows, { ...options, proximal: { mu: lambda, anchor: weights } });
    return own;
  });
  return { weights: fedAvgRound(net, weights, clients, options), personal: next };
}

const rowsOf = (clients: readonly Examples[]): readonly number[] => clients.map((rows) => rows.rows);
