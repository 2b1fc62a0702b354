import type { Audited, AuditAnswer, AuditPair, AuditQuestion } from '../../kit/audit.ts';
import type { Ctx } from '../../kit/context.ts';
import { EngineError, invalidParam, unsupported } from '../../kit/errors.ts';
import { type ParamRecord, type ParamSchema, parseParams } from '../../kit/params.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { loadTechnique } from '../../kernels.ts';
import { seededRng } from '../../rng/rng.ts';
import { auditedAdditive } from './additive.ts';
import { largestBound } from './binomial.ts';
import { auditedKnown, knownParams } from './known.ts';
import { testPair } from './pair.ts';
import { plantedWords, restarted, shortfallOf, withLessNoise } from './planted.ts';

/** Outputs between two checkpoints: an output of a bare mechanism costs nanoseconds, a whole release up to a millisecond. */
const CHUNK = 1024;
const CHUNK_OF_RELEASES = 32;
const FEWEST = 200;
const MOST = 20_000_000;

/**
 * Runs a mechanism on neighbouring tables and certifies a lower bound on its epsilon: above the claim means the claim is false, at
 * confidence 1 - alpha over all pairs together. Never proof that a claim holds. The same question gives the same answer.
 * @throws invalid-param for draws or alpha out of range; unsupported for a technique without an audit.
 */
export const answer: QuestionModule<'audit'>['answer'] = async (question, ctx) => {
  checkQuestion(question);
  await ctx.checkpoint(0);
  const source = await sourceOf(question, ctx);
  const honest = await source(1);
  const factor = shortfallOf(question.bug, honest.sensitivity ?? 1);
  const pairs = await pairsOf(question, honest, source, factor);
  const { draws } = question;
  const alpha = question.alpha / pairs.length;
  const { claim } = honest;
  // What a restarted generator gives away is the noise itself, of which the curve of one release says nothing.
  const profile = question.bug === 'seeded twice' ? undefined : honest.profile;
  const found: AuditAnswer['pairs'][number][] = [];
  const rng = seededRng(`audit/${question.seed}`);
  for (const [i, pair] of pairs.entries()) {
    found.push(
      await testPair(pair, {
        outputs: question.bug === 'seeded twice' ? 'discrete' : honest.outputs,
        claim,
        ...(profile === undefined ? {} : { profile }),
        draws,
        chunk: /^(mechanism|known)\//.test(question.technique) ? CHUNK : CHUNK_OF_RELEASES,
        alpha,
        rng: rng.fork(`pair ${i}`),
        checkpoint: (fraction) => ctx.checkpoint((i + fraction) / pairs.length),
      }),
    );
  }
  const lowerBound = found.reduce((most, pair) => Math.max(most, pair.lowerBound), 0);
  const planted = plantedWords(question.bug, factor);
  return {
    claim,
    lowerBound,
    accused: lowerBound > claim.epsilon || found.some(isOffCurve),
    ceiling: largestBound(draws - Math.floor(draws / 2), claim.delta, alpha),
    ...(planted === undefined ? {} : { planted }),
    pairs: found,
    draws,
  };
};

const isOffCurve = ({ profile = [] }: AuditAnswer['pairs'][number]): boolean =>
  profile.some(({ delta, claimed }) => delta > claimed);

function checkQuestion({ draws, alpha, seed }: AuditQuestion): void {
  if (!(Number.isInteger(draws) && draws >= FEWEST && draws <= MOST)) {
    throw invalidParam('draws', `a whole number from ${FEWEST} to ${MOST}`, draws);
  }
  if (!(alpha >= 1e-12 && alpha <= 0.5)) throw invalidParam('alpha', 'a chance from 1e-12 to 0.5', alpha);
  if (!Number.isFinite(seed)) throw invalidParam('seed', 'a number', seed);
}

/** Builds what is audited, with the noise of `factor` times the claimed epsilon. */
type Source = (factor: number) => Promise<Audited>;

async function sourceOf({ technique, params }: AuditQuestion, ctx: Ctx): Promise<Source> {
  const [kind, id] = technique.split('/', 2);
  if (id !== undefined && (kind === 'mechanism' || kind === 'known')) {
    const read = knownParams(params);
    const build = kind === 'mechanism' ? auditedAdditive : auditedKnown;
    return async (factor) => build(id, read, factor);
  }
  const module = await loadTechnique(technique);
  const { audit } = module;
  if (audit === undefined) {
    throw unsupported(
      `"${technique}" has no audit`,
      'audit a mechanism it is made of, or test its releases with an attack',
    );
  }
  const schema: ParamSchema = module.descriptor.params;
  const parsed = parseParams(schema, params);
  if (!parsed.ok) {
    const [problem] = parsed.errors;
    throw new EngineError(
      problem?.code ?? 'invalid-param',
      problem?.message ?? 'parameters',
      problem?.remedy,
      problem?.place,
    );
  }
  const valid: ParamRecord = parsed.value;
  return (factor) =>
    audit(factor === 1 ? valid : withLessNoise(valid, factor), { ...ctx, rng: seededRng('audit/tables') });
}

async function pairsOf(
  { bug }: AuditQuestion,
  honest: Audited,
  source: Source,
  factor: number | undefined,
): Promise<readonly AuditPair[]> {
  const pairs = bug === 'none' ? honest.pairs : (honest.plant?.(bug) ?? undefined);
  const found = pairs ?? (factor === undefined ? honest.pairs.map(restarted) : (await source(factor)).pairs);
  if (found.length === 0) throw unsupported('there are no neighbouring tables to compare');
  return found;
}
