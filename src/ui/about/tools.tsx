import { useState } from 'react';
import { eraseStored } from '../../store/storage.ts';
import { showToast } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { forgetOffline } from '../offline.ts';
import { Button } from '../parts/controls.tsx';
import { Facts } from '../parts/why-this.tsx';
import { build, diagnostic, entryName, version } from './diagnostic.ts';
import { words } from './words.ts';

/** Version, build and whether this browser has its own copy. */
export function Version() {
  const { tx } = useText();
  const copy = 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
  return (
    <Facts
      rows={[
        [tx(words.version), version],
        [tx(words.buildName), `${build} · ${entryName()}`],
        [tx(words.offline), tx(copy ? words.offlineYes : words.offlineNo)],
      ]}
    />
  );
}

/** Link and circumstances to the clipboard; shown where the clipboard is refused. */
export function Report() {
  const { tx } = useText();
  const [shown, setShown] = useState('');
  const copy = async (): Promise<void> => {
    const text = diagnostic();
    try {
      await navigator.clipboard.writeText(text);
      setShown('');
      showToast(tx(words.reportCopied));
    } catch {
      setShown(text);
      showToast(tx(words.reportShown));
    }
  };
  return (
    <>
      <p>{tx(words.reportText)}</p>
      <p>
        <Button onClick={() => void copy()}>{tx(words.reportCopy)}</Button>
      </p>
      {shown !== '' && <textarea className="textarea" readOnly rows={8} value={shown} aria-label={tx(words.report)} />}
    </>
  );
}

/** Erases everything kept by this browser, after a second click. */
export function Reset() {
  const { tx } = useText();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <p>{tx(words.resetText)}</p>
      <p className="row">
        {asked ? (
          <>
            <Button className="button is-risk" onClick={() => void resetEverything()}>
              {tx(words.resetSure)}
            </Button>
            <Button look="quiet" onClick={() => setAsked(false)}>
              {tx(words.resetKeep)}
            </Button>
          </>
        ) : (
          <Button onClick={() => setAsked(true)}>{tx(words.resetAsk)}</Button>
        )}
      </p>
    </>
  );
}

async function resetEverything(): Promise<void> {
  await forgetOffline();
  eraseStored();
  // The link would bring the scenario back.
  history.replaceState(null, '', location.pathname + location.search);
  location.reload();
}
