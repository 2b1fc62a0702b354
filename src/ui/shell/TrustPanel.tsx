import { useEffect, useState } from 'react';
import { eraseStored } from '../../store/storage.ts';
import { showToast } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';

interface Request {
  readonly url: string;
  readonly kind: string;
  readonly bytes: number;
  readonly own: boolean;
}

/** All requests the browser recorded for this page, live. */
function useRequests(): readonly Request[] {
  const [requests, setRequests] = useState<readonly Request[]>([]);
  useEffect(() => {
    const add = (entries: readonly PerformanceEntry[]): void =>
      setRequests((known) => [...known, ...entries.map((entry) => requestOf(entry as PerformanceResourceTiming))]);
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'resource', buffered: true });
    return () => observer.disconnect();
  }, []);
  return requests;
}

function requestOf(entry: PerformanceResourceTiming): Request {
  const url = new URL(entry.name, location.href);
  const own = url.origin === location.origin || entry.name.startsWith(`blob:${location.origin}`);
  return { url: own ? url.pathname : entry.name, kind: entry.initiatorType, bytes: entry.encodedBodySize, own };
}

/** The proof behind "your data stays in this tab". */
export function TrustPanel() {
  const { t, bytes } = useText();
  const requests = useRequests();
  const foreign = requests.filter((request) => !request.own).length;
  return (
    <div className="stack trust">
      <p>{t('trust.lead')}</p>
      <p className={foreign === 0 ? 'trust-good' : 'is-risk'}>
        {foreign === 0 ? t('trust.all', { own: requests.length, origin: location.host }) : t('trust.some', { foreign })}
      </p>
      <div className="scroll-x trust-log" tabIndex={0} role="region" aria-label={t('trust.what')}>
        <table>
          <thead>
            <tr>
              <th>{t('trust.what')}</th>
              <th>{t('trust.kind')}</th>
              <th className="number">{t('trust.bytes')}</th>
            </tr>
          </thead>
          <tbody>
            {requests.map((request, at) => (
              // Entries only ever grow at the end; the same file may be requested twice.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at} className={request.own ? undefined : 'is-risk'}>
                <td>{request.url}</td>
                <td>{request.kind}</td>
                <td className="number">{request.bytes > 0 ? bytes(request.bytes) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{t('trust.verify')}</h3>
      <ol>
        <li>{t('trust.verify1')}</li>
        <li>{t('trust.verify2')}</li>
        <li>{t('trust.verify3')}</li>
      </ol>
      <h3>{t('trust.storage')}</h3>
      <p>{t('trust.storageText')}</p>
      <p>
        <Button
          onClick={() => {
            eraseStored();
            showToast(t('trust.resetDone'));
          }}
        >
          {t('trust.reset')}
        </Button>
      </p>
    </div>
  );
}
