import type { SchemaReader, VectorAdapter } from '../kit/vectors.ts';
import { sequenceRisks, subsequences } from '../metrics/risk/sequences.ts';
import { Traces } from '../metrics/risk/unicity-core.ts';
import { groupRows } from '../table/group.ts';
import { readReference } from './reference-tables.ts';

type Table = ReadonlyMap<string, readonly string[]>;

/** Worst case over all k-subsets (in order, for `sequence`) of a user's points of 1 / matching users. */
const mobility: SchemaReader = function* (doc, env) {
  const document = doc as {
    readonly data: string;
    readonly risks: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  const table = readReference(env, document.data, ',');
  for (const [name, expected] of Object.entries(document.risks)) {
    const [kind = '', ...rest] = name.split(':');
    const k = Number((rest.at(-1) ?? '').split('=')[1]);
    const precision = kind === 'locationTime' ? (rest[0] ?? '') : 'none';
    const actual = kind === 'sequence' ? inOrder(table, k) : worstCase(table, precision, k, kind !== 'uniqueLocation');
    yield { id: `risks.${name}`, expected, actual };
  }
};

/** Characters of the time text up to each precision. */
const CUT: Readonly<Record<string, number>> = { none: 0, year: 4, month: 7, day: 10, hour: 13, minute: 16, second: 19 };

const placeAt = (table: Table, i: number): string => `${table.get('lat')?.[i] ?? ''},${table.get('lng')?.[i] ?? ''}`;

/** Places of each user in the order of their times; equal times in the order of the file. */
function inOrder(table: Table, k: number): Record<string, number> {
  const users = table.get('uid') ?? [];
  const times = table.get('datetime') ?? [];
  const codeOf = new Map<string, number>();
  const traces = new Map<string, number[]>();
  const order = Array.from(users.keys()).sort((a, b) => {
    const [x, y] = [times[a] ?? '', times[b] ?? ''];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  for (const user of users) if (!traces.has(user)) traces.set(user, []);
  for (const i of order) {
    const place = placeAt(table, i);
    if (!codeOf.has(place)) codeOf.set(place, codeOf.size);
    traces.get(users[i] ?? '')?.push(codeOf.get(place) as number);
  }
  const risks = sequenceRisks([...traces.values()], k);
  return Object.fromEntries([...traces.keys()].map((user, t) => [user, risks[t] as number]));
}

/**
 * Traces are sets of points, so the m-th visit of a user to one point is a point of its own: a multiset is contained in a
 * trace exactly when its first, second... visits are.
 */
function worstCase(table: Table, precision: string, k: number, repeats: boolean): Record<string, number> {
  const users = table.get('uid') ?? [];
  const times = table.get('datetime') ?? [];
  const visits = new Map<string, number>();
  const labels = users.map((user, i) => {
    const time = (times[i] ?? '').slice(0, CUT[precision] ?? 19);
    const label = `${placeAt(table, i)} ${time}`;
    const visit = repeats ? (visits.get(`${user} ${label}`) ?? 0) + 1 : 1;
    visits.set(`${user} ${label}`, visit);
    return `${label}#${visit}`;
  });
  const people = [...new Set(users)];
  const points = [...new Set(labels)];
  const who = Uint32Array.from(users, (user) => people.indexOf(user));
  const where = Uint32Array.from(labels, (label) => points.indexOf(label));
  const pairs = groupRows([who, where], [people.length, points.length]);
  const traces = new Traces(who, where, people.length, points.length, pairs);
  const risk = people.map((name, t) => {
    const own = Array.from(traces.points.subarray(traces.start[t], traces.start[t + 1]));
    let worst = 0;
    for (const known of subsequences(own, Math.min(k, own.length))) {
      worst = Math.max(worst, 1 / traces.matching(fromFirstVisit(known, points)));
    }
    return [name, worst] as const;
  });
  return Object.fromEntries(risk);
}

/** Knowing the second visit alone is knowing one visit. */
function fromFirstVisit(known: readonly number[], points: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return known.map((point) => {
    const label = (points[point] ?? '').replace(/#\d+$/, '');
    const visit = (seen.get(label) ?? 0) + 1;
    seen.set(label, visit);
    return points.indexOf(`${label}#${visit}`);
  });
}

export const vectors: VectorAdapter = { schemas: { 'anonymization-mobility-risk/1': mobility } };
