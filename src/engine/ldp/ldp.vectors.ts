import { shuffledEpsilon } from '../dp/accounting/shuffle.ts';
import { exp, expm1, log, log1p, log2, pow } from '../kit/portable-math.ts';
import type { VectorAdapter, VectorRow } from '../kit/vectors.ts';
import * as oracles from './oracles.ts';
import * as post from './post-process.ts';
import * as coin from './two-coin.ts';
import * as plan from './two-coin-plan.ts';

/** Quantities of ldp.json this build computes; definitions in the reference's ldp.md. */
type Read = (name: string) => number;
const of =
  (compute: (read: Read, row: VectorRow) => unknown) =>
  (row: VectorRow): unknown =>
    compute((name) => {
      const value = row.params[name];
      if (typeof value !== 'number') throw new Error(`parameter ${name} of ${row.id} is not a number`);
      return value;
    }, row);
const list = (row: VectorRow, name: string): readonly number[] => row.params[name] as readonly number[];
const coins = (p: Read): coin.Coins => ({ p: p('p'), q: p('q') });
const pair = ({ p, q }: oracles.Support): readonly number[] => [p, q];

const twoCoins = {
  'rr2.likelihoods': of((p) => {
    const { yesYes, yesNo, noYes, noNo } = coin.likelihoods(coins(p));
    return [yesYes, yesNo, noYes, noNo];
  }),
  'rr2.eps_bit': of((p) => coin.epsilonOfBit(coins(p))),
  'rr2.eps_onehot': of((p) => coin.epsilonOfOneHot(coins(p))),
  'rr2.eps_khot': of((p) => p('k') * coin.epsilonOfBit(coins(p))),
  'rr2.eps_yes_only': of((p) => coin.epsilonOfYes(coins(p))),
  'rr2.posterior': of((p) => coin.posterior(coins(p), p('prior'), p('rep') === 1)),
  'rr2.estimate': of((p) => coin.estimateCount(coins(p), p('YR'), p('N'))),
  'rr2.var_count': of((p) => coin.varianceOfCount(coins(p), p('Y'), p('N'))),
  'rr2.var_count_iid': of((p) => coin.varianceOfCountIid(coins(p), p('f'), p('N'))),
  'rr2.eta_exact': of((p) => coin.relativeErrorExact(coins(p), p('Y'), p('N'))),
  'rr2.eta_normal': of((p) => coin.relativeErrorNormal(coins(p), p('Y'), p('N'))),
  'rr2.q_of_max_variance': of((p) => plan.worstQ(p('p'), p('f'))),
  'rr2.pq_sue': of((p) => pair(oracles.coinsOfSymmetricUnary(p('eps')))),
  'rr2.pq_oue': of((p) => pair(oracles.coinsOfOptimisedUnary(p('eps')))),
  'rr2.pq_single_bit_optimal': of((p) => pair(oracles.coinsOfSingleBit(p('eps')))),
  'rr2.min_p_for_eta': of((p) => plan.smallestP(p('N'), p('f'), p('q'), p('target'))),
  'rr2.mutual_information_bits': of((p) => coin.mutualInformationBits(coins(p), p('f'))),
  'fig3.eta_row': of((p, row) =>
    list(row, 'q').map((q) => coin.relativeErrorExact({ p: p('p'), q }, Math.round(p('f') * p('N')), p('N'))),
  ),
  'fig3.eps_bit_row': of((p, row) => list(row, 'q').map((q) => coin.epsilonOfBit({ p: p('p'), q }))),
  'fig4.eta_by_devices': of((p, row) =>
    list(row, 'devices').map((devices) => {
      const n = (devices * p('batch_s')) / p('answer_every_s');
      return coin.relativeErrorNormal(coins(p), p('f') * n, n);
    }),
  ),
  'fig4.eta_population': of((p) => plan.sampledError(coins(p), p('population'), p('f'), p('N') / p('population'))),
};

const planning = {
  'privapprox.eps_zk': of((p) => plan.zeroKnowledgeEpsilon(coins(p), p('s'))),
  'privapprox.eps_dp_published': of((p) => plan.sampledEpsilon(coin.epsilonOfYes(coins(p)), p('s'))),
  'privapprox.var_srs': of((p) => plan.sampledVariance(coins(p), p('U'), p('f'), p('s'))),
  'privapprox.eta_srs': of((p) => plan.sampledError(coins(p), p('U'), p('f'), p('s'))),
  'privapprox.eta_poisson': of((p) => plan.poissonSampledError(coins(p), p('U'), p('f'), p('s'))),
  'sampling.eps_amplified': of((p) => plan.sampledEpsilon(p('eps0'), p('s'))),
  'plan.answers_needed': of((p) => plan.answersNeeded(coins(p), p('f'), p('target'))),
  'plan.best_of_grr_sue_oue_olh_ss': of((p) => oracles.bestOracle(p('eps'), p('d'))),
  'plan.ss_best_w': of((p) => oracles.bestSubset(p('eps'), p('d'))),
  'stream.sequential_eps': of((p) => p('eps') * p('reports')),
  'stream.eta_with_churn': of((p) => plan.errorWithChurn(coins(p), p('population'), p('a'), p('f'))),
  'averaging.map_accuracy': of((p) => plan.averagingAccuracy(coins(p), p('prior'), p('T'))),
  'averaging.reports_needed': of((p) => plan.reportsNeeded(coins(p), p('prior'), p('acc'))),
  'pollution.two_coin_shift': of((p) => plan.pollutionShift(coins(p), p('fakes'))),
  'shuffle.fmt21_closed': of((p) => shuffledEpsilon(p('eps_local'), p('n'), p('delta'))),
  'shuffle.fmt23_closed': of((p) => {
    const e = exp(p('eps_local'));
    const gain = 4 * Math.sqrt((2 * log(4 / p('delta'))) / ((e + 1) * p('n'))) + 4 / p('n');
    return log1p(expm1(p('eps_local')) * gain);
  }),
};

const frequencyOracles = {
  'grr.pq': of((p) => pair(oracles.grr(p('eps'), p('d')))),
  'sue.pq': of((p) => pair(oracles.symmetricUnary(p('eps')))),
  'oue.pq': of((p) => pair(oracles.optimisedUnary(p('eps')))),
  'olh.gpq': of((p) => {
    const hash = oracles.localHash(p('eps'));
    return [hash.g, hash.p, hash.q];
  }),
  'ss.wpq': of((p) => {
    const subset = oracles.subsetSelection(p('eps'), p('d'));
    return [subset.w, subset.p, subset.q];
  }),
  'the.theta_opt': of((p) => oracles.bestThreshold(p('eps'))),
  'fo.variance': of((p, row) => varianceOf(String(row.params.mech), p)),
  'rappor.eps': of((p) => oracles.rapporEpsilons(p('f'), p('p'), p('q'), p('h'))),
  'attack.single_report_success': of((p, row) => guess(String(row.params.mech), p)),
  'post.base_pos': of((_, row) => post.basePos(list(row, 'x'))),
  'post.norm': of((p, row) => post.norm(list(row, 'x'), p('n'))),
  'post.norm_mul': of((p, row) => post.normMul(list(row, 'x'), p('n'))),
  'post.norm_cut': of((p, row) => post.normCut(list(row, 'x'), p('n'))),
  'post.norm_sub': of((p, row) => post.normSub(list(row, 'x'), p('n'))),
  'laplace_local.variance': of((p) => 8 / (p('eps') * p('eps'))),
  'planar.cdf': of((p) => 1 - (1 + p('eps') * p('r')) * exp(-p('eps') * p('r'))),
  'planar.mean': of((p) => 2 / p('eps')),
  'anonymity.entropy_bits': of((_, row) => entropyBits(list(row, 'ps'))),
  'anonymity.degree': of((_, row) => entropyBits(list(row, 'ps')) / log2(list(row, 'ps').length)),
  'anonymity.intersection_set': of((p) => 1 + (p('N') - 1) * pow(p('a'), p('r'))),
  'anonymity.p_unique': of((p) => exp((p('N') - 1) * log1p(-pow(p('a'), p('r'))))),
};

function varianceOf(mechanism: string, p: Read): number {
  const epsilon = p('eps');
  const n = p('n');
  const e = exp(epsilon);
  switch (mechanism) {
    case 'grr':
      return oracles.oracleVariance(oracles.grr(epsilon, p('d')), p('f'), n);
    case 'sue':
      return oracles.oracleVariance(oracles.symmetricUnary(epsilon), p('f'), n);
    case 'oue':
      return oracles.oracleVariance(oracles.optimisedUnary(epsilon), p('f'), n);
    case 'olh':
      return oracles.oracleVariance(oracles.localHash(epsilon), p('f'), n);
    case 'blh':
      return oracles.oracleVariance(oracles.localHash(epsilon, 2), p('f'), n);
    case 'ss':
      return oracles.oracleVariance(oracles.subsetSelection(epsilon, p('d')), p('f'), n);
    case 'the':
      return oracles.oracleVariance(oracles.thresholded(epsilon, oracles.bestThreshold(epsilon)), p('f'), n);
    case 'hm':
      return (((e + 1) / (e - 1)) * ((e + 1) / (e - 1)) - p('f')) / n;
    case 'she':
      return 8 / (epsilon * epsilon * n);
    default:
      throw new Error(`frequency oracle ${mechanism} is not part of this build`);
  }
}

function guess(mechanism: string, p: Read): number {
  switch (mechanism) {
    case 'grr':
      return oracles.grr(p('eps'), p('k')).p;
    case 'sue':
      return oracles.guessUnary(oracles.symmetricUnary(p('eps')), p('k'));
    case 'oue':
      return oracles.guessUnary(oracles.optimisedUnary(p('eps')), p('k'));
    case 'ss': {
      const subset = oracles.subsetSelection(p('eps'), p('k'));
      return subset.p / subset.w;
    }
    default:
      throw new Error(`guessing against ${mechanism} is not part of this build`);
  }
}

const entropyBits = (shares: readonly number[]): number =>
  shares.reduce((sum, share) => (share > 0 ? sum - share * log2(share) : sum), 0);

export const vectors: VectorAdapter = {
  compare: 'max-abs-over-vector',
  quantities: { ...twoCoins, ...planning, ...frequencyOracles },
};
