import { useEffect } from 'react';
import { showToast } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';

/** A file dropped anywhere on the page is opened; without this the browser would leave the page for the file. */
export function DropAnywhere() {
  const { t } = useText();
  useEffect(() => {
    const over = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      showToast(t('data.hashing', { name: file.name }));
      void open(file).then((problem) => {
        if (problem !== undefined) showToast(`${t('data.readFailed')}: ${problem}`);
      });
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, [t]);
  return null;
}

/** Hands the file to the workers and opens it; resolves to what went wrong, if anything did. */
async function open(file: File): Promise<string | undefined> {
  const [{ takeFile }, { openDataset }] = await Promise.all([import('../files.ts'), import('../cities.ts')]);
  const taken = await takeFile(file, () => undefined);
  if (!taken.ok) return taken.problem.message;
  openDataset({ kind: 'file', sha256: taken.file.sha256, name: taken.file.name });
  return undefined;
}
