import { useMemo, useState } from 'react';
import { checkHierarchy } from '../../engine/table/hierarchy-check.ts';
import { writeHierarchyCsv } from '../../engine/table/hierarchy-csv.ts';
import type { HierarchySpec } from '../../engine/kit/hierarchy-spec.ts';
import type { ColumnTree } from '../../runtime/protocol.ts';
import { limits } from '../../scenario/limits.ts';
import { clearHierarchy, setHierarchy, undo, useScenarioStore } from '../../store/scenario-store.ts';
import { showToast } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { ErrorNote } from '../parts/notes.tsx';
import { saveText } from '../pictures/save.ts';
import { CheckList } from './CheckList.tsx';
import './hierarchy.css';
import { TreeEditor } from './TreeEditor.tsx';
import { addValues, labelsIn, type TreeRows } from './tree-model.ts';
import { useColumnTree } from './use-column-tree.ts';
import { WizardForm } from './WizardForm.tsx';
import { words } from './words.ts';

/** How one column is coarsened: a wizard, the tree to change by hand, and what is wrong with it, at once. */
export function HierarchyEditor({ column }: { readonly column: string }) {
  const { tx, number } = useText();
  const own = useScenarioStore((state) => state.spec.hierarchies?.[column]);
  const { tree, problem, pending } = useColumnTree(column, own);
  if (tree === undefined) {
    return problem === undefined ? (
      <p className="soft" role="status">
        {tx(words.loading)}
      </p>
    ) : (
      <ErrorNote problem={problem} />
    );
  }
  const rows = rowsOf(tree, own);
  return (
    <div className="hierarchy-editor" aria-busy={pending}>
      <p className="small soft">{tx(words.lead)}</p>
      <WizardForm column={tree} spec={own ?? tree.spec} rows={rows} />
      {problem !== undefined && <ErrorNote problem={problem} />}
      {rows === undefined
        ? problem === undefined && <p className="note calm">{tx(words.tooMany, { n: number(tree.distinct) })}</p>
        : rows.rows.length > 0 && <Edited key={column} column={tree} rows={rows} own={own} />}
    </div>
  );
}

/** The rows on show: those of the user's table, else those the worker built. */
function rowsOf(tree: ColumnTree, own: HierarchySpec | undefined): TreeRows | undefined {
  if (own?.kind !== 'table') return tree.tree;
  const depth = own.rows[0]?.length ?? 1;
  const names = Array.from({ length: Math.max(0, depth - 2) }, (_, i) => own.names?.[i] ?? `level ${i + 1}`);
  return { names, rows: own.rows };
}

interface EditedProps {
  readonly column: ColumnTree;
  readonly rows: TreeRows;
  readonly own: HierarchySpec | undefined;
}

function Edited({ column, rows, own }: EditedProps) {
  const { t, tx, number } = useText();
  const [said, setSaid] = useState('');
  const name = column.column;
  const facts = useMemo(
    () => ({
      rows: new Map(column.values.map((value, i) => [value, column.counts[i] ?? 0])),
      names: column.placeNames ?? {},
    }),
    [column.values, column.counts, column.placeNames],
  );
  const whole = column.distinct <= column.values.length;
  const problems = useMemo(
    () =>
      checkHierarchy({ column: name, ...rows }, whole ? { values: column.values, counts: column.counts } : undefined),
    [name, rows, whole, column.values, column.counts],
  );
  const put = (next: TreeRows, say = ''): void => {
    if (next === rows) return;
    if (labelsIn(next) > limits.labels) {
      showToast(tx(words.tooLong, { n: number(labelsIn(next)), most: number(limits.labels) }));
      return;
    }
    setHierarchy(name, { kind: 'table', names: next.names, rows: next.rows });
    setSaid(say);
  };
  const save = (): void => {
    const file = `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')}-hierarchy.csv`;
    saveText(file, writeHierarchyCsv(rows.rows), 'text/csv');
    showToast(file);
  };
  return (
    <>
      <CheckList problems={problems} onAddMissing={() => put(addValues(rows, column.values, tx(words.otherGroup)))} />
      <TreeEditor column={name} rows={rows} facts={facts} onChange={put} />
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <div className="row">
        <Button onClick={save}>{tx(words.saveFile)}</Button>
        {own !== undefined && <Button onClick={undo}>{t('top.undo')}</Button>}
        {own !== undefined && (
          <Button look="link" onClick={() => clearHierarchy(name)}>
            {tx(words.reset)}
          </Button>
        )}
      </div>
    </>
  );
}
