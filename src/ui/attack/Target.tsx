import { useMemo } from 'react';
import { CityMap } from '../../charts/CityMap.tsx';
import { NYC_FRAME } from '../../charts/city-map.layout.ts';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import { selectPerson, useViewStore } from '../../store/view-store.ts';
import { byPlace, gridOf } from '../explore/grid.layout.ts';
import { niceTop, peopleOf, type Person } from '../explore/map-model.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card } from '../parts/controls.tsx';
import { geometryFailed, useGeometry } from '../use-geometry.ts';
import type { Attack } from './use-attack.ts';
import { attackWords as words } from './words.ts';

/** One target where it is: the row as the opponent could know it, over what the release shows of the city. */
export function Target({ attack }: { readonly attack: Attack }) {
  const { dataset, opponent } = attack;
  const row = useViewStore((state) => state.person);
  const summary = dataset.status === 'ok' ? dataset.value : undefined;
  const people = useMemo(() => (summary === undefined ? [] : peopleOf(summary)), [summary]);
  const person = people.find((one) => one.row === row) ?? people[0];
  const aboutRows =
    opponent?.accepts.some((kind) => kind === 'table' || kind === 'answers' || kind === 'model') === true;
  if (summary === undefined || person === undefined || !aboutRows) return null;
  return <Shown attack={attack} summary={summary} person={person} people={people} />;
}

interface ShownProps {
  readonly attack: Attack;
  readonly summary: DatasetSummary;
  readonly person: Person;
  readonly people: readonly Person[];
}

function Shown({ attack, summary, person, people }: ShownProps) {
  const { tx, unit } = useText();
  const geometry = useGeometry(summary.geometry);
  const outcome = attack.outcomes[attack.own?.job?.key ?? ''];
  const pictures = outcome?.status === 'ok' ? outcome.pictures : undefined;
  const { parts } = summary.descriptor;
  const model = useMemo(() => {
    const grid = pictures === undefined ? undefined : gridOf(pictures, parts);
    const places = (summary.places ?? []).filter(({ lon }) => lon !== undefined || summary.geometry !== undefined);
    if (grid === undefined) {
      return { places, values: new Float64Array(places.length).fill(Number.NaN), top: 1, measured: undefined };
    }
    const at = new Map(grid.places.map((id, i) => [id, i]));
    const released = byPlace(grid, grid.picture.released, null);
    const values = Float64Array.from(places, ({ id }) => released[at.get(id) ?? -1] ?? Number.NaN);
    return { places, values, top: niceTop(released), measured: grid.picture };
  }, [pictures, parts, summary]);
  const next = people[(people.indexOf(person) + 1) % people.length];
  const waiting = summary.geometry !== undefined && geometry === undefined && !geometryFailed(summary.geometry);
  return (
    <Card
      title={tx(words.targetTitle)}
      action={
        people.length > 1 && (
          <Button look="link" onClick={() => selectPerson(next?.row ?? null)}>
            {tx(words.next)}
          </Button>
        )
      }
    >
      <div className="known">
        {knownCells(attack, summary, person, tx).map(([name, cell]) => (
          <span key={name} className="fact">
            {name}: <strong>{cell}</strong>
          </span>
        ))}
      </div>
      {!waiting && model.places.length > 0 && (
        <CityMap
          chrome="quiet"
          title={tx(words.targetTitle)}
          description={tx(model.measured === undefined ? words.targetHelpBare : words.targetHelp)}
          places={model.places}
          // Without released values there are no shapes to colour: the city stands behind as an outline.
          geometry={model.measured === undefined ? undefined : geometry}
          outlines={model.measured === undefined ? geometry : undefined}
          values={model.values}
          mode="released"
          domain={[0, model.top]}
          unit={unit(model.measured?.unit ?? summary.descriptor.rowUnit, 2)}
          measureLabel={model.measured === undefined ? '' : tx(model.measured.label)}
          marked={{ placeId: person.place, note: tx(words.targetNote) }}
          frame={summary.descriptor.places === 'nyc-zones' ? NYC_FRAME : undefined}
          height="260px"
          showLegend={false}
          fileName="attack-target"
        />
      )}
      <p className="soft small">{tx(model.measured === undefined ? words.targetHelpBare : words.targetHelp)}</p>
    </Card>
  );
}

/** Cells of the target's row that the opponent knows: the columns chosen in its form, else place, destination and time. */
function knownCells(
  attack: Attack,
  summary: DatasetSummary,
  person: Person,
  tx: ReturnType<typeof useText>['tx'],
): readonly (readonly [string, string])[] {
  const { columns, parts } = summary.descriptor;
  const field = Object.entries(attack.opponent?.params ?? {}).find(([, spec]) => spec.kind === 'columns')?.[0];
  const chosen = field === undefined ? undefined : attack.ref.params?.[field];
  const names = Array.isArray(chosen) && chosen.length > 0 ? chosen : [parts.place, parts.destination, parts.time];
  const labels = new Map((summary.places ?? []).map(({ id, label }) => [id, label]));
  return columns.flatMap((column, at) => {
    const cell = person.cells[at];
    if (!names.includes(column.name) || cell === null || cell === undefined) return [];
    const place = column.name === parts.place || column.name === parts.destination;
    return [[tx(column.label), place ? (labels.get(String(cell)) ?? String(cell)) : String(cell)] as const];
  });
}
