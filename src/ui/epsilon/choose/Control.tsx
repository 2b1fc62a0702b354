import { useId, useState } from 'react';
import type { NumberParam, ParamSchema } from '../../../engine/kit/params.ts';
import { dpTechniques } from '../../../scenario/dp-step.ts';
import { MethodCard } from '../../forms/MethodCard.tsx';
import { ParamForm } from '../../forms/ParamForm.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Button, Card, Disclosure, Select } from '../../parts/controls.tsx';
import { Slider } from '../../parts/slider.tsx';
import { parseTyped } from '../../parts/slider.layout.ts';
import { halfWidthOf } from '../../explore/grid.layout.ts';
import { cellsOf } from '../../explore/use-scene.ts';
import type { Epsilon } from '../use-epsilon.ts';
import { epsilonFor, type Cells } from './cells.ts';
import { goal } from './goal.ts';
import { words } from './words.ts';

/** The question, the mechanism, the slider, and its inverse. */
export function Control({ page, cells }: { readonly page: Epsilon; readonly cells: Cells | undefined }) {
  const { tx } = useText();
  const { technique, dial, params, descriptor } = page;
  const choices = dpTechniques();
  const mechanism: ParamSchema = Object.fromEntries(
    Object.entries(technique?.params ?? {}).filter(([name]) => name === 'mechanism' || name === 'noise'),
  );
  return (
    <Card title={tx(words.control)} className="choose-control">
      <Select
        label={tx(words.question)}
        value={technique?.id ?? ''}
        options={choices.map((one) => ({ value: one.id, label: tx(one.label) }))}
        onChange={(id) => page.setTechnique(id, dial === undefined ? {} : { epsilon: page.epsilon })}
      />
      {technique !== undefined && 'mechanism' in mechanism && (
        <ParamForm schema={mechanism} values={params} columns={descriptor?.columns ?? []} onChange={page.setParam} />
      )}
      {dial === undefined ? <p className="soft">{tx(words.noDial)}</p> : <Dial page={page} dial={dial} />}
      {dial !== undefined && cells?.grid !== undefined && <Inverse page={page} dial={dial} cells={cells} />}
      <Delta page={page} />
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
      {technique !== undefined && (
        <Disclosure label={tx(words.more)}>
          <div className="stack">
            <ParamForm
              schema={technique.params}
              values={params}
              columns={descriptor?.columns ?? []}
              hide={['epsilon', 'mechanism']}
              onChange={page.setParam}
            />
            <MethodCard descriptor={technique} params={params} unit={descriptor?.privacyUnit ?? 'row'} />
          </div>
        </Disclosure>
      )}
    </Card>
  );
}

function Dial({ page, dial }: { readonly page: Epsilon; readonly dial: NumberParam }) {
  const { tx } = useText();
  return (
    <Slider
      label={tx(dial.label)}
      symbol={dial.symbol}
      value={page.epsilon}
      min={dial.min}
      max={dial.max}
      log={dial.scale === 'log'}
      stops={dial.stops}
      ends={dial.ends === undefined ? undefined : [tx(dial.ends[0]), tx(dial.ends[1])]}
      warnBelow={dial.warnBelow}
      warnAbove={dial.warnAbove}
      onInput={page.turn}
      onCommit={(value) => page.setParam('epsilon', value)}
    />
  );
}

/** Say how wrong places may be, and epsilon is solved for. */
function Inverse(props: { readonly page: Epsilon; readonly dial: NumberParam; readonly cells: Cells }) {
  const { tx, number } = useText();
  const { page, dial, cells } = props;
  const [share, setShare] = useState(String(goal.share * 100));
  const [least, setLeast] = useState(String(goal.least));
  const [beyond, setBeyond] = useState<number | null>(null);
  const [typed, setTyped] = useState(false);
  const half = cells.grid === undefined ? undefined : halfWidthOf(cells.noise, cellsOf(cells.grid, null));
  const { bank } = page;
  if (half === undefined || bank === null) return null;
  const settle = (): void => {
    const [wanted, from] = [parseTyped(share), parseTyped(least)];
    setTyped(false);
    if (wanted === undefined || from === undefined || !(wanted > 0 && from > 0)) return;
    const epsilon = epsilonFor(bank, page.epsilon, half, (from * wanted) / 100, dial);
    // Rounded up to three digits: a hair more than asked, never less.
    const unit = 10 ** (Math.floor(Math.log10(epsilon)) - 2);
    const rounded = Number((Math.ceil(epsilon / unit - 1e-9) * unit).toPrecision(3));
    setBeyond(rounded > dial.max ? rounded : null);
    page.setParam('epsilon', Math.min(dial.max, Math.max(dial.min, rounded)));
  };
  const field = (label: string, value: string, set: (value: string) => void) => (
    <input
      type="text"
      inputMode="decimal"
      aria-label={label}
      value={value}
      style={{ width: `${Math.max(3, value.length + 1)}ch` }}
      onChange={(event) => {
        set(event.target.value);
        setTyped(true);
      }}
      onFocus={(event) => event.target.select()}
      // Passing through with the keyboard asks for nothing.
      onBlur={() => typed && settle()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
  return (
    <p className="solve small">
      {tx(words.solveLead)} {field(tx(words.solveShare), share, setShare)} % {tx(words.solveLeast)}{' '}
      {field(tx(words.solveLeast), least, setLeast)} {tx(words.solveTail)}.{' '}
      {beyond !== null && (
        <span role="alert" className="is-risk">
          {tx(words.solveReach, { epsilon: number(beyond, 3) })}
        </span>
      )}
    </p>
  );
}

/** The delta losses are read at; one over the rows or more is said loudly, and not refused. */
function Delta({ page }: { readonly page: Epsilon }) {
  const { tx, number } = useText();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const rows = page.dataset.status === 'ok' ? page.dataset.value.rows : 0;
  const loud = rows > 0 && page.delta * rows >= 1;
  const given = typed === null ? undefined : parseTyped(typed);
  const bad = typed !== null && !(given !== undefined && given > 0 && given < 1);
  const settle = (): void => {
    if (!bad && given !== undefined) page.setDelta(given);
    setTyped(null);
  };
  const better = 10 ** Math.floor(Math.log10(0.1 / Math.max(1, rows)));
  return (
    <div className="choose-delta small">
      <label htmlFor={id}>{tx(words.delta)}</label>{' '}
      <input
        id={id}
        type="text"
        inputMode="decimal"
        value={typed ?? page.delta.toExponential()}
        aria-invalid={bad}
        style={{ width: '8ch' }}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      {bad && <span role="alert"> {tx(words.deltaBad)}</span>}
      {loud && (
        <p className="note" role="status">
          {tx(words.deltaLoud, {
            delta: page.delta.toExponential(0),
            rows: number(rows),
            better: better.toExponential(0),
          })}
        </p>
      )}
    </div>
  );
}
