import { useState } from 'react';
import { toProblem, type Problem } from '../../engine/kit/errors.ts';
import type { HierarchySpec } from '../../engine/kit/hierarchy-spec.ts';
import { parseHierarchyCsv } from '../../engine/table/hierarchy-csv.ts';
import type { ColumnTree } from '../../runtime/protocol.ts';
import { limits } from '../../scenario/limits.ts';
import { setHierarchy } from '../../store/scenario-store.ts';
import { showToast } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Segmented, Select } from '../parts/controls.tsx';
import { ErrorNote } from '../parts/notes.tsx';
import { labelsIn, type TreeRows } from './tree-model.ts';
import {
  dateSteps,
  firstSpec,
  numbersIn,
  orderSpec,
  sizesOf,
  type WizardKind,
  withStep,
  wizardsFor,
} from './wizards.ts';
import { words } from './words.ts';

interface Props {
  readonly column: ColumnTree;
  readonly spec: HierarchySpec;
  readonly rows: TreeRows | undefined;
}

/** Which wizard makes the tree, and its few figures; every valid change is taken at once. */
export function WizardForm({ column, spec, rows }: Props) {
  const { tx, number } = useText();
  const kinds = wizardsFor(column);
  const choose = (kind: WizardKind): void => {
    if (kind === spec.kind) return;
    // By hand starts from the tree as it stands.
    if (kind !== 'table') setHierarchy(column.column, firstSpec(kind, column));
    else if (rows !== undefined && labelsIn(rows) <= limits.labels) {
      setHierarchy(column.column, { kind: 'table', names: rows.names, rows: rows.rows });
    } else {
      const n = rows === undefined ? column.distinct : labelsIn(rows);
      showToast(tx(words.tooLong, { n: number(n), most: number(limits.labels) }));
    }
  };
  return (
    <div className="hierarchy-wizard">
      <Select
        label={tx(words.kind)}
        value={spec.kind}
        options={kinds.map((kind) => ({ value: kind, label: tx(words[`kind.${kind}`]) }))}
        onChange={choose}
      />
      <Figures column={column} spec={spec} />
    </div>
  );
}

function Figures({ column, spec }: { readonly column: ColumnTree; readonly spec: HierarchySpec }) {
  const put = (next: HierarchySpec, field: string): void =>
    setHierarchy(column.column, next, `hierarchy ${column.column} ${field}`);
  switch (spec.kind) {
    case 'interval':
      return <IntervalFigures spec={spec} put={put} />;
    case 'order':
      return <OrderFigures spec={spec} distinct={column.distinct} put={put} />;
    case 'mask':
      return <MaskFigures spec={spec} put={put} />;
    case 'date':
      return <DateFigures spec={spec} put={put} />;
    case 'table':
      return <FileFigures column={column.column} />;
    default:
      return null;
  }
}

type Put = (next: HierarchySpec, field: string) => void;
type SpecOf<K extends HierarchySpec['kind']> = Extract<HierarchySpec, { readonly kind: K }>;

function IntervalFigures({ spec, put }: { readonly spec: SpecOf<'interval'>; readonly put: Put }) {
  const { tx } = useText();
  return (
    <>
      <NumbersField
        label={tx(words.origin)}
        value={[spec.origin]}
        onChange={([origin]) => origin !== undefined && put({ ...spec, origin }, 'origin')}
      />
      <NumbersField
        label={tx(words.widths)}
        value={spec.widths}
        onChange={(widths) => put({ ...spec, widths }, 'widths')}
      />
    </>
  );
}

function OrderFigures(props: { readonly spec: SpecOf<'order'>; readonly distinct: number; readonly put: Put }) {
  const { tx } = useText();
  const sizes = sizesOf(props.spec);
  return (
    <>
      <NumbersField
        label={tx(words.sizes)}
        value={sizes ?? []}
        onChange={(next) => {
          const whole = next.map(Math.round).filter((size) => size >= 2);
          props.put(orderSpec(whole, props.distinct), 'sizes');
        }}
      />
      {sizes === undefined && <p className="small soft">{tx(words.uneven)}</p>}
    </>
  );
}

function MaskFigures({ spec, put }: { readonly spec: SpecOf<'mask'>; readonly put: Put }) {
  const { tx } = useText();
  return (
    <>
      <div className="field">
        <span className="soft">{tx(words.maskFrom)}</span>
        <Segmented
          label={tx(words.maskFrom)}
          plain
          value={spec.from}
          options={[
            { value: 'right', label: tx(words.right) },
            { value: 'left', label: tx(words.left) },
          ]}
          onChange={(from) => put({ ...spec, from }, 'side')}
        />
      </div>
      <NumbersField
        label={tx(words.maskSteps)}
        value={spec.steps ?? []}
        onChange={(steps) => {
          const { steps: _old, ...rest } = spec;
          put(steps.length === 0 ? rest : { ...rest, steps }, 'steps');
        }}
      />
    </>
  );
}

function DateFigures({ spec, put }: { readonly spec: SpecOf<'date'>; readonly put: Put }) {
  const { tx } = useText();
  return (
    <fieldset className="hierarchy-steps">
      <legend className="small soft">{tx(words.dateSteps)}</legend>
      {dateSteps.map((step) => (
        <label key={step} className="check">
          <input
            type="checkbox"
            checked={spec.levels.includes(step)}
            onChange={(event) => put({ ...spec, levels: withStep(spec.levels, step, event.target.checked) }, step)}
          />
          {tx(words[`step.${step}`])}
        </label>
      ))}
      <p className="small soft">{tx(words.weekNote)}</p>
    </fieldset>
  );
}

/** A list of numbers typed by hand; what is no list is said and not taken. */
function NumbersField(props: {
  readonly label: string;
  readonly value: readonly number[];
  readonly onChange: (value: readonly number[]) => void;
}) {
  const { tx } = useText();
  const shown = props.value.join(', ');
  // What was typed stays as typed while it means the value at hand; an undo or another wizard shows the value.
  const [draft, setDraft] = useState({ typed: shown, means: shown });
  const typed = draft.means === shown ? draft.typed : shown;
  const bad = numbersIn(typed) === undefined;
  return (
    <label className="field">
      <span className="soft">{props.label}</span>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        aria-invalid={bad}
        onChange={(event) => {
          const numbers = numbersIn(event.target.value);
          setDraft({ typed: event.target.value, means: numbers?.join(', ') ?? shown });
          if (numbers !== undefined && numbers.join(', ') !== shown) props.onChange(numbers);
        }}
      />
      {bad && <span className="small is-risk">{tx(words.notNumbers)}</span>}
    </label>
  );
}

function FileFigures({ column }: { readonly column: string }) {
  const { tx, number } = useText();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState('');
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      const parsed = parseHierarchyCsv(await file.text(), column);
      const n = labelsIn({ names: [], rows: parsed.rows });
      if (n > limits.labels) {
        setProblem({ code: 'infeasible', message: tx(words.tooLong, { n: number(n), most: number(limits.labels) }) });
        return;
      }
      setHierarchy(column, { kind: 'table', rows: parsed.rows });
      setProblem(null);
      const read = tx(words.fileRead, { n: parsed.rows.length, name: file.name });
      setSaid(parsed.rootAdded ? `${read} ${tx(words.rootAdded)}` : read);
    } catch (error) {
      setProblem(toProblem(error));
      setSaid('');
    }
  };
  return (
    <div className="hierarchy-file">
      <label className="button hierarchy-open">
        {tx(words.chooseFile)}
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
      <p className="small soft">{tx(words.fileHint)}</p>
      {said !== '' && (
        <p className="small" role="status">
          {said}
        </p>
      )}
      {problem !== null && <ErrorNote problem={problem} />}
    </div>
  );
}
