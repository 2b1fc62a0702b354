import { lazy, Suspense, useState } from 'react';
import { MiniHistogram } from '../../charts/MiniHistogram.tsx';
import type { ColumnDescriptor, Sensitivity } from '../../engine/kit/dataset.ts';
import type { ColumnStats, DatasetSummary } from '../../engine/kit/job.ts';
import { setRole, useScenarioStore } from '../../store/scenario-store.ts';
import { words as hierarchyWords } from '../hierarchy/words.ts';
import { formatTime } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Select } from '../parts/controls.tsx';
import { Dialog } from '../parts/popover.tsx';
import { roles } from '../roles/buckets.ts';

const HierarchyEditor = lazy(async () => ({
  default: (await import('../hierarchy/HierarchyEditor.tsx')).HierarchyEditor,
}));

const sensitivities: readonly Sensitivity[] = ['high', 'medium', 'low'];

/** Columns shown before one asks for more: thousands of rows with two lists each would freeze the page. */
export const columnsAtFirst = 60;

/** Every column with its role and sensitivity to edit, and what its values look like. */
export function ColumnsTable({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useText();
  const [shown, setShown] = useState(columnsAtFirst);
  const { columns } = summary.descriptor;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('data.columns')}>
      <table className="columns-table">
        <thead>
          <tr>
            <th>{t('data.column')}</th>
            <th>{t('data.role')}</th>
            <th>{t('data.sensitivity')}</th>
            <th>{t('data.values')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, shown).map((column) => (
            <ColumnRow
              key={column.name}
              column={column}
              stats={summary.columnStats.find((stats) => stats.name === column.name)}
              places={summary.places}
            />
          ))}
        </tbody>
      </table>
      {columns.length > shown && (
        <p>
          <Button look="link" onClick={() => setShown(shown + columnsAtFirst)}>
            {t('common.of', { a: shown, b: columns.length })}
          </Button>
        </p>
      )}
    </div>
  );
}

interface RowProps {
  readonly column: ColumnDescriptor;
  readonly stats: ColumnStats | undefined;
  readonly places: DatasetSummary['places'];
}

function ColumnRow({ column, stats, places }: RowProps) {
  const { t, tx } = useText();
  const override = useScenarioStore((state) => state.spec.roles[column.name]);
  const label = tx(column.label);
  return (
    <tr>
      <th scope="row" className="column-name">
        {label}
        {column.unit !== undefined && <span className="soft"> ({column.unit})</span>}
        <code className="soft">{column.name}</code>
        {column.note !== undefined && <span className="soft note-text">{tx(column.note)}</span>}
      </th>
      <td>
        <Select
          bare
          label={t('data.roleOf', { column: label })}
          value={override?.role ?? column.role}
          options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          onChange={(role) => setRole(column.name, { role })}
        />
        {(override?.role ?? column.role) === 'quasi-identifier' && <Coarsening column={column} />}
      </td>
      <td>
        <Select
          bare
          label={t('data.sensitivityOf', { column: label })}
          value={override?.sensitivity ?? column.sensitivity}
          options={sensitivities.map((value) => ({ value, label: t(`sensitivity.${value}`) }))}
          onChange={(sensitivity) => setRole(column.name, { sensitivity })}
        />
      </td>
      <td>{stats !== undefined && <Values column={column} stats={stats} places={places} />}</td>
    </tr>
  );
}

/** Opens the column's tree; it is loaded when first wanted. */
function Coarsening({ column }: { readonly column: ColumnDescriptor }) {
  const { t, tx } = useText();
  const [open, setOpen] = useState(false);
  const own = useScenarioStore((state) => state.spec.hierarchies?.[column.name] !== undefined);
  const label = tx(column.label);
  return (
    <>
      <Button
        look="link"
        aria-label={tx(hierarchyWords.openOf, { column: label })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {tx(hierarchyWords.open)}
        {own && ` (${tx(hierarchyWords.own)})`}
      </Button>
      <Dialog
        title={tx(hierarchyWords.title, { column: label })}
        closeLabel={t('common.close')}
        open={open}
        onClose={() => setOpen(false)}
      >
        <Suspense fallback={<p className="soft">{tx(hierarchyWords.loading)}</p>}>
          <HierarchyEditor column={column.name} />
        </Suspense>
      </Dialog>
    </>
  );
}

/** Shape and range of a column: bins for numbers and times, the most frequent values for labels. */
function Values({
  column,
  stats,
  places,
}: {
  readonly column: ColumnDescriptor;
  readonly stats: ColumnStats;
  readonly places: RowProps['places'];
}) {
  const { t, tx, number, language } = useText();
  const show = (value: number): string => (column.type === 'time' ? formatTime(value, language) : number(value));
  // Only places have names here: a vendor or a rate may share its number with a zone.
  const named = column.ladder?.kind === 'place' ? places : undefined;
  const nameOf = (id: string): string => named?.find((place) => place.id === id)?.label ?? id;
  const parts = [
    t('data.distinct', { n: stats.distinct }),
    ...(stats.min === undefined || stats.max === undefined
      ? []
      : [t('data.range', { min: show(stats.min), max: show(stats.max) })]),
    ...(stats.mean === undefined || column.type === 'time' ? [] : [t('data.mean', { mean: number(stats.mean) })]),
    ...(stats.missing > 0 ? [t('data.missing', { n: stats.missing })] : []),
  ];
  const isLabel = stats.bins === undefined;
  return (
    <div className="column-values">
      {stats.bins === undefined || stats.min === undefined || stats.max === undefined ? (
        stats.top.length > 0 && (
          <MiniHistogram
            label={tx(column.label)}
            counts={stats.top.map(([, count]) => count)}
            labels={stats.top.map(([value]) => nameOf(value))}
            meaning="neutral"
          />
        )
      ) : (
        <MiniHistogram
          label={tx(column.label)}
          counts={stats.bins}
          edges={edgesOf(stats.bins.length, stats.min, stats.max)}
          meaning="neutral"
        />
      )}
      <span className="small soft">
        {parts.join(' · ')}
        {isLabel && stats.top[0] !== undefined && (
          <>
            <br />
            {stats.top
              .slice(0, 3)
              .map(([value, count]) => `${nameOf(value)} ${number(count)}`)
              .join(' · ')}
          </>
        )}
      </span>
    </div>
  );
}

const edgesOf = (bins: number, min: number, max: number): readonly number[] =>
  Array.from({ length: bins + 1 }, (_, i) => min + ((max - min) * i) / bins);
