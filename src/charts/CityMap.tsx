import { useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { CityMapCard, placeFacts, sayPlace } from './CityMapCard.tsx';
import { CityMapLegend, LEGEND_BAND } from './CityMapLegend.tsx';
import { CityMapGrid, CityMapScale } from './CityMapScale.tsx';
import { CityMapShapes, usePlaceClasses } from './CityMapShapes.tsx';
import {
  drawOrder,
  layoutMap,
  nearestPlace,
  pointRadius,
  scaleBar,
  neighbour,
  placeClasses,
  shownValues,
} from './city-map.layout.ts';
import { formatNumber } from './format.ts';
import { MapPointCanvas } from './MapPointCanvas.tsx';
import type { CityMapProps } from './props.ts';
import type { TableModel } from './table-model.ts';
import { useMapView, type MapView } from './use-map-view.ts';
import { useSize } from './use-size.ts';
import type { ChartWords } from './words.ts';

/** Above this many points SVG gives way to a canvas. */
const SVG_LIMIT = 2000;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Zones or points of a city, coloured by a true, released or difference value. Keys: arrows to the nearest place, Enter
 * pins, Esc frees, + - 0 zoom, Shift+arrows pan, T table. Changing `values` costs one class per changed place.
 */
export function CityMap(props: CityMapProps) {
  const { words } = useChartSetting(props);
  return (
    <ChartFrame
      {...props}
      menuAt={[(props.insets?.[1] ?? 0) + 12, (props.insets?.[2] ?? 0) + 14]}
      fill={props.height === undefined}
      table={() => mapTable(props, words)}
    >
      <MapPicture {...props} />
    </ChartFrame>
  );
}

function mapTable(props: CityMapProps, words: ChartWords): TableModel {
  const { places, values, truth, suppressed, halfWidth95 } = props;
  const half = (i: number) => (typeof halfWidth95 === 'number' ? halfWidth95 : (halfWidth95?.[i] ?? null));
  const released = (i: number) => (suppressed?.[i] === 1 ? words.suppressed : (values[i] ?? null));
  return {
    columns: [
      { label: words.place },
      { label: `${words.released} (${props.unit})`, numeric: true },
      ...(halfWidth95 === undefined ? [] : [{ label: words.halfWidth, numeric: true }]),
      ...(truth === undefined
        ? []
        : [
            { label: words.true, numeric: true },
            { label: words.difference, numeric: true },
          ]),
    ],
    rows: places.map((place, i) => [
      place.label,
      released(i),
      ...(halfWidth95 === undefined ? [] : [half(i)]),
      ...(truth === undefined
        ? []
        : [truth[i] ?? null, suppressed?.[i] === 1 ? null : (values[i] as number) - (truth[i] as number)]),
    ]),
  };
}

function MapPicture(props: CityMapProps) {
  const { places, values, truth, suppressed, domain, scale = 'sqrt', marked, selected } = props;
  const mode = truth === undefined ? 'released' : props.mode;
  const { words, locale } = useChartSetting(props);
  const id = useId().replaceAll(/[^\w-]/g, '');
  const root = useRef<HTMLDivElement>(null);
  const surface = useRef<SVGSVGElement>(null);
  const holder = useRef<SVGGElement>(null);
  const size = useSize(root, { width: 800, height: 560 });
  const compact = props.showLegend !== false && size.width < 36 * size.em;
  const band = compact ? LEGEND_BAND * size.em : 0;
  const [top, right, bottom, left] = props.insets ?? [0, 0, 0, 0];
  const insets = [top, right, bottom + band, left] as const;
  const frameKey = props.frame?.join();
  const layout = useMemo(
    () => layoutMap(places, props.geometry, props.outlines, props.frame),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `frameKey` stands for the frame's values
    [places, props.geometry, props.outlines, frameKey],
  );
  const view = useMapView(layout, size, insets, surface);
  const [hovered, setHovered] = useState(-1);
  const [cursor, setCursor] = useState(-1);
  const shown = useMemo(() => shownValues(values, truth, mode), [values, truth, mode]);
  const classes = useMemo(
    () => placeClasses(shown, suppressed, mode, domain, scale, []),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the two ends stand for the domain
    [shown, suppressed, mode, domain[0], domain[1], scale],
  );
  usePlaceClasses(holder, layout, classes, `${id}h`, mode);

  // By the truth where it is known: it rests while a slider moves.
  const ranked = truth ?? values;
  const order = useMemo(() => drawOrder(ranked), [ranked]);
  const isPoints = layout.shapes.length === 0;
  const dot = isPoints ? pointRadius(places.length, size.width, size.height, view.zoom) : 0;
  const metresPerPixel = layout.metres * view.units;
  const usesCanvas = layout.shapes.length === 0 && places.length > SVG_LIMIT;
  const pinned = selected === undefined ? -1 : places.findIndex((place) => place.id === selected);
  const active = hovered >= 0 ? hovered : cursor >= 0 ? cursor : pinned;
  const toX = (i: number) => ((layout.cx[i] as number) - view.box.x) / view.units;
  const toY = (i: number) => ((layout.cy[i] as number) - view.box.y) / view.units;
  const idOf = (i: number) => places[i]?.id ?? null;
  const hover = (i: number) => {
    if (i === hovered) return;
    setHovered(i);
    props.onHover?.(idOf(i));
  };
  const placeAt = (event: PointerEvent | React.MouseEvent): number => {
    const found = event.target instanceof Element ? event.target.getAttribute('data-place') : null;
    if (found !== null) return Number(found);
    if (!usesCanvas || surface.current === null) return -1;
    const box = surface.current.getBoundingClientRect();
    const x = view.box.x + (event.clientX - box.left) * view.units;
    return nearestPlace(layout, x, view.box.y + (event.clientY - box.top) * view.units, 10 * view.units);
  };
  const select = (i: number) => props.onSelect?.(i < 0 || i === pinned ? null : idOf(i));
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      mapKey(
        event,
        view,
        (dx, dy) => {
          const from = cursor >= 0 ? cursor : pinned;
          const start = () => nearestPlace(layout, view.box.x + view.box.width / 2, view.box.y + view.box.height / 2);
          const next = from >= 0 && !Number.isNaN(layout.cx[from]) ? neighbour(layout, from, dx, dy) : start();
          if (next < 0) return;
          setCursor(next);
          props.onHover?.(idOf(next));
          view.reveal(layout.cx[next] as number, layout.cy[next] as number);
        },
        () => select(cursor),
        () => {
          setCursor(-1);
          props.onSelect?.(null);
        },
      )
    )
      event.preventDefault();
  };
  const ringed = marked === undefined ? -1 : places.findIndex((place) => place.id === marked.placeId);
  const facts = active >= 0 ? placeFacts(props, active, locale, words) : null;
  const format = (value: number) => formatNumber(value, locale);
  const off = layout.unmapped.filter((i) => Math.abs(shown[i] ?? 0) > 0 || idOf(i) === selected);
  const outlineOf = (i: number) => layout.shapes.find((shape) => shape.place === i)?.d;
  const { box } = view;
  return (
    <div ref={root} className="ec-map" style={props.height === undefined ? undefined : { height: props.height }}>
      {usesCanvas ? (
        <MapPointCanvas layout={layout} view={view} size={size} classes={classes} surface={surface} />
      ) : null}
      <svg
        ref={surface}
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="application"
        aria-roledescription="map"
        aria-label={`${props.title}. ${props.description}`}
        tabIndex={0}
        style={{ touchAction: view.zoom > 1 ? 'none' : 'pan-y' }}
        onPointerMove={(event) => hover(placeAt(event))}
        onPointerLeave={() => hover(-1)}
        onClick={(event) => {
          if (!view.dragged.current) select(placeAt(event));
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(-1)}
      >
        <defs>
          <pattern
            id={`${id}h`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform={`rotate(45) scale(${usesCanvas ? 1 : view.units})`}
          >
            <path d="M0,0V6" className="ec-hatch-ink" />
          </pattern>
          <pattern id={`${id}k`} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0,0V4" className="ec-hatch-ink" />
          </pattern>
        </defs>
        <svg
          className={isPoints ? 'ec-points' : undefined}
          width={size.width}
          height={size.height}
          viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {isPoints && layout.outlines.length === 0 ? (
            <CityMapGrid box={box} step={(scaleBar(metresPerPixel, 110)?.pixels ?? 0) * view.units} />
          ) : null}
          {usesCanvas ? null : (
            <CityMapShapes layout={layout} radius={dot * view.units} order={order} holder={holder} />
          )}
          {[pinned, active].map((i, n) => {
            const d = i < 0 ? undefined : outlineOf(i);
            return d === undefined || (n === 1 && i === pinned) ? null : (
              <g key={n}>
                <path d={d} className="ec-over-rim" />
                <path d={d} className="ec-over" />
              </g>
            );
          })}
        </svg>
        <g aria-hidden="true" pointerEvents="none">
          {isPoints
            ? [pinned, active].map((i, n) =>
                i < 0 || Number.isNaN(layout.cx[i]) || (n === 1 && i === pinned) ? null : (
                  <g key={n}>
                    <circle
                      cx={toX(i)}
                      cy={toY(i)}
                      r={dot}
                      className={classes[i]}
                      fill={classes[i] === 'ec-hatched' ? `url(#${id}k)` : undefined}
                    />
                    <circle cx={toX(i)} cy={toY(i)} r={dot + 2.5} className="ec-over-rim" />
                    <circle cx={toX(i)} cy={toY(i)} r={dot + 2.5} className="ec-over" />
                  </g>
                ),
              )
            : null}
          {isPoints && size.width > 30 * size.em ? (
            <CityMapScale
              metresPerPixel={metresPerPixel}
              x={insets[3] + (off.length > 0 ? 190 : 16)}
              y={size.height - insets[2] - 16}
              north={words.north}
            />
          ) : null}
          {ringed < 0 || Number.isNaN(layout.cx[ringed]) ? null : (
            <g data-marked={marked?.placeId} transform={`translate(${toX(ringed)},${toY(ringed)})`}>
              <circle r={15} className="ec-ring-rim" />
              <circle r={15} className="ec-ring" />
              <circle r={3.5} className="ec-ring-dot" />
            </g>
          )}
          {props.showLegend === false ? null : (
            <CityMapLegend
              {...{ mode, domain, scale, words, format }}
              unit={props.unit}
              label={props.measureLabel}
              hatch={`${id}k`}
              em={size.em}
              right={size.width - insets[1] - 8}
              top={compact ? size.height - bottom - band : insets[0] + 8}
              compact={compact ? size.width : undefined}
            />
          )}
        </g>
      </svg>
      <div
        className="ec-map-tools"
        style={{ right: insets[1] + (props.chrome === 'quiet' ? 42 : 12), bottom: insets[2] + 12 }}
      >
        <button type="button" aria-label={words.zoomIn} title={`${words.zoomIn} (+)`} onClick={() => view.zoomBy(1.5)}>
          +
        </button>
        <button
          type="button"
          aria-label={words.zoomOut}
          title={`${words.zoomOut} (−)`}
          onClick={() => view.zoomBy(1 / 1.5)}
        >
          −
        </button>
        <button type="button" aria-label={words.resetView} title={`${words.resetView} (0)`} onClick={view.reset}>
          ⌂
        </button>
      </div>
      {off.length === 0 ? null : (
        <details className="ec-map-off" style={{ left: insets[3] + 12, bottom: insets[2] + 12 }}>
          <summary>
            {words.unmapped}: {off.length}
          </summary>
          <div className="ec-map-chips" role="group" aria-label={words.unmapped}>
            {off.map((i) => {
              const place = placeFacts(props, i, locale, words);
              const amount = mode === 'true' ? `${place.truth} ${props.unit}` : (place.released ?? words.suppressed);
              return (
                <button
                  type="button"
                  key={idOf(i)}
                  aria-pressed={i === pinned}
                  title={sayPlace(place, words)}
                  onClick={() => select(i)}
                >
                  {place.name}: {mode === 'difference' ? (place.difference ?? amount) : amount}
                </button>
              );
            })}
          </div>
        </details>
      )}
      {facts === null || Number.isNaN(layout.cx[active]) ? null : (
        <CityMapCard
          {...{ facts, words }}
          x={toX(active)}
          y={toY(active)}
          width={size.width}
          height={size.height}
          pinned={active === pinned}
          showDifference={mode === 'difference'}
        >
          {active === pinned ? props.cardExtra?.(idOf(active) as string) : null}
        </CityMapCard>
      )}
      <div className="ec-hidden" aria-live="polite">
        {cursor >= 0 && facts !== null ? sayPlace(facts, words) : ''}
      </div>
    </div>
  );
}

/** Runs the action of a key; true = the key was used. */
function mapKey(
  event: KeyboardEvent,
  view: MapView,
  move: (dx: number, dy: number) => void,
  enter: () => void,
  leave: () => void,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const arrow = ARROWS[event.key];
  if (arrow !== undefined) {
    if (event.shiftKey) view.panBy(arrow[0] * 60, arrow[1] * 60);
    else move(arrow[0], arrow[1]);
    return true;
  }
  switch (event.key) {
    case '+':
    case '=':
      view.zoomBy(1.4);
      return true;
    case '-':
      view.zoomBy(1 / 1.4);
      return true;
    case '0':
      view.reset();
      return true;
    case 'Enter':
    case ' ':
      enter();
      return true;
    case 'Escape':
      leave();
      return true;
    default:
      return false;
  }
}
