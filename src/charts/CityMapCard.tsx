import type { ReactNode } from 'react';
import { formatWithin } from './format.ts';
import type { CityMapProps } from './props.ts';
import type { ChartWords } from './words.ts';

/** Facts of one place, ready to be drawn or read aloud. */
export interface PlaceFacts {
  readonly name: string;
  readonly measure: string;
  /** Null = suppressed. */
  readonly released: string | null;
  readonly halfWidth?: string | undefined;
  readonly truth?: string | undefined;
  readonly difference?: string | undefined;
  readonly note?: string | undefined;
}

/** Released value with its 95 % half width, true value and difference where the viewer may know them. */
export function placeFacts(props: CityMapProps, place: number, locale: string, words: ChartWords): PlaceFacts {
  const { places, values, truth, suppressed, halfWidth95, unit, marked } = props;
  const half = halfWidth95 === undefined || typeof halfWidth95 === 'number' ? halfWidth95 : halfWidth95[place];
  const here = places[place];
  const value = values[place] as number;
  const known =
    suppressed?.[place] === 1
      ? null
      : Number.isNaN(value)
        ? words.noData
        : `${formatWithin(value, half, locale)} ${unit}`;
  const base = { name: here?.label ?? '', measure: props.measureLabel, released: known };
  const known95 = known !== null && half !== undefined && half > 0 && !Number.isNaN(value);
  const trueValue = truth?.[place];
  const gap = trueValue === undefined ? Number.NaN : value - trueValue;
  return {
    ...base,
    halfWidth: known95 ? `± ${formatWithin(half, half, locale)} (95 %)` : undefined,
    truth: trueValue === undefined ? undefined : formatWithin(trueValue, undefined, locale),
    difference:
      known === null || Number.isNaN(gap) ? undefined : `${gap > 0 ? '+' : ''}${formatWithin(gap, half, locale)}`,
    note: marked?.placeId === here?.id ? marked?.note : undefined,
  };
}

/** The facts as one sentence for the live region. */
export function sayPlace(facts: PlaceFacts, words: ChartWords): string {
  const parts = [
    `${facts.name}: ${facts.released === null ? words.suppressed : `${words.released} ${facts.released}`}`,
    facts.halfWidth,
    facts.truth === undefined ? undefined : `${words.true} ${facts.truth}`,
    facts.note,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

export interface CityMapCardProps {
  readonly facts: PlaceFacts;
  readonly words: ChartWords;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pinned: boolean;
  readonly showDifference: boolean;
  readonly children?: ReactNode;
}

/** Card beside a place; stays inside the map; only a pinned card takes the pointer. */
export function CityMapCard(props: CityMapCardProps) {
  const { facts, words, x, y, width, height } = props;
  const room = 270;
  const beside = width > 2 * room;
  const side = x < width - room - 20 ? { left: x + 22 } : { right: width - x + 22 };
  const style = beside
    ? { ...side, top: Math.min(Math.max(8, y - 56), Math.max(8, height - 150)) }
    : {
        left: Math.min(Math.max(8, x - 120), Math.max(8, width - room + 12)),
        ...(y > height / 2 ? { bottom: height - y + 20 } : { top: y + 20 }),
      };
  return (
    <div className={`ec-card${props.pinned ? '' : ' ec-card-hover'}`} style={style}>
      <b>{facts.name}</b>
      <div>
        {facts.released === null ? words.suppressed : `${words.released} `}
        {facts.released === null ? null : <b>{facts.released}</b>}
        {facts.halfWidth === undefined ? null : <span className="ec-quiet"> {facts.halfWidth}</span>}
        {facts.truth === undefined ? null : ` · ${words.true} ${facts.truth}`}
      </div>
      {props.showDifference && facts.difference !== undefined ? (
        <div>
          {words.difference} <b>{facts.difference}</b>
        </div>
      ) : null}
      <div className="ec-quiet">{facts.measure}</div>
      {facts.note === undefined ? null : <div className="ec-risk">{facts.note}</div>}
      {props.children}
    </div>
  );
}
