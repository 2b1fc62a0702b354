import { describe, expect, it } from 'vitest';
import { text } from '../../engine/kit/text.ts';
import type { ScenarioSpec } from '../../scenario/spec.ts';
import {
  advance,
  holesOf,
  isReady,
  parseRun,
  sceneAt,
  startRun,
  type Facts,
  type Figures,
  type Lesson,
} from './engine.ts';

const spec = {} as ScenarioSpec;
const facts = (figures: Figures, path = '/explore', truthShown = false): Facts => ({ path, spec, truthShown, figures });

const lesson: Lesson = {
  id: 'toy',
  title: text('Toy'),
  summary: text('Toy'),
  minutes: 1,
  scores: {},
  steps: [
    { id: 'read', path: '/explore', text: text('read'), needs: ['half'], scene: 'start', reveal: () => text('ok') },
    {
      id: 'drop',
      path: '/explore',
      text: text('drop'),
      needs: ['half'],
      prediction: {
        question: text('how much?'),
        options: [
          { id: 'same', text: text('same') },
          { id: 'ten', text: text('ten times') },
        ],
        right: (before, after) => (Number(after['half']) > 5 * Number(before['half']) ? 'ten' : 'same'),
      },
      task: { text: text('turn'), done: ({ figures }) => Number(figures['epsilon']) <= 0.1 },
      reveal: () => text('{before_half} became {half}'),
    },
    {
      id: 'defend',
      path: '/explore',
      text: text('defend'),
      needs: ['half'],
      note: { label: text('why'), least: 5 },
      reveal: () => text('done'),
    },
  ],
};

const wide = facts({ half: 30, epsilon: 0.1 });
const narrow = facts({ half: 3, epsilon: 1 });
const observe = { kind: 'observe' } as const;

describe('a lesson', () => {
  it('waits until the values it speaks about are computed', () => {
    const run = startRun(lesson);
    expect(advance(lesson, run, observe, facts({}))).toBe(run);
    expect(isReady(lesson, run)).toBe(false);
    expect(isReady(lesson, advance(lesson, run, observe, narrow))).toBe(true);
  });

  it('waits on another page', () => {
    const run = startRun(lesson);
    expect(advance(lesson, run, observe, facts({ half: 3 }, '/data'))).toBe(run);
  });

  it('asks for a prediction before it lets the action count', () => {
    let run = startRun(lesson, 1);
    run = advance(lesson, run, observe, narrow);
    run = advance(lesson, run, observe, wide);
    expect(run.phase).toBe('predict');
    run = advance(lesson, run, { kind: 'predict', choice: 'no such answer' }, narrow);
    expect(run.phase).toBe('predict');
    run = advance(lesson, run, { kind: 'predict', choice: 'ten' }, narrow);
    expect(run.phase).toBe('act');
  });

  it('completes on the real condition only, and judges the prediction by computed values', () => {
    let run = startRun(lesson, 1);
    run = advance(lesson, run, observe, narrow);
    run = advance(lesson, run, { kind: 'predict', choice: 'ten' }, narrow);
    run = advance(lesson, run, observe, facts({ epsilon: 0.1 }));
    expect(run.phase).toBe('act');
    expect(advance(lesson, run, { kind: 'next' }, narrow)).toBe(run);
    run = advance(lesson, run, observe, wide);
    expect(run.phase).toBe('reveal');
    expect(run.traces['drop']).toMatchObject({ right: true, before: { half: 3 }, after: { half: 30 } });
  });

  it('moves on only after the answer was shown, and never past what was reached', () => {
    let run = startRun(lesson);
    expect(advance(lesson, run, { kind: 'go', at: 2 }, narrow)).toBe(run);
    run = advance(lesson, advance(lesson, run, observe, narrow), observe, narrow);
    run = advance(lesson, run, { kind: 'next' }, narrow);
    expect(run).toMatchObject({ at: 1, phase: 'predict', furthest: 1 });
    run = advance(lesson, run, { kind: 'go', at: 0 }, narrow);
    expect(run).toMatchObject({ at: 0, phase: 'reveal', furthest: 1 });
  });

  it('ends after a written reason of the asked length', () => {
    let run = advance(lesson, startRun(lesson, 2), observe, narrow);
    run = advance(lesson, run, { kind: 'note', text: '  no ' }, narrow);
    expect(run.phase).toBe('act');
    run = advance(lesson, run, { kind: 'note', text: 'because' }, narrow);
    expect(run.phase).toBe('reveal');
    expect(advance(lesson, run, { kind: 'next' }, narrow).finished).toBe(true);
  });

  it('resumes where it was left, from what the browser kept', () => {
    let run = advance(lesson, startRun(lesson, 1), observe, narrow);
    run = advance(lesson, run, { kind: 'predict', choice: 'same' }, narrow);
    expect(parseRun(lesson, JSON.parse(JSON.stringify(run)))).toEqual(run);
  });

  it('refuses kept progress that does not fit', () => {
    for (const raw of [null, 7, {}, { at: 9, furthest: 0, traces: {} }, { at: 0, furthest: 0, traces: 1 }]) {
      expect(parseRun(lesson, raw)).toBeUndefined();
    }
    const odd = parseRun(lesson, {
      at: 1,
      furthest: 1,
      traces: { drop: { before: { half: 'x', bad: null }, right: 'no' } },
    });
    expect(odd?.traces['drop']).toEqual({ before: { half: 'x' } });
  });

  it('finds the scene a link opens in', () => {
    expect(sceneAt(lesson, 2)).toBe('start');
    expect(holesOf({ half: 3 }, { half: 30 })).toEqual({ before_half: 3, half: 30 });
  });
});
