import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Fill colour of a class of the stylesheet, asked once a class and drawing. */
export type Paint = (className: string) => string;

interface PaintedCanvasProps {
  readonly width: number;
  readonly height: number;
  /** Draws in CSS pixels; keep it stable (useCallback), it is called again whenever it changes. */
  readonly draw: (context: CanvasRenderingContext2D, paint: Paint) => void;
}

/** Marks beyond the SVG limit, in the colours of the stylesheet; painted anew when the theme changes. */
export function PaintedCanvas(props: PaintedCanvasProps) {
  const theme = useThemeCount();
  return <Canvas key={theme} {...props} />;
}

function Canvas({ width, height, draw }: PaintedCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // Asking the stylesheet forces a layout: once a class and theme, not once a drawing.
  const known = useRef(new Map<string, string>());
  const ratio = typeof window === 'undefined' ? 1 : window.devicePixelRatio || 1;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    const parent = canvas.current?.parentElement;
    if (!context || !parent) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, (className) => {
      const color = known.current.get(className) ?? fillOf(className, parent);
      known.current.set(className, color);
      return color;
    });
  }, [width, height, ratio, draw]);
  return (
    <canvas
      ref={canvas}
      width={Math.round(width * ratio)}
      height={Math.round(height * ratio)}
      style={{ width, height }}
      aria-hidden="true"
    />
  );
}

/** What the stylesheet fills a mark of this class with. */
function fillOf(className: string, parent: HTMLElement): string {
  const holder = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const probe = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  holder.setAttribute('class', 'ec-hidden');
  probe.setAttribute('class', className);
  holder.append(probe);
  parent.append(holder);
  const { fill } = getComputedStyle(probe);
  holder.remove();
  return fill;
}

/** Counts changes of theme: what is painted and not styled must be painted anew. */
function useThemeCount(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const changed = (): void => setCount((n) => n + 1);
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      system.removeEventListener('change', changed);
    };
  }, []);
  return count;
}
