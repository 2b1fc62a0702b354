import * as Comlink from 'comlink';
import type { Job } from '../engine/kit/job.ts';
import type { CallOptions } from './client.types.ts';
import { type Host, toOutcome } from './host.ts';
import { connect } from './connection.ts';
import type { Outcome, PartyResult } from './protocol.ts';

const maxParties = 8;

/**
 * Plays a protocol between `parties` workers, each pair joined by its own MessagePort: what one party sends another
 * never passes through the page. If one fails or dies, all end, because the others would wait for ever.
 */
export async function playProtocol(
  host: Host,
  job: Job,
  parties: number,
  call: CallOptions,
): Promise<Outcome<readonly PartyResult[]>> {
  if (!(Number.isInteger(parties) && parties >= 2 && parties <= maxParties)) {
    return {
      status: 'failed',
      problem: {
        code: 'infeasible',
        message: `${parties} parties need as many workers; this page joins 2 to ${maxParties}`,
        remedy: `choose 2 to ${maxParties} parties`,
        place: { param: 'parties' },
      },
    };
  }
  const connections = Array.from({ length: parties }, () => connect(host.spawn));
  const ports = joinAll(parties);
  const group = new AbortController();
  const onAbort = (): void => group.abort();
  call.signal?.addEventListener('abort', onAbort, { once: true });
  if (call.signal?.aborted === true) group.abort();
  let failure: Outcome<PartyResult> | undefined;
  const outcomes = await Promise.all(
    connections.map(async (connection, party) => {
      host.dedicated.add(connection);
      host.greet(connection);
      const own = ports[party] ?? [];
      const played = connection.call(
        (api, id) => api.joinParty(id, job, party, Comlink.transfer([...own], [...own])),
        group.signal,
      );
      const outcome = toOutcome(await played.result);
      if (outcome.status !== 'ok') {
        failure ??= outcome;
        group.abort();
      }
      return outcome;
    }),
  );
  call.signal?.removeEventListener('abort', onAbort);
  for (const connection of connections) {
    host.dedicated.delete(connection);
    connection.terminate();
  }
  if (failure !== undefined && failure.status !== 'ok') return failure;
  return { status: 'ok', value: outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [outcome.value] : [])) };
}

/** One channel a pair: `ports[i]` are party i's ends, to the other parties in order. */
function joinAll(parties: number): readonly (readonly MessagePort[])[] {
  const ends: MessagePort[][] = Array.from({ length: parties }, () => []);
  for (let a = 0; a < parties; a += 1) {
    for (let b = a + 1; b < parties; b += 1) {
      const { port1, port2 } = new MessageChannel();
      ends[a]?.push(port1);
      ends[b]?.push(port2);
    }
  }
  return ends;
}
