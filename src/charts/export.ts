/** Exports of one chart: CSV and JSON text, stand-alone SVG text, PNG. No network, nothing kept. */
import { toCsv, type TableModel } from './table-model.ts';

/** JSON of a chart: title, finding, provenance and the table as records; NaN becomes null. */
export function toJson(title: string, table: TableModel, provenance: Readonly<Record<string, unknown>> = {}): string {
  const labels = table.columns.map((c) => c.label);
  const rows = table.rows.map((row) => Object.fromEntries(labels.map((label, i) => [label, finite(row[i] ?? null)])));
  return `${JSON.stringify({ title, provenance, columns: labels, rows }, null, 2)}\n`;
}

const finite = (value: string | number | null) => (typeof value === 'number' && !Number.isFinite(value) ? null : value);

const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
  'vector-effect',
  'visibility',
] as const;

/** `color(srgb r g b / a)`, as browsers compute mixed colours, in the notation every SVG reader knows. */
export function plainColor(value: string): string {
  const found = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(value);
  if (found === null) return value;
  const [r, g, b] = [found[1], found[2], found[3]].map((part) => Math.round(Number(part) * 255));
  return found[4] === undefined ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${found[4]})`;
}

/** Stand-alone copy of a drawn SVG: computed styles become attributes, with a background and a title. */
export function toSvgText(svg: SVGSVGElement, title: string): { text: string; width: number; height: number } {
  const box = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  for (let i = 0; i < from.length; i++) {
    const style = getComputedStyle(from[i] as Element);
    const target = to[i] as SVGElement;
    if (style.display === 'none') target.setAttribute('display', 'none');
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value !== '') target.setAttribute(name, plainColor(value).replaceAll('"', "'"));
    }
    for (const name of ['class', 'style', 'tabindex', 'role', 'aria-hidden']) target.removeAttribute(name);
  }
  const width = Math.max(1, Math.round(box.width));
  const height = Math.max(1, Math.round(box.height));
  const viewBox = (svg.getAttribute('viewBox') ?? `0 0 ${width} ${height}`).split(/[ ,]+/).map(Number);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', viewBox.join(' '));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const names = ['x', 'y', 'width', 'height'];
  names.forEach((name, i) => ground.setAttribute(name, String(viewBox[i] ?? 0)));
  ground.setAttribute('fill', paper(svg));
  copy.prepend(ground);
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  name.textContent = title;
  copy.prepend(name);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function paper(element: Element): string {
  return getComputedStyle(element).getPropertyValue('--panel').trim() || '#fff';
}

/** PNG of a stand-alone SVG text at `scale` device pixels a CSS pixel. */
export async function toPng(svg: { text: string; width: number; height: number }, scale = 2): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg.text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = svg.width * scale;
    canvas.height = svg.height * scale;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('this browser gave no 2d canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large to save'))),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Hands a file to the reader through a temporary link. */
export function saveFile(name: string, content: string | Blob, type: string): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export type ExportKind = 'csv' | 'json' | 'svg' | 'png';

/** Saves one chart in one format. SVG and PNG take the first picture inside `body`. */
export async function saveChart(
  kind: ExportKind,
  chart: {
    body: HTMLElement;
    title: string;
    fileName: string;
    table: TableModel;
    provenance?: Readonly<Record<string, unknown>> | undefined;
  },
): Promise<void> {
  const { body, title, fileName, table, provenance } = chart;
  if (kind === 'csv') return saveFile(`${fileName}.csv`, toCsv(table), 'text/csv');
  if (kind === 'json') return saveFile(`${fileName}.json`, toJson(title, table, provenance), 'application/json');
  const svg = body.querySelector<SVGSVGElement>('svg.ec-svg');
  if (svg === null) return undefined;
  const drawn = toSvgText(svg, title);
  if (kind === 'svg') return saveFile(`${fileName}.svg`, drawn.text, 'image/svg+xml');
  return saveFile(`${fileName}.png`, await toPng(drawn), 'image/png');
}
