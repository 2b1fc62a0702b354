import { join } from 'node:path';
import { parseSync, type Plugin } from 'vite';
import { sourcesIn, spanishByEnglish, textFolders, withoutSpanish } from './lazy-spanish.ts';

/**
 * Descriptors are in the page's first load because links and job keys need them, but what a method card says is read
 * later, if at all. In the page's build this plugin puts an empty text or list in place of every summary, help, limit,
 * source and adversary's knowledge written out in a descriptor of `src/engine`, and moves what was there into one virtual
 * module, which fills the places when it is loaded (src/ui/i18n/use-text.ts). Names of modules and of numbers stay. Workers, which show
 * nothing, keep labels alone; Node keeps all.
 */
const proseId = 'virtual:module-prose';
const laterId = 'virtual:later';
const folder = 'src/engine';
const moved = new Set(['summary', 'help', 'limits', 'citations', 'knows', 'wants']);
const makers = new Set(
  'defineTechnique defineMetric defineAttack number integer choice flag column columns levels'.split(' '),
);

/**
 * Parameters only a form shows: their labels wait too. Numbers keep theirs, for a slider of the first view, unless they are
 * advanced.
 */
const inForms = new Set('choice flag column columns levels'.split(' '));
const isAdvanced = (spec: Node): boolean => partsOf(spec).some(({ key }) => isNode(key) && key['name'] === 'advanced');

/** The part of the syntax tree that is looked at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Prose of one object of a descriptor: its properties, or the labels of its list of options, and what they say. */
export interface Prose {
  /** Properties from key to value; of options the one list. */
  readonly at: readonly { readonly start: number; readonly end: number }[];
  /** Texts and lists by name; labels in the order of their options. */
  readonly value: Readonly<Record<string, unknown>> | readonly unknown[];
  /** Of options: their values as they are written. */
  readonly options?: readonly string[];
}

/** All prose written out in the descriptors of a source, with or without labels; what refers to anything else stays where it is. */
export function proseOf(code: string, withLabels = true): readonly Prose[] {
  const found: Prose[] = [];
  const nameOf = ({ key }: Node): string => (isNode(key) ? String(key['name']) : '');
  const inDescriptor = (node: Node, labels: boolean): void => {
    const pieces = partsOf(node).flatMap((property) => {
      const { value } = property;
      const name = nameOf(property);
      if (!isNode(value)) return [];
      const constant = moved.has(name) || (labels && name === 'label') ? constantOf(value) : undefined;
      if (constant === undefined && value.type === 'ObjectExpression') inDescriptor(value, labels);
      if (labels && name === 'options') inOptions(value);
      return constant === undefined ? [] : [{ property, name, value: constant.value }];
    });
    if (pieces.length === 0) return;
    const value = Object.fromEntries(pieces.map((piece) => [piece.name, piece.value]));
    found.push({ at: pieces.map(({ property }) => property), value });
  };
  const inOptions = (list: Node): void => {
    const options = partsOf(list).map((option) => {
      const parts = partsOf(option);
      const of = (name: string): Node | undefined => {
        const value = parts.find((part) => nameOf(part) === name)?.['value'];
        return isNode(value) ? value : undefined;
      };
      const [value, label] = [of('value'), of('label')];
      const said = label === undefined ? undefined : constantOf(label)?.value;
      if (parts.length !== 2 || value === undefined || said === undefined) return undefined;
      return { value: code.slice(value.start, value.end), said };
    });
    const known = options.filter((option) => option !== undefined);
    if (list.type !== 'ArrayExpression' || known.length < options.length || known.length === 0) return;
    found.push({ at: [list], value: known.map(({ said }) => said), options: known.map(({ value }) => value) });
  };
  const walk = (node: Node): void => {
    const { callee } = node;
    if (node.type === 'CallExpression' && isNode(callee) && makers.has(String(callee['name']))) {
      const maker = String(callee['name']);
      const labels = withLabels && inForms.has(maker);
      for (const spec of partsOf(node)) {
        if (spec.type !== 'ObjectExpression') continue;
        inDescriptor(spec, labels || (withLabels && !maker.startsWith('define') && isAdvanced(spec)));
      }
    }
    for (const part of Object.values(node)) {
      for (const each of Array.isArray(part) ? part : [part]) if (isNode(each)) walk(each);
    }
  };
  walk(parseSync('descriptor.ts', code, { lang: 'ts' }).program as unknown as Node);
  return found;
}

const partsOf = (node: Node): readonly Node[] =>
  [node['properties'], node['arguments'], node['elements']].flatMap((list) =>
    Array.isArray(list) ? list.filter(isNode) : [],
  );

/** Value of an expression made of literals, lists, objects and `text(...)` alone. */
function constantOf(node: Node): { readonly value: unknown } | undefined {
  const parts = partsOf(node);
  if (node.type === 'Literal') return { value: node['value'] };
  if (node.type === 'ArrayExpression') {
    const values = parts.map(constantOf);
    return values.includes(undefined) ? undefined : { value: values.map((each) => each?.value) };
  }
  if (node.type === 'ObjectExpression') {
    const entries = parts.map(({ key, value }) => {
      const constant = isNode(value) ? constantOf(value) : undefined;
      return isNode(key) && constant !== undefined ? [String(key['name'] ?? key['value']), constant.value] : undefined;
    });
    const known = entries.filter((entry) => entry !== undefined);
    return known.length < entries.length ? undefined : { value: Object.fromEntries(known) };
  }
  if (node.type !== 'CallExpression' || !isNode(node['callee']) || node['callee']['name'] !== 'text') return undefined;
  const [en, es] = parts.map((part) => constantOf(part)?.value);
  if (typeof en !== 'string' || (parts.length > 1 && typeof es !== 'string')) return undefined;
  return { value: es === undefined ? { en } : { en, es } };
}

/** Numbers of prose, by what it says: the same words share a place. */
export function numbered(sources: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const { value } of sources.flatMap((source) => proseOf(source))) {
    const content = JSON.stringify(value);
    if (!places.has(content)) places.set(content, places.size);
  }
  return places;
}

/** The source with something else where its prose was: once per object, at the first of its properties. */
function replaced(code: string, prose: readonly Prose[], by: (prose: Prose) => string | undefined): string {
  const edits = prose.flatMap((one) => {
    const written = by(one);
    if (written === undefined) return [];
    // A property that goes takes its comma along.
    const through = (end: number): number => end + (/^\s*,/.exec(code.slice(end))?.[0].length ?? 0);
    return one.at.map(({ start, end }, i) =>
      i === 0 ? { start, end, written } : { start, end: through(end), written: '' },
    );
  });
  let result = '';
  let at = 0;
  for (const { start, end, written } of edits.toSorted((a, b) => a.start - b.start)) {
    result += code.slice(at, start) + written;
    at = end;
  }
  return result + code.slice(at);
}

/** The source with its prose left for later. */
export function withoutProse(code: string, places: ReadonlyMap<string, number>): string {
  const rest = replaced(code, proseOf(code), ({ value, options }) => {
    const place = places.get(JSON.stringify(value));
    if (place === undefined) return undefined;
    if (options !== undefined) return `/* @__PURE__ */ optionsLater(${place}, [${options.join(', ')}])`;
    const names = Object.entries(value).map(([name, said]) => (Array.isArray(said) ? `${name}+` : name));
    return `.../* @__PURE__ */ proseLater(${place}, '${names.join(' ')}')`;
  });
  return rest === code ? code : `import { optionsLater, proseLater } from '${laterId}';${rest}`;
}

/** The source with nothing where its prose was, but with all labels: workers name what is wrong, they explain no method. */
export const withoutAnyProse = (code: string): string =>
  replaced(code, proseOf(code, false), ({ value }) =>
    Object.entries(value)
      .map(([name, said]) => `${name}: ${Array.isArray(said) ? '[]' : "{ en: '' }"}`)
      .join(', '),
  );

/** Places are filled where they are, so that whoever reads a descriptor needs to know nothing of this. */
const later = `
const places = [];
let known;
const fill = (place, said) => Object.keys(place).forEach((name) => Object.assign(place[name], said[name]));
const made = (n, create) => {
  if (places[n] === undefined) {
    places[n] = create();
    if (known !== undefined) fill(places[n], known[n]);
  }
  return places[n];
};
export const proseLater = (n, names) =>
  made(n, () =>
    Object.fromEntries(names.split(' ').map((name) => (name.endsWith('+') ? [name.slice(0, -1), []] : [name, { en: '' }]))),
  );
export const optionsLater = (n, values) => {
  const labels = made(n, () => values.map(() => ({ en: '' })));
  return values.map((value, i) => ({ value, label: labels[i] }));
};
export const fillProse = (all) => {
  known = all;
  places.forEach((place, n) => fill(place, all[n]));
};
`;

export function lazyProse(): Plugin {
  let building = false;
  let places: ReadonlyMap<string, number> = new Map();
  return {
    name: 'lazy-prose',
    enforce: 'pre',
    configResolved(config) {
      building = config.command === 'build';
      if (!building) return;
      const known = spanishByEnglish(textFolders.flatMap((each) => sourcesIn(join(config.root, each))));
      places = numbered(sourcesIn(join(config.root, folder)).map((source) => withoutSpanish(source, known)));
    },
    resolveId: (id) => (id === proseId || id === laterId ? `\0${id}` : undefined),
    load: (id) => {
      if (id === `\0${laterId}`) return later;
      if (id !== `\0${proseId}`) return undefined;
      return `export const prose = [${[...places.keys()].join(',\n')}];`;
    },
    transform: (code, id) =>
      building && /\/src\/engine\/.*\.ts$/.test(id) ? { code: withoutProse(code, places), map: null } : undefined,
  };
}

/** For the build of workers. */
export function noProse(): Plugin {
  let building = false;
  return {
    name: 'no-prose',
    enforce: 'pre',
    configResolved(config) {
      building = config.command === 'build';
    },
    transform: (code, id) =>
      building && /\/src\/engine\/.*\.ts$/.test(id) ? { code: withoutAnyProse(code), map: null } : undefined,
  };
}
