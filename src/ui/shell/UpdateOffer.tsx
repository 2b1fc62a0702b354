import { applyUpdate, dismissUpdate, useUpdateReady } from '../offline.ts';
import { text } from '../../engine/kit/text.ts';
import { useText } from '../i18n/use-text.ts';

const ready = text('A new version is ready.', 'Hay una versión nueva.');
const reload = text('Reload', 'Recargar');
const later = text('Later', 'Más tarde');

/** A newer version is offered, never forced. */
export function UpdateOffer() {
  const { tx } = useText();
  if (!useUpdateReady()) return null;
  return (
    <div className="update-offer" role="status">
      <span>{tx(ready)}</span>
      <button type="button" onClick={applyUpdate}>
        {tx(reload)}
      </button>
      <button type="button" onClick={dismissUpdate}>
        {tx(later)}
      </button>
    </div>
  );
}
