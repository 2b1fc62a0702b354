import '../../charts/lattice.css';
import { latticeTechnique } from '../../scenario/lattice-step.ts';
import { useText } from '../i18n/use-text.ts';
import { EmptyState } from '../parts/notes.tsx';
import { ExportCard } from '../protect/ExportCard.tsx';
import './anonymize.css';
import { Controls } from './Controls.tsx';
import { Finding } from './Finding.tsx';
import { FrontCard } from './FrontCard.tsx';
import { LatticePanel } from './LatticePanel.tsx';
import { NodeCard } from './NodeCard.tsx';
import { ReleasePanel } from './ReleasePanel.tsx';
import { RiskCard } from './RiskCard.tsx';
import { Steps } from './Steps.tsx';
import { useAnonymize } from './use-anonymize.ts';
import { basics, whenChanged } from './when-changed.ts';
import { words } from './words.ts';

const StillSteps = whenChanged(Steps, basics);
const StillRelease = whenChanged(ReleasePanel, (page) => [
  ...basics(page),
  page.result,
  page.stale,
  page.node >= 0,
  page.run.outcome,
  page.run.progress,
]);
const StillRisks = whenChanged(RiskCard, (page) => [...basics(page), page.result, page.raw, page.stale]);
const StillExport = whenChanged(({ page }) => <ExportCard protect={{ spec: page.spec, kept: page.branch }} />, basics);

/** The solved lattice: the proven optimum moves under the slider, and what it releases is beside it. */
export function AnonymizePage() {
  const { tx } = useText();
  if (latticeTechnique() === undefined) {
    return (
      <div className="text-page">
        <h1>{tx(words.title)}</h1>
        <EmptyState title={tx(words.findingUnknown)} />
      </div>
    );
  }
  return <Page />;
}

function Page() {
  const { tx } = useText();
  const page = useAnonymize();
  const { result, stale } = page;
  return (
    <div className="anonymize" data-digest={stale ? undefined : result?.digest}>
      <h1 className="visually-hidden">{tx(words.title)}</h1>
      <div className="anonymize-main">
        <Finding page={page} />
        <StillSteps page={page} />
        <LatticePanel page={page} />
        <StillRelease page={page} />
        <StillRisks page={page} />
        <StillExport page={page} />
      </div>
      <div className="anonymize-side">
        <Controls page={page} />
        <NodeCard page={page} />
        <FrontCard page={page} />
      </div>
    </div>
  );
}
