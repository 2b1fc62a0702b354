import { countsByLevel, nameOf, type TreeNode } from './tree-model.ts';

/** A box of the picture: levels are columns from the root (left) to the values, boxes span the lines under them. */
export interface TreeCell {
  readonly node: TreeNode;
  readonly key: string;
  readonly parent: string | null;
  /** Column from 0 (root). */
  readonly column: number;
  readonly line: number;
  readonly span: number;
  /** Has children that are not shown. */
  readonly closed: boolean;
  /** Position among the shown children of its parent, for readers. */
  readonly position: number;
  readonly siblings: number;
}

/** Children of a node beyond those shown. */
export interface MoreCell {
  readonly parent: string;
  readonly column: number;
  readonly line: number;
  readonly hidden: number;
}

export interface TreePicture {
  readonly cells: readonly TreeCell[];
  readonly more: readonly MoreCell[];
  readonly lines: number;
  readonly columns: number;
  /** Nodes that match the search, shown or not. */
  readonly matches: number;
}

export interface TreeView {
  /** Nodes opened or closed by hand; others follow `openLevel`. */
  readonly toggled: ReadonlyMap<string, boolean>;
  /** Nodes of this level and above are open. */
  readonly openLevel: number;
  /** Children shown of a node with many. */
  readonly shown: ReadonlyMap<string, number>;
  readonly search: string;
}

/** Children shown before one asks for more. */
export const childrenAtFirst = 60;
const searchLines = 120;

/** Lines and columns of the part of the tree that is open, or that matches the search. */
export function layoutTree(roots: readonly TreeNode[], depth: number, view: TreeView): TreePicture {
  const cells: TreeCell[] = [];
  const more: MoreCell[] = [];
  const needle = view.search.trim().toLocaleLowerCase();
  const found = needle === '' ? undefined : matching(roots, needle);
  let line = 0;
  const place = (node: TreeNode, parent: string | null, position: number, siblings: number): void => {
    const start = line;
    const column = depth - 1 - node.level;
    const at = cells.length;
    const visible = found === undefined ? node.children : node.children.filter((child) => found.kept.has(child.key));
    const open = found === undefined ? isOpen(node, view) : visible.length > 0 && line < searchLines;
    if (open) {
      const cap = view.shown.get(node.key) ?? childrenAtFirst;
      const part = visible.slice(0, cap);
      part.forEach((child, i) => place(child, node.key, i + 1, part.length));
      if (visible.length > part.length) {
        more.push({ parent: node.key, column: column + 1, line, hidden: visible.length - part.length });
        line += 1;
      }
    }
    if (line === start) line += 1;
    const closed = !open && node.children.length > 0;
    cells.splice(at, 0, {
      node,
      key: node.key,
      parent,
      column,
      line: start,
      span: line - start,
      closed,
      position,
      siblings,
    });
  };
  const shownRoots = found === undefined ? roots : roots.filter((root) => found.kept.has(root.key));
  shownRoots.forEach((root, i) => place(root, null, i + 1, shownRoots.length));
  return { cells, more, lines: line, columns: depth, matches: found?.matches ?? 0 };
}

const isOpen = (node: TreeNode, view: TreeView): boolean =>
  node.children.length > 0 && (view.toggled.get(node.key) ?? node.level >= view.openLevel);

/** Nodes whose label holds the text, with all that lies above them. */
function matching(roots: readonly TreeNode[], needle: string): { kept: ReadonlySet<string>; matches: number } {
  const kept = new Set<string>();
  let matches = 0;
  const walk = (node: TreeNode): boolean => {
    const self = nameOf(node).toLocaleLowerCase().includes(needle);
    if (self) matches += 1;
    let below = false;
    for (const child of node.children) if (walk(child)) below = true;
    if (self || below) kept.add(node.key);
    return self || below;
  };
  for (const root of roots) walk(root);
  return { kept, matches };
}

/** The finest level whose parents may all be open without more than `lines` lines. */
export function firstOpenLevel(roots: readonly TreeNode[], depth: number, lines = 40): number {
  const counts = countsByLevel(roots, depth);
  let level = depth - 1;
  while (level > 0 && (counts[level - 1] ?? 0) <= lines) level -= 1;
  return level + 1;
}

/** The cell an arrow key leads to: left the parent, right the first child, up and down the neighbours of the column. */
export function neighbour(picture: TreePicture, key: string, arrow: string): string | undefined {
  const at = picture.cells.findIndex((cell) => cell.key === key);
  const here = picture.cells[at];
  if (here === undefined) return picture.cells[0]?.key;
  const column = picture.cells.filter((cell) => cell.column === here.column);
  switch (arrow) {
    case 'ArrowLeft':
      return here.parent ?? undefined;
    case 'ArrowRight':
      return picture.cells.find((cell) => cell.parent === key)?.key;
    case 'ArrowUp':
      return column.findLast((cell) => cell.line < here.line)?.key;
    case 'ArrowDown':
      return column.find((cell) => cell.line > here.line)?.key;
    case 'Home':
      return column[0]?.key;
    case 'End':
      return column.at(-1)?.key;
    default:
      return undefined;
  }
}

/** Key of the node at `level` on the way from a node to the root, where a dragged node would be dropped. */
export function ancestorAt(cells: readonly TreeCell[], key: string, level: number): string | undefined {
  const byKey = new Map(cells.map((cell) => [cell.key, cell]));
  let cell = byKey.get(key);
  while (cell !== undefined && cell.node.level < level)
    cell = cell.parent === null ? undefined : byKey.get(cell.parent);
  return cell?.node.level === level ? cell.key : undefined;
}
