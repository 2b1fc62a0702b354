import { useEffect, useState } from 'react';
import type { MapGeometry } from '../charts/props.ts';

const known = new Map<string, MapGeometry>();
const failed = new Set<string>();

/** Whether shapes were asked for and did not come: the map then shows points instead of waiting for ever. */
export const geometryFailed = (url: string | undefined): boolean => url !== undefined && failed.has(url);

/** Shapes of the zones from the page's own origin; undefined while loading, where there are none, or on failure (points show). */
export function useGeometry(url: string | undefined): MapGeometry | undefined {
  const [, loaded] = useState(0);
  useEffect(() => {
    if (url === undefined || known.has(url)) return;
    const controller = new AbortController();
    fetch(url, { signal: controller.signal })
      .then((response) => (response.ok ? response.json() : undefined))
      .then((geometry: MapGeometry | undefined) => {
        if (geometry?.type === 'FeatureCollection') known.set(url, geometry);
        else failed.add(url);
      })
      .catch(() => {
        // Leaving the page is no failure of the file.
        if (!controller.signal.aborted) failed.add(url);
      })
      .finally(() => {
        if (!controller.signal.aborted) loaded((n) => n + 1);
      });
    return () => controller.abort();
  }, [url]);
  return url === undefined ? undefined : known.get(url);
}
