import { useMemo, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { NodePanel } from './NodePanel.tsx';
import {
  addLevel,
  buildTree,
  depthOf,
  moveNodes,
  nameOf,
  removeLevel,
  renameLevel,
  type TreeNode,
  type TreeRows,
  type ValueFacts,
} from './tree-model.ts';
import { childrenAtFirst, firstOpenLevel, layoutTree, type TreeView as View } from './tree.layout.ts';
import { TreeView } from './TreeView.tsx';
import { words } from './words.ts';

interface Props {
  readonly column: string;
  readonly rows: TreeRows;
  readonly facts: ValueFacts;
  readonly onChange: (rows: TreeRows, said?: string) => void;
}

/** The tree with its steps as columns, a search, and what can be done to the boxes that are selected. */
export function TreeEditor({ column, rows, facts, onChange }: Props) {
  const { tx, number } = useText();
  const depth = depthOf(rows);
  const roots = useMemo(() => buildTree(rows, facts), [rows, facts]);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const [search, setSearch] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [step, setStep] = useState<number | null>(null);
  const openLevel = useMemo(() => firstOpenLevel(roots, depth), [roots, depth]);
  const view: View = { toggled, openLevel, shown, search };
  const picture = layoutTree(roots, depth, view);
  const nodes = useMemo(() => nodesByKey(roots, selected), [roots, selected]);
  const level = nodes[0]?.level;

  const toggle = (key: string, closed: boolean): void => setToggled(new Map(toggled).set(key, closed));
  const select = (node: TreeNode, more: boolean): void => {
    const together = more && level === node.level ? new Set(selected) : new Set<string>();
    if (selected.has(node.key)) together.delete(node.key);
    else together.add(node.key);
    setSelected(together);
  };
  const drop = (node: TreeNode, parent: string, label: string): void => {
    const moved = selected.has(node.key) ? selected : new Set([node.key]);
    onChange(moveNodes(rows, node.level, moved, parent), tx(words.moved, { label: nameOf(node), parent: label }));
    setSelected(new Set());
  };
  const changed: Props['onChange'] = (next, said) => {
    onChange(next, said);
    setSelected(new Set());
    setStep(null);
  };
  const heads = Array.from({ length: depth }, (_, at) => {
    const of = depth - 1 - at;
    const name = of === 0 ? tx(words.value) : (rows.names[of - 1] ?? '');
    if (at === 0) return tx(words.anything);
    return (
      <Button key={of} look="link" aria-pressed={step === of} onClick={() => setStep(step === of ? null : of)}>
        {name}
      </Button>
    );
  });
  return (
    <div className="hierarchy-tree">
      <div className="hierarchy-tools">
        <label className="field">
          <span className="visually-hidden">{tx(words.search)}</span>
          <input
            type="search"
            placeholder={tx(words.search)}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        {search.trim() !== '' && (
          <span className="small soft" role="status">
            {tx(words.matches, { n: number(picture.matches) })}
          </span>
        )}
      </div>
      <TreeView
        label={tx(words.tree, { column })}
        picture={picture}
        heads={heads}
        selected={selected}
        onToggle={toggle}
        onSelect={select}
        onDrop={drop}
        onMore={(parent) => setShown(new Map(shown).set(parent, (shown.get(parent) ?? childrenAtFirst) + 200))}
      />
      <p className="small soft">{tx(words.treeHint)}</p>
      {step !== null && step < depth - 1 && (
        <LevelPanel key={`${step}/${depth}`} rows={rows} level={step} onChange={changed} />
      )}
      <NodePanel rows={rows} roots={roots} nodes={nodes} onChange={changed} onClear={() => setSelected(new Set())} />
    </div>
  );
}

function nodesByKey(roots: readonly TreeNode[], keys: ReadonlySet<string>): readonly TreeNode[] {
  const out: TreeNode[] = [];
  if (keys.size === 0) return out;
  const walk = (node: TreeNode): void => {
    if (keys.has(node.key)) out.push(node);
    for (const child of node.children) walk(child);
  };
  for (const root of roots) walk(root);
  return out;
}

interface LevelProps {
  readonly rows: TreeRows;
  readonly level: number;
  readonly onChange: Props['onChange'];
}

/** What can be done to one step: another name, a step to its left, away with it. */
function LevelPanel({ rows, level, onChange }: LevelProps) {
  const { tx } = useText();
  const name = rows.names[level - 1] ?? '';
  const [typed, setTyped] = useState(name);
  const wanted = typed.trim();
  const title = tx(words.level, { name: level === 0 ? tx(words.value) : name });
  return (
    <section className="hierarchy-panel" aria-label={title}>
      <strong>{title}</strong>
      <div className="hierarchy-acts">
        {level > 0 && (
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault();
              if (wanted !== '') onChange(renameLevel(rows, level, wanted));
            }}
          >
            <label className="field">
              <span className="soft">{tx(words.levelName)}</span>
              <input type="text" value={typed} maxLength={60} onChange={(event) => setTyped(event.target.value)} />
            </label>
            <Button type="submit" disabled={wanted === '' || wanted === name}>
              {tx(words.rename)}
            </Button>
          </form>
        )}
        <div className="row">
          <Button onClick={() => onChange(addLevel(rows, level, tx(words.newLevel)))}>{tx(words.addLevel)}</Button>
          {level > 0 && <Button onClick={() => onChange(removeLevel(rows, level))}>{tx(words.removeLevel)}</Button>}
        </div>
      </div>
    </section>
  );
}
