import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import type { ModuleRef } from '../../engine/kit/job.ts';
import { attacks, metrics, techniqueOf } from '../../engine/registry.ts';
import { change } from '../../store/scenario-store.ts';
import { MethodCard } from '../forms/MethodCard.tsx';
import { ParamForm } from '../forms/ParamForm.tsx';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Disclosure } from '../parts/controls.tsx';
import { ErrorNote } from '../parts/notes.tsx';
import { releaseKind } from './pipeline.layout.ts';
import type { Protect } from './use-protect.ts';
import { words } from './words.ts';

/** The control: settings of the open step, what the branch may see, and what is measured. */
export function StepPanel({ protect }: { readonly protect: Protect }) {
  const { tx } = useText();
  const { branch, stepAt, draft, dataset } = protect;
  const step = branch.steps[stepAt];
  const technique = techniqueOf(step?.id ?? '');
  const descriptor = dataset.status === 'ok' ? dataset.value.descriptor : undefined;
  const trial = draft !== undefined;
  const outcome = trial ? protect.draftRun.outcome : undefined;
  const draftProblem = outcome?.status === 'failed' ? outcome.problem : undefined;
  const title = trial
    ? tx(words.draftTitle, { technique: tx(draft.technique.label) })
    : technique === undefined
      ? tx(words.pipeline)
      : tx(technique.label);
  return (
    <Card title={title} className={trial ? 'control-card trial' : 'control-card'}>
      {trial && (
        <div className="stack" role="group" aria-label={title}>
          {draftProblem === undefined ? (
            <p className="small soft">{tx(words.draftHint)}</p>
          ) : (
            <ErrorNote problem={draftProblem} />
          )}
          <div className="row">
            <Button look="primary" disabled={draftProblem !== undefined} onClick={protect.keep}>
              {tx(words.keep)}
            </Button>
            <Button onClick={protect.discard}>{tx(words.discard)}</Button>
          </div>
        </div>
      )}
      {step === undefined || technique === undefined ? (
        <p className="soft">{tx(words.settingsNone)}</p>
      ) : (
        <>
          <ParamForm
            key={`${branch.id} ${stepAt} ${technique.id}`}
            schema={technique.params}
            values={step.params ?? {}}
            columns={descriptor?.columns ?? []}
            onChange={(name, value) => protect.setParam(stepAt, name, value)}
            onInput={(name, value) => protect.turn(stepAt, name, value)}
          />
          <Disclosure label={tx(words.method)}>
            <MethodCard
              descriptor={technique}
              {...(step.params === undefined ? {} : { params: step.params })}
              unit={descriptor?.privacyUnit ?? 'row'}
            />
          </Disclosure>
        </>
      )}
      {!trial && descriptor !== undefined && <Columns protect={protect} descriptor={descriptor} />}
      {!trial && <Measures protect={protect} />}
    </Card>
  );
}

/** Data minimization: what this branch never sees cannot leak from it. */
function Columns(props: { readonly protect: Protect; readonly descriptor: DatasetDescriptor }) {
  const { tx } = useText();
  const { protect, descriptor } = props;
  const { branch } = protect;
  const all = descriptor.columns.map(({ name }) => name);
  const seen = new Set(branch.columns ?? all);
  const set = (names: readonly string[]): void => {
    const { columns: _old, ...rest } = branch;
    protect.setBranch(words.changeColumns, names.length === all.length ? rest : { ...rest, columns: names });
  };
  const toggle = (name: string): void => set(all.filter((each) => (each === name ? !seen.has(each) : seen.has(each))));
  return (
    <Disclosure label={tx(words.columns, { n: seen.size, all: all.length })}>
      <p className="small soft">{tx(words.columnsHint)}</p>
      <ul className="check-list">
        {descriptor.columns.map((column) => (
          <li key={column.name}>
            <label className="check">
              <input
                type="checkbox"
                checked={seen.has(column.name)}
                disabled={seen.size === 1 && seen.has(column.name)}
                onChange={() => toggle(column.name)}
              />{' '}
              {tx(column.label)}
            </label>
          </li>
        ))}
      </ul>
      {seen.size < all.length && (
        <Button look="link" onClick={() => set(all)}>
          {tx(words.columnsAll)}
        </Button>
      )}
    </Disclosure>
  );
}

/** The workload: which metrics and attacks are run on this release. */
function Measures({ protect }: { readonly protect: Protect }) {
  const { tx } = useText();
  const { spec, branch } = protect;
  const kind = releaseKind(branch);
  const fits = (one: { readonly accepts: readonly string[] }): boolean =>
    kind !== undefined && one.accepts.includes(kind);
  const fitting = [...metrics.filter(fits), ...attacks.filter(fits)];
  const chosen = new Set([...spec.metrics, ...spec.attacks].map(({ id }) => id));
  const toggled = (refs: readonly ModuleRef[], id: string): readonly ModuleRef[] =>
    refs.some((ref) => ref.id === id) ? refs.filter((ref) => ref.id !== id) : [...refs, { id }];
  const toggle = (id: string): void => {
    const list = metrics.some((metric) => metric.id === id) ? 'metrics' : 'attacks';
    change(words.changeMeasures, { ...spec, [list]: toggled(spec[list], id) });
  };
  const on = fitting.filter(({ id }) => chosen.has(id)).length;
  return (
    <Disclosure label={tx(words.measures, { n: on, all: fitting.length })}>
      <p className="small soft">{tx(words.measuresHint)}</p>
      <ul className="check-list">
        {fitting.map((measure) => (
          <li key={measure.id}>
            <label className="check">
              <input type="checkbox" checked={chosen.has(measure.id)} onChange={() => toggle(measure.id)} />{' '}
              {tx(measure.label)}
            </label>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
