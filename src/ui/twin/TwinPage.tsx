import type { Picture } from '../../engine/kit/picture.ts';
import { text } from '../../engine/kit/text.ts';
import { paperUtilityOf } from '../../scenario/twin.ts';
import { change, setNoiseSeed } from '../../store/scenario-store.ts';
import { showToast } from '../../store/view-store.ts';
import { Working } from '../attack/Working.tsx';
import { halfOf } from '../explore/Meters.tsx';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { EmptyState, ErrorNote } from '../parts/notes.tsx';
import { Figure, Rich } from '../parts/rich.tsx';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import { PictureView } from '../pictures/PictureView.tsx';
import { Budget } from './Budget.tsx';
import { LatencyPanel } from './LatencyPanel.tsx';
import { Network } from './Network.tsx';
import './twin.css';
import { useTwin, type Part, type Twin } from './use-twin.ts';
import { RiskPanel, UtilityPanel } from './Panels.tsx';
import { twinWords as words } from './words.ts';

/** The paper's hybrid digital twin as one page: its three protections at once, and what each gives and costs. */
export function TwinPage() {
  const { tx } = useText();
  const twin = useTwin();
  const { dataset, parts } = twin;
  return (
    <div className="twin-page">
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      <Finding twin={twin} />
      {dataset.status === 'failed' && <ErrorNote problem={dataset.problem} onRetry={dataset.retry} />}
      {dataset.status === 'loading' && <Working progress={dataset.progress} />}
      {dataset.status === 'ok' && parts.length === 0 && (
        <EmptyState title={tx(words.absent)}>{tx(words.absentHelp)}</EmptyState>
      )}
      <div className="twin-columns">
        <div className="twin-view">
          {parts.map((part) => (
            <PartCard key={part.branch.id} part={part} twin={twin} />
          ))}
        </div>
        <div className="twin-side">
          {parts.length > 0 && (
            <>
              <Budget parts={parts} />
              <UtilityPanel parts={parts} seed={twin.spec?.seed ?? 0} />
              <RiskPanel parts={parts} seed={twin.spec?.seed ?? 0} />
              <Network parts={parts} />
            </>
          )}
        </div>
      </div>
      {parts.length > 0 && <LatencyPanel parts={parts} />}
    </div>
  );
}

/** One measure against the paper's figure for it, in one sentence. */
function Finding({ twin }: { readonly twin: Twin }) {
  const { tx, value, number } = useText();
  const { parts, spec } = twin;
  const found = parts.flatMap((part) =>
    (part.result?.scores ?? []).map((score) => ({ part, score, paper: paperUtilityOf(score.id) })),
  )[0];
  const shown = found?.paper === undefined ? undefined : found;
  const guarantee = shown?.part.result?.guarantee;
  return (
    <section className="finding" aria-live="polite">
      <h2>
        {shown === undefined ? (
          tx(words.findingPending)
        ) : (
          <Rich
            text={tx(words.finding)}
            parts={{
              measured: <Figure meaning="utility">{value(shown.score.value, 'share', halfOf(shown.score))}</Figure>,
              what: tx(shown.score.label).toLowerCase(),
              paper: <Figure meaning="truth">{value(shown.paper ?? 0, 'share', 0.001)}</Figure>,
            }}
          />
        )}
      </h2>
      {shown?.part.result !== undefined && (
        <p className="note-line">
          {tx(words.note, {
            score: tx(shown.score.label),
            n: number(shown.score.n ?? 0),
            epsilon: guarantee?.kind === 'dp' ? number(guarantee.epsilon) : '–',
            interval:
              shown.score.interval === undefined
                ? '–'
                : `${value(shown.score.interval.low, 'share', halfOf(shown.score))} – ${value(shown.score.interval.high, 'share', halfOf(shown.score))}`,
          })}{' '}
          <WhyThis score={shown.score} origin={originOf(shown.part.result, spec?.seed ?? 0)} />
        </p>
      )}
      {spec !== undefined && (
        <div className="row no-print">
          <Button
            onClick={() => {
              change(text('digital twin', 'gemelo digital'), spec);
              showToast(tx(words.adopted));
            }}
          >
            {tx(words.adopt)}
          </Button>
          <Button look="quiet" onClick={() => setNoiseSeed((spec.seed % 9999) + 1)}>
            {tx(words.newSeed)}
          </Button>
        </div>
      )}
    </section>
  );
}

/** The budget has a panel of its own, and of several grids the first is the map. */
function pictureOf(part: Part): Picture | undefined {
  const { pictures } = part.result ?? { pictures: [] };
  const own = pictures.find(({ view }) => view === part.technique.view);
  const picture = own ?? pictures.find(({ view }) => view !== 'allocation');
  // Fifty clients one by one belong to the page about training; here the rounds are the point.
  return picture?.view === 'rounds' ? { ...picture, clients: [] } : picture;
}

const headings = { counts: words.answers, rounds: words.model, parties: words.sums } as const;

function PartCard({ part, twin }: { readonly part: Part; readonly twin: Twin }) {
  const { tx } = useText();
  const { technique, run } = part;
  const { view } = technique;
  const heading = view === 'counts' || view === 'rounds' || view === 'parties' ? headings[view] : technique.label;
  const picture = pictureOf(part);
  const summary = twin.dataset.status === 'ok' ? twin.dataset.value : undefined;
  const failed = run.outcome?.status === 'failed' ? run.outcome.problem : undefined;
  return (
    <Card title={tx(heading)} action={<span className="soft small">{tx(technique.label)}</span>} className="twin-part">
      {failed !== undefined && <ErrorNote problem={failed} onRetry={run.retry} />}
      {run.outcome === undefined && <Stoppable part={part} />}
      {part.result !== undefined &&
        (picture === undefined || summary === undefined ? (
          <p className="soft">{tx(words.noPicture)}</p>
        ) : (
          <PictureView
            picture={picture}
            summary={summary}
            provenance={{ digest: part.result.digest, seed: twin.spec?.seed }}
          />
        ))}
    </Card>
  );
}

function Stoppable({ part }: { readonly part: Part }) {
  const { t } = useText();
  const { run } = part;
  // Nothing under way: it was stopped (or is about to start).
  return run.progress === undefined ? (
    <p>
      <Button onClick={run.retry}>{t('common.retry')}</Button>
    </p>
  ) : (
    <Working progress={run.progress} onCancel={run.cancel} />
  );
}
