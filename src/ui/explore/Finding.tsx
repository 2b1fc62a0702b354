import { useMemo } from 'react';
import type { Score } from '../../engine/kit/score.ts';
import { planJob } from '../../scenario/plan.ts';
import { useText } from '../i18n/use-text.ts';
import { Figure, Rich } from '../parts/rich.tsx';
import { originOf, WhyThis } from '../parts/why-this.tsx';
import { useRun } from '../use-run.ts';
import { halfOf } from './Meters.tsx';
import { privacyScore, sameScore } from './scores.ts';
import type { Explore } from './use-explore.ts';
import type { Scene } from './use-scene.ts';
import { valueWords } from './values.words.ts';
import { whenWords } from './words.ts';

/** The page's first sentence: the same attack, measure and population after this protection and without it. */
export function Finding(props: { readonly explore: Explore; readonly scene: Scene | undefined }) {
  const { explore, scene } = props;
  const { t, tx, value, number, unit } = useText();
  const after = explore.result === undefined ? undefined : privacyScore(explore.result.scores);
  const { job, weak } = useWeakJob(explore);
  const weakRun = useRun(explore.result === undefined ? null : job, 1);
  const before =
    after === undefined || weakRun.outcome?.status !== 'ok' ? undefined : sameScore(weakRun.outcome, after);
  const kind = explore.result?.kind;
  const missing = weakRun.outcome === undefined ? '…' : '–';
  return (
    <section className="finding" aria-live="polite">
      <CountSentence scene={scene} />
      {after === undefined ? (
        <p className="note-line">
          {explore.result === undefined && explore.failed === undefined && !explore.stopped ? t('explore.pending') : ''}
        </p>
      ) : (
        <>
          <p>
            <Rich
              text={t('explore.finding', {
                unit: unit(unitOf(explore)),
                what: t(kind === 'answers' ? 'explore.whatCounts' : 'explore.whatRelease'),
              })}
              parts={{
                after: <Figure meaning="privacy">{timesWords(after, t, number)}</Figure>,
                before: (
                  <Figure meaning="risk">{before === undefined ? missing : timesWords(before, t, number)}</Figure>
                ),
                weak:
                  weak === undefined
                    ? t('explore.weakNone')
                    : t('explore.weakDial', { symbol: weak.symbol, value: number(weak.value) }),
              }}
            />
          </p>
          <p className="note-line">
            {t('explore.findingNote', {
              label: tx(after.label),
              baseline: after.baseline === undefined ? '–' : value(after.baseline, after.unit),
              n: after.n === undefined ? '–' : number(after.n),
              interval:
                after.interval === undefined
                  ? '–'
                  : `${value(after.interval.low, after.unit, halfOf(after))} – ${value(after.interval.high, after.unit, halfOf(after))}`,
            })}{' '}
            {after.bound !== undefined && t(noteOfBound(after), { bound: value(after.bound, after.unit) })}{' '}
            {explore.result !== undefined && (
              <WhyThis score={after} origin={originOf(explore.result, explore.spec.seed)} />
            )}
          </p>
        </>
      )}
    </section>
  );
}

/** A few tries can come out above a proven limit; where the interval reaches below it, that is said. */
const noteOfBound = ({ value, bound, interval }: Score): 'explore.findingNoteBound' | 'explore.findingNoteChance' =>
  bound !== undefined && value > bound && interval !== undefined && interval.low <= bound
    ? 'explore.findingNoteChance'
    : 'explore.findingNoteBound';

/** What the promise (or the attack) is about: the guarantee's unit; one row where it names none. */
function unitOf({ guarantee, dataset }: Explore): string {
  const row = dataset.status === 'ok' ? dataset.value.descriptor.rowUnit : 'row';
  return guarantee?.kind === 'dp' && guarantee.unit !== 'row' ? guarantee.unit : row;
}

/** Shares of attempts in words a council reads: "52 in 100 times". */
function timesWords(score: Score, t: ReturnType<typeof useText>['t'], number: (n: number, digits?: number) => string) {
  return score.unit === 'share'
    ? t('explore.in100', { n: number(Math.round(score.value * 100)) })
    : `${number(score.value)} ${score.unit}`;
}

/** What the map says about one place, in a sentence that is true from the first frame on. */
function CountSentence({ scene }: { readonly scene: Scene | undefined }) {
  const { t, rounded, number, unit } = useText();
  if (scene === undefined) return <h2>{t('app.tagline')}</h2>;
  const place = scene.focus;
  const label = scene.places[place]?.label;
  if (label === undefined) return <h2>{t('app.tagline')}</h2>;
  if (scene.what === 'values') return <ValueSentence scene={scene} zone={label} />;
  return (
    <h2>
      <Rich
        text={t('explore.findingCount', {
          rows: number(scene.summary.rows),
          unit: unit(scene.grid.picture.unit, scene.summary.rows),
          zone: label,
        })}
        parts={{
          truth: <Figure meaning="truth">{number(scene.truth[place] ?? 0)}</Figure>,
          released: <Figure meaning="privacy">{rounded(scene.released[place] ?? 0, scene.focusHalf)}</Figure>,
          half: (
            <span className="figure">
              {scene.focusHalf === undefined ? '0' : `± ${number(Math.ceil(scene.focusHalf))}`}
            </span>
          ),
        }}
      />
    </h2>
  );
}

/** The same for a measured value: mean of a place in the chosen hours, true and released, with its interval. */
function ValueSentence({ scene, zone }: { readonly scene: Scene; readonly zone: string }) {
  const tools = useText();
  const { tx, rounded, number } = tools;
  const { focus, focusHalf, unit } = scene;
  const released = scene.released[focus] ?? Number.NaN;
  return (
    <h2>
      <Rich
        text={tx(Number.isNaN(released) ? valueWords.findingHeld : valueWords.finding, {
          zone,
          when: whenWords(scene.hours, scene.grid, tools),
          measure: tx(scene.label),
        })}
        parts={{
          truth: (
            <Figure meaning="truth">
              {number(scene.truth[focus] ?? 0, 3)} {unit}
            </Figure>
          ),
          released: <Figure meaning="privacy">{rounded(released, focusHalf)}</Figure>,
          half: <span className="figure">{focusHalf === undefined ? '0' : `± ${number(focusHalf, 2)}`}</span>,
        }}
      />
    </h2>
  );
}

/** The same attack where the slider stands at its weakest end, or without any protection where there is no slider. */
function useWeakJob({ spec, dial, bank }: Explore) {
  return useMemo(() => {
    const branch = spec.branches[0];
    if (branch === undefined || branch.steps.length === 0) return { job: null, weak: undefined };
    const plain = { ...spec, metrics: [] };
    if (dial === undefined || bank === null || dial.name !== bank.param) {
      return { job: planJob(plain, { id: branch.id, steps: [] }), weak: undefined };
    }
    const value = dial.spec.max;
    const steps = branch.steps.map((ref, at) =>
      at === dial.step ? { ...ref, params: { ...ref.params, [dial.name]: value } } : ref,
    );
    return { job: planJob(plain, { ...branch, steps }), weak: { symbol: dial.spec.symbol ?? dial.name, value } };
    // Only which parameter is turned matters here, not where the slider stands.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [spec, dial?.name, dial?.step, bank?.param]);
}
