import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { nameOf, type TreeNode } from './tree-model.ts';
import { neighbour, type TreeCell, type TreePicture } from './tree.layout.ts';
import { useDragNode } from './use-drag-node.ts';
import { words } from './words.ts';

interface Props {
  readonly label: string;
  readonly picture: TreePicture;
  /** Heads of the columns, root first. */
  readonly heads: readonly ReactNode[];
  readonly selected: ReadonlySet<string>;
  /** Opens (true) or closes a node. */
  readonly onToggle: (key: string, open: boolean) => void;
  readonly onSelect: (node: TreeNode, more: boolean) => void;
  readonly onDrop: (node: TreeNode, parent: string, label: string) => void;
  readonly onMore: (parent: string) => void;
}

/** The picture of the tree: one tab stop, arrow keys walk; boxes can be dragged with a mouse or a pen. */
export function TreeView(props: Props) {
  const { tx, number } = useText();
  const { picture, selected } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState('');
  const drag = useDragNode(picture, props.onDrop);
  const active = picture.cells.some((cell) => cell.key === current) ? current : picture.cells[0]?.key;
  const focus = (key: string): void => {
    setCurrent(key);
    const at = picture.cells.findIndex((cell) => cell.key === key);
    frame.current?.querySelector<HTMLElement>(`[data-cell="${at}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent, cell: TreeCell): void => {
    const next = neighbour(picture, cell.key, event.key);
    if (next !== undefined) focus(next);
    else if (event.key === 'ArrowRight' && cell.closed) props.onToggle(cell.key, true);
    else if (event.key === 'Enter') props.onToggle(cell.key, cell.closed);
    else if (event.key === ' ') props.onSelect(cell.node, event.ctrlKey || event.shiftKey);
    else return;
    event.preventDefault();
  };
  return (
    <div className="scroll-x hierarchy-scroll">
      <div className="hierarchy-grid" style={{ gridTemplateColumns: columnsOf(picture.columns) }}>
        {props.heads.map((head, column) => (
          // Columns have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={column} className="hierarchy-head" style={{ gridColumn: column + 1, gridRow: 1 }}>
            {head}
          </div>
        ))}
      </div>
      <div
        ref={frame}
        role="tree"
        aria-label={props.label}
        aria-multiselectable="true"
        className="hierarchy-grid"
        style={{ gridTemplateColumns: columnsOf(picture.columns) }}
      >
        {picture.cells.map((cell, at) => (
          <div
            key={cell.key}
            data-cell={at}
            role="treeitem"
            tabIndex={cell.key === active ? 0 : -1}
            aria-level={cell.column + 1}
            aria-posinset={cell.position}
            aria-setsize={cell.siblings}
            aria-selected={selected.has(cell.key)}
            {...(cell.node.children.length === 0 ? {} : { 'aria-expanded': !cell.closed })}
            aria-label={tx(words.nodeOf, {
              label: nameOf(cell.node),
              values: number(cell.node.values),
              rows: number(cell.node.rows),
            })}
            className={cellClass(cell, drag.over)}
            style={{ gridColumn: cell.column + 1, gridRow: `${cell.line + 1} / span ${cell.span}` }}
            onKeyDown={(event) => onKey(event, cell)}
            onFocus={() => setCurrent(cell.key)}
            onDoubleClick={() => props.onToggle(cell.key, cell.closed)}
            onClick={(event) => {
              if (!drag.justDragged()) props.onSelect(cell.node, event.ctrlKey || event.metaKey || event.shiftKey);
            }}
            onPointerDown={(event) => drag.start(event, cell)}
            onPointerMove={drag.move}
            onPointerUp={drag.end}
            onPointerCancel={drag.cancel}
          >
            <span className="hierarchy-label">{nameOf(cell.node)}</span>
            <span className="hierarchy-count">{number(cell.node.rows)}</span>
            {cell.node.children.length > 0 && cell.parent !== null && (
              <span
                className="hierarchy-fold"
                data-fold
                aria-hidden="true"
                onClick={(event) => {
                  event.stopPropagation();
                  props.onToggle(cell.key, cell.closed);
                }}
              >
                {cell.closed ? `+${number(cell.node.children.length)}` : '−'}
              </span>
            )}
          </div>
        ))}
      </div>
      {picture.more.length > 0 && (
        <div className="row">
          {picture.more.map((more) => (
            <button key={more.parent} type="button" className="link-button" onClick={() => props.onMore(more.parent)}>
              {labelOf(picture, more.parent)}: {tx(words.moreChildren, { n: number(more.hidden) })}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const labelOf = (picture: TreePicture, key: string): string =>
  picture.cells.find((cell) => cell.key === key)?.node.label ?? '';

/** The root needs little room; a step needs enough for its labels, also on a phone, where the frame scrolls. */
const columnsOf = (columns: number): string =>
  columns <= 1 ? 'minmax(150px, 1fr)' : `minmax(84px, 0.5fr) repeat(${columns - 1}, minmax(150px, 1fr))`;

const cellClass = (cell: TreeCell, over: string | null): string =>
  ['hierarchy-cell', ...(cell.node.level === 0 ? ['leaf'] : []), ...(cell.key === over ? ['over'] : [])].join(' ');
