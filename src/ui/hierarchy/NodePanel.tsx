import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import {
  depthOf,
  moveNodes,
  moveToNew,
  nameOf,
  nodesAtLevel,
  renameNodes,
  type TreeNode,
  type TreeRows,
} from './tree-model.ts';
import { words } from './words.ts';

/** Groups offered in the list; more are reached by dragging or by search. */
const listed = 400;

interface Props {
  readonly rows: TreeRows;
  readonly roots: readonly TreeNode[];
  readonly nodes: readonly TreeNode[];
  readonly onChange: (rows: TreeRows, said?: string) => void;
  readonly onClear: () => void;
}

/** What can be done to the selected boxes without a pointer: another label, another group. */
export function NodePanel({ rows, roots, nodes, onChange, onClear }: Props) {
  const { tx, number } = useText();
  const first = nodes[0];
  if (first === undefined) return <p className="hierarchy-panel small soft">{tx(words.nothingSelected)}</p>;
  const keys = nodes.map((node) => node.key).join('\n');
  const title =
    nodes.length === 1 ? tx(words.selected, { label: nameOf(first) }) : tx(words.selectedMany, { n: nodes.length });
  return (
    <section className="hierarchy-panel" aria-label={title}>
      <header>
        <strong>{title}</strong>
        <span className="small soft">
          {tx(words.nodeRows, {
            rows: number(nodes.reduce((sum, node) => sum + node.rows, 0)),
            values: number(nodes.reduce((sum, node) => sum + node.values, 0)),
          })}
        </span>
        <Button look="link" onClick={onClear}>
          {tx(words.unselect)}
        </Button>
      </header>
      <div className="hierarchy-acts">
        {first.level > 0 && first.level < depthOf(rows) - 1 && (
          <Rename key={keys} rows={rows} nodes={nodes} onChange={onChange} />
        )}
        {first.level + 1 < depthOf(rows) - 1 && (
          <MoveTo key={keys} rows={rows} roots={roots} nodes={nodes} onChange={onChange} />
        )}
      </div>
    </section>
  );
}

const keysOf = (nodes: readonly TreeNode[]): ReadonlySet<string> => new Set(nodes.map((node) => node.key));

function Rename({ rows, nodes, onChange }: Pick<Props, 'rows' | 'nodes' | 'onChange'>) {
  const { tx } = useText();
  const first = nodes[0];
  const [label, setLabel] = useState(first?.label ?? '');
  const wanted = label.trim();
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (first !== undefined && wanted !== '') onChange(renameNodes(rows, first.level, keysOf(nodes), wanted));
      }}
    >
      <label className="field">
        <span className="soft">{tx(words.label)}</span>
        <input type="text" value={label} maxLength={120} onChange={(event) => setLabel(event.target.value)} />
      </label>
      <Button type="submit" disabled={wanted === '' || (nodes.length === 1 && wanted === first?.label)}>
        {tx(words.rename)}
      </Button>
    </form>
  );
}

function MoveTo({ rows, roots, nodes, onChange }: Pick<Props, 'rows' | 'roots' | 'nodes' | 'onChange'>) {
  const { tx } = useText();
  const level = nodes[0]?.level ?? 0;
  const [fresh, setFresh] = useState<string | null>(null);
  const parents = nodesAtLevel(roots, level + 1, listed);
  const said = (parent: string): string =>
    tx(words.moved, { label: nodes[0] === undefined ? '' : nameOf(nodes[0]), parent });
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        const name = fresh?.trim() ?? '';
        if (name !== '') onChange(moveToNew(rows, level, keysOf(nodes), name), said(name));
      }}
    >
      <label className="select">
        <span className="soft">{tx(words.moveTo)}</span>
        <select
          value={fresh === null ? '' : 'new'}
          onChange={(event) => {
            const { value } = event.target;
            if (value === 'new') setFresh(tx(words.newGroupName));
            const parent = parents[Number(value)];
            if (value === '' || value === 'new' || parent === undefined) return;
            onChange(moveNodes(rows, level, keysOf(nodes), parent.key), said(parent.label));
          }}
        >
          <option value="">{tx(words.choose)}</option>
          <option value="new">{tx(words.newGroup)}</option>
          {parents.map((parent, at) => (
            <option key={parent.key} value={at}>
              {parent.label}
            </option>
          ))}
        </select>
      </label>
      {fresh !== null && (
        <>
          <label className="field">
            <span className="soft">{tx(words.newGroupName)}</span>
            <input type="text" value={fresh} maxLength={120} onChange={(event) => setFresh(event.target.value)} />
          </label>
          <Button type="submit" disabled={fresh.trim() === ''}>
            {tx(words.moveTo)}
          </Button>
        </>
      )}
    </form>
  );
}
