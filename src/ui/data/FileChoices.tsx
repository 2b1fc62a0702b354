import type { DatasetRef } from '../../engine/kit/job.ts';
import { text } from '../../engine/kit/text.ts';
import { change, scenario, useScenarioStore } from '../../store/scenario-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Select } from '../parts/controls.tsx';

const orders = ['auto', 'dmy', 'mdy'] as const;

/** What a file leaves open is decided by a person, per file: the order of dates, and the day of bare times. */
export function FileChoices() {
  const { t } = useText();
  const ref = useScenarioStore((state) => state.spec.dataset);
  if (ref.kind !== 'file') return null;
  const order = orders.find((one) => one === ref.choices?.['dateOrder']) ?? 'auto';
  return (
    <div className="row">
      <Select
        label={t('data.dates')}
        value={order}
        options={orders.map((value) => ({ value, label: t(`data.dates.${value}`) }))}
        onChange={(value) => choose(ref, 'dateOrder', value === 'auto' ? '' : value)}
      />
      <label className="field">
        <span className="soft">{t('data.day')}</span>
        <input
          type="date"
          value={ref.choices?.['date'] ?? ''}
          onChange={(event) => choose(ref, 'date', event.target.value)}
        />
      </label>
    </div>
  );
}

/** Sets one choice; an empty one is left to the reader again. */
function choose(ref: Extract<DatasetRef, { readonly kind: 'file' }>, name: string, value: string): void {
  const { [name]: _old, ...others } = ref.choices ?? {};
  const choices = value === '' ? others : { ...others, [name]: value };
  change(text('reading of the file', 'lectura del fichero'), { ...scenario(), dataset: { ...ref, choices } });
}
