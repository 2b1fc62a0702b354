import { useRef, useState, type DragEvent } from 'react';
import type { Problem } from '../../engine/kit/errors.ts';
import type { Progress } from '../../engine/kit/job.ts';
import { openDataset } from '../cities.ts';
import { takeFile } from '../files.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Disclosure } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';

/** Drop, pick or paste. The file is fingerprinted and read in workers; nothing of it enters a link. */
export function FileIntake(props: { readonly wanted: { readonly sha256: string; readonly name: string } | undefined }) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState('');
  const { busy, problem, take } = useIntake(props.wanted?.sha256);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) void take(file);
  };
  const { wanted } = props;
  return (
    <Card title={t('data.own')}>
      {wanted !== undefined && (
        <p className="note calm" role="status">
          <strong>{t('data.needFile', { name: wanted.name })}</strong>
          <span>{t('data.needFileHint', { hash: wanted.sha256.slice(0, 8) })}</span>
        </p>
      )}
      <div
        className={over ? 'drop-zone over' : 'drop-zone'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <strong>{t('data.drop')}</strong>
        <span className="soft small">{t('data.dropHint')}</span>
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('data.pick')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void take(file);
          }}
        />
        <Button look="primary" onClick={() => input.current?.click()}>
          {t('data.pick')}
        </Button>
      </div>
      {busy !== null && <ProgressLine progress={busy.progress} label={t('data.hashing', { name: busy.name })} />}
      {problem !== null && <ErrorNote title={t('data.readFailed')} problem={problem} />}
      <Disclosure label={t('data.paste')}>
        <label className="field">
          <span className="soft">{t('data.pasteLabel')}</span>
          <textarea className="textarea" value={pasted} onChange={(event) => setPasted(event.target.value)} />
        </label>
        <p>
          <Button
            disabled={pasted.trim() === ''}
            onClick={() => void take(new File([pasted], t('data.pasteName'), { type: 'text/csv' }))}
          >
            {t('data.pasteUse')}
          </Button>
        </p>
      </Disclosure>
    </Card>
  );
}

interface Intake {
  readonly busy: { readonly name: string; readonly progress: Progress | undefined } | null;
  readonly problem: Problem | null;
  readonly take: (file: File) => Promise<void>;
}

function useIntake(wanted: string | undefined): Intake {
  const { t } = useText();
  const [busy, setBusy] = useState<Intake['busy']>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = async (file: File): Promise<void> => {
    setProblem(null);
    setBusy({ name: file.name, progress: undefined });
    const taken = await takeFile(file, (progress) => setBusy({ name: file.name, progress }));
    setBusy(null);
    if (!taken.ok) {
      setProblem(taken.problem);
      return;
    }
    if (wanted !== undefined && wanted !== taken.file.sha256) {
      setProblem({ code: 'invalid-data', message: t('data.otherFile') });
    }
    openDataset({ kind: 'file', sha256: taken.file.sha256, name: taken.file.name });
  };
  return { busy, problem, take };
}
