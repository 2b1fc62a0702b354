import type { Rng } from '../rng/rng.ts';

/**
 * A protocol is written once, as what one party does with its input and a channel to each other party. Browsers run
 * it in k workers joined by MessagePorts; tests and the headless runner join the parties in memory. Both give the same
 * opened values, views and counts.
 */
export interface Channel {
  send(to: number, words: Uint32Array): void;
  /** Next message from that party, in order of sending. Rejects when the peer is gone. */
  receive(from: number): Promise<Uint32Array>;
}

export interface PartyContext {
  readonly party: number;
  readonly parties: number;
  readonly channel: Channel;
  /** This party's own randomness: fork of the run's seed by party name in simulation. */
  readonly rng: Rng;
}

/** Channels between `parties` parties in memory; messages are copied, as a port would. */
export function memoryChannels(parties: number): readonly Channel[] {
  const queues = new Map<string, Uint32Array[]>();
  const waiting = new Map<string, (words: Uint32Array) => void>();
  const link = (from: number, to: number): string => `${from}>${to}`;
  return Array.from({ length: parties }, (_, self) => ({
    send: (to: number, words: Uint32Array) => {
      const name = link(self, to);
      const wake = waiting.get(name);
      if (wake !== undefined) {
        waiting.delete(name);
        wake(words.slice());
        return;
      }
      const queue = queues.get(name) ?? [];
      queue.push(words.slice());
      queues.set(name, queue);
    },
    receive: (from: number) => {
      const name = link(from, self);
      const first = queues.get(name)?.shift();
      if (first !== undefined) return Promise.resolve(first);
      return new Promise<Uint32Array>((resolve) => waiting.set(name, resolve));
    },
  }));
}
