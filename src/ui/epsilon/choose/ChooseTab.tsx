import { useText } from '../../i18n/use-text.ts';
import { Card } from '../../parts/controls.tsx';
import { PictureView } from '../../pictures/PictureView.tsx';
import { Lens } from '../lens/Lens.tsx';
import type { Epsilon } from '../use-epsilon.ts';
import { useCells } from './cells.ts';
import './choose.css';
import { Control } from './Control.tsx';
import { ErrorCurve } from './ErrorCurve.tsx';
import { Finding } from './Finding.tsx';
import { Papers } from './Papers.tsx';
import { Bars, PicturePanel, usePlay } from './PicturePanel.tsx';
import { Sides } from './Sides.tsx';

/** Turn one number; see the city's answers, one attacker's odds, and the price. */
export function ChooseTab({ page }: { readonly page: Epsilon }) {
  const play = usePlay(page.bank?.draws ?? 0);
  const cells = useCells(page, play.draw);
  return (
    <div className="choose">
      <div className="choose-main">
        <Finding page={page} cells={cells} />
        {cells === undefined ? (
          <OtherPictures page={page} />
        ) : (
          <>
            <PicturePanel page={page} cells={cells} play={play} />
            <Bars page={page} cells={cells} />
            <ErrorCurve page={page} />
            <Sides
              picture={cells.picture}
              grid={cells.grid}
              epsilon={Number(page.params['epsilon'] ?? page.epsilon)}
              seed={page.spec.seed}
            />
          </>
        )}
        <Papers />
      </div>
      <div className="choose-side">
        <Control page={page} cells={cells} />
        <Lens page={page} />
      </div>
    </div>
  );
}

/** Releases that are no counts over cells: their own pictures. */
function OtherPictures({ page }: { readonly page: Epsilon }) {
  const { tx } = useText();
  const { dataset, result, technique } = page;
  if (dataset.status !== 'ok' || result === undefined) return null;
  return (
    <Card
      title={technique === undefined ? '' : tx(technique.label)}
      className={page.stale ? 'choose-map stale' : 'choose-map'}
    >
      {result.pictures.map((picture, at) => (
        // Pictures of one release keep their order, and have no other name.
        // oxlint-disable-next-line react/no-array-index-key
        <PictureView key={at} picture={picture} summary={dataset.value} provenance={{ seed: page.spec.seed }} />
      ))}
    </Card>
  );
}
