import type { PlacePoints } from './places-plane.ts';

/** A cell of places; the cells of one tree are disjoint. */
export interface QuadCell {
  /** Path from the root, one digit a level; a cell of several quadrants ends with them in brackets. */
  readonly path: string;
  /** Codes of all places in it, ascending, whether rows are there or not. */
  readonly places: Uint32Array;
  readonly rows: number;
}

const DEEPEST = 24;

/**
 * Quadtree cloaking (Gruteser, Grunwald, 2003, adaptive-interval cloaking, figure 3): the area is quartered as long as a
 * quadrant has at least k rows. There, a row whose quadrant has too few gets the whole quadrant above, which others have
 * left; here the rows that remain share a cell of the remaining quadrants, and if they are fewer than k, the emptiest
 * full quadrant stays with them. So the k rows of a cell really carry the same label.
 * @param counts rows at each place code
 */
export function quadtreeCells(points: PlacePoints, codes: Uint32Array, counts: Uint32Array, k: number): QuadCell[] {
  const out: QuadCell[] = [];
  const box = boundingBox(points, codes);
  split({ path: '', places: codes, rows: sum(codes, counts) }, box, 0);
  return out;

  function split(cell: QuadCell, [x0, y0, x1, y1]: Box, depth: number): void {
    const xm = (x0 + x1) / 2;
    const ym = (y0 + y1) / 2;
    const quarters: number[][] = [[], [], [], []];
    for (const code of cell.places) {
      const right = (points.x[code] as number) > xm ? 1 : 0;
      const upper = (points.y[code] as number) > ym ? 2 : 0;
      quarters[right + upper]?.push(code);
    }
    const boxes: readonly Box[] = [
      [x0, y0, xm, ym],
      [xm, y0, x1, ym],
      [x0, ym, xm, y1],
      [xm, ym, x1, y1],
    ];
    const parts = quarters.map((places, q) => ({ q, places, rows: sum(places, counts) }));
    const full = parts.filter((part) => part.rows >= k).sort((a, b) => a.rows - b.rows || a.q - b.q);
    const rest = parts.filter((part) => part.rows < k);
    let left = rest.reduce((total, part) => total + part.rows, 0);
    while (left > 0 && left < k && full.length > 0) {
      const joined = full.shift() as (typeof parts)[number];
      rest.push(joined);
      left += joined.rows;
    }
    if (full.length === 0 || depth >= DEEPEST || cell.places.length === 1) {
      out.push(cell);
      return;
    }
    for (const part of full) {
      const child = { path: `${cell.path}${part.q}`, places: Uint32Array.from(part.places), rows: part.rows };
      split(child, boxes[part.q] as Box, depth + 1);
    }
    if (left > 0) {
      const digits = rest.map((part) => part.q).sort();
      const places = Uint32Array.from(rest.flatMap((part) => part.places)).sort();
      out.push({ path: `${cell.path}(${digits.join('')})`, places, rows: left });
    }
  }
}

type Box = readonly [number, number, number, number];

function boundingBox(points: PlacePoints, codes: Uint32Array): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const code of codes) {
    x0 = Math.min(x0, points.x[code] as number);
    x1 = Math.max(x1, points.x[code] as number);
    y0 = Math.min(y0, points.y[code] as number);
    y1 = Math.max(y1, points.y[code] as number);
  }
  // A square, as in the paper: cells are then no narrower one way than the other.
  const side = Math.max(x1 - x0, y1 - y0);
  return [x0, y0, x0 + side, y0 + side];
}

const sum = (codes: ArrayLike<number>, counts: Uint32Array): number => {
  let total = 0;
  for (let i = 0; i < codes.length; i += 1) total += counts[codes[i] as number] as number;
  return total;
};
