import { useMemo } from 'react';
import { DotPlot } from '../../charts/DotPlot.tsx';
import { quantilesOf } from '../../charts/dot-plot.layout.ts';
import { branchesFor } from '../../scenario/first-step.ts';
import { setBranches, setParam, setSeed } from '../../store/scenario-store.ts';
import { text } from '../../engine/kit/text.ts';
import { oddsOf } from '../i18n/format.ts';
import { useText } from '../i18n/use-text.ts';
import { MethodCard } from '../forms/MethodCard.tsx';
import { ParamForm } from '../forms/ParamForm.tsx';
import { Button, Card, Disclosure } from '../parts/controls.tsx';
import { Slider } from '../parts/slider.tsx';
import { Term } from '../parts/term.tsx';
import { firstSpec } from '../../store/first-spec.ts';
import { firstRankShare, outcomesOf } from './grid.layout.ts';
import type { Explore } from './use-explore.ts';
import type { Scene } from './use-scene.ts';
import { SolveField } from './SolveField.tsx';
import { meanOutcomes } from './values.layout.ts';
import { valueWords } from './values.words.ts';
import { whatWords, whenWords } from './words.ts';

/** The control being turned, and what else could have been released. */
export function ControlCard({ explore, scene }: { readonly explore: Explore; readonly scene: Scene | undefined }) {
  const tools = useText();
  const { t, tx } = tools;
  const { technique, dial, guarantee } = explore;
  if (technique === undefined) {
    return (
      <Card title={t('explore.protection')}>
        <p>{t('explore.noProtection')}</p>
        <p>
          <Button look="primary" onClick={() => setBranches(text('noise', 'ruido'), firstBranches(explore))}>
            {t('explore.applyNoise')}
          </Button>
        </p>
      </Card>
    );
  }
  const odds = guarantee?.kind === 'dp' ? oddsOf(guarantee.epsilon) : undefined;
  return (
    <Card title={tx(technique.label)} className="control-card" lesson="control" action={<SeedLine explore={explore} />}>
      {dial === undefined ? <p className="soft">{t('explore.noParam')}</p> : <DialSlider explore={explore} />}
      {scene !== undefined && <SolveField explore={explore} scene={scene} />}
      {scene !== undefined && explore.bank !== null && <Dots explore={explore} scene={scene} />}
      <p className="odds">
        {odds === undefined ? t('explore.oddsNone') : t('explore.odds', { odds })}{' '}
        {dial?.name === 'epsilon' && <Term of="epsilon">ε</Term>}
      </p>
      <Disclosure label={t('common.more')}>
        <StepForm explore={explore} />
        <MethodCard
          descriptor={technique}
          {...paramsOf(explore)}
          unit={explore.dataset.status === 'ok' ? explore.dataset.value.descriptor.privacyUnit : 'row'}
        />
      </Disclosure>
    </Card>
  );
}

const firstBranches = ({ dataset }: Explore) =>
  dataset.status === 'ok' ? branchesFor(firstSpec().branches, dataset.value.descriptor) : firstSpec().branches;

function paramsOf(explore: Explore) {
  const params = explore.spec.branches[0]?.steps.at(-1)?.params;
  return params === undefined ? {} : { params };
}

function DialSlider({ explore }: { readonly explore: Explore }) {
  const { tx } = useText();
  const { dial } = explore;
  if (dial === undefined) return null;
  const { spec } = dial;
  return (
    <Slider
      label={tx(spec.label)}
      symbol={spec.symbol}
      unit={spec.unit}
      value={dial.value}
      min={spec.min}
      max={spec.max}
      log={spec.scale === 'log'}
      whole={spec.kind === 'integer'}
      step={spec.step}
      stops={spec.stops}
      ends={spec.ends === undefined ? undefined : [tx(spec.ends[0]), tx(spec.ends[1])]}
      warnBelow={spec.warnBelow}
      warnAbove={spec.warnAbove}
      onInput={explore.turn}
      onCommit={(value) => {
        setParam(dial.branch, dial.step, dial.name, value);
        explore.turn(null);
      }}
    />
  );
}

/** Fifty equally likely releases of the chosen (or the person's) place, and how often it would come first. */
function Dots({ explore, scene }: { readonly explore: Explore; readonly scene: Scene }) {
  const tools = useText();
  const { t, tx, number, unit } = tools;
  const { bank, dial } = explore;
  const { focus: place, what, values, grid, hours } = scene;
  const value = dial?.value;
  const counted = useMemo(
    () =>
      bank === null || value === undefined || place < 0 || what === 'values'
        ? undefined
        : outcomesOf(grid, bank, value, place, hours),
    [bank, value, place, grid, hours, what],
  );
  const committed = explore.stale ? undefined : value;
  const shares = useMemo(
    () =>
      bank === null || committed === undefined || place < 0 || what === 'values'
        ? undefined
        : firstRankShare(grid, bank, committed, place, hours),
    [bank, committed, place, grid, hours, what],
  );
  const measured = useMemo(
    () =>
      bank === null || value === undefined || place < 0 || what !== 'values' || values === undefined
        ? undefined
        : meanOutcomes(values, bank, value, place, hours),
    [bank, value, place, what, values, hours],
  );
  const outcomes = counted ?? measured?.outcomes.filter((one) => !Number.isNaN(one));
  if (outcomes === undefined || outcomes.length === 0) return <p className="soft small">{t('explore.dotsNone')}</p>;
  const share = shares ?? (explore.stale ? undefined : measured?.first);
  const first = share === undefined ? undefined : Math.round(100 * share);
  const held = measured === undefined ? 0 : measured.outcomes.length - outcomes.length;
  const rankWords =
    what === 'values' ? tx(valueWords.rank, { n: first ?? 0 }) : t('explore.rank', { n: number(first ?? 0) });
  const quantiles = quantilesOf(outcomes, 50);
  const title = t('explore.dots', {
    n: quantiles.length,
    zone: scene.places[place]?.label ?? '',
    when: whenWords(scene.hours, scene.grid, tools),
  });
  return (
    <div className={explore.stale ? 'dots moving' : 'dots'}>
      <DotPlot
        chrome="none"
        title={title}
        description={whatWords(scene, tools)}
        quantiles={quantiles}
        truth={scene.truth[place]}
        current={Number.isNaN(scene.released[place]) ? undefined : scene.released[place]}
        unit={unit(scene.unit, 2)}
        height={104}
      />
      <p className="soft small">
        {title}.{first !== undefined && ` ${rankWords}`}
        {held > 0 && ` ${tx(valueWords.heldBack, { n: held, draws: measured?.outcomes.length ?? 0 })}`}
      </p>
    </div>
  );
}

/** The seed is part of the state: visible, and one click draws anew. */
function SeedLine({ explore }: { readonly explore: Explore }) {
  const { t } = useText();
  return (
    <span className="seed soft small">
      {t('common.seed')} {explore.spec.seed}
      <Button look="link" onClick={() => setSeed((explore.spec.seed % 9999) + 1)}>
        {t('common.newSeed')}
      </Button>
    </span>
  );
}

function StepForm({ explore }: { readonly explore: Explore }) {
  const { technique, dial } = explore;
  const at = (explore.spec.branches[0]?.steps.length ?? 0) - 1;
  if (technique === undefined) return null;
  return (
    <ParamForm
      schema={technique.params}
      values={explore.spec.branches[0]?.steps[at]?.params ?? {}}
      columns={explore.dataset.status === 'ok' ? explore.dataset.value.descriptor.columns : []}
      hide={dial === undefined ? [] : [dial.name]}
      onChange={(name, value) => setParam(0, at, name, value)}
    />
  );
}
