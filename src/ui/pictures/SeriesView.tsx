import { useMemo } from 'react';
import { SeriesChart } from '../../charts/SeriesChart.tsx';
import type { SeriesPicture } from '../../engine/kit/picture.ts';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { seriesFigures } from './series-figures.ts';
import { pictureWords as words } from './words.ts';

export interface SeriesViewProps {
  readonly picture: SeriesPicture;
  readonly provenance?: Readonly<Record<string, unknown>> | undefined;
}

/** An answer given again at every step: truth, release, error, and what a window has spent. */
export function SeriesView({ picture, provenance }: SeriesViewProps) {
  const tools = useText();
  const { tx, unit } = tools;
  const window = picture.spent?.window ?? 0;
  const finding = useMemo(() => seriesFinding(picture, tools), [picture, tools]);
  return (
    <SeriesChart
      title={tx(picture.label)}
      description={tx(words.seriesHint)}
      finding={finding}
      steps={picture.steps}
      done={picture.done}
      truth={picture.truth}
      released={picture.released}
      halfWidth95={picture.halfWidth95}
      fresh={picture.fresh}
      spent={picture.spent}
      unit={unit(picture.unit, 2)}
      says={{
        step: stepWord(picture.stepUnit, tx),
        gap: tx(words.gap),
        fresh: tx(words.fresh),
        repeated: tx(words.repeated),
        spent: tx(words.spentWindow, { n: window }),
        limit: tx(words.spentLimit, { n: window }),
      }}
      fileName={`series-${picture.id}`}
      provenance={provenance}
    />
  );
}

const stepWord = (step: string, tx: TextTools['tx']): string =>
  step === 'hour' || step === 'day' || step === 'week' ? tx(words[step]) : step;

/** How often the band holds, how many answers are fresh, and how far off they are. */
export function seriesFinding(picture: SeriesPicture, { tx, number, rounded, unit }: TextTools): string {
  const { done, banded, inside, fresh, error } = seriesFigures(picture);
  if (done === 0) return tx(words.seriesEmpty);
  const told = { error: rounded(error, error), unit: unit(picture.unit, 2) };
  return picture.fresh === undefined
    ? tx(words.seriesFinding, { inside: number(inside), n: number(banded), ...told })
    : tx(words.seriesFresh, { fresh: number(fresh), n: number(done), ...told });
}
