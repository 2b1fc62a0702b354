import type { Channel } from '../src/engine/kit/party.ts';

/** Channel of `party` over ports: `ports[j]` leads to the j-th other party. Words arrive in order of sending. */
export function portChannel(party: number, ports: readonly MessagePort[]): Channel & { readonly close: () => void } {
  const inbox = ports.map((port) => {
    const queue: Uint32Array[] = [];
    const waiting: ((words: Uint32Array) => void)[] = [];
    port.addEventListener('message', ({ data }: MessageEvent) => {
      const words = data as Uint32Array;
      const wake = waiting.shift();
      if (wake === undefined) queue.push(words);
      else wake(words);
    });
    port.start();
    return { port, queue, waiting };
  });
  const peer = (other: number) => {
    const found = inbox[other < party ? other : other - 1];
    if (found === undefined || other === party) throw new RangeError(`party ${party} has no channel to ${other}`);
    return found;
  };
  return {
    send: (to, words) => {
      // A copy of exactly these words: a view's buffer may hold more, and some of it may be private.
      const copy = words.slice();
      peer(to).port.postMessage(copy, [copy.buffer]);
    },
    receive: (from) => {
      const { queue, waiting } = peer(from);
      const first = queue.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    },
    close: () => {
      for (const { port } of inbox) port.close();
    },
  };
}
