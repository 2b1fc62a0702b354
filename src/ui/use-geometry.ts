import { useEffect, useState } from 'react';
import type { MapGeometry } from '../charts/props.ts';

const known = new Map<string, MapGeometry>();

/** Shapes of the zones from the page's own origin; undefined while loading, where there are none, or on failure (points show). */
export function useGeometry(url: string | undefined): MapGeometry | undefined {
  const [, loaded] = useState(0);
  useEffect(() => {
    if (url === undefined || known.has(url)) return;
    const controller = new AbortController();
    fetch(url, { signal: controller.signal })
      .then((response) => (response.ok ? response.json() : undefined))
      .then((geometry: MapGeometry | undefined) => {
        if (geometry?.type !== 'FeatureCollection') return;
        known.set(url, geometry);
        loaded((n) => n + 1);
      })
      .catch(() => undefined);
    return () => controller.abort();
  }, [url]);
  return url === undefined ? undefined : known.get(url);
}
