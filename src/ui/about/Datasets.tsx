import { datasets } from '../../../datasets/list.ts';
import { useText } from '../i18n/use-text.ts';
import { Disclosure } from '../parts/controls.tsx';
import { words } from './words.ts';

/** Every embedded dataset with its source and licence, from its own descriptor. */
export function Datasets() {
  const { tx } = useText();
  return (
    <>
      <p>{tx(words.dataLead)}</p>
      <div className="about-grid">
        {datasets.map((dataset) => (
          <article key={dataset.id} className="card">
            <h3>{tx(dataset.label)}</h3>
            <p>{tx(dataset.summary)}</p>
            <p className="small">
              <span className="soft">{tx(words.calibrated)}:</span> {tx(dataset.calibration)}
            </p>
            <p className="small">
              <span className="soft">{tx(words.source)}:</span> {dataset.source}
            </p>
            <p className="small">
              <span className="soft">{tx(words.licence)}:</span> {dataset.licence}
            </p>
            <p className="small">
              <span className="soft">{tx(words.real)}:</span>{' '}
              <a href={dataset.portal.url} rel="noreferrer" target="_blank">
                {tx(dataset.portal.label)}
              </a>
            </p>
            {dataset.assumptions.length > 0 && (
              <Disclosure label={tx(words.assumptions)}>
                <ul className="small">
                  {dataset.assumptions.map((assumption) => (
                    <li key={assumption.en}>{tx(assumption)}</li>
                  ))}
                </ul>
              </Disclosure>
            )}
          </article>
        ))}
      </div>
    </>
  );
}
