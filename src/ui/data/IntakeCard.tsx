import type { DatasetSummary } from '../../engine/kit/job.ts';
import { useText } from '../i18n/use-text.ts';
import { Card, Disclosure } from '../parts/controls.tsx';
import { ErrorNote } from '../parts/notes.tsx';
import { FileChoices } from './FileChoices.tsx';

/** What reading the file brought to light: rows kept, rows refused with line and reason, decisions one may change. */
export function IntakeCard({ summary }: { readonly summary: DatasetSummary }) {
  const { t, tx, number } = useText();
  const { report } = summary;
  const counts = Object.entries(report.problemCounts);
  return (
    <Card title={t('data.intake')}>
      <p>
        <strong>{t('data.kept', { kept: report.rowsKept, read: report.rowsRead })}.</strong>{' '}
        {summary.ref.kind === 'file' && <span className="soft">{t('data.format', { format: report.format })}</span>}
      </p>
      {report.problems.length === 0 && counts.length === 0 && <p>{t('data.noProblems')}</p>}
      {counts.length > 0 && (
        <ul>
          {counts.map(([reason, n]) => (
            <li key={reason}>
              {number(n)} × {reason}
            </li>
          ))}
        </ul>
      )}
      {report.problems.length > 0 && (
        <Disclosure label={`${t('data.line')} 1–${report.problems.length}`}>
          <div className="scroll-x problem-list" tabIndex={0} role="region" aria-label={t('data.intake')}>
            <table>
              <thead>
                <tr>
                  <th className="number">{t('data.line')}</th>
                  <th>{t('data.column')}</th>
                  <th>{t('data.reason')}</th>
                  <th>{t('data.text')}</th>
                </tr>
              </thead>
              <tbody>
                {report.problems.map((problem, at) => (
                  // A line may have several problems; the list never changes order.
                  // oxlint-disable-next-line react/no-array-index-key
                  <tr key={at}>
                    <td className="number">{problem.line}</td>
                    <td>{problem.column ?? ''}</td>
                    <td>{problem.reason}</td>
                    <td>
                      <code>{problem.text ?? ''}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Disclosure>
      )}
      {report.decisions.length > 0 && (
        <>
          <h4>{t('data.decisions')}</h4>
          <ul>
            {report.decisions.map((decision) => (
              <li key={decision.en}>{tx(decision)}</li>
            ))}
          </ul>
        </>
      )}
      <FileChoices />
      {report.warnings.length > 0 && (
        <>
          <h4>{t('data.warnings')}</h4>
          {report.warnings.map((warning) => (
            <ErrorNote key={warning.message} problem={warning} />
          ))}
        </>
      )}
    </Card>
  );
}
