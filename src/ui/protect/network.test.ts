import { expect, it } from 'vitest';
import { networkMs } from './network.ts';

it('models the line as rounds x round trip + bytes / bandwidth', () => {
  expect(networkMs({ messages: 4, bytes: 2_500_000, rounds: 3 }, { roundTripMs: 40, megabits: 20 })).toBe(120 + 1000);
  expect(networkMs({ messages: 0, bytes: 0, rounds: 0 }, { roundTripMs: 40, megabits: 20 })).toBe(0);
});
