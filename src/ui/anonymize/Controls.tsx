import { useState } from 'react';
import type { Problem } from '../../engine/kit/errors.ts';
import type { IntegerParam, NumberParam, ParamSchema, ParamSpec } from '../../engine/kit/params.ts';
import { latticeTechnique, readParams } from '../../scenario/lattice-step.ts';
import { NumberField, ParamForm } from '../forms/ParamForm.tsx';
import { MethodCard } from '../forms/MethodCard.tsx';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Disclosure } from '../parts/controls.tsx';
import { ProgressLine, StoppedNote } from '../parts/notes.tsx';
import { labelOf } from './labels.ts';
import { capital } from './node-words.ts';
import type { Anonymize } from './use-anonymize.ts';
import { words } from './words.ts';

/** Parameters that have a place of their own on the page. */
const OWN = ['k', 'l', 'limit', 'levels', 'weights'];

const starts = [
  { label: words.presetPapers, values: { k: 5, l: 3 } },
  { label: words.presetK, values: { k: 5, l: 1 } },
  { label: words.presetStrict, values: { k: 20, l: 5 } },
] as const;

/** What the release must promise: every movement is answered from the solved lattice. */
export function Controls({ page }: { readonly page: Anonymize }) {
  const { tx } = useText();
  const [open, setOpen] = useState(false);
  const technique = latticeTechnique();
  if (technique === undefined) return null;
  const schema: ParamSchema = technique.params;
  const diverse = page.shape === undefined || page.shape.sensitive.length > 0;
  return (
    <Card
      title={tx(words.control)}
      className={open ? 'anonymize-control open' : 'anonymize-control'}
      action={
        <>
          <Took page={page} />
          <Button look="link" className="sheet-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {tx(open ? words.sheetLess : words.sheetMore)}
          </Button>
        </>
      }
    >
      <div className="anonymize-dials">
        <Dial page={page} name="k" spec={schema['k']} />
        {diverse && <Dial page={page} name="l" spec={schema['l']} />}
        <Dial page={page} name="limit" spec={schema['limit']} />
      </div>
      {page.optimum.pending && page.optimum.progress !== undefined && (
        <ProgressLine progress={page.optimum.progress} onCancel={page.optimum.stop} />
      )}
      {page.optimum.stopped && <StoppedNote onResume={page.optimum.resume} />}
      <div className="chips" role="group" aria-label={tx(words.presets)}>
        {starts
          .filter(({ values }) => diverse || values.l === 1)
          .map(({ label, values }) => (
            <button
              key={label.en}
              type="button"
              className="chip"
              aria-pressed={Object.entries(values).every(([name, value]) => page.params[name] === value)}
              onClick={() => page.setParams(label, { ...values, levels: {} })}
            >
              {tx(label)}
            </button>
          ))}
      </div>
      {page.onTrial && (
        <div className="note calm">
          <p>{tx(words.trial)}</p>
          <p>
            <Button look="primary" onClick={page.keep}>
              {tx(words.keep)}
            </Button>
          </p>
        </div>
      )}
      <Disclosure label={tx(words.moreModels)}>
        <div className="stack">
          <ParamForm
            schema={readParams(page.live)}
            values={page.live}
            columns={page.columns}
            hide={OWN}
            onChange={page.setParam}
            onInput={page.turn}
          />
          <Weights page={page} spec={schema['weights']} />
          <Disclosure label={tx(technique.label)}>
            <MethodCard descriptor={technique} params={page.params} unit={unitOf(page)} />
          </Disclosure>
        </div>
      </Disclosure>
    </Card>
  );
}

const unitOf = (page: Anonymize): string =>
  page.dataset.status === 'ok' ? page.dataset.value.descriptor.privacyUnit : 'row';

function Dial(props: { readonly page: Anonymize; readonly name: string; readonly spec: ParamSpec | undefined }) {
  const { tx } = useText();
  const { page, name, spec } = props;
  if (spec === undefined || (spec.kind !== 'number' && spec.kind !== 'integer')) return null;
  const problem = problemOf(page, name);
  const inPercent = spec.unit === 'share';
  const factor = inPercent ? 100 : 1;
  return (
    <div className="dial" data-param={name}>
      <NumberField
        name={name}
        spec={inPercent ? percentOf(spec) : spec}
        value={Number(page.live[name] ?? spec.default) * factor}
        label={capital(tx(spec.label))}
        form={{ onInput: (_, value) => page.turn(name, value / factor) }}
        set={(value) => page.setParam(name, Number((value / factor).toPrecision(9)))}
      />
      {problem !== undefined && (
        <p className="dial-problem" role="alert">
          {capital(problem.message)}
          {problem.remedy !== undefined && <span className="soft">. {capital(problem.remedy)}.</span>}
        </p>
      )}
    </div>
  );
}

/** A share as people set it: in percent, a tenth at a time. */
const percentOf = (spec: NumberParam | IntegerParam): NumberParam => ({
  ...spec,
  kind: 'number',
  unit: '%',
  min: spec.min * 100,
  max: spec.max * 100,
  default: spec.default * 100,
  step: (spec.step ?? 0.005) * 100,
  ...(spec.stops === undefined ? {} : { stops: spec.stops.map((stop) => stop * 100) }),
});

/** A problem of the study or its answer that names this parameter. */
function problemOf(page: Anonymize, name: string): Problem | undefined {
  return [page.study.problem, page.optimum.problem].find((problem) => problem?.place?.param === name);
}

/** How long the newest answer took: the proof is in no new search. */
function Took({ page }: { readonly page: Anonymize }) {
  const { tx, value } = useText();
  const { tookMs, pending } = page.optimum;
  return (
    <span className="small soft" aria-hidden="true">
      {tookMs === undefined || pending ? '…' : tx(words.answered, { time: value(Math.max(0.1, tookMs), 'ms') })}
    </span>
  );
}

/** One weight a column; whole numbers from 0 to 10, 5 as usual. */
function Weights({ page, spec }: { readonly page: Anonymize; readonly spec: ParamSpec | undefined }) {
  const tools = useText();
  const { tx } = tools;
  if (spec?.kind !== 'levels' || page.shape === undefined) return null;
  const given = Object(page.live['weights']) as Readonly<Record<string, number>>;
  const dial: NumberParam = {
    kind: 'number',
    label: spec.label,
    help: spec.help,
    min: 0,
    max: 10,
    step: 1,
    default: 5,
  };
  return (
    <fieldset className="plain-fieldset">
      <legend className="soft small">{tx(words.weights)}</legend>
      <p className="small soft">{tx(words.weightsHelp)}</p>
      {page.shape.columns.map((name) => (
        <NumberField
          key={name}
          name={name}
          spec={dial}
          value={given[name] ?? 5}
          label={capital(labelOf(page, name, tools))}
          form={{}}
          set={(weight) => page.setParam('weights', { ...given, [name]: Math.round(weight) })}
        />
      ))}
    </fieldset>
  );
}
