import { useState } from 'react';
import { noiseScale, valueAtScale } from '../../engine/kit/preview.ts';
import { setParam } from '../../store/scenario-store.ts';
import { parseTyped } from '../parts/slider.layout.ts';
import { useText } from '../i18n/use-text.ts';
import type { Explore } from './use-explore.ts';
import { dialFor } from './grid.layout.ts';
import type { Scene } from './use-scene.ts';
import { valueWords } from './values.words.ts';

/** The inverse of the slider: say how wrong a count may be, and the parameter is solved for. */
export function SolveField({ explore, scene }: { readonly explore: Explore; readonly scene: Scene }) {
  const { t, tx, number, unit } = useText();
  const { bank, dial } = explore;
  const [typed, setTyped] = useState<string | null>(null);
  const half = scene.focusHalf;
  if (bank === null || dial === undefined || bank.param !== dial.name || half === undefined) return null;
  const solved = (wanted: number): number => {
    const scale = noiseScale(bank, dial.value) * (wanted / half);
    return dialFor(dial.value, half, wanted, dial.spec, valueAtScale(bank, scale, dial.spec));
  };
  const settle = (): void => {
    const wanted = typed === null ? undefined : parseTyped(typed);
    setTyped(null);
    if (wanted === undefined || !(wanted > 0)) return;
    setParam(dial.branch, dial.step, dial.name, solved(wanted));
    explore.turn(null);
  };
  const shown = typed ?? number(half >= 10 ? Math.round(half) : half, 2);
  return (
    <p className="solve small">
      <label>
        {scene.what === 'values' ? tx(valueWords.solve) : t('explore.solve')} ±{' '}
        <input
          type="text"
          inputMode="decimal"
          aria-label={scene.what === 'values' ? tx(valueWords.solveLabel) : t('explore.solveLabel')}
          value={shown}
          style={{ width: `${Math.max(3, shown.length + 1)}ch` }}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={settle}
          onKeyDown={(event) => {
            if (event.key === 'Enter') settle();
            if (event.key === 'Escape') setTyped(null);
          }}
        />{' '}
        {unit(scene.unit, 2)}
      </label>
      <span className="soft"> {t('explore.solveNote')}</span>
    </p>
  );
}
