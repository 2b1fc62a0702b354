import type { Neighbours, PrivacyEvent } from './guarantee.ts';
import { invalidParam } from './errors.ts';
import type { CountedLaw, LossLaw } from './loss-law.ts';
import { isUniform, sequentialLosses } from './loss.ts';
import { type Text, text } from './text.ts';

/** Receipts of a ledger as laws that compose. */
export type LawsOfEvents =
  | {
      readonly status: 'ok';
      readonly laws: readonly CountedLaw[];
      /** What they hide; undefined without events. */
      readonly unit?: string;
      readonly neighbours?: Neighbours;
    }
  | { readonly status: 'unsupported'; readonly why: Text };

/**
 * The laws of events in sequence; equal ones are counted together. A parallel group, whose events act on disjoint parts,
 * becomes one law at least as strong as each of its own. Events that hide different units, or under different neighbouring
 * relations, are refused: replace-one is one removal and one addition, a loss of another kind.
 */
export function lawsOf(events: readonly PrivacyEvent[]): LawsOfEvents {
  const [first] = events;
  if (first === undefined) return { status: 'ok', laws: [] };
  if (!isUniform(events)) {
    const units = new Set(events.map(({ unit }) => unit));
    return {
      status: 'unsupported',
      why:
        units.size > 1
          ? text(
              'These releases hide different units; their losses cannot be added up. Keep one ledger for each unit.',
              'Estas publicaciones ocultan unidades distintas; sus pérdidas no se pueden sumar. Lleve un registro por unidad.',
            )
          : text(
              'These releases use different neighbouring relations; their losses cannot be added up. State all of them for the same one.',
              'Estas publicaciones usan relaciones de vecindad distintas; sus pérdidas no se pueden sumar. Enúncielas todas para la misma.',
            ),
    };
  }
  const merged = new Map<string, { law: LossLaw; count: number }>();
  for (const group of sequentialLosses(events)) {
    const { law, count } = lawOfGroup(group.events);
    const key = JSON.stringify(law);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { law, count });
    else known.count += count;
  }
  return { status: 'ok', laws: [...merged.values()], unit: first.unit, neighbours: first.neighbours };
}

/** Events as they compose in sequence: a parallel group is one event of its largest loss. */
export function inSequence(events: readonly PrivacyEvent[]): readonly PrivacyEvent[] {
  return sequentialLosses(events).map(({ events: group }) => {
    const [first, ...others] = group as [PrivacyEvent, ...PrivacyEvent[]];
    if (others.length === 0) return first;
    const { law, count } = lawOfGroup(group);
    return {
      ...first,
      epsilon: Math.max(...group.map(({ epsilon }) => epsilon)),
      delta: Math.max(...group.map(({ delta }) => delta)),
      law,
      count,
    };
  });
}

/** The law of one event: the exact one where it has it, else what its epsilon and delta say. */
export function lawOfEvent({ law, epsilon, delta }: PrivacyEvent): LossLaw {
  if (law !== undefined) return law;
  return delta > 0 ? { kind: 'approximate', epsilon, delta } : { kind: 'pure', epsilon };
}

/** One law, so often, that is at least as strong as every event of the group. */
function lawOfGroup(events: readonly PrivacyEvent[]): CountedLaw {
  const count = events.reduce((most, event) => Math.max(most, countOf(event)), 0);
  const laws = events.map(lawOfEvent);
  const [first, ...others] = laws as [LossLaw, ...LossLaw[]];
  const strongest = others.reduce<LossLaw | undefined>(
    (law, other) => (law === undefined ? undefined : stronger(law, other)),
    first,
  );
  if (strongest !== undefined) return { law: strongest, count };
  // Laws without an order: what their epsilons and deltas promise has one.
  const epsilon = Math.max(...events.map((event) => event.epsilon));
  const delta = Math.max(...events.map((event) => event.delta));
  return { law: delta > 0 ? { kind: 'approximate', epsilon, delta } : { kind: 'pure', epsilon }, count };
}

/** The law that dominates both where the two belong to one family ordered by a single number, or are equal. */
function stronger(a: LossLaw, b: LossLaw): LossLaw | undefined {
  if (
    (a.kind === 'pure' && b.kind === 'pure') ||
    (a.kind === 'laplace' && b.kind === 'laplace') ||
    (a.kind === 'bounded-range' && b.kind === 'bounded-range')
  ) {
    return a.epsilon >= b.epsilon ? a : b;
  }
  if (a.kind === 'gaussian' && b.kind === 'gaussian') return a.mu >= b.mu ? a : b;
  if (a.kind === 'zcdp' && b.kind === 'zcdp') return a.rho >= b.rho ? a : b;
  if (a.kind === 'approximate' && b.kind === 'approximate') {
    return { kind: 'approximate', epsilon: Math.max(a.epsilon, b.epsilon), delta: Math.max(a.delta, b.delta) };
  }
  return JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
}

function countOf({ count = 1 }: PrivacyEvent): number {
  if (!(Number.isInteger(count) && count >= 1)) throw invalidParam('count', 'a whole number from 1', count);
  return count;
}
