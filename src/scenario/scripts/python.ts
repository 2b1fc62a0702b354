/** Python source from values nobody vouches for: names of columns and labels come from files. */

const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A Python string literal of printable ASCII alone: quotes, backslashes, line ends, control characters and everything beyond
 * are escaped, so that a value can neither end the literal nor hide what it is.
 */
export function pyString(value: string): string {
  let out = '"';
  for (const sign of value) {
    const code = sign.codePointAt(0) as number;
    const short = SHORT[sign];
    if (short !== undefined) out += short;
    else if (code >= 0x20 && code < 0x7f) out += sign;
    else if (code <= 0xff) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code <= 0xffff) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return `${out}"`;
}

/** The shortest decimal that reads back as the same double. @throws RangeError for a number Python cannot write. */
export function pyNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a number for a script: ${value}`);
  return String(value + 0);
}

export const pyBoolean = (value: boolean): string => (value ? 'True' : 'False');

const WIDTH = 100;

/** A list literal over as many lines as needed; `indent` is where its closing bracket stands. */
function pyList(items: readonly string[], indent = 0): string {
  const flat = `[${items.join(', ')}]`;
  if (indent + flat.length <= WIDTH - 20) return flat;
  const margin = ' '.repeat(indent + 4);
  const lines: string[] = [];
  let line = margin;
  for (const item of items) {
    if (line.length + item.length + 2 > WIDTH && line !== margin) {
      lines.push(line.trimEnd());
      line = margin;
    }
    line += `${item}, `;
  }
  lines.push(line.trimEnd());
  return `[\n${lines.join('\n')}\n${' '.repeat(indent)}]`;
}

export const pyStrings = (values: readonly string[], indent = 0): string => pyList(values.map(pyString), indent);

/** Words of our own as a docstring's paragraph: ASCII, broken at words. */
export function paragraph(words: string, first = '', rest = ''): string {
  const lines: string[] = [];
  let line = first;
  let begun = false;
  for (const word of plain(words).split(/\s+/)) {
    if (begun && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = rest + word;
    } else {
      line += begun ? ` ${word}` : word;
      begun = true;
    }
  }
  return [...lines, line].join('\n');
}

const NAMES: Readonly<Record<string, string>> = {
  ε: 'epsilon',
  δ: 'delta',
  ρ: 'rho',
  σ: 'sigma',
  '×': 'x',
  '’': "'",
  '–': '-',
  '−': '-',
};

/** ASCII without what could end a docstring. */
const plain = (words: string): string =>
  words
    .replace(/[^ -~]/g, (sign) => NAMES[sign] ?? '?')
    .replaceAll('\\', '/')
    .replaceAll('"', "'");
