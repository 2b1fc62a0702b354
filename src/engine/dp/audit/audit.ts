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
import {
  asPersons,
  plantedWords,
  restarted,
  shortfallOf,
  withLessNoise,
  withSeveralRows,
  withWideMoves,
} from './planted.ts';

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
  const { source, honest } = await subjectOf(question, ctx);
  const factor = shortfallOf(question.bug, honest.sensitivity ?? 1);
  const pairs = await pairsOf(question, honest, source, factor);
  const { draws } = question;
  const alpha = question.alpha / pairs.length;
  const { claim } = honest;
  const found: AuditAnswer['pairs'][number][] = [];
  const rng = seededRng(`audit/${question.seed}`);
  for (const [i, pair] of pairs.entries()) {
    // What a restarted generator gives away is the noise itself, of which the curve of one release says nothing.
    const profile = question.bug === 'seeded twice' ? undefined : (honest.pairs[i]?.profile ?? honest.profile);
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

interface Subject {
  readonly source: Source;
  readonly honest: Audited;
}

/** What is audited; where a sensitivity is to be forgotten, with one above 1 if any parameters give it one. */
async function subjectOf({ technique, params, bug }: AuditQuestion, ctx: Ctx): Promise<Subject> {
  const { built, valid, wider, label } = await buildersOf(technique, params, ctx);
  const subject = async (chosen: ParamRecord): Promise<Subject> => {
    const source: Source = (factor) => built(chosen, factor);
    return { source, honest: await source(1) };
  };
  const asked = await subject(valid);
  if (bug !== 'sensitivity forgotten' || (asked.honest.sensitivity ?? 1) > 1) return asked;
  const widened = wider(valid);
  if (widened === undefined) return asked;
  const { source, honest } = await subject(widened);
  if (!((honest.sensitivity ?? 1) > 1)) return asked;
  const labelled = (audited: Audited): Audited => ({ ...audited, pairs: audited.pairs.map(label) });
  return { source: async (factor) => labelled(await source(factor)), honest: labelled(honest) };
}

interface Builders {
  readonly built: (params: ParamRecord, factor: number) => Promise<Audited>;
  readonly valid: ParamRecord;
  /** Parameters with a larger sensitivity. */
  readonly wider: (params: ParamRecord) => ParamRecord | undefined;
  readonly label: (pair: AuditPair) => AuditPair;
}

async function buildersOf(technique: string, params: ParamRecord, ctx: Ctx): Promise<Builders> {
  const [kind, id] = technique.split('/', 2);
  if (id !== undefined && (kind === 'mechanism' || kind === 'known')) {
    const build = kind === 'mechanism' ? auditedAdditive : auditedKnown;
    return {
      built: async (chosen, factor) => build(id, knownParams(chosen), factor),
      valid: params,
      wider: withWideMoves,
      label: (pair) => pair,
    };
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
  return {
    built: async (chosen, factor) =>
      audit(factor === 1 ? chosen : withLessNoise(chosen, factor), { ...ctx, rng: seededRng('audit/tables') }),
    valid: parsed.value,
    wider: withSeveralRows,
    label: asPersons,
  };
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
