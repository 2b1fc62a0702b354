import { useEffect, useState } from 'react';
import type { CityId, DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { ParamSchema } from '../../engine/kit/params.ts';
import { setDataset, setRows, useScenarioStore } from '../../store/scenario-store.ts';
import { openEmbedded } from '../cities.ts';
import { ParamForm } from '../forms/ParamForm.tsx';
import { useText } from '../i18n/use-text.ts';
import { Card, Disclosure } from '../parts/controls.tsx';
import { Slider } from '../parts/slider.tsx';

interface Catalogue {
  readonly datasets: readonly DatasetDescriptor[];
  readonly datasetOptions: Readonly<Record<string, ParamSchema>>;
}

/** The embedded datasets of a city, their size, and the assumptions one may change. */
export function DatasetChoice({ city }: { readonly city: CityId }) {
  const { t, tx } = useText();
  const ref = useScenarioStore((state) => state.spec.dataset);
  const [catalogue, setCatalogue] = useState<Catalogue | null>(null);
  useEffect(() => {
    let gone = false;
    void import('../../../datasets/list.ts').then((module) => {
      if (!gone) setCatalogue(module);
    });
    return () => {
      gone = true;
    };
  }, []);
  const all = catalogue?.datasets ?? [];
  const shown = city === 'file' ? all : all.filter((one) => one.city === city || one.city === 'departments');
  const open = ref.kind === 'embedded' ? all.find((one) => one.id === ref.id) : undefined;
  return (
    <Card title={t('data.choose')} className="dataset-choice">
      <div className="choice-list" role="group" aria-label={t('data.choose')}>
        {shown.map((one) => (
          <button
            key={one.id}
            type="button"
            className="choice"
            aria-pressed={one.id === open?.id}
            onClick={() => openEmbedded(one)}
          >
            <strong>{tx(one.label)}</strong>
            <span className="soft small">{tx(one.summary)}</span>
          </button>
        ))}
      </div>
      {ref.kind === 'embedded' && open !== undefined && (
        <>
          <RowsSlider rows={ref.rows} range={open.rows} />
          {catalogue?.datasetOptions[open.id] !== undefined && (
            <Disclosure label={t('data.assumptions')}>
              <ParamForm
                schema={catalogue.datasetOptions[open.id] ?? {}}
                values={ref.options ?? {}}
                columns={[]}
                onChange={(name, value) => setDataset({ ...ref, options: { ...ref.options, [name]: Number(value) } })}
              />
            </Disclosure>
          )}
        </>
      )}
    </Card>
  );
}

function RowsSlider(props: { readonly rows: number; readonly range: DatasetDescriptor['rows'] }) {
  const { t } = useText();
  const [live, setLive] = useState<number | null>(null);
  const { min, max } = props.range;
  return (
    <div className="field">
      <span className="soft">
        {t('data.size')}. {t('data.sizeHint')}
      </span>
      <Slider
        label={t('data.size')}
        value={live ?? props.rows}
        min={min}
        max={max}
        log
        whole
        stops={[1000, 10_000, 100_000, 1_000_000].filter((stop) => stop >= min && stop <= max)}
        onInput={setLive}
        onCommit={(value) => {
          setLive(null);
          setRows(value);
        }}
      />
    </div>
  );
}
