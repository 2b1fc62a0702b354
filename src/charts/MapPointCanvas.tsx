import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { MapLayout } from './city-map.layout.ts';
import type { MapView } from './use-map-view.ts';
import type { Size } from './use-size.ts';

interface MapPointCanvasProps {
  readonly layout: MapLayout;
  readonly view: MapView;
  readonly size: Size;
  readonly classes: readonly string[];
  readonly surface: RefObject<SVGSVGElement | null>;
}

/** Points beyond the SVG limit. Colours are asked of the stylesheet once per class, so themes work here too. */
export function MapPointCanvas(props: MapPointCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { layout, view, size, classes, surface } = props;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || surface.current === null) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    const probe = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    surface.current.append(probe);
    const paint = new Map<string, readonly [string, string]>();
    for (let i = 0; i < classes.length; i++) {
      const name = classes[i] as string;
      if (name === 'ec-blank') continue;
      let colors = paint.get(name);
      if (colors === undefined) {
        probe.setAttribute('class', name);
        const style = getComputedStyle(probe);
        const hollow = name === 'ec-hatched' || name === 'ec-zero';
        colors = [hollow ? '' : style.fill, hollow ? style.stroke : ''];
        paint.set(name, colors);
      }
      const x = ((layout.cx[i] as number) - view.box.x) / view.units;
      const y = ((layout.cy[i] as number) - view.box.y) / view.units;
      if (!(x > -6 && y > -6 && x < size.width + 6 && y < size.height + 6)) continue;
      context.beginPath();
      context.arc(x, y, 3, 0, 2 * Math.PI);
      if (colors[0] !== '') {
        context.fillStyle = colors[0];
        context.fill();
      } else {
        context.strokeStyle = colors[1];
        context.stroke();
      }
    }
    probe.remove();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the four numbers stand for the view
  }, [layout, classes, surface, size, view.box.x, view.box.y, view.units]);
  const ratio = typeof window === 'undefined' ? 1 : window.devicePixelRatio || 1;
  return (
    <canvas
      ref={canvas}
      width={size.width * ratio}
      height={size.height * ratio}
      style={{ width: size.width, height: size.height }}
      aria-hidden="true"
    />
  );
}
