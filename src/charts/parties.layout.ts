/** Parties on a circle and their messages as arcs, bundled per sender, receiver and round. */
export interface PartyNode {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}
export interface PartyArc {
  readonly d: string;
  readonly head: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly bytes: number;
  readonly labelX: number;
  readonly labelY: number;
}

/** Arcs bend to the right of their direction, so there and back never coincide. */
export function layoutParties(
  parties: readonly string[],
  messages: readonly { from: number; to: number; round: number; bytes: number }[],
  round: number | undefined,
  size: { width: number; height: number; em: number },
): { nodes: PartyNode[]; arcs: PartyArc[]; radius: number; rounds: number[] } {
  const radius = 1.5 * size.em;
  const [rx, ry] = [size.width / 2 - radius - 2.6 * size.em, size.height / 2 - radius - 1.6 * size.em];
  const nodes = parties.map((label, i): PartyNode => {
    const angle = -Math.PI / 2 + (2 * Math.PI * i) / Math.max(1, parties.length);
    return {
      label,
      x: size.width / 2 + Math.max(10, rx) * Math.cos(angle),
      y: size.height / 2 + Math.max(10, ry) * Math.sin(angle),
    };
  });
  const bundles = new Map<string, { from: number; to: number; count: number; bytes: number }>();
  for (const message of messages) {
    if (round !== undefined && message.round !== round) continue;
    if (message.from === message.to) continue;
    const key = `${message.from}>${message.to}`;
    const bundle = bundles.get(key) ?? { from: message.from, to: message.to, count: 0, bytes: 0 };
    bundles.set(key, { ...bundle, count: bundle.count + 1, bytes: bundle.bytes + message.bytes });
  }
  const arcs = [...bundles.values()].flatMap((bundle) => {
    const [a, b] = [nodes[bundle.from], nodes[bundle.to]];
    return a === undefined || b === undefined ? [] : [{ ...bundle, ...arc(a, b, radius) }];
  });
  return { nodes, arcs, radius, rounds: [...new Set(messages.map((message) => message.round))].sort((p, q) => p - q) };
}

function arc(a: PartyNode, b: PartyNode, radius: number) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const far = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [-dy / far, dx / far];
  const bend = Math.min(34, far * 0.18);
  const [mx, my] = [(a.x + b.x) / 2 + nx * bend, (a.y + b.y) / 2 + ny * bend];
  const toward = (from: PartyNode, x: number, y: number, by: number) => {
    const way = Math.hypot(x - from.x, y - from.y) || 1;
    return [from.x + ((x - from.x) / way) * by, from.y + ((y - from.y) / way) * by] as const;
  };
  const [sx, sy] = toward(a, mx, my, radius + 3);
  const [ex, ey] = toward(b, mx, my, radius + 6);
  const tilt = Math.atan2(ey - my, ex - mx);
  const wing = (turn: number) => `${r(ex - 8 * Math.cos(tilt + turn))},${r(ey - 8 * Math.sin(tilt + turn))}`;
  return {
    d: `M${r(sx)},${r(sy)}Q${r(mx)},${r(my)} ${r(ex)},${r(ey)}`,
    head: `M${wing(0.45)}L${r(ex)},${r(ey)}L${wing(-0.45)}`,
    // A third along the way, outside the bend: labels of there and back lie at opposite ends.
    labelX: r(0.4356 * sx + 0.4488 * mx + 0.1156 * ex + nx * 9),
    labelY: r(0.4356 * sy + 0.4488 * my + 0.1156 * ey + ny * 9 + 4),
  };
}

const r = (value: number) => Math.round(value * 100) / 100;

/** Words as 8 hexadecimal digits each. */
export function hexWords(words: Uint32Array, most = 8): string {
  return Array.from(words.subarray(0, most), (word) => word.toString(16).padStart(8, '0')).join(' ');
}
