import type { Ctx } from '../kit/context.ts';
import { infeasible, unsupported } from '../kit/errors.ts';
import { defineAttack } from '../kit/measure.ts';
import { gammainc, log } from '../kit/portable-math.ts';
import type { CiphertextRelease, Release } from '../kit/release.ts';
import type { Score } from '../kit/score.ts';
import { text } from '../kit/text.ts';
import type { Rng } from '../rng/rng.ts';
import { wilsonInterval } from '../metrics/risk/wilson.ts';

export const descriptor = defineAttack({
  kind: 'attack',
  id: 'eavesdropper',
  version: 1,
  label: text('What a listener on the line learns', 'Qué aprende quien escucha la línea'),
  summary: text(
    'A listener studies half of the recorded packets and then has to tell real packets of the other half from random bytes. Readable text would be told at once; good encryption leaves a coin toss.',
    'Quien escucha estudia la mitad de los paquetes grabados y luego debe distinguir los paquetes reales de la otra mitad de bytes al azar. Un texto legible se distinguiría al instante; un buen cifrado deja solo el azar.',
  ),
  citations: [
    {
      authors: 'Bellare, Desai, Jokipii, Rogaway',
      year: 1997,
      title: 'A Concrete Security Treatment of Symmetric Encryption',
      where: 'FOCS',
      doi: '10.1109/SFCS.1997.646128',
    },
  ],
  limits: [
    text(
      'A test of byte statistics cannot prove a cipher safe; it would catch a broken or missing one.',
      'Una prueba estadística de bytes no demuestra que un cifrado sea seguro; sí delataría uno roto o ausente.',
    ),
    text(
      'Sizes, times and senders of packets stay visible and are not part of this attack.',
      'Tamaños, horas y remitentes de los paquetes siguen visibles y no entran en este ataque.',
    ),
  ],
  vetting: 'reviewed',
  params: {},
  accepts: ['ciphertext'],
  needs: [],
  adversary: {
    who: text('a listener between device and server', 'quien escucha entre el dispositivo y el servidor'),
    knows: [text('all encrypted packets, not the keys', 'todos los paquetes cifrados, no las claves')],
    wants: text("to tell the packets' content from noise", 'distinguir el contenido de los paquetes del ruido'),
  },
  dimensions: ['identity', 'location'],
});

const blockBytes = 16;

export async function run(release: Release, _params: unknown, ctx: Ctx): Promise<readonly Score[]> {
  await ctx.checkpoint(0);
  if (release.kind !== 'ciphertext') throw unsupported(`a listener hears cipher text, not ${release.kind}`);
  return [distinguish(release, ctx.rng.fork('eavesdropper')), uniformity(release.sample)];
}

/**
 * Byte frequencies are learned on the first half; each block of the second half meets a
 * block of random bytes, and the likelier of the two is called real (ties by a coin).
 */
function distinguish({ sample }: CiphertextRelease, rng: Rng): Score {
  const blocks = Math.trunc(sample.length / blockBytes);
  const half = blocks >> 1;
  const n = blocks - half;
  if (half === 0)
    throw infeasible(`only ${sample.length} bytes were overheard; two blocks are needed`, 'send more packets');
  const seen = new Float64Array(256).fill(1);
  for (let i = 0; i < half * blockBytes; i += 1) seen[sample[i] as number] = (seen[sample[i] as number] as number) + 1;
  const weight = seen.map((count) => log(count));
  let hits = 0;
  for (let block = half; block < blocks; block += 1) {
    let real = 0;
    let noise = 0;
    for (let i = 0; i < blockBytes; i += 1) {
      real += weight[sample[block * blockBytes + i] as number] as number;
      noise += weight[rng.u32() >>> 24] as number;
    }
    if (real > noise || (real === noise && (rng.u32() & 1) === 1)) hits += 1;
  }
  return {
    id: descriptor.id,
    label: descriptor.label,
    value: hits / n,
    unit: 'share',
    direction: 'lower-is-better',
    meaning: 'risk',
    provenance: 'measured',
    of: 'sample',
    n,
    interval: wilsonInterval(hits, n),
    baseline: 0.5,
    method: text(
      `Byte frequencies learned on ${half} blocks; real or random told right in ${hits} of ${n} further blocks of 16 bytes.`,
      `Frecuencias de bytes aprendidas en ${half} bloques; distingue real de aleatorio en ${hits} de ${n} bloques más de 16 bytes.`,
    ),
  };
}

/** Pearson's chi-square of the byte counts against equal shares, as a p-value with 255 degrees of freedom. */
function uniformity(sample: Uint8Array): Score {
  const counts = new Float64Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] as number) + 1;
  const expected = sample.length / 256;
  let statistic = 0;
  for (const count of counts) statistic += ((count - expected) * (count - expected)) / expected;
  return {
    id: `${descriptor.id}/byte-uniformity`,
    label: text(
      'Byte frequencies: chance of looking this uneven',
      'Frecuencias de bytes: probabilidad de tal desigualdad',
    ),
    value: Math.max(0, Math.min(1, 1 - gammainc(statistic / 2, 127.5))),
    unit: 'share',
    direction: 'neutral',
    meaning: 'privacy',
    provenance: 'measured',
    of: 'sample',
    n: sample.length,
    method: text(
      `Chi-square ${statistic.toFixed(1)} of ${sample.length} cipher bytes with 255 degrees of freedom; below 0.001 would be suspicious.`,
      `Ji cuadrado ${statistic.toFixed(1)} de ${sample.length} bytes cifrados con 255 grados de libertad; por debajo de 0,001 sería sospechoso.`,
    ),
  };
}
