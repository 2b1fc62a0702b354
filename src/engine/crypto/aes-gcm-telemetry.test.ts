import { webcrypto } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietContext } from '../kit/context.ts';
import { EngineError } from '../kit/errors.ts';
import { defaultsOf } from '../kit/params.ts';
import { awkwardCities, testCity } from '../learning/test-city.ts';
import { seededRng } from '../rng/rng.ts';
import { descriptor, probe, run, type TelemetryParams } from './aes-gcm-telemetry.ts';
import { agreeOnSecret, deviceKey, headerOf, nonceOf, open, padded, randomBytes, seal } from './packet.ts';

const defaults: TelemetryParams = defaultsOf(descriptor.params);

test('packets equal those of WebCrypto byte for byte and open again', async () => {
  const rng = seededRng('packets');
  for (let i = 0; i < 20; i += 1) {
    const key = deviceKey(agreeOnSecret(rng.fork(`${i}`)), `Z${i}`);
    const plain = padded(`row ${i}|${'x'.repeat(i * 7)}`, i % 2 === 0 ? 0 : 64);
    const sealed = seal(key, nonceOf(i), headerOf('Z', i), plain);
    const imported = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
    const oracle = await webcrypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonceOf(i), additionalData: headerOf('Z', i) },
      imported,
      plain,
    );
    expect(sealed).toEqual(new Uint8Array(oracle));
    expect(open(key, nonceOf(i), headerOf('Z', i), sealed)).toEqual(plain);
  }
});

test('a packet opens under no other key, nonce, header or single changed bit', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(), (counter, seed) => {
      const rng = seededRng(seed);
      const key = randomBytes(32, rng);
      const sealed = seal(key, nonceOf(counter), headerOf('Z1', counter), padded('42|7.5', 0));
      const bit = rng.int(8 * sealed.length);
      const changed = sealed.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(open(key, nonceOf(counter), headerOf('Z1', counter), changed)).toBeUndefined();
      expect(open(key, nonceOf(counter + 1), headerOf('Z1', counter), sealed)).toBeUndefined();
      expect(open(key, nonceOf(counter), headerOf('Z2', counter), sealed)).toBeUndefined();
      expect(open(randomBytes(32, rng), nonceOf(counter), headerOf('Z1', counter), sealed)).toBeUndefined();
    }),
  );
});

test('nonces never repeat: different counters give different nonces and counters outside 32 bits are refused', () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff), (a, b) => {
      expect(nonceOf(a).join() === nonceOf(b).join()).toBe(a === b);
    }),
  );
  expect(() => nonceOf(4_294_967_296)).toThrow(/renew the key/);
});

test('devices have keys of their own', () => {
  const secret = agreeOnSecret(seededRng(1));
  expect(deviceKey(secret, 'Z1')).not.toEqual(deviceKey(secret, 'Z2'));
});

test('a run refuses every changed packet, reveals no text and repeats with its seed', async () => {
  const release = await run(testCity(300), defaults, quietContext(seededRng(5)));
  expect(release.tamperedTried).toBe(64);
  expect(release.tamperedRejected).toBe(64);
  expect(release.messages).toBe(300);
  expect(release.cipherBytes).toBeGreaterThan(release.plainBytes + 300 * 28);
  expect(await run(testCity(300), defaults, quietContext(seededRng(5)))).toEqual(release);
});

test('awkward tables give packets or a typed error', async () => {
  for (const [name, city] of Object.entries(awkwardCities())) {
    const outcome = await run(city, defaults, quietContext(seededRng(1))).catch((error: unknown) => error);
    expect(
      outcome instanceof EngineError || (outcome as { kind: string }).kind === 'ciphertext',
      `${name}: ${String(outcome)}`,
    ).toBe(true);
  }
});

test('the probe seals and opens one packet', async () => {
  const one = await probe(testCity(2000), defaults, quietContext(seededRng(1)));
  const started = performance.now();
  for (let i = 0; i < 500; i += 1) await one.once();
  console.log(`one packet: ${((performance.now() - started) / 500).toFixed(3)} ms`);
});
