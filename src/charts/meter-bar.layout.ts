import { makeScale } from './scale.ts';
import type { MeterBarProps } from './props.ts';

/** Positions on a 0..100 track; null = not known. Everything is clamped to the track. */
export interface MeterLayout {
  readonly value: number | null;
  readonly band: readonly [number, number] | null;
  readonly baseline: number | null;
  readonly bound: number | null;
}

export function layoutMeter(
  props: Pick<MeterBarProps, 'value' | 'domain' | 'log' | 'low' | 'high' | 'baseline' | 'bound'>,
): MeterLayout {
  const scale = makeScale(props.domain ?? [0, 1], [0, 100], { log: props.log });
  const at = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) ? null : Math.min(100, Math.max(0, scale(value)));
  const low = at(props.low);
  const high = at(props.high);
  return {
    value: at(props.value),
    band: low === null || high === null ? null : [low, high],
    baseline: at(props.baseline?.value),
    bound: at(props.bound?.value),
  };
}
