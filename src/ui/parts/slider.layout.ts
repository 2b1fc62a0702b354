/** Pure arithmetic of the slider: positions 0..1 of a linear or logarithmic scale, steps, and numbers as people type them. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly log: boolean;
  readonly whole: boolean;
  readonly step?: number | undefined;
}

export const clampTo = (scale: Scale, value: number): number => Math.min(scale.max, Math.max(scale.min, value));

/** Position of a value along the track. A logarithmic scale that starts at 0 is shifted by one. */
export function positionOf(scale: Scale, value: number): number {
  const { min, max } = scale;
  if (max <= min) return 0;
  const at = clampTo(scale, value);
  if (!scale.log) return (at - min) / (max - min);
  const shift = min > 0 ? 0 : 1 - min;
  return Math.log((at + shift) / (min + shift)) / Math.log((max + shift) / (min + shift));
}

/** Value at a position, rounded to two significant digits (three above the first tenth) so that no false precision shows. */
export function valueAt(scale: Scale, position: number): number {
  const { min, max } = scale;
  if (!scale.log) return tidy(scale, min + position * (max - min));
  const shift = min > 0 ? 0 : 1 - min;
  return tidy(scale, (min + shift) * ((max + shift) / (min + shift)) ** position - shift);
}

function tidy(scale: Scale, value: number): number {
  if (scale.whole) return clampTo(scale, Math.round(value));
  if (scale.step !== undefined && !scale.log) {
    const steps = Math.round((value - scale.min) / scale.step);
    return clampTo(scale, Number((scale.min + steps * scale.step).toPrecision(12)));
  }
  return clampTo(scale, Number(value.toPrecision(2)));
}

/** The next tidy value up or down; on a logarithmic scale about a tenth away. */
export function stepped(scale: Scale, value: number, direction: 1 | -1): number {
  if (scale.whole && (!scale.log || value < 10)) return clampTo(scale, Math.round(value) + direction);
  if (!scale.log) return tidy(scale, value + direction * (scale.step ?? (scale.max - scale.min) / 100));
  const unit = 10 ** Math.floor(Math.log10(Math.max(Math.abs(value), 1e-9) * (direction < 0 ? 0.999999 : 1.000001)));
  const next = Number((value + (direction * unit) / (value / unit < 2 ? 10 : 2)).toPrecision(2));
  return scale.whole ? clampTo(scale, Math.round(next)) : clampTo(scale, next);
}

/** "0.5", "0,5", "1/3", "2e-3": what was typed as a number, or undefined. */
export function parseTyped(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  const fraction = /^(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/.exec(plain);
  if (fraction !== null) {
    const value = Number(fraction[1]) / Number(fraction[2]);
    return Number.isFinite(value) ? value : undefined;
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
