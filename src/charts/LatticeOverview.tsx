import { useCallback, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { layoutOverview, lossStep, type LatticeMark, type NodeRanks } from './lattice-overview.layout.ts';
import { PaintedCanvas, type Paint } from './PaintedCanvas.tsx';
import type { FrameProps, Numbers } from './props.ts';
import { useSize } from './use-size.ts';

export interface LatticeOverviewProps extends FrameProps {
  readonly ranks: NodeRanks;
  /** Admissible nodes and what they lose. */
  readonly nodes: Numbers;
  readonly loss: Numbers;
  readonly best: number;
  /** Node shown, and node pointed at; -1 = none. */
  readonly current: number;
  readonly active: number;
  /** Words below the ends of the axis: all exact, everything coarsened. */
  readonly ends: readonly [string, string];
  /** Words of the legend: admissible (loses little to much), not admissible. */
  readonly legend: readonly [string, string];
  /** Heads of the table: height, nodes, admissible, least loss. */
  readonly heads: readonly [string, string, string, string];
  readonly onHover: (node: number) => void;
  readonly onSelect: (node: number) => void;
  readonly height?: number | undefined;
}

/** The lattice as a whole: each mark one or several nodes, indigo where admissible (paler loses more), grey where not. */
export function LatticeOverview(props: LatticeOverviewProps) {
  const table = () => {
    const by = Array.from(props.ranks.counts, () => ({ admissible: 0, loss: Number.NaN }));
    const { marks } = layoutOverview(props.ranks, props, { width: 400, height: 200, em: 16 });
    for (const mark of marks) {
      const row = by[mark.height];
      if (row === undefined) continue;
      row.admissible += mark.admissible;
      if (!(row.loss <= mark.loss)) row.loss = mark.loss;
    }
    return {
      columns: props.heads.map((label) => ({ label, numeric: true })),
      rows: by.map(({ admissible, loss }, height) => [height, props.ranks.counts[height] ?? 0, admissible, loss]),
    };
  };
  return (
    <ChartFrame {...props} table={table}>
      <Picture {...props} />
    </ChartFrame>
  );
}

function Picture(props: LatticeOverviewProps) {
  const { ranks, nodes, loss, best, current, active, onHover, onSelect } = props;
  const root = useRef<HTMLDivElement>(null);
  const { width, em } = useSize(root, { width: 360, height: 180 });
  const height = props.height ?? 10 * em;
  const made = useMemo(
    () => layoutOverview(ranks, { nodes, loss }, { width, height, em }),
    [ranks, nodes, loss, width, height, em],
  );
  const draw = useCallback(
    (context: CanvasRenderingContext2D, paint: Paint) => {
      let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const mark of made.marks) {
        if (mark.loss < least) least = mark.loss;
        if (mark.loss > most) most = mark.loss;
      }
      const tall = Math.max(1.5, made.markHeight - (made.markHeight > 4 ? 1.5 : 0.5));
      for (const mark of made.marks) {
        const open = mark.admissible > 0;
        // Loses least = darkest, and never so pale that it is taken for closed.
        context.fillStyle = paint(
          open ? `ec-s${14 - Math.round(lossStep(mark.loss, least, most) * 0.55)}` : 'ec-f-neutral',
        );
        context.globalAlpha = open ? 1 : 0.26;
        context.fillRect(mark.x - made.markWidth / 2, mark.y - tall / 2, made.markWidth, tall);
      }
    },
    [made],
  );
  const pointed = (event: {
    readonly currentTarget: SVGSVGElement;
    readonly clientX: number;
    readonly clientY: number;
  }) => {
    const box = event.currentTarget.getBoundingClientRect();
    return nearest(made.marks, event.clientX - box.left, event.clientY - box.top, 1.2 * em)?.node ?? -1;
  };
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>): void => {
    const from = active >= 0 ? active : current >= 0 ? current : best;
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way !== undefined && from >= 0) {
      event.preventDefault();
      const next = walk(made.marks, made.at(from), way[0] as number, way[1] as number);
      if (next !== undefined) onHover(next.node);
    } else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) {
      event.preventDefault();
      onSelect(active);
    } else if (event.key === 'Escape') onHover(-1);
  };
  const ring = (node: number, className: string, r: number) => {
    if (node < 0) return null;
    const at = made.at(node);
    return <circle cx={at.x} cy={at.y} r={r} className={className} />;
  };
  return (
    <div ref={root} className="ec-plot ec-cloud">
      <PaintedCanvas width={width} height={height} draw={draw} />
      <svg
        className="ec-svg"
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        role="application"
        tabIndex={0}
        aria-label={`${props.title}. ${props.description}`}
        onKeyDown={onKeyDown}
        onPointerMove={(event: PointerEvent<SVGSVGElement>) => onHover(pointed(event))}
        onPointerLeave={() => onHover(-1)}
        onBlur={() => onHover(-1)}
        onClick={(event) => {
          const node = pointed(event);
          if (node >= 0) onSelect(node);
        }}
      >
        <path d={made.outline} className="ec-line" />
        {ring(best, 'ec-s-utility ec-mid ec-nofill', 7)}
        {current === best ? null : ring(current, 'ec-f-privacy ec-rim', 5)}
        {ring(active, 'ec-focus', 9)}
        <text x={made.plot.left} y={height - 0.5 * em}>
          {props.ends[0]}
        </text>
        <text x={made.plot.right} y={height - 0.5 * em} textAnchor="end">
          {props.ends[1]}
        </text>
      </svg>
      <ul className="ec-keys">
        <li>
          <svg width="34" height="10" aria-hidden="true">
            {[14, 11, 8, 6].map((step, i) => (
              <rect key={step} x={i * 8} width="8" height="10" className={`ec-s${step}`} />
            ))}
          </svg>
          {props.legend[0]}
        </li>
        <li>
          <svg width="12" height="10" aria-hidden="true">
            <rect width="12" height="10" className="ec-f-neutral" fillOpacity={0.26} />
          </svg>
          {props.legend[1]}
        </li>
      </ul>
    </div>
  );
}

/** Nearest mark that holds an admissible node. */
function nearest(marks: readonly LatticeMark[], x: number, y: number, reach: number): LatticeMark | undefined {
  let found: LatticeMark | undefined;
  let least = reach * reach;
  for (const mark of marks) {
    if (mark.node < 0) continue;
    const distance = (mark.x - x) ** 2 + (mark.y - y) ** 2;
    if (distance < least) [found, least] = [mark, distance];
  }
  return found;
}

/** The next admissible mark in a direction: another height, or further up or down at the same height. */
function walk(
  marks: readonly LatticeMark[],
  from: { readonly x: number; readonly y: number },
  right: number,
  down: number,
): LatticeMark | undefined {
  let found: LatticeMark | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const mark of marks) {
    if (mark.node < 0) continue;
    const [dx, dy] = [mark.x - from.x, mark.y - from.y];
    const along = right === 0 ? dy * down : dx * right;
    const aside = Math.abs(right === 0 ? dx : dy);
    if (along < 1 || (right === 0 && aside > 1)) continue;
    const far = right === 0 ? along : along * 50 + aside;
    if (far < least) [found, least] = [mark, far];
  }
  return found;
}
