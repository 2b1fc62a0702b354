import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { ChartTable } from './ChartTable.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import type { ExportKind } from './export.ts';
import type { FrameProps } from './props.ts';
import type { TableModel } from './table-model.ts';

export interface ChartFrameProps extends FrameProps {
  /** Built only when the table is opened or exported. */
  readonly table: TableModel | (() => TableModel);
  readonly children: ReactNode;
  /** The picture fills the height of its parent. */
  readonly fill?: boolean | undefined;
  /** Right and bottom of the quiet menu, px. */
  readonly menuAt?: readonly [number, number] | undefined;
}

const KINDS: readonly ExportKind[] = ['csv', 'json', 'svg', 'png'];

/** Figure around a chart: name, computed finding, table alternative (key T) and exports. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, description, finding, chrome = 'full', children, fill } = props;
  const { words, locale } = useChartSetting(props);
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [toggled, setToggled] = useState(0);
  const scrolls = useScrolls(body);
  const makeTable = () => (typeof props.table === 'function' ? props.table() : props.table);
  const toggle = () => {
    setAsTable((on) => !on);
    setToggled((n) => n + 1);
  };
  // The focused element may have left with the other view: keep the focus inside the figure.
  useEffect(() => {
    if (toggled > 0 && !(body.current?.parentElement?.contains(document.activeElement) ?? false)) {
      body.current?.querySelector<HTMLElement>('[tabindex]')?.focus();
    }
  }, [toggled]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.closest('input,textarea,select,[contenteditable]')) return;
    event.preventDefault();
    event.stopPropagation();
    toggle();
  };
  const save = (kind: ExportKind) => {
    const drawn = body.current;
    if (drawn === null) return;
    const fileName = props.fileName ?? title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    // Code for files is loaded when the first one is asked for.
    void import('./export.ts').then(({ saveChart }) =>
      saveChart(kind, { body: drawn, title, fileName, table: makeTable(), provenance: props.provenance }),
    );
  };
  const tools = (
    <div className="ec-tools">
      <button type="button" aria-pressed={asTable} aria-keyshortcuts="T" title={words.tableKey} onClick={toggle}>
        {asTable ? words.chart : words.table}
      </button>
      {KINDS.filter((kind) => !asTable || kind === 'csv' || kind === 'json').map((kind) => (
        <button
          type="button"
          key={kind}
          aria-label={`${words.saveAs} ${kind.toUpperCase()}: ${title}`}
          onClick={() => save(kind)}
        >
          {kind.toUpperCase()}
        </button>
      ))}
    </div>
  );
  const quiet = chrome !== 'full';
  return (
    <figure
      className={`ec-figure${fill ? ' ec-fill' : ''}${props.className ? ` ${props.className}` : ''}`}
      aria-labelledby={`${id}t`}
      aria-describedby={`${id}d`}
      onKeyDown={onKeyDown}
    >
      <figcaption className={quiet ? 'ec-hidden' : undefined}>
        <div className="ec-title" id={`${id}t`}>
          {title}
        </div>
        {finding === undefined ? null : <p className="ec-finding">{finding}</p>}
        <span className="ec-hidden" id={`${id}d`}>
          {description} {words.tableKey}.
        </span>
      </figcaption>
      <div
        className="ec-body"
        ref={body}
        {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-labelledby': `${id}t` } : {})}
      >
        {asTable ? (
          <div className="ec-table" tabIndex={0} role="region" aria-label={`${title}: ${words.table}`}>
            <ChartTable table={makeTable()} caption={description} locale={locale} />
          </div>
        ) : (
          children
        )}
      </div>
      {chrome === 'full' ? tools : null}
      {chrome === 'quiet' ? (
        <details className="ec-menu" style={props.menuAt && { right: props.menuAt[0], bottom: props.menuAt[1] }}>
          <summary aria-label={`${words.table}, ${words.saveAs}: ${title}`}>⋯</summary>
          {tools}
        </details>
      ) : null}
    </figure>
  );
}

/** Whether a picture is wider than its place (the narrowest phones): then keys must be able to scroll it. */
function useScrolls(holder: RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [holder]);
  return scrolls;
}
