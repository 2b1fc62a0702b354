import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { Certificate, ProvedClaim } from '../../engine/kit/certificate.ts';
import type { Problem } from '../../engine/kit/errors.ts';
import type { BranchSpec, Progress } from '../../engine/kit/job.ts';
import { planJob } from '../../scenario/plan.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import { modelWords } from '../forms/model-words.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { ErrorNote, ProgressLine } from '../parts/notes.tsx';
import { Dialog } from '../parts/popover.tsx';
import { saveText } from '../pictures/save.ts';
import { runtime } from '../runtime.ts';
import './certificate.css';
import { words } from './certificate-words.ts';

type State =
  | { readonly step: 'idle' }
  | { readonly step: 'working'; readonly progress: Progress; readonly abort: AbortController }
  | { readonly step: 'done'; readonly certificate: Certificate }
  | { readonly step: 'failed'; readonly problem: Problem };

/** A button that has the release of a branch re-proved, and shows the certificate: to read, print or save. */
export function CertificateButton(props: {
  readonly spec: ScenarioSpec;
  readonly branch: BranchSpec;
  /** Name of the files without ending. */
  readonly stem: string;
}) {
  const { t, tx } = useText();
  const [state, setState] = useState<State>({ step: 'idle' });
  const close = (): void => {
    if (state.step === 'working') state.abort.abort();
    setState({ step: 'idle' });
  };
  const make = async (): Promise<void> => {
    const abort = new AbortController();
    setState({ step: 'working', progress: { fraction: 0 }, abort });
    const job = planJob({ ...props.spec, metrics: [], attacks: [] }, props.branch);
    const outcome = await runtime().certificate(job, {
      signal: abort.signal,
      onProgress: (progress) => setState((now) => (now.step === 'working' ? { ...now, progress } : now)),
    });
    if (abort.signal.aborted) return;
    if (outcome.status === 'ok') setState({ step: 'done', certificate: outcome.value });
    else setState(outcome.status === 'failed' ? { step: 'failed', problem: outcome.problem } : { step: 'idle' });
  };
  return (
    <>
      <Button onClick={() => void make()}>{tx(words.make)}</Button>
      <Dialog title={tx(words.title)} closeLabel={t('common.close')} open={state.step !== 'idle'} onClose={close}>
        {state.step === 'working' && (
          <ProgressLine progress={state.progress} label={tx(words.working)} onCancel={close} />
        )}
        {state.step === 'failed' && <ErrorNote problem={state.problem} />}
        {state.step === 'done' && (
          <>
            <CertificateView certificate={state.certificate} />
            <div className="row">
              <Button
                look="primary"
                onClick={() =>
                  saveText(`${props.stem}-certificate.json`, `${JSON.stringify(state.certificate, null, 2)}\n`)
                }
              >
                {tx(words.saveJson)}
              </Button>
              <Button onClick={() => window.print()}>{tx(words.print)}</Button>
            </div>
            {/* What is printed: outside the app, so that nothing else is on the page. */}
            {createPortal(
              <div className="certificate-print" aria-hidden="true">
                <h1>{tx(words.title)}</h1>
                <CertificateView certificate={state.certificate} />
              </div>,
              document.body,
            )}
          </>
        )}
      </Dialog>
    </>
  );
}

/** A certificate to read: what was promised, what the checker found, and what it does not say. */
export function CertificateView({ certificate }: { readonly certificate: Certificate }) {
  const { tx, number } = useText();
  const { claims, released, suppressed, dataset } = certificate;
  const verdict = claims.length === 0 ? words.nothing : certificate.holds ? words.holds : words.fails;
  const listed = (names: readonly string[]): string => (names.length === 0 ? tx(words.none) : names.join(', '));
  return (
    <div className="certificate">
      <p className={certificate.holds ? 'certificate-verdict is-utility' : 'certificate-verdict is-risk'}>
        {tx(verdict)}
      </p>
      <p className="small soft">{tx(words.lead)}</p>
      {claims.length > 0 && <Claims claims={claims} />}
      <dl className="facts">
        <dt>{tx(words.data)}</dt>
        <dd>
          {dataset.id}: {tx(words.rowsIn, { rows: number(dataset.rows), checksum: dataset.checksum.slice(0, 16) })}
        </dd>
        <dt>{tx(words.released)}</dt>
        <dd>{tx(words.releasedIs, { rows: number(released.rows), digest: released.digest.slice(0, 16) })}</dd>
        <dt>{tx(words.suppressed)}</dt>
        <dd>
          {tx(words.suppressedIs, { rows: number(suppressed.rows) })};{' '}
          {tx(certificate.accounted ? words.accounted : words.lost)}
        </dd>
        <dt>{tx(words.quasi)}</dt>
        <dd>{listed(certificate.quasiIdentifiers)}</dd>
        <dt>{tx(words.sensitive)}</dt>
        <dd>{listed(certificate.sensitive)}</dd>
        <dt>{tx(words.steps)}</dt>
        <dd>
          {certificate.steps.map((step) => (
            <span key={step.id} className="certificate-step">
              {step.id} <code>{JSON.stringify(step.params)}</code>
            </span>
          ))}
          {tx(words.seed, { seed: String(certificate.seed) })}
        </dd>
        <dt>{tx(words.digest)}</dt>
        <dd>
          <code>{certificate.digest}</code>
        </dd>
      </dl>
      <h3>{tx(words.notProved)}</h3>
      <ul>
        {certificate.notProved.map((limit) => (
          <li key={limit.en}>{tx(limit)}</li>
        ))}
      </ul>
    </div>
  );
}

function Claims({ claims }: { readonly claims: readonly ProvedClaim[] }) {
  const tools = useText();
  const { tx, number } = tools;
  return (
    <div className="scroll-x">
      <table>
        <thead>
          <tr>
            <th>{tx(words.claim)}</th>
            <th className="number">{tx(words.worst)}</th>
            <th className="number">{tx(words.groups)}</th>
            <th>{tx(words.result)}</th>
          </tr>
        </thead>
        <tbody>
          {claims.map((claim) => (
            <tr key={JSON.stringify(claim.model)}>
              <th scope="row">{modelWords(claim.model, (name) => name, tools)}</th>
              <td className="number">{claim.achieved === null ? '–' : number(claim.achieved)}</td>
              <td className="number">{number(claim.classesChecked)}</td>
              <td>
                {claim.holds ? '✓ ' : '✗ '}
                {tx(claim.holds ? words.yes : words.no)}
                {claim.why !== undefined && <span className="soft"> {tx(claim.why)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
