import type { Accounted, AccountantId, Bracket, RaceAnswer } from '../../kit/accounting.ts';
import type { Ctx } from '../../kit/context.ts';
import { invalidParam } from '../../kit/errors.ts';
import type { CountedLaw } from '../../kit/loss-law.ts';
import type { QuestionModule } from '../../kit/questions.ts';
import { accounted, checkLaws, type LawAccountant, reasons, unsupportedBecause } from './accountants.ts';
import { accountants, isUpperBound } from './list.ts';
import { type Composed, composedPld, pldUnsupported } from './pld.ts';

const mostRepeats = 40;
const longest = 1e7;

/** Every accountant on the same releases, repeated ever more often, and the band the truth is proven to lie in. */
export const answer: QuestionModule<'race'>['answer'] = async (question, ctx) => {
  const { laws, delta, repeats, grid } = question;
  checkLaws(laws, delta);
  if (repeats.length > mostRepeats) throw invalidParam('repeats', `a list of up to ${mostRepeats}`, repeats.length);
  for (const repeat of repeats) {
    if (!(Number.isInteger(repeat) && repeat >= 1 && repeat <= longest)) {
      throw invalidParam('repeats', `whole numbers from 1 to ${longest}`, repeat);
    }
  }
  const rows: { readonly lanes: ReadonlyMap<AccountantId, Accounted>; readonly truth: Bracket }[] = [];
  for (const [i, repeat] of repeats.entries()) {
    const repeated = laws.map(({ law, count }) => ({ law, count: count * repeat }));
    rows.push(await accountAll(repeated, delta, grid, ctx, (part) => (i + part) / repeats.length));
  }
  const lanes: RaceAnswer['lanes'] = accountants.map(({ descriptor: { id, label, proves, citation } }) => ({
    id,
    label,
    proves,
    citation,
    accounted: rows.map((row) => row.lanes.get(id) as Accounted),
  }));
  return { lanes, truth: rows.map(({ truth }) => truth) };
};

/** All accountants on the same laws; the privacy-loss distribution, the dear one, is composed once. */
export async function accountAll(
  laws: readonly CountedLaw[],
  delta: number,
  grid: number,
  ctx: Ctx,
  fraction: (part: number) => number,
): Promise<{ readonly lanes: ReadonlyMap<AccountantId, Accounted>; readonly truth: Bracket }> {
  const lanes = new Map<AccountantId, Accounted>();
  let composed: Composed | undefined;
  const why = pldUnsupported(laws);
  const live = laws.filter(({ count }) => count > 0);
  for (const [i, accountant] of accountants.entries()) {
    await ctx.checkpoint(fraction(i / accountants.length));
    const { id } = accountant.descriptor;
    if ((id === 'pld' || id === 'pld-optimistic') && live.length > 0 && delta > 0) {
      if (why === undefined) composed ??= composedPld(live, grid);
      lanes.set(id, readComposed(composed, id, delta, why));
    } else {
      lanes.set(id, accountant.account(live, delta, grid));
    }
  }
  return { lanes, truth: truthOf(lanes) };
}

function readComposed(
  composed: Composed | undefined,
  id: 'pld' | 'pld-optimistic',
  delta: number,
  why: ReturnType<typeof pldUnsupported>,
): Accounted {
  if (composed === undefined) return unsupportedBecause(why ?? reasons.infinite);
  return accounted(id === 'pld' ? composed.epsilonUpper(delta) : composed.epsilonLower(delta));
}

/** Where the truth lies: an exact figure, or between the proof from below and the least proof from above. */
export function truthOf(lanes: ReadonlyMap<AccountantId, Accounted>): Bracket {
  const figure = (accountant: LawAccountant): number => {
    const read = lanes.get(accountant.descriptor.id);
    return read?.status === 'ok' ? read.epsilon : Number.POSITIVE_INFINITY;
  };
  const exact = accountants.filter(({ descriptor }) => descriptor.proves === 'exact').map(figure);
  const known = Math.min(...exact);
  if (Number.isFinite(known)) return { lower: known, upper: known };
  const upper = Math.min(...accountants.filter(isUpperBound).map(figure));
  const below = lanes.get('pld-optimistic');
  return { lower: below?.status === 'ok' ? Math.min(below.epsilon, upper) : 0, upper };
}
