import { analyticSigma, epsilonOfMu } from '../dp/gaussian.ts';
import type { Quantity, VectorAdapter, VectorRow } from '../kit/vectors.ts';
import type { Examples } from '../kit/release.ts';
import { dpFedAvgEpsilon } from './accounting.ts';
import { addScaled, clipInPlace, norm } from './aggregate.ts';
import { communication, roundFailure } from './communication.ts';
import * as classification from './classification.ts';
import { clippedGradientSum, layerOffsets, meanLoss, type Mlp } from './mlp.ts';
import * as robust from './robust.ts';
import * as strategies from './strategies.ts';

type Fields = Readonly<Record<string, unknown>>;
const inputs = (row: VectorRow): Fields => (row.input ?? {}) as Fields;
const vector = (value: unknown): Float64Array => Float64Array.from(value as readonly number[]);
const list = (value: unknown): Float64Array[] => (value as readonly (readonly number[])[]).map(vector);
const num = (value: unknown): number => value as number;
const plain = (values: ArrayLike<number>): readonly number[] => Array.from(values);
const updatesOf = (row: VectorRow): Float64Array[] => list(inputs(row).updates);

const netOf = (row: VectorRow): Mlp => ({
  dims: row.params.dims as readonly number[],
  activation: row.params.activation === 'tanh' ? 'tanh' : 'relu',
});
const examplesOf = (value: Fields): Examples => {
  const x = list(value.X);
  const width = x[0]?.length ?? 0;
  const features = new Float64Array(x.length * width);
  x.forEach((one, i) => features.set(one, i * width));
  return { rows: x.length, width, features, labels: Uint8Array.from(value.y as readonly number[]) };
};
const clientsOf = (row: VectorRow): Examples[] => (inputs(row).clients as readonly Fields[]).map(examplesOf);
const localOf = (row: VectorRow): strategies.LocalTraining => ({
  learningRate: num(row.params.lr),
  batchSize: num(row.params.batchSize),
  epochs: num(row.params.localEpochs ?? 1),
});

const fedavg: Quantity = (row) => {
  const [net, clients] = [netOf(row), clientsOf(row)];
  let weights = vector(inputs(row).w0);
  const weightsPerRound: (readonly number[])[] = [];
  const globalLossPerRound: number[] = [];
  const total = clients.reduce((sum, rows) => sum + rows.rows, 0);
  for (let round = 0; round < num(row.params.rounds); round += 1) {
    weights = strategies.fedAvgRound(net, weights, clients, localOf(row));
    weightsPerRound.push(plain(weights));
    globalLossPerRound.push(clients.reduce((sum, rows) => sum + (rows.rows / total) * meanLoss(net, weights, rows), 0));
  }
  return { weightsPerRound, globalLossPerRound };
};

const scaffold: Quantity = (row) => {
  const clients = clientsOf(row);
  const weights = vector(inputs(row).w0);
  let state: strategies.ScaffoldState = {
    weights,
    control: new Float64Array(weights.length),
    clientControls: clients.map(() => new Float64Array(weights.length)),
  };
  const perRound: { w: readonly number[]; c: readonly number[] }[] = [];
  for (let round = 0; round < num(row.params.rounds); round += 1) {
    state = strategies.scaffoldRound(netOf(row), state, clients, localOf(row), num(row.params.serverLr));
    perRound.push({ w: plain(state.weights), c: plain(state.control) });
  }
  return perRound;
};

const fednova: Quantity = (row) => {
  const epochs = row.params.localEpochsPerClient as readonly number[];
  const out = strategies.fedNovaRound(netOf(row), vector(inputs(row).w0), clientsOf(row), localOf(row), epochs);
  return { tau: out.tau, tauEff: out.tauEffective, weights: plain(out.weights) };
};

const fedopt: Quantity = (row) =>
  strategies
    .fedOpt(vector(inputs(row).w0), list(inputs(row).deltas), {
      kind: row.params.kind as strategies.FedOptOptions['kind'],
      serverLearningRate: num(row.params.serverLr),
      beta1: num(row.params.beta1),
      beta2: num(row.params.beta2),
      tau: num(row.params.tau),
    })
    .map(plain);

const fedper: Quantity = (row) => {
  const [net, clients, start] = [netOf(row), clientsOf(row), vector(inputs(row).w0)];
  const headAt = layerOffsets(net.dims)[net.dims.length - 1 - num(row.params.personalLayers)] as number;
  let state: { readonly base: Float64Array; readonly heads: readonly Float64Array[] } = {
    base: start.slice(0, headAt),
    heads: clients.map(() => start.slice(headAt)),
  };
  for (let round = 0; round < num(row.params.rounds); round += 1) {
    state = strategies.fedPerRound(net, state.base, state.heads, clients, localOf(row));
  }
  return { base: plain(state.base), heads: state.heads.map(plain) };
};

const ditto: Quantity = (row) => {
  const [net, clients, start] = [netOf(row), clientsOf(row), vector(inputs(row).w0)];
  let state: { readonly weights: Float64Array; readonly personal: readonly Float64Array[] } = {
    weights: start,
    personal: clients.map(() => start),
  };
  for (let round = 0; round < num(row.params.rounds); round += 1) {
    state = strategies.dittoRound(
      net,
      state.weights,
      state.personal,
      clients,
      localOf(row),
      num(Object.entries(row.params).find(([name]) => name.startsWith('lambda'))?.[1]),
    );
  }
  return { globalW: plain(state.weights), personal: state.personal.map(plain) };
};

const krum: Quantity = (row) => {
  const updates = updatesOf(row);
  const scores = robust.krumScores(updates, num(row.params.f));
  const selected = robust.lowestScores(scores, 1)[0];
  if (row.params.m === undefined) return { selected, scores: plain(scores) };
  const chosen = robust.lowestScores(scores, num(row.params.m));
  const mean = robust.meanOf(chosen.map((i) => updates[i] as Float64Array));
  return {
    scores: plain(scores),
    selected,
    multiKrumSelected: chosen.toSorted((a, b) => a - b),
    multiKrumMean: plain(mean),
  };
};

const topK: Quantity = (row) => {
  let residual = new Float64Array(updatesOf(row)[0]?.length ?? 0);
  return updatesOf(row).map((update) => {
    const out = robust.topK(update, residual, num(row.params.k));
    residual = Float64Array.from(out.residual);
    return { sent: plain(out.sent), residual: plain(out.residual) };
  });
};

const dpsgd: Quantity = (row) => {
  const rows = examplesOf(inputs(row));
  const out = clippedGradientSum(netOf(row), vector(inputs(row).w), rows, num(row.params.clip));
  return {
    perExampleNorms: plain(out.norms),
    clipFactors: plain(out.factors),
    clippedGradientSum: plain(out.sum),
    losses: plain(out.losses),
  };
};

const dpFedAvg: Quantity = (row) => {
  const clip = num(row.params.clip);
  const updates = updatesOf(row);
  const unclipped = updates.filter((update) => norm(update) <= clip).length;
  const mean = new Float64Array(updates[0]?.length ?? 0);
  for (const update of updates) {
    clipInPlace(update, clip);
    addScaled(mean, update, 1 / updates.length);
  }
  return {
    clippedMean: plain(mean),
    noiseStdPerCoordinate: (num(row.params.noiseMultiplier) * clip) / updates.length,
    fractionUnclipped: unclipped / updates.length,
  };
};

/** Keys are the stems of the ids in fl-attacks.json. */
export const vectors: VectorAdapter = {
  compare: 'each-relative',
  quantities: {
    fedavg,
    fedprox: (row) =>
      plain(
        strategies.fedAvgRound(netOf(row), vector(inputs(row).w0), clientsOf(row), localOf(row), num(row.params.mu)),
      ),
    scaffold,
    fednova,
    fedopt,
    fedper,
    ditto,
    krum,
    'krum-precision': krum,
    'trimmed-mean': (row) => plain(robust.trimmedMean(updatesOf(row), num(row.params.beta))),
    'coord-median': (row) => plain(robust.coordinateMedian(updatesOf(row))),
    'geo-median': (row) => plain(robust.geometricMedian(updatesOf(row))),
    'centered-clip': (row) =>
      plain(
        robust.centeredClipping(
          updatesOf(row),
          vector(inputs(row).start),
          num(row.params.tau),
          num(row.params.iterations),
        ),
      ),
    'topk-ef': topK,
    'uniform-quant': (row) => {
      const out = robust.quantize(vector(inputs(row).x), num(row.params.bits), num(row.params.clip));
      return { codes: plain(out.codes), decoded: plain(out.decoded), maxError: out.step / 2 };
    },
    'comm-bytes': ({ params }) =>
      communication({
        parameters: num(params.params),
        clientsPerRound: num(params.clientsPerRound),
        rounds: num(params.rounds),
        rows: num(params.rows),
        columns: num(params.cols),
        bytesPerValue: num(params.bytesPerValue),
        uplinkBytesPerValue: num(params.uplinkBytesPerValue),
      }),
    dropout: ({ params }) => roundFailure(num(params.selected), num(params.dropProb), num(params.threshold)),
    dpsgd,
    'dp-fedavg': dpFedAvg,
    'adaptive-clip': (row) =>
      robust.adaptiveClips(
        num(row.params.C0),
        num(row.params.targetQuantile),
        num(row.params.lr),
        inputs(row).unclippedFraction as readonly number[],
      ),
    'adaptive-clip-split': ({ params }) =>
      robust.splitNoiseMultiplier(num(params.noiseMultiplier), num(params.countStd)),
    'ml-metrics': (row) =>
      classification.binaryQuality(
        vector(inputs(row).p),
        Uint8Array.from(inputs(row).y as readonly number[]),
        num(row.params.threshold),
        num(row.params.eceBins),
      ),
    'multiclass-f1': (row) =>
      classification.multiclassF1(vector(inputs(row).pred), vector(inputs(row).y), num(row.params.classes)),
    'user-level-eps': ({ params }) => {
      const out = dpFedAvgEpsilon(num(params.q), num(params.noiseMultiplier), num(params.rounds), num(params.delta));
      return { epsilon: out.epsilon, bestOrder: out.order };
    },
    'gdp-eps': ({ params }) => {
      const epsilon = epsilonOfMu(num(params.mu), num(params.delta));
      return { epsilon, muBack: 1 / analyticSigma(epsilon, num(params.delta), 1) };
    },
    'gaussian-full-batch': ({ params }) =>
      epsilonOfMu(Math.sqrt(num(params.rounds)) / num(params.noiseMultiplier), num(params.delta)),
  },
};
