import { useEffect } from 'react';
import { create } from 'zustand';

/**
 * Whether the first picture of this visit is drawn, or known not to come. Until then nothing else is loaded or
 * computed: the panels beside the map, the measures and the attacks follow it.
 */
export const useFirstPicture = create(() => ({ drawn: false }));

export function markDrawn(): void {
  if (!useFirstPicture.getState().drawn) useFirstPicture.setState({ drawn: true });
}

/** How long a map may take to measure its place and draw, in looks 40 ms apart, before the rest goes on without it. */
const looks = 50;

/** Notes the first picture once places are really drawn: a map first measures the room it has. */
export function useMarkDrawn(ready: boolean): void {
  useEffect(() => {
    if (!ready || useFirstPicture.getState().drawn) return;
    let looked = 0;
    const timer = setInterval(() => {
      looked += 1;
      const places = document.querySelector('.map-area [data-place], .map-area canvas');
      if (places === null && looked < looks) return;
      clearInterval(timer);
      markDrawn();
    }, 40);
    return () => clearInterval(timer);
  }, [ready]);
}
