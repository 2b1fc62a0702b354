import { useRef, type KeyboardEvent } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { layoutLadders, type LadderColumn, type LadderRung } from './ladder.layout.ts';
import type { FrameProps } from './props.ts';
import { useSize } from './use-size.ts';

export interface LatticeLadderProps extends FrameProps {
  readonly columns: readonly LadderColumn[];
  /** Words at the upper and the lower end: less detail, more detail. */
  readonly ends: readonly [string, string];
  /** Heads of the table alternative: column, level, change of loss. */
  readonly heads: readonly [string, string, string];
  /** Word for the level the optimum is at, where another one is shown. */
  readonly optimumLabel: string;
  readonly onMove: (column: number, level: number) => void;
  /** The rung pointed at, or null. */
  readonly onPeek?: ((at: { readonly column: number; readonly level: number } | null) => void) | undefined;
}

/** One ladder a column: its levels as rungs, the node shown as a path across; every rung says what moving there costs. */
export function LatticeLadder(props: LatticeLadderProps) {
  const table = () => ({
    columns: props.heads.map((label) => ({ label })),
    rows: props.columns.flatMap((column) =>
      column.rungs.map((rung, level) => [
        column.label,
        `${level === column.current ? '→ ' : ''}${rung.label}${level === column.optimum ? ` (${props.optimumLabel})` : ''}`,
        rung.note,
      ]),
    ),
  });
  return (
    <ChartFrame {...props} table={table}>
      <Ladders {...props} />
    </ChartFrame>
  );
}

function Ladders(props: LatticeLadderProps) {
  const { columns, onMove, onPeek } = props;
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 640, height: 240 });
  const { em } = size;
  const made = layoutLadders(columns, size);
  const onKeyDown = (event: KeyboardEvent<SVGGElement>, column: number): void => {
    const at = columns[column];
    if (at === undefined) return;
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const level = Math.min(at.rungs.length - 1, Math.max(0, at.current + by));
      onMove(column, level);
      focusRung(event.currentTarget, column, level);
    } else if (side !== undefined) {
      event.preventDefault();
      const next = Math.min(columns.length - 1, Math.max(0, column + side));
      focusRung(event.currentTarget, next, columns[next]?.current ?? 0);
    }
  };
  const pad = ((made.columns[0]?.width ?? 0) < 7 * em ? 0.36 : 0.6) * em;
  const moved = made.optimumPath !== made.path;
  return (
    <div ref={root} className="ec-plot ec-ladders">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${made.width} ${made.height}`}
        style={{ width: made.width, height: made.height }}
        role="group"
        aria-label={props.description}
        onPointerLeave={() => onPeek?.(null)}
      >
        {made.columns.map((column, c) => (
          <path key={columns[c]?.id} d={column.rails} className="ec-line" aria-hidden="true" />
        ))}
        {moved ? (
          <path d={made.optimumPath} className="ec-s-privacy ec-thin ec-dash ec-faded" aria-hidden="true" />
        ) : null}
        <path d={made.path} className="ec-ladder-path ec-move" aria-hidden="true" />
        {columns.map((column, c) => {
          const place = made.columns[c];
          if (place === undefined) return null;
          return (
            <g key={column.id} role="radiogroup" aria-label={column.label} onKeyDown={(event) => onKeyDown(event, c)}>
              <text y={0.9 * em} className="ec-strong">
                <title>{column.label}</title>
                {place.head.map((line, i) => (
                  <tspan key={line} x={place.x} dy={i === 0 ? 0 : 1.05 * em}>
                    {cut(line, place.width / (0.48 * em))}
                  </tspan>
                ))}
              </text>
              {column.rungs.map((rung, level) => {
                const spot = place.rungs[level];
                if (spot === undefined) return null;
                const here = level === column.current;
                const look = here
                  ? 'is-here'
                  : rung.state !== 'open'
                    ? 'is-closed'
                    : spot.shade < 0
                      ? `is-open is-less${-spot.shade}`
                      : `is-open is-more${spot.shade}`;
                const middle = spot.y + spot.height / 2;
                const second = rung.note !== '';
                return (
                  <g
                    key={rung.label}
                    role="radio"
                    aria-checked={here}
                    aria-label={rung.spoken}
                    tabIndex={here ? 0 : -1}
                    data-rung={`${c}-${level}`}
                    className={`ec-rung ${look}`}
                    onClick={() => onMove(c, level)}
                    onPointerEnter={() => onPeek?.({ column: c, level })}
                    onFocus={() => onPeek?.({ column: c, level })}
                    onBlur={() => onPeek?.(null)}
                    onKeyDown={(event) => {
                      if (event.key !== 'Enter' && event.key !== ' ') return;
                      event.preventDefault();
                      onMove(c, level);
                    }}
                  >
                    <rect x={spot.x} y={spot.y} width={spot.width} height={spot.height} rx={8} />
                    <text x={spot.x + pad} y={middle + (second ? -0.1 : 0.27) * em} className="ec-rung-label">
                      {cut(rung.label, (spot.width - 1.6 * pad) / (0.46 * em))}
                    </text>
                    {second ? (
                      <text x={spot.x + pad} y={middle + 0.72 * em} className="ec-rung-note">
                        {fitting(rung, (spot.width - 1.6 * pad) / (0.36 * em))}
                      </text>
                    ) : null}
                    {moved && level === column.optimum ? (
                      <circle cx={spot.x + spot.width - 0.7 * em} cy={middle} r={4.5} className="ec-s-privacy ec-mid">
                        <title>{props.optimumLabel}</title>
                      </circle>
                    ) : null}
                  </g>
                );
              })}
            </g>
          );
        })}
      </svg>
      <p className="ec-note ec-ladder-ends">
        <span>↑ {props.ends[0]}</span>
        <span>↓ {props.ends[1]}</span>
      </p>
    </div>
  );
}

/** Moves the focus once the page has drawn the move. */
function focusRung(from: SVGGElement, column: number, level: number): void {
  const root = from.ownerSVGElement;
  requestAnimationFrame(() => root?.querySelector<SVGGElement>(`[data-rung="${column}-${level}"]`)?.focus());
}

/** Text cut to about `room` characters. */
/** The note, or its short form where the rung is narrow. */
const fitting = ({ note, short }: LadderRung, room: number): string =>
  note.length > room && short !== undefined ? short : cut(note, room);

const cut = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(1, Math.floor(room) - 1))}…`;
