import { create } from 'zustand';

/**
 * Whether the first picture of this visit is drawn, or known not to come. Until then nothing else is loaded or
 * computed: the panels beside the map, the measures and the attacks follow it.
 */
export const useFirstPicture = create(() => ({ drawn: false }));

export function markDrawn(): void {
  if (!useFirstPicture.getState().drawn) useFirstPicture.setState({ drawn: true });
}
