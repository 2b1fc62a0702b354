import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import { costOf, layoutLedger, type LedgerBlock, type LedgerLane, type LedgerPiece } from './ledger-bar.layout.ts';
import type { FrameProps } from './props.ts';
import type { TableModel } from './table-model.ts';
import { useSize } from './use-size.ts';

export interface LedgerBarProps extends FrameProps {
  readonly blocks: readonly LedgerBlock[];
  readonly lanes: readonly LedgerLane[];
  readonly total: number;
  /** Symbol of the loss. */
  readonly unit: string;
  /** Words of this picture. */
  readonly says: {
    readonly budget: string;
    readonly who: string;
    readonly spend: string;
    readonly before: string;
    readonly after: string;
    readonly asked: string;
    readonly left: string;
    readonly fits: string;
    readonly beyond: string;
    readonly unsupported: string;
  };
}

/** A budget as a line: blocks for what was spent by whom, hatched what is asked for, the total as a rule through all accountants. */
export function LedgerBar(props: LedgerBarProps) {
  const { says, unit } = props;
  const table = (): TableModel => ({
    columns: [
      { label: says.spend },
      { label: says.who },
      { label: `${says.before} (${unit})`, numeric: true },
      { label: `${says.after} (${unit})`, numeric: true },
      { label: says.budget },
    ],
    rows: [
      ...props.blocks.map((block) => [
        block.label,
        block.who,
        block.asked === true ? 0 : costOf(block),
        costOf(block),
        block.asked === true ? says.asked : null,
      ]),
      ...props.lanes.map((lane) => [
        lane.label,
        null,
        lane.before ?? null,
        lane.after ?? null,
        lane.after === undefined ? says.unsupported : lane.fits ? says.fits : says.beyond,
      ]),
    ],
  });
  return (
    <ChartFrame {...props} table={table}>
      <Picture {...props} />
    </ChartFrame>
  );
}

function Picture(props: LedgerBarProps) {
  const { says, total, unit } = props;
  const { locale } = useChartSetting(props);
  const pattern = useId().replaceAll(/[^\w-]/g, '');
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 640, height: 300 });
  const { em } = size;
  const made = layoutLedger(props, { width: size.width, em });
  const [active, setActive] = useState<string | null>(null);
  const amount = (value: number) => `${unit} ${formatNumber(value, locale, 3)}`;
  const ids = made.pieces.map(({ block }) => block.id);
  const roving = active !== null && ids.includes(active) ? active : ids[0];
  const shown = made.pieces.find(({ block }) => block.id === active);
  const say = ({ block }: LedgerPiece): string => {
    const parts = block.steps.reduce((most, step) => Math.max(most, step.parts.length), 0);
    return [
      block.who,
      block.label,
      amount(costOf(block)),
      ...(parts > 1 ? block.steps.map(({ label }) => label) : []),
      ...(block.asked === true ? [says.asked] : []),
    ]
      .filter((part) => part !== '')
      .join(', ');
  };
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = ids[Math.min(ids.length - 1, Math.max(0, ids.indexOf(roving ?? '') + step))];
    if (next === undefined) return;
    setActive(next);
    event.currentTarget.querySelector<SVGGElement>(`[data-block="${CSS.escape(next)}"]`)?.focus();
  };
  const left = Math.max(0, total - made.spent);
  return (
    <div ref={root} className="ec-plot">
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${made.height}`}
        height={made.height}
        role="group"
        aria-label={props.description}
        onKeyDown={onKeyDown}
      >
        <defs>
          {(['privacy', 'risk'] as const).map((meaning) => (
            <pattern
              key={meaning}
              id={`${pattern}${meaning}`}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <path d="M0,0V6" className={`ec-s-${meaning} ec-mid`} />
            </pattern>
          ))}
        </defs>
        {made.x.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${made.x(tick)},${made.top}V${made.axisY}`} className="ec-line" />
            <text x={made.x(tick)} y={made.axisY + 1.1 * em} textAnchor="middle">
              {formatNumber(tick, locale)}
            </text>
          </g>
        ))}
        <rect
          x={made.labels}
          y={made.top}
          width={Math.max(0, made.total - made.labels)}
          height={made.stack}
          className="ec-track ec-pale"
        />
        {made.pieces.map((piece) => (
          <Piece
            key={piece.block.id}
            piece={piece}
            label={say(piece)}
            hatch={`url(#${pattern}${piece.beyond ? 'risk' : 'privacy'})`}
            focusable={piece.block.id === roving}
            strong={piece.block.id === active}
            em={em}
            top={made.top}
            stack={made.stack}
            onActive={setActive}
          />
        ))}
        {made.lanes.map(({ lane, y, labelY, before, after, cut }) => {
          const isOver = (value: number | undefined) => lane.heuristic !== true && (value ?? 0) > total;
          const spentAs = isOver(lane.before) ? 'risk' : 'privacy';
          const meaning = lane.fits || lane.heuristic === true ? 'privacy' : 'risk';
          const unknown = lane.after === undefined;
          const words = unknown
            ? `${lane.label}: ${says.unsupported}`
            : `${lane.label}: ${amount(lane.before ?? 0)} → ${amount(lane.after ?? 0)}, ${lane.fits ? says.fits : says.beyond}`;
          return (
            <g key={lane.id} role="img" aria-label={words}>
              <title>{words}</title>
              <text
                x={made.stacked ? 0 : made.labels - 0.6 * em}
                y={labelY}
                textAnchor={made.stacked ? 'start' : 'end'}
                className={lane.rules === true ? 'ec-strong ec-halo' : 'ec-halo'}
              >
                {fitted(lane.label, (made.stacked ? size.width : made.labels) / (0.41 * em))}
              </text>
              {unknown ? null : (
                <>
                  <rect
                    x={made.labels}
                    y={y}
                    width={Math.max(0, before - made.labels)}
                    height={made.bar}
                    className={lane.heuristic === true ? 'ec-s-risk ec-thin ec-dash' : `ec-f-${spentAs}`}
                  />
                  <rect
                    x={before}
                    y={y}
                    width={Math.max(0, after - before)}
                    height={made.bar}
                    fill={`url(#${pattern}${meaning})`}
                    className={lane.heuristic === true ? 'ec-s-risk ec-thin ec-dash' : `ec-s-${meaning}`}
                  />
                </>
              )}
              <text x={(unknown ? made.labels : after) + 0.4 * em} y={y + 0.78 * em} className="ec-ink ec-halo">
                {unknown ? '–' : `${cut ? '→ ' : ''}${formatNumber(lane.after ?? 0, locale, 3)}`}
              </text>
            </g>
          );
        })}
        <path d={`M${made.total},${made.top - 0.3 * em}V${made.axisY}`} className="ec-truth" />
        <text x={made.total} y={made.top - 0.6 * em} textAnchor="end" className="ec-strong">
          {says.budget} {amount(total)}
        </text>
      </svg>
      <p className="ec-note ec-reading" role="status">
        {shown === undefined ? `${says.left}: ${amount(left)}` : say(shown)}
      </p>
    </div>
  );
}

function Piece(props: {
  readonly piece: LedgerPiece;
  readonly label: string;
  readonly hatch: string;
  readonly focusable: boolean;
  readonly strong: boolean;
  readonly em: number;
  readonly top: number;
  readonly stack: number;
  readonly onActive: (id: string | null) => void;
}) {
  const { piece, em, top, stack, onActive } = props;
  const { block, order, x, width } = piece;
  const meaning = piece.beyond ? 'risk' : 'privacy';
  const asked = block.asked === true;
  const room = width / (0.5 * em);
  const named = fitted(block.who === '' ? block.label : block.who, room);
  const plate = Math.min(width - 2, 0.45 * em * named.length + 0.8 * em);
  const dark = !asked && order % 3 === 0 && !piece.beyond;
  return (
    <g
      data-block={block.id}
      role="img"
      tabIndex={props.focusable ? 0 : -1}
      aria-label={props.label}
      onPointerEnter={() => onActive(block.id)}
      onPointerLeave={() => onActive(null)}
      onFocus={() => onActive(block.id)}
      onBlur={() => onActive(null)}
    >
      {piece.strips.map((strip, i) => (
        <rect
          // Strips of one block never change their order.
          // oxlint-disable-next-line react/no-array-index-key
          key={i}
          x={strip.x}
          y={strip.y}
          width={Math.max(0.5, strip.width)}
          height={strip.height}
          fill={asked ? props.hatch : undefined}
          className={asked ? `ec-s-${meaning}` : `ec-f-${meaning} ec-part${order % 3} ec-rim`}
        />
      ))}
      {props.strong && <rect x={x} y={top} width={Math.max(1, width)} height={stack} className="ec-focus" />}
      {room >= 3 && asked && (
        <rect
          x={x + (width - plate) / 2}
          y={top + stack / 2 - 0.75 * em}
          width={plate}
          height={1.5 * em}
          rx={4}
          className="ec-solid"
        />
      )}
      {room >= 3 && (
        <text
          x={x + width / 2}
          y={top + stack / 2 + 0.3 * em}
          textAnchor="middle"
          className={dark ? 'ec-on' : 'ec-strong ec-halo'}
        >
          {named}
        </text>
      )}
    </g>
  );
}

/** A text of at most so many characters. */
const fitted = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, Math.floor(most) - 1))}…`;
