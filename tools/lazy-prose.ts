import { join } from 'node:path';
import { parseSync, type Plugin } from 'vite';
import { sourcesIn, spanishByEnglish, textFolders, withoutSpanish } from './lazy-spanish.ts';

/**
 * Descriptors are in the page's first load because links and job keys need them, but what a method card says is read
 * later, if at all. In the page's build this plugin puts an empty text or list in place of every summary, help, limit,
 * source and adversary's knowledge written out in a descriptor of `src/engine`, and moves what was there into one virtual
 * module, which fills the places when it is loaded (src/ui/i18n/use-text.ts). Names of modules and of numbers stay. Workers and Node keep all.
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

/** A piece of prose: where it stands in its source, and its value. */
export interface Prose {
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
}

/** All prose written out in the descriptors of a source; what refers to anything else stays where it is. */
export function proseOf(code: string): readonly Prose[] {
  const found: Prose[] = [];
  const move = (value: Node): void => {
    const constant = constantOf(value);
    if (constant !== undefined) found.push({ start: value.start, end: value.end, value: constant.value });
  };
  const inDescriptor = (node: Node, labels: boolean): void => {
    for (const property of partsOf(node)) {
      const { key, value } = property;
      if (!isNode(key) || !isNode(value)) continue;
      const name = String(key['name']);
      if (moved.has(name) || (labels && name === 'label')) move(value);
      else if (value.type === 'ObjectExpression') inDescriptor(value, labels);
      else if (labels && name === 'options') for (const option of partsOf(value)) inDescriptor(option, true);
    }
  };
  const walk = (node: Node): void => {
    const { callee } = node;
    if (node.type === 'CallExpression' && isNode(callee) && makers.has(String(callee['name']))) {
      const maker = String(callee['name']);
      for (const spec of partsOf(node)) {
        if (spec.type !== 'ObjectExpression') continue;
        inDescriptor(spec, inForms.has(maker) || (!maker.startsWith('define') && isAdvanced(spec)));
      }
    }
    for (const part of Object.values(node)) {
      for (const each of Array.isArray(part) ? part : [part]) if (isNode(each)) walk(each);
    }
  };
  walk(parseSync('descriptor.ts', code, { lang: 'ts' }).program as unknown as Node);
  return found.toSorted((a, b) => a.start - b.start);
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

/** Numbers of pieces of prose, by what they say: the same words share a place. */
export function numbered(sources: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const { value } of sources.flatMap(proseOf)) {
    const content = JSON.stringify(value);
    if (!places.has(content)) places.set(content, places.size);
  }
  return places;
}

/** The source with its prose left for later. */
export function withoutProse(code: string, places: ReadonlyMap<string, number>): string {
  let result = '';
  let at = 0;
  for (const { start, end, value } of proseOf(code)) {
    const place = places.get(JSON.stringify(value));
    if (place === undefined) continue;
    const empty = Array.isArray(value) ? '[]' : '{ en: "" }';
    result += `${code.slice(at, start)}/* @__PURE__ */ proseLater(${place}, ${empty})`;
    at = end;
  }
  return at === 0 ? code : `import { proseLater } from '${laterId}';${result}${code.slice(at)}`;
}

/** Places are filled where they are, so that whoever reads a descriptor needs to know nothing of this. */
const later = `
const places = [];
let known;
const filled = (place, value) => Object.assign(place, value);
export const proseLater = (n, empty) => (places[n] ??= known === undefined ? empty : filled(empty, known[n]));
export const fillProse = (all) => {
  known = all;
  places.forEach((place, n) => filled(place, all[n]));
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
