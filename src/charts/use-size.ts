import { useLayoutEffect, useState, type RefObject } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
  /** Root font size in px; margins scale with it so that 200 % text still fits. */
  readonly em: number;
}

/** Size of a chart's box, followed by ResizeObserver. The fallback is what is drawn before the first measure. */
export function useSize(box: RefObject<HTMLElement | null>, fallback: { width: number; height: number }): Size {
  const [size, setSize] = useState<Size>({ ...fallback, em: 16 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0) return;
      const em = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      const next = { width: Math.round(width), height: Math.round(height), em };
      setSize((old) => (old.width === next.width && old.height === next.height && old.em === next.em ? old : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** True where the reader asked for less motion. */
export function prefersLessMotion(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}
