import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { ColumnDescriptor, Role } from '../../engine/kit/dataset.ts';
import { setRole, useScenarioStore } from '../../store/scenario-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { bucketsOf, roles, stepRole } from './buckets.ts';
import './roles.css';
import { words } from './words.ts';

/** Chips shown in a bucket before one asks for more. */
const atFirst = 40;
/** Pixels before a press becomes a drag. */
const slack = 6;

/** Columns as chips in four buckets: dragged, moved by arrow keys, or put with a button. */
export function RoleBoard({ columns }: { readonly columns: readonly ColumnDescriptor[] }) {
  const { t, tx } = useText();
  const overrides = useScenarioStore((state) => state.spec.roles);
  const buckets = bucketsOf(columns, overrides);
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [over, setOver] = useState<Role | null>(null);
  const board = useRef<HTMLDivElement>(null);
  const put = (column: ColumnDescriptor, role: Role): void => {
    setRole(column.name, { role });
    setSaid(tx(words.moved, { column: tx(column.label), role: t(`role.${role}`) }));
    setChosen(null);
    // The chip is drawn anew in its other bucket; focus goes with it.
    requestAnimationFrame(() =>
      board.current?.querySelector<HTMLElement>(`[data-chip="${CSS.escape(column.name)}"]`)?.focus(),
    );
  };
  const picked = columns.find((column) => column.name === chosen);
  return (
    <div className="role-board" ref={board} role="group" aria-label={tx(words.board)}>
      <p className="small soft">{tx(words.hint)}</p>
      <div className="role-buckets">
        {roles.map((role) => (
          <section
            key={role}
            data-role={role}
            aria-label={t(`role.${role}`)}
            className={over === role ? `role-bucket over role-${role}` : `role-bucket role-${role}`}
          >
            <header>
              <h4>{t(`role.${role}`)}</h4>
              <span className="small soft">{tx(words[`about.${role}`])}</span>
            </header>
            <Chips
              columns={buckets.get(role) ?? []}
              role={role}
              chosen={chosen}
              onChoose={(name) => setChosen(chosen === name ? null : name)}
              onPut={put}
              onOver={setOver}
            />
            {picked !== undefined && !(buckets.get(role) ?? []).includes(picked) && (
              <Button
                aria-label={tx(words.putHereOf, { column: tx(picked.label), role: t(`role.${role}`) })}
                onClick={() => put(picked, role)}
              >
                {tx(words.putHere)}
              </Button>
            )}
          </section>
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

interface ChipsProps {
  readonly columns: readonly ColumnDescriptor[];
  readonly role: Role;
  readonly chosen: string | null;
  readonly onChoose: (name: string) => void;
  readonly onPut: (column: ColumnDescriptor, role: Role) => void;
  readonly onOver: (role: Role | null) => void;
}

function Chips(props: ChipsProps) {
  const { tx } = useText();
  const [all, setAll] = useState(false);
  const { columns } = props;
  if (columns.length === 0) return <p className="small soft">{tx(words.empty)}</p>;
  const shown = all ? columns : columns.slice(0, atFirst);
  return (
    <div className="role-chips">
      {shown.map((column) => (
        <Chip key={column.name} column={column} {...props} />
      ))}
      {shown.length < columns.length && (
        <Button look="link" onClick={() => setAll(true)}>
          {tx(words.more, { n: columns.length - shown.length })}
        </Button>
      )}
    </div>
  );
}

function Chip(props: ChipsProps & { readonly column: ColumnDescriptor }) {
  const { t, tx } = useText();
  const { column, role, onPut, onOver } = props;
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const dragged = useRef(false);
  const [offset, setOffset] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const bucketAt = (event: PointerEvent): Role | null => {
    // The chip itself follows the pointer: what lies under it counts.
    const below = document
      .elementsFromPoint(event.clientX, event.clientY)
      .filter((each) => !event.currentTarget.contains(each));
    const bucket = below.map((each) => each.closest('[data-role]')).find((each) => each !== null);
    const name = bucket?.getAttribute('data-role');
    return roles.find((each) => each === name) ?? null;
  };
  const stop = (): void => {
    from.current = null;
    setOffset(null);
    onOver(null);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') stop();
    const next = stepRole(role, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onPut(column, next);
  };
  return (
    <button
      type="button"
      data-chip={column.name}
      className={offset === null ? 'role-chip' : 'role-chip dragged'}
      aria-pressed={props.chosen === column.name}
      aria-label={tx(words.chip, { column: tx(column.label), role: t(`role.${role}`) })}
      style={offset === null ? undefined : { transform: `translate(${offset.x}px, ${offset.y}px)` }}
      onKeyDown={onKey}
      onClick={() => {
        if (!dragged.current) props.onChoose(column.name);
      }}
      onPointerDown={(event) => {
        dragged.current = false;
        // A finger scrolls the page; it chooses with a tap.
        if (event.button !== 0 || event.pointerType === 'touch') return;
        from.current = { x: event.clientX, y: event.clientY };
        // At once: a quick hand is outside the chip before the first move is told.
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const start = from.current;
        if (start === null) return;
        const moved = { x: event.clientX - start.x, y: event.clientY - start.y };
        if (!dragged.current && Math.hypot(moved.x, moved.y) < slack) return;
        dragged.current = true;
        setOffset(moved);
        const to = bucketAt(event);
        onOver(to === role ? null : to);
      }}
      onPointerUp={(event) => {
        const to = dragged.current && from.current !== null ? bucketAt(event) : null;
        stop();
        if (to !== null && to !== role) onPut(column, to);
      }}
      onPointerCancel={stop}
    >
      {tx(column.label)}
    </button>
  );
}
