/** An example lattice, shared by the gallery and the tests: losses and risks by formula in the shapes of an answer. */
import { heightOf, rankNodes } from './lattice-overview.layout.ts';
import type { LadderColumn } from './ladder.layout.ts';

const HEIGHTS = [6, 4, 4, 3] as const;
const NAMES = [
  ['minute', 'hour', 'daypart', 'day', 'week', '*'],
  ['zone', 'borough', 'city', '*'],
  ['zone', 'borough', 'city', '*'],
  ['exact', 'steps of 5', '*'],
] as const;
const COLUMNS = ['Pickup time', 'Pickup zone', 'Drop-off zone', 'Fare'] as const;

const total = HEIGHTS.reduce((product, height) => product * height, 1);
/** Nodes at each height. */
const counts = new Float64Array(HEIGHTS.reduce((sum, height) => sum + height - 1, 0) + 1);
for (let node = 0; node < total; node += 1) {
  const height = heightOf(node, HEIGHTS);
  counts[height] = (counts[height] as number) + 1;
}
const nodes = Array.from({ length: total }, (_, node) => node).filter(
  (node) => heightOf(node, HEIGHTS) > 5 && node % 5 !== 1,
);

export const LATTICE = {
  ranks: rankNodes(HEIGHTS, counts),
  nodes,
  loss: nodes.map((node) => heightOf(node, HEIGHTS) / 14 + ((node * 7) % 11) / 60),
  risk: nodes.map((node) => 0.4 * 0.6 ** heightOf(node, HEIGHTS) * (1 + ((node * 3) % 7))),
} as const;

/** Ladders at a node that is not the optimum. */
export const LADDERS: readonly LadderColumn[] = COLUMNS.map((label, c) => {
  const current = [3, 1, 2, 1][c] ?? 0;
  return {
    id: label,
    label,
    current,
    optimum: c === 2 ? 1 : current,
    rungs: (NAMES[c] ?? []).map((name, level) => {
      const open = level >= current - 1;
      const moreLoss = (level - current) * 0.03;
      const note =
        level === current
          ? 'shown'
          : open
            ? `${moreLoss > 0 ? '+' : '−'}${Math.abs(level - current) * 3} % lost`
            : 'not allowed';
      return {
        label: name,
        state: open ? ('open' as const) : ('closed' as const),
        moreLoss: open ? moreLoss : Number.NaN,
        note,
        spoken: `${label}, ${name}: ${note}`,
      };
    }),
  };
});
