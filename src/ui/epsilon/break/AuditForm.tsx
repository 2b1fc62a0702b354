import type { AuditQuestion, PlantedBug } from '../../../engine/kit/audit.ts';
import { defaultsOf, type ParamRecord } from '../../../engine/kit/params.ts';
import { auditQuestion, bugsOf, type AuditSubject } from '../../../scenario/audit-subjects.ts';
import { ParamForm } from '../../forms/ParamForm.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card, Disclosure, Select } from '../../parts/controls.tsx';
import { words } from './audit-words.ts';

export interface Setting {
  readonly subject: AuditSubject | undefined;
  readonly params: ParamRecord;
  readonly bug: PlantedBug;
  readonly draws: number;
}

export const settingOf = (subject: AuditSubject | undefined, bug: PlantedBug = 'none'): Setting => ({
  subject,
  params: subject === undefined ? {} : defaultsOf(subject.params),
  bug: subject !== undefined && bugsOf(subject).includes(bug) ? bug : 'none',
  draws: subject?.draws[0] ?? 0,
});

const bugWords = {
  none: words.none,
  'scale halved': words.halved,
  'sensitivity forgotten': words.forgotten,
  'seeded twice': words.seeded,
} as const satisfies Readonly<Record<PlantedBug, unknown>>;

/** What is audited, with which bug, how often. */
export function AuditForm(props: {
  readonly subjects: readonly AuditSubject[];
  readonly setting: Setting;
  readonly onChange: (setting: Setting) => void;
  readonly pending: boolean;
  readonly last: AuditQuestion | undefined;
  readonly onRun: (question: AuditQuestion) => void;
}) {
  const { tx, number } = useText();
  const { setting, onChange, last } = props;
  const { subject, params, bug, draws } = setting;
  if (subject === undefined) return null;
  const seed = last?.seed ?? 0;
  const next = auditQuestion(subject, params, bug, draws, seed);
  const isSame = last !== undefined && JSON.stringify(last) === JSON.stringify(next);
  return (
    <Card title={tx(words.settings)}>
      <Select
        label={tx(words.what)}
        value={subject.id}
        options={props.subjects.map(({ id, label }) => ({ value: id, label: tx(label) }))}
        onChange={(id) => onChange(settingOf(props.subjects.find((each) => each.id === id) ?? subject, bug))}
      />
      <Select
        label={tx(words.bug)}
        value={bug}
        options={bugsOf(subject).map((value) => ({ value, label: tx(bugWords[value]) }))}
        onChange={(value) => onChange({ ...setting, bug: value })}
      />
      <Select
        label={tx(words.draws)}
        value={String(draws)}
        options={subject.draws.toSorted((a, b) => a - b).map((n) => ({ value: String(n), label: number(n) }))}
        onChange={(n) => onChange({ ...setting, draws: Number(n) })}
      />
      {subject.group === 'technique' && <p className="small soft">{tx(words.drawsHint)}</p>}
      <p>
        <Button
          look="primary"
          disabled={props.pending}
          onClick={() => props.onRun({ ...next, seed: isSame || last === undefined ? seed + 1 : seed })}
        >
          {tx(isSame ? words.again : words.run)}
        </Button>
      </p>
      <Settings subject={subject} params={params} onChange={(changed) => onChange({ ...setting, params: changed })} />
    </Card>
  );
}

function Settings(props: {
  readonly subject: AuditSubject;
  readonly params: ParamRecord;
  readonly onChange: (params: ParamRecord) => void;
}) {
  const { tx } = useText();
  const { subject, params } = props;
  const form = (
    <ParamForm
      schema={subject.params}
      values={params}
      columns={[]}
      onChange={(name, value) => props.onChange({ ...params, [name]: value })}
    />
  );
  // A whole release has many settings of its own.
  return subject.group === 'technique' ? <Disclosure label={tx(words.parameters)}>{form}</Disclosure> : form;
}
