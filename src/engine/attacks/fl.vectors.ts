import type { VectorAdapter, VectorRow } from '../kit/vectors.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';
import * as audit from './audit.ts';
import { advantageCeiling, gdpCeilings, tprCeiling } from './ceilings.ts';
import { lira, lossThreshold, rmia, rocSummary } from './membership-scores.ts';

type Fields = Readonly<Record<string, unknown>>;
const inputs = (row: VectorRow): Fields => (row.input ?? {}) as Fields;
const vector = (value: unknown): Float64Array => Float64Array.from(value as readonly number[]);
const list = (value: unknown): Float64Array[] => (value as readonly (readonly number[])[]).map(vector);
const num = (value: unknown): number => value as number;
const plain = (values: ArrayLike<number>): readonly number[] => Array.from(values);

const oneRun = (params: Fields): audit.OneRun => ({
  canaries: num(params.canaries),
  guesses: num(params.guesses),
  correct: num(params.correct),
  delta: num(params.delta),
});

/** Keys are the stems of the ids in fl-attacks.json. */
export const vectors: VectorAdapter = {
  compare: 'each-relative',
  quantities: {
    'clopper-pearson': ({ params }) => audit.clopperPearson(num(params.k), num(params.n), num(params.alpha)),
    wilson: ({ params }) => {
      const { low, high } = wilsonInterval(num(params.k), num(params.n));
      return [(low + high) / 2, (high - low) / 2];
    },
    'eps-lower-bound': ({ params }) => {
      const counts = {
        tp: num(params.tp),
        positives: num(params.positives),
        fp: num(params.fp),
        negatives: num(params.negatives),
      };
      return { epsilonFromMu: null, ...audit.epsilonLowerBound(counts, num(params.delta), num(params.alpha)) };
    },
    'perfect-attack-ceiling': ({ params }) =>
      audit.perfectAttackCeiling(num(params.n), num(params.alpha), num(params.delta)),
    'fpr-sample-size': ({ params }) => audit.nonMembersFor(num(params.f)),
    'one-run-audit': ({ params }) => ({
      pValueAtEps0: audit.oneRunPValue(oneRun(params), num(params.eps0)),
      epsilonLower: audit.oneRunEpsilon(oneRun(params), num(params.p)),
    }),
    'mia-roc': (row) => {
      const out = rocSummary(
        vector(inputs(row).memberScores),
        vector(inputs(row).nonMemberScores),
        num(row.params.fpr),
      );
      return {
        auc: out.auc,
        aucDeLongSE: out.aucStandardError,
        maxAdvantage: out.maxAdvantage,
        tprAtFpr: out.tprAtFpr,
      };
    },
    lira: (row) => {
      const { shadowConfidence, membership, targetConfidence } = inputs(row);
      const out = lira(list(shadowConfidence), list(membership), vector(targetConfidence));
      return {
        phiTarget: plain(out.phi),
        online: plain(out.online),
        onlineFixedVar: plain(out.onlineFixedVar),
        offline: plain(out.offline),
      };
    },
    rmia: (row) => {
      const { targetProbX, refOutProbX, targetProbZ, refOutProbZ } = inputs(row);
      return plain(
        rmia(
          vector(targetProbX),
          list(refOutProbX),
          vector(targetProbZ),
          list(refOutProbZ),
          num(row.params.a),
          num(row.params.gamma),
        ),
      );
    },
    yeom: (row) => lossThreshold(vector(inputs(row).memberLoss), vector(inputs(row).nonMemberLoss)),
    'dp-ceiling': ({ params }) => {
      const [epsilon, delta] = [num(params.epsilon), num(params.delta)];
      const advantage = advantageCeiling(epsilon, delta);
      return {
        tprCeiling: tprCeiling(epsilon, delta, num(params.fpr)),
        advantageCeiling: advantage,
        balancedAccuracyCeiling: (1 + advantage) / 2,
      };
    },
    'gdp-ceiling': ({ params }) => gdpCeilings(num(params.mu), num(params.fpr), num(params.kappa)),
    'averaging-attack': ({ params }) => audit.averagingSuccess(num(params.sigma), num(params.k)),
  },
};
