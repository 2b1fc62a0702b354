/** Zoom and pan of the map as a view box: wheel, drag, pinch, buttons and keys share `zoomBy` and `panBy`. */
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { fitView, type Box, type MapLayout } from './city-map.layout.ts';
import type { Size } from './use-size.ts';

const MAX_ZOOM = 24;

interface View {
  /** Centre shift in world units from the fitted view, and zoom factor. */
  readonly dx: number;
  readonly dy: number;
  readonly zoom: number;
}
const HOME: View = { dx: 0, dy: 0, zoom: 1 };

/** Zooms about a screen point so that the world point under it stays. Pure, exported for tests. */
export function zoomAbout(
  fitted: Box,
  view: View,
  size: { width: number; height: number },
  factor: number,
  px: number,
  py: number,
): View {
  const zoom = Math.min(MAX_ZOOM, Math.max(0.35, view.zoom * factor));
  const before = fitted.width / size.width / view.zoom;
  const after = fitted.width / size.width / zoom;
  const fromX = px - size.width / 2;
  const fromY = py - size.height / 2;
  return { zoom, dx: view.dx + fromX * (before - after), dy: view.dy + fromY * (before - after) };
}

export interface MapView {
  readonly box: Box;
  readonly zoom: number;
  /** World units a pixel. */
  readonly units: number;
  readonly zoomBy: (factor: number, px?: number, py?: number) => void;
  readonly panBy: (px: number, py: number) => void;
  readonly reset: () => void;
  /** Pans so that a world point is inside, with a margin. */
  readonly reveal: (x: number, y: number) => void;
  /** True just after a drag, so that its click selects nothing. */
  readonly dragged: RefObject<boolean>;
}

/** View state of one map and its wheel and pointer listeners on `surface`. */
export function useMapView(
  layout: MapLayout,
  size: Size,
  insets: readonly [number, number, number, number] | undefined,
  surface: RefObject<SVGSVGElement | null>,
): MapView {
  const [view, setView] = useState<View>(HOME);
  const key = (insets ?? []).join();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for the insets' values
  const fitted = useMemo(() => fitView(layout.frame, size, insets), [layout.frame, size, key]);
  const units = fitted.width / size.width / view.zoom;
  const box: Box = {
    width: fitted.width / view.zoom,
    height: fitted.height / view.zoom,
    x: fitted.x + fitted.width / 2 + view.dx - fitted.width / view.zoom / 2,
    y: fitted.y + fitted.height / 2 + view.dy - fitted.height / view.zoom / 2,
  };
  const zoomBy = (factor: number, px = size.width / 2, py = size.height / 2) =>
    setView((old) => zoomAbout(fitted, old, size, factor, px, py));
  const panBy = (px: number, py: number) =>
    setView((old) => {
      const unit = fitted.width / size.width / old.zoom;
      return { ...old, dx: old.dx + px * unit, dy: old.dy + py * unit };
    });
  const reveal = (x: number, y: number) => {
    const px = (x - box.x) / units;
    const py = (y - box.y) / units;
    const out = (p: number, whole: number) => (p < 40 ? p - 40 : p > whole - 40 ? p - whole + 40 : 0);
    const shiftX = out(px, size.width);
    const shiftY = out(py, size.height);
    if (shiftX !== 0 || shiftY !== 0) panBy(shiftX, shiftY);
  };
  const dragged = useRef(false);
  const actions = useRef({ zoomBy, panBy });
  actions.current = { zoomBy, panBy };
  useEffect(() => listen(surface.current, actions, dragged), [surface]);
  return { box, zoom: view.zoom, units, zoomBy, panBy, reset: () => setView(HOME), reveal, dragged };
}

type Actions = RefObject<Pick<MapView, 'zoomBy' | 'panBy'>>;

function listen(
  element: SVGSVGElement | null,
  actions: Actions,
  dragged: RefObject<boolean>,
): (() => void) | undefined {
  if (element === null) return undefined;
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  const place = (x: number, y: number) => {
    const box = element.getBoundingClientRect();
    return { x: x - box.left, y: y - box.top };
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const { x, y } = place(event.clientX, event.clientY);
    const lines = event.deltaMode === 1 ? 20 : 1;
    actions.current.zoomBy(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0018)), x, y);
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) {
      travelled = 0;
      dragged.current = false;
    }
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const onMove = (event: PointerEvent) => {
    const old = pointers.get(event.pointerId);
    if (old === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    pointers.set(event.pointerId, now);
    if (pointers.size === 1) {
      travelled += Math.abs(now.x - old.x) + Math.abs(now.y - old.y);
      if (travelled < 5) return;
      if (!dragged.current) element.setPointerCapture(event.pointerId);
      dragged.current = true;
      actions.current.panBy(old.x - now.x, old.y - now.y);
      return;
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) return;
    dragged.current = true;
    const spread = (a: { x: number; y: number }) => Math.max(1, Math.hypot(a.x - other.x, a.y - other.y));
    const middle = place((now.x + other.x) / 2, (now.y + other.y) / 2);
    actions.current.zoomBy(spread(now) / spread(old), middle.x, middle.y);
    actions.current.panBy((old.x - now.x) / 2, (old.y - now.y) / 2);
  };
  const onUp = (event: PointerEvent) => pointers.delete(event.pointerId);
  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onUp);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onUp);
  };
}
