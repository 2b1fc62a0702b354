import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { BranchSpec, JobResult } from '../../engine/kit/job.ts';
import { defaultsOf } from '../../engine/kit/params.ts';
import type { Text } from '../../engine/kit/text.ts';
import { techniqueOf } from '../../engine/registry.ts';
import { openDpHeavy, openDpQuantiles, openDpTop, pipelineHeavy, pipelineQuantiles } from './choices.ts';
import { openDpAdditive } from './opendp.ts';
import { pipelineAdditive } from './pipeline.ts';
import { type AdditivePlan, axesOf, histogramPlan, type Release, statisticPlan } from './plan.ts';
import { openDpSeries } from './series.ts';
import { differs, noScript, same } from './words.ts';

/** A release as a script for a library: the same questions, caps, noise and budget, or why there is none. */

export type TakeTarget = 'opendp' | 'beam' | 'spark';
export const takeTargets: readonly TakeTarget[] = ['opendp', 'beam', 'spark'];

export type Taken =
  | {
      readonly kind: 'script';
      readonly code: string;
      readonly fileName: string;
      readonly same: readonly Text[];
      readonly differs: readonly Text[];
    }
  | { readonly kind: 'none'; readonly why: Text };

const none = (why: Text): Taken => ({ kind: 'none', why });

/** What the scenario's own run knows: the ledger its numbers are taken from, and the grids its questions were asked over. */
export type Ran = Pick<JobResult, 'guarantee' | 'events' | 'pictures'>;

/** The script of a branch's last step for a library. Pure: the same release gives the same text. */
export function takeAway(branch: BranchSpec, descriptor: DatasetDescriptor, ran: Ran, target: TakeTarget): Taken {
  const step = branch.steps.at(-1);
  const technique = techniqueOf(step?.id ?? '');
  if (step === undefined || technique === undefined) return none(noScript.other);
  const before = branch.steps.slice(0, -1);
  if (before.some(({ id }) => techniqueOf(id)?.does !== 'rename')) return none(noScript.earlier);
  if (ran.guarantee.kind !== 'dp') return none(noScript.claimless);
  const params = { ...defaultsOf(technique.params), ...step.params };
  if (params['protects'] !== undefined && params['protects'] !== 'row' && descriptor.parts.entity === undefined)
    return none(noScript.entity);
  const release: Release = {
    technique,
    params,
    descriptor,
    ...(branch.columns === undefined ? {} : { columns: branch.columns }),
    events: ran.events,
    pictures: ran.pictures,
  };
  const kind = kinds[technique.id];
  if (kind === undefined) return none(noScript.other);
  return kind(release, target, before.length > 0 ? [differs.rename] : []);
}

type Writer = (release: Release, target: TakeTarget, more: readonly Text[]) => Taken;

const kinds: Readonly<Record<string, Writer>> = {
  'laplace-histogram': (release, target, more) => additive(release, histogramPlan(release, 'laplace'), target, more),
  'gaussian-histogram': (release, target, more) => additive(release, histogramPlan(release, 'gaussian'), target, more),
  'noisy-statistics': statistic,
  'contingency-table': statistic,
  'private-quantiles': quantiles,
  'top-keys': top,
  'heavy-keys': heavy,
  'continual-counts': series,
  'range-tree': () => none(noScript.ranges),
  'matrix-workload': () => none(noScript.ranges),
  'w-event': () => none(noScript.window),
  'above-threshold': () => none(noScript.asking),
  'adaptive-allocation': () => none(noScript.allocated),
  'synthetic-histogram': () => none(noScript.synthetic),
  'synthetic-mwem': () => none(noScript.synthetic),
  'synthetic-mst': () => none(noScript.synthetic),
};

const LAWS: Readonly<Record<string, AdditivePlan['law']>> = {
  laplace: 'laplace',
  'discrete-laplace': 'laplace',
  gaussian: 'gaussian',
  'discrete-gaussian': 'gaussian',
};

function statistic(release: Release, target: TakeTarget, more: readonly Text[]): Taken {
  const law = LAWS[String(release.params['mechanism'])];
  if (law === undefined) return none(noScript.noise);
  return additive(release, statisticPlan(release, law), target, more);
}

function additive(release: Release, plan: AdditivePlan, target: TakeTarget, more: readonly Text[]): Taken {
  const kept = [
    same.questions,
    hides(release),
    ...(plan.neighbours === 'replace-one' ? [same.replaced] : []),
    ...(plan.value === undefined ? [] : [same.bounds]),
    plan.law === 'laplace' ? same.laplace : same.gaussian,
    same.split,
    same.after,
  ];
  const changed = [
    differs.seed,
    differs.reading,
    ...labelled(release),
    ...(plan.caps.kind === 'row' ? [] : [differs.caps]),
    ...more,
  ];
  if (target === 'opendp') {
    const words = {
      same: kept,
      differs: [...changed, differs.whole, ...(plan.law === 'gaussian' ? [differs.zcdp] : [])],
    };
    return scripted(release, target, words, openDpAdditive(plan, { ...headOf(release, target), ...words }));
  }
  if (plan.neighbours === 'replace-one') return none(noScript.replaced);
  if (plan.questions.some(({ id }) => id === 'total')) return none(noScript.consistent);
  const words = {
    same: plan.statistic === 'table' ? kept.filter((one) => one !== same.after) : kept,
    differs: [
      ...changed,
      differs.derived,
      differs.google,
      ...(plan.statistic === 'variance' ? [differs.variance] : []),
      ...(plan.statistic === 'table' ? [differs.unfinished] : []),
    ],
  };
  return scripted(release, target, words, pipelineAdditive(plan, target, { ...headOf(release, target), ...words }));
}

function quantiles(release: Release, target: TakeTarget, more: readonly Text[]): Taken {
  const words = {
    same: [same.questions, hides(release), same.bounds, same.split],
    differs: [
      differs.seed,
      differs.reading,
      ...labelled(release),
      ...more,
      target === 'opendp' ? differs.quantile : differs.trees,
    ],
  };
  const header = { ...headOf(release, target), ...words };
  const code = target === 'opendp' ? openDpQuantiles(release, header) : pipelineQuantiles(release, target, header);
  return code === undefined ? none(noScript.other) : scripted(release, target, words, code);
}

function top(release: Release, target: TakeTarget, more: readonly Text[]): Taken {
  if (target !== 'opendp') return none(noScript.top);
  const selector = release.params['selector'];
  if (selector === 'noisy-max') return none(noScript.noisyMax);
  const words = {
    same: [same.candidates, hides(release), same.laplace, same.split],
    differs: [
      differs.seed,
      differs.reading,
      ...labelled(release),
      ...more,
      ...(selector === 'exponential' ? [differs.concentrated] : []),
    ],
  };
  const code = openDpTop(release, { ...headOf(release, target), ...words });
  return code === undefined ? none(noScript.other) : scripted(release, target, words, code);
}

function series(release: Release, target: TakeTarget, more: readonly Text[]): Taken {
  if (target !== 'opendp') return none(noScript.series);
  const isLaplace = release.params['noise'] === 'laplace';
  const words = {
    same: [same.steps, hides(release), isLaplace ? same.laplace : same.gaussian],
    differs: [differs.seed, differs.reading, ...more, differs.whole, ...(isLaplace ? [] : [differs.zcdp])],
  };
  const code = openDpSeries(release, { ...headOf(release, target), ...words });
  return code === undefined ? none(noScript.schemes) : scripted(release, target, words, code);
}

function heavy(release: Release, target: TakeTarget, more: readonly Text[]): Taken {
  const changed = [differs.seed, differs.reading, ...more];
  if (target === 'opendp') {
    if (release.params['rule'] !== 'laplace') return none(noScript.truncated);
    const words = { same: [hides(release), same.threshold], differs: [...changed, differs.atThreshold] };
    const code = openDpHeavy(release, { ...headOf(release, target), ...words });
    return code === undefined ? none(noScript.other) : scripted(release, target, words, code);
  }
  if (release.params['protects'] === 'row') return none(noScript.rowKeys);
  const words = { same: [hides(release), same.keys], differs: [...changed, differs.google, differs.selection] };
  return scripted(release, target, words, pipelineHeavy(release, target, { ...headOf(release, target), ...words }));
}

/** Labels that a script lists are there for all to read. */
const labelled = ({ descriptor, pictures }: Release): readonly Text[] =>
  pictures.some(
    (picture) =>
      picture.view === 'counts' &&
      axesOf(descriptor, picture).some(({ kind, column }) => kind === 'labels' && column !== 'quantile'),
  )
    ? [differs.labels]
    : [];

const hides = ({ params }: Release): Text =>
  params['protects'] === 'row' ? same.row : params['protects'] === 'entity' ? same.entity : same.day;

const headOf = ({ technique }: Release, target: TakeTarget) => ({
  title: `${technique.label.en}: a release planned with Epsilon City.`,
  fileName: `${technique.id}-${target === 'opendp' ? target : `pipelinedp-${target}`}.py`,
});

interface Words {
  readonly same: readonly Text[];
  readonly differs: readonly Text[];
}

const scripted = (release: Release, target: TakeTarget, words: Words, code: string): Taken => ({
  kind: 'script',
  fileName: headOf(release, target).fileName,
  ...words,
  code,
});
