/**
 * A hierarchy being edited: rows as in a file (base value, label per level, last "*") and the names of the levels
 * between. Everything here is pure; an edit gives new rows.
 */
export interface TreeRows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A node of the tree: the rows that share their labels from the root down to it. */
export interface TreeNode {
  /** Path of labels from the root, joined: two nodes may share a label (and the check then says so), never a key. */
  readonly key: string;
  /** 0 is a value, `depth - 1` the root. */
  readonly level: number;
  readonly label: string;
  /** What people call it, where that is not its label. */
  readonly name?: string;
  readonly children: readonly TreeNode[];
  /** Base values under it. */
  readonly values: number;
  /** Rows of the data under it. */
  readonly rows: number;
}

/** What to write on a node. */
export const nameOf = (node: TreeNode): string =>
  node.name === undefined ? node.label : `${node.name} (${node.label})`;

export const depthOf = (tree: TreeRows): number => tree.rows[0]?.length ?? 0;

/** Labels written out: what a scenario has to hold. */
export const labelsIn = (tree: TreeRows): number => tree.rows.length * depthOf(tree);

const JOIN = '\u0000';

/** Key of the node at `level` that a row passes through. */
export const keyAt = (row: readonly string[], level: number): string => row.slice(level).reverse().join(JOIN);

/** What is known of the base values besides their labels. */
export interface ValueFacts {
  /** Rows of the data that have the value. */
  readonly rows: ReadonlyMap<string, number>;
  /** Names of values that are ids. */
  readonly names: Readonly<Record<string, string>>;
}

/** The tree of the rows, children in the order they are first named. */
export function buildTree(tree: TreeRows, facts: ValueFacts): readonly TreeNode[] {
  const depth = depthOf(tree);
  const gather = (rows: TreeRows['rows'], level: number): readonly TreeNode[] => {
    const groups = new Map<string, (readonly string[])[]>();
    for (const row of rows) {
      const label = row[level] ?? '';
      const group = groups.get(label);
      if (group === undefined) groups.set(label, [row]);
      else group.push(row);
    }
    return [...groups].map(([label, members]): TreeNode => {
      const key = keyAt(members[0] ?? [], level);
      if (level === 0) {
        const name = Object.hasOwn(facts.names, label) ? facts.names[label] : undefined;
        const leaf = { key, level, label, children: [], values: 1, rows: facts.rows.get(label) ?? 0 };
        return name === undefined || name === label ? leaf : { ...leaf, name };
      }
      const children = gather(members, level - 1);
      return {
        key,
        level,
        label,
        children,
        values: children.reduce((sum, child) => sum + child.values, 0),
        rows: children.reduce((sum, child) => sum + child.rows, 0),
      };
    });
  };
  return depth === 0 ? [] : gather(tree.rows, depth - 1);
}

/** Gives the nodes of these keys at one level another label. Labels above stay. */
export const renameNodes = (tree: TreeRows, level: number, keys: ReadonlySet<string>, label: string): TreeRows => ({
  ...tree,
  rows: tree.rows.map((row) =>
    keys.has(keyAt(row, level)) ? row.map((old, at) => (at === level ? label : old)) : row,
  ),
});

/** Puts nodes of one level under another parent: `parent` is a key one level up. The rest of the path comes with it. */
export function moveNodes(tree: TreeRows, level: number, keys: ReadonlySet<string>, parent: string): TreeRows {
  const path = tree.rows.find((row) => keyAt(row, level + 1) === parent)?.slice(level + 1);
  if (path === undefined) return tree;
  return {
    ...tree,
    rows: tree.rows.map((row) => (keys.has(keyAt(row, level)) ? [...row.slice(0, level + 1), ...path] : row)),
  };
}

/** Puts nodes of one level under a new parent of that label, where the first of them stands. */
export function moveToNew(tree: TreeRows, level: number, keys: ReadonlySet<string>, label: string): TreeRows {
  const above = tree.rows.find((row) => keys.has(keyAt(row, level)))?.slice(level + 2);
  if (above === undefined || level + 2 > depthOf(tree) - 1) return tree;
  return {
    ...tree,
    rows: tree.rows.map((row) => (keys.has(keyAt(row, level)) ? [...row.slice(0, level + 1), label, ...above] : row)),
  };
}

/** A new level above `level`, at first the same as it: every node its own group. */
export const addLevel = (tree: TreeRows, level: number, name: string): TreeRows => ({
  names: [...tree.names.slice(0, level), name, ...tree.names.slice(level)],
  rows: tree.rows.map((row) => [...row.slice(0, level + 1), row[level] ?? '', ...row.slice(level + 1)]),
});

/** Without a level between base and root. */
export const removeLevel = (tree: TreeRows, level: number): TreeRows =>
  level < 1 || level > depthOf(tree) - 2
    ? tree
    : {
        names: tree.names.filter((_, at) => at !== level - 1),
        rows: tree.rows.map((row) => row.filter((_, at) => at !== level)),
      };

export const renameLevel = (tree: TreeRows, level: number, name: string): TreeRows => ({
  ...tree,
  names: tree.names.map((old, at) => (at === level - 1 ? name : old)),
});

/** The values of the data the tree does not have, each added under one group of the given label. */
export function addValues(tree: TreeRows, values: readonly string[], label: string): TreeRows {
  const known = new Set(tree.rows.map((row) => row[0]));
  const depth = Math.max(2, depthOf(tree));
  const root = tree.rows[0]?.at(-1) ?? '*';
  const added = values
    .filter((value) => !known.has(value))
    .map((value) => [value, ...Array.from({ length: depth - 2 }, () => label), root]);
  return { ...tree, rows: [...tree.rows, ...added] };
}

/** Nodes of a level with their keys, for the "move to" list: at most `cap`, in tree order. */
export function nodesAtLevel(roots: readonly TreeNode[], level: number, cap: number): readonly TreeNode[] {
  const out: TreeNode[] = [];
  const walk = (nodes: readonly TreeNode[]): void => {
    for (const node of nodes) {
      if (out.length >= cap) return;
      if (node.level === level) out.push(node);
      else if (node.level > level) walk(node.children);
    }
  };
  walk(roots);
  return out;
}

/** Number of nodes at each level. */
export function countsByLevel(roots: readonly TreeNode[], depth: number): readonly number[] {
  const out = Array.from({ length: depth }, () => 0);
  const walk = (node: TreeNode): void => {
    out[node.level] = (out[node.level] ?? 0) + 1;
    for (const child of node.children) walk(child);
  };
  for (const root of roots) walk(root);
  return out;
}
