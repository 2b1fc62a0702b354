import { useText } from '../i18n/use-text.ts';
import { Dialog } from '../parts/popover.tsx';

/** The list behind `?`. */
export function KeysHelp(props: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useText();
  const rows = [
    [['Ctrl', 'Z'], t('keys.undo')],
    [['Ctrl', 'Shift', 'Z'], t('keys.redo')],
    [['1', '2', '3'], t('keys.mode')],
    [['V'], t('keys.truth')],
    [['←', '→', '↑', '↓'], t('keys.map')],
    [['PgUp', 'PgDn'], t('keys.slider')],
    [['T'], t('common.asTable')],
    [['?'], t('keys.help')],
  ] as const;
  return (
    <Dialog title={t('keys.title')} closeLabel={t('common.close')} open={props.open} onClose={props.onClose}>
      <dl className="facts keys">
        {rows.map(([keys, what]) => (
          <div key={what} className="facts-row">
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
