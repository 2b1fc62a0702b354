import type { ReactNode } from 'react';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Progress } from '../../engine/kit/job.ts';
import { useViewStore } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from './controls.tsx';

/** What went wrong, where, and what to do; the rest of the page goes on. */
export function ErrorNote(props: {
  readonly title?: string;
  readonly problem: Problem;
  readonly onRetry?: () => void;
}) {
  const { t } = useText();
  const { problem } = props;
  const place = problem.place;
  const where = [place?.file, place?.line === undefined ? undefined : `${t('data.line')} ${place.line}`, place?.column]
    .filter((part) => part !== undefined)
    .join(', ');
  return (
    <div className="note" role="alert">
      {props.title !== undefined && <strong>{props.title}</strong>}
      <p>
        {capital(problem.message)}
        {where !== '' && <span className="soft"> ({where})</span>}
      </p>
      {problem.remedy !== undefined && <p className="soft">{t('common.whatToDo', { remedy: problem.remedy })}</p>}
      {props.onRetry !== undefined && (
        <p>
          <Button onClick={props.onRetry}>{t('common.retry')}</Button>
        </p>
      )}
    </div>
  );
}

/** A sentence's first letter large; a symbol ("l = 3") stays as the literature writes it. */
const capital = (text: string): string =>
  /^\p{L} =/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);

/** What would be here, and the one step that fills it. */
export function EmptyState(props: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty">
      <h3>{props.title}</h3>
      {props.children !== undefined && <p>{props.children}</p>}
      {props.action}
    </div>
  );
}

/** A calm line of progress with its stage and, where it can be stopped, a Cancel. */
export function ProgressLine(props: {
  readonly progress: Progress | undefined;
  readonly label?: string;
  readonly onCancel?: () => void;
}) {
  const { t, tx } = useText();
  const note = props.progress?.note;
  const label = props.label ?? (note === undefined ? t('common.loading') : tx(note));
  const fraction = props.progress?.fraction;
  return (
    <div className="progress">
      <span>{label} …</span>
      {fraction === undefined ? (
        <progress aria-label={label} />
      ) : (
        <progress aria-label={label} value={fraction} max={1} />
      )}
      {props.onCancel !== undefined && (
        <Button look="link" onClick={props.onCancel}>
          {t('common.cancel')}
        </Button>
      )}
    </div>
  );
}

/** What was cancelled can be started again. */
export function StoppedNote(props: { readonly onResume: () => void }) {
  const { t } = useText();
  return (
    <div className="progress" role="status">
      <span>{t('common.stopped')}</span>
      <Button look="link" onClick={props.onResume}>
        {t('common.retry')}
      </Button>
    </div>
  );
}

/** Short messages, read once. */
export function Toasts() {
  const toast = useViewStore((state) => state.toast);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toast !== null && <div className="toast">{toast}</div>}
    </div>
  );
}
