import type { Ctx } from '../kit/context.ts';
import { infeasible, unsupported } from '../kit/errors.ts';
import { defineAttack } from '../kit/measure.ts';
import type { PartiesPicture } from '../kit/picture.ts';
import type { Release, SharesRelease } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import { remainder } from '../mpc/collusion.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';

export const descriptor = defineAttack({
  kind: 'attack',
  id: 'collusion',
  version: 1,
  label: text('What colluding parties learn', 'Qué aprenden las partes que se confabulan'),
  summary: text(
    "All parties but one put together what they saw. The shares alone tell them nothing; but from the opened total they can subtract their own numbers, and what is left is the last party's number. No protocol that opens the exact total can avoid that.",
    'Todas las partes menos una juntan lo que vieron. Los trozos por sí solos no les dicen nada; pero al total abierto pueden restarle sus cifras, y queda la de la última parte. Ningún protocolo que abra el total exacto puede evitarlo.',
  ),
  citations: [
    {
      authors: 'Cramer, Damgård, Nielsen',
      year: 2015,
      title: 'Secure Multiparty Computation and Secret Sharing',
      where: 'Cambridge University Press',
    },
  ],
  limits: [
    text(
      'The attack on shares is a statistical one (parity of the numbers); the guarantee itself is a proof, not this test.',
      'El ataque a los trozos es estadístico (paridad de las cifras); la garantía es una demostración, no esta prueba.',
    ),
    text(
      'For a mean, sums and counts are opened both, and give as much away as a total does.',
      'Para una media se abren sumas y recuentos, y revelan tanto como un total.',
    ),
  ],
  vetting: 'reviewed',
  params: {},
  accepts: ['shares'],
  needs: [],
  adversary: {
    who: text('all parties but one, together', 'todas las partes menos una, juntas'),
    knows: [
      text('their own numbers and every word they received', 'sus propias cifras y cada palabra recibida'),
      text('the opened total', 'el total abierto'),
    ],
    wants: text("the remaining party's numbers", 'las cifras de la parte restante'),
  },
  dimensions: ['owner'],
});

export async function run(release: Release, _params: unknown, ctx: Ctx): Promise<readonly Score[]> {
  await ctx.checkpoint(0);
  if (release.kind !== 'shares')
    throw unsupported(`collusion is between parties of a secure sum, not about ${release.kind}`);
  const picture = release.pictures.find((one): one is PartiesPicture => one.view === 'parties');
  if (picture === undefined || release.labels.length === 0)
    throw infeasible('nothing was shared', 'use a table with rows');
  const shares = fromShares(release, picture);
  return addsUp(release, picture) ? [shares, fromTotal(release, picture)] : [shares];
}

/**
 * Before anything is opened: the coalition adds up the shares a target sent to it and calls the target's number odd or
 * even by that sum. Every party is the target in turn. Uses the first words each party received (round one, by sender).
 */
function fromShares(release: SharesRelease, picture: PartiesPicture): Score {
  const parties = release.parties.length;
  const cells = release.labels.length;
  const each = (release.views[0]?.length ?? 0) / (2 * (parties - 1)); // words in a vector of shares
  const perCell = Math.max(1, Math.round(each / cells));
  let hits = 0;
  let n = 0;
  for (let target = 0; target < parties; target += 1) {
    const input = picture.inputs[target];
    if (input === undefined || !input.every((value) => Number.isInteger(value))) continue;
    for (let cell = 0; cell < cells; cell += 1) {
      let low = 0;
      for (let party = 0; party < parties; party += 1) {
        if (party === target) continue;
        const position = target < party ? target : target - 1;
        low ^= release.views[party]?.[position * each + cell * perCell] ?? 0;
      }
      const parity = Math.abs(input[cell] as number) % 2;
      hits += (low & 1) === parity ? 1 : 0;
      n += 1;
    }
  }
  return {
    id: descriptor.id,
    label: text('Learned from the shares alone', 'Aprendido solo de los trozos'),
    value: n === 0 ? 0.5 : hits / n,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n,
    interval: wilsonInterval(hits, n),
    baseline: 0.5,
    bound: 0.5,
    method: text(
      `${parties - 1} of ${parties} parties guess whether the other's number is odd from the shares it sent; right in ${hits} of ${n}. The proof says one half; the interval shows what ${n} tries can tell.`,
      `${parties - 1} de ${parties} partes adivinan por los trozos si la cifra de la otra es impar; aciertan en ${hits} de ${n}. La demostración dice la mitad; el intervalo muestra lo que dicen ${n} intentos.`,
    ),
  };
}

/** Whether the released numbers are sums of the parties' numbers (a mean is not; its sums and counts were opened inside). */
const addsUp = (release: SharesRelease, picture: PartiesPicture): boolean =>
  release.truth.every((total, cell) => {
    const sum = picture.inputs.reduce((part, input) => part + (input[cell] ?? 0), 0);
    return Math.abs(sum - total) <= 1e-9 * Math.max(1, Math.abs(total));
  });

/** After opening: total less the coalition's own numbers. Right when within half a unit of the last place. */
function fromTotal(release: SharesRelease, picture: PartiesPicture): Score {
  const parties = release.parties.length;
  let exact = 0;
  let guessed = 0;
  let n = 0;
  for (let target = 0; target < parties; target += 1) {
    for (let cell = 0; cell < release.labels.length; cell += 1) {
      const secret = picture.inputs[target]?.[cell] ?? 0;
      let others = 0;
      for (let party = 0; party < parties; party += 1)
        if (party !== target) others += picture.inputs[party]?.[cell] ?? 0;
      const tolerance = 1e-3 * Math.max(1, Math.abs(secret));
      exact += Math.abs(remainder(release.opened[cell] ?? 0, [others]) - secret) <= tolerance ? 1 : 0;
      guessed += Math.abs(others / (parties - 1) - secret) <= tolerance ? 1 : 0;
      n += 1;
    }
  }
  return {
    id: `${descriptor.id}/opened-total`,
    label: text('Learned from the opened total', 'Aprendido del total abierto'),
    value: exact / n,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n,
    interval: wilsonInterval(exact, n),
    baseline: guessed / n,
    bound: 1,
    method: text(
      `Total less the ${parties - 1} colluding parties' own numbers gives the other's number in ${exact} of ${n} cells. This follows from the exact total itself, not from the protocol; the baseline guesses the colluders' mean.`,
      `El total menos las cifras de las ${parties - 1} partes confabuladas da la de la otra en ${exact} de ${n} celdas. Se debe al propio total exacto, no al protocolo; la referencia adivina la media de las confabuladas.`,
    ),
  };
}
