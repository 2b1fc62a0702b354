import { useState } from 'react';
import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import { resetRoles, useScenarioStore } from '../../store/scenario-store.ts';
import { cityOf } from '../cities.ts';
import { hasFile } from '../files.ts';
import { useText } from '../i18n/use-text.ts';
import { Badge, Button, Card } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine, StoppedNote } from '../parts/notes.tsx';
import { RoleBoard } from '../roles/RoleBoard.tsx';
import { useDataset } from '../use-run.ts';
import { ColumnsTable, columnsAtFirst } from './ColumnsTable.tsx';
import './data.css';
import { DatasetChoice } from './DatasetChoice.tsx';
import { FileChoices } from './FileChoices.tsx';
import { FileIntake } from './FileIntake.tsx';
import { IntakeCard } from './IntakeCard.tsx';

/** The archive card of the open dataset: what it is, who is in it, what is sensitive, what was wrong with it. */
export function DataPage() {
  const { t } = useText();
  const ref = useScenarioStore((state) => state.spec.dataset);
  const missing = ref.kind === 'file' && !hasFile(ref.sha256);
  return (
    <div className="text-page data-page">
      <h1>{t('data.title')}</h1>
      <div className="data-sources">
        <DatasetChoice city={cityOf(ref)} />
        <FileIntake wanted={missing && ref.kind === 'file' ? ref : undefined} />
      </div>
      {!missing && <OpenDataset />}
    </div>
  );
}

function OpenDataset() {
  const { t } = useText();
  const ref = useScenarioStore((state) => state.spec.dataset);
  const [stopped, setStopped] = useState<unknown>(null);
  const dataset = useDataset(ref, stopped === ref);
  if (dataset.status === 'failed') {
    return (
      <>
        <ErrorNote title={t('data.readFailed')} problem={dataset.problem} onRetry={dataset.retry} />
        <FileChoices />
      </>
    );
  }
  if (dataset.status === 'loading') {
    return stopped === ref ? (
      <StoppedNote onResume={() => setStopped(null)} />
    ) : (
      <ProgressLine progress={dataset.progress} onCancel={() => setStopped(ref)} />
    );
  }
  return <Archive summary={dataset.value} />;
}

function Archive({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useText();
  const roles = useScenarioStore((state) => state.spec.roles);
  const changed = Object.keys(roles).length > 0;
  return (
    <>
      <div className="data-intro">
        <About summary={summary} />
        <IntakeCard summary={summary} />
      </div>
      <Card
        title={t('data.columns')}
        action={
          changed && (
            <Button look="link" onClick={resetRoles}>
              {t('data.resetRoles')}
            </Button>
          )
        }
      >
        <Sensitive descriptor={summary.descriptor} />
        <RoleBoard columns={summary.descriptor.columns} />
        <ColumnsTable summary={summary} />
      </Card>
      <Card title={t('data.head')}>
        <Head key={summary.checksum} summary={summary} />
      </Card>
    </>
  );
}

function About({ summary }: { readonly summary: DatasetSummary }) {
  const { t, tx, unit, number } = useText();
  const { descriptor } = summary;
  return (
    <Card
      title={tx(descriptor.label)}
      action={
        <Badge kind={descriptor.origin === 'real' ? 'real' : 'synthetic'}>
          {t(descriptor.origin === 'real' ? 'common.real' : 'common.synthetic')}
        </Badge>
      }
    >
      <p className="lead">{tx(descriptor.summary)}</p>
      <p>
        <strong>{t('data.rowsOf', { n: summary.rows, unit: unit(descriptor.rowUnit, summary.rows) })}.</strong>{' '}
        {t('data.who', { row: unit(descriptor.rowUnit), unit: unit(descriptor.privacyUnit) })}
      </p>
      {descriptor.parts.entity === undefined && <p className="soft">{t('data.unitOff')}</p>}
      <h4>{t('data.calibration')}</h4>
      <p>{tx(descriptor.calibration)}</p>
      <p className="soft small">{descriptor.source}</p>
      {descriptor.assumptions.length > 0 && (
        <>
          <h4>{t('data.assumptions')}</h4>
          <ul>
            {descriptor.assumptions.map((assumption) => (
              <li key={assumption.en}>{tx(assumption)}</li>
            ))}
          </ul>
        </>
      )}
      <dl className="facts">
        <dt>{t('data.licence')}</dt>
        <dd>{descriptor.licence}</dd>
        {descriptor.portal.url !== '' && (
          <>
            <dt>{t('data.portal')}</dt>
            <dd>
              <a href={descriptor.portal.url} target="_blank" rel="noreferrer">
                {tx(descriptor.portal.label)}
              </a>
              <span className="soft"> {t('data.portalHint')}</span>
            </dd>
          </>
        )}
        <dt>{t('data.checksum')}</dt>
        <dd>
          <code>{summary.checksum.slice(0, 16)}</code> <span className="soft">({number(summary.rows)})</span>
        </dd>
      </dl>
    </Card>
  );
}

/** Which columns identify, alone or together, and which are secrets: with the roles as they stand now. */
function Sensitive({ descriptor }: { readonly descriptor: DatasetDescriptor }) {
  const { t, tx } = useText();
  const roles = useScenarioStore((state) => state.spec.roles);
  const named = (role: string): string => {
    const found = descriptor.columns.filter((column) => (roles[column.name]?.role ?? column.role) === role);
    const names = found.slice(0, columnsAtFirst).map((column) => tx(column.label));
    return found.length === 0 ? t('data.none') : [...names, ...(found.length > names.length ? ['…'] : [])].join(', ');
  };
  return (
    <p>
      {t('data.sensitiveText', {
        ids: named('identifier'),
        quasi: named('quasi-identifier'),
        secret: named('sensitive'),
      })}
    </p>
  );
}

/** First rows; more of them on demand. */
function Head({ summary }: { readonly summary: DatasetSummary }) {
  const { t, tx } = useText();
  const [all, setAll] = useState(false);
  const rows = all ? summary.head : summary.head.slice(0, 8);
  const columns = summary.descriptor.columns.slice(0, columnsAtFirst);
  return (
    <>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t('data.head')}>
        <table className="head-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} className={isNumber(column.type) ? 'number' : undefined}>
                  {tx(column.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              // Rows have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={row}>
                {columns.map((column, at) => (
                  <td key={column.name} className={isNumber(column.type) ? 'number' : undefined}>
                    {cells[at] ?? '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {summary.head.length > 8 && (
        <p>
          <Button look="link" onClick={() => setAll(!all)}>
            {all ? t('common.less') : t('common.of', { a: rows.length, b: summary.head.length })}
          </Button>
        </p>
      )}
    </>
  );
}

const isNumber = (type: string): boolean => type === 'number' || type === 'integer';
