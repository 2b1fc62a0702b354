import { useRef } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import { LinesPicture } from './Lines.tsx';
import type { LineSeries, Mark, RoundsChartProps } from './props.ts';
import { layoutNorms } from './rounds.layout.ts';
import { useSize } from './use-size.ts';

/** Training rounds: accuracy and F1 against the central model and the majority guess, loss apart, update norms per client. */
export function RoundsChart(props: RoundsChartProps) {
  const { rounds, clients, central, majority, currentRound, onRound } = props;
  const { words, locale } = useChartSetting(props);
  const line = (
    id: 'loss' | 'accuracy' | 'f1',
    label: string,
    meaning: LineSeries['meaning'],
    dashed = false,
  ): LineSeries => ({
    id,
    label,
    meaning,
    dashed,
    points: rounds.map((round) => ({ x: round.round, y: round[id] })),
  });
  const lines: Mark[] = [
    ...(central === undefined ? [] : [{ value: central.accuracy, label: words.central }]),
    ...(majority === undefined ? [] : [{ value: majority.accuracy, label: words.majority }]),
  ];
  const shared = {
    description: props.description,
    words: props.words,
    locale: props.locale,
    current: currentRound,
    onCurrent: onRound,
  };
  const hasEpsilon = rounds.some((round) => round.epsilon !== undefined);
  const table = () => ({
    columns: [
      ...[words.round, words.loss, words.accuracy, words.f1, words.bytes].map((label) => ({ label, numeric: true })),
      ...(hasEpsilon ? [{ label: 'ε', numeric: true }] : []),
      ...clients.map((client) => ({ label: `${words.updateNorm}: ${client.label}`, numeric: true })),
    ],
    rows: rounds.map((round) => [
      round.round,
      round.loss,
      round.accuracy,
      round.f1,
      round.bytes,
      ...(hasEpsilon ? [round.epsilon ?? null] : []),
      ...clients.map((_, c) => round.updateNorms[c] ?? null),
    ]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <LinesPicture
        {...shared}
        title={`${words.accuracy}, ${words.f1}`}
        series={[line('accuracy', words.accuracy, 'utility'), line('f1', words.f1, 'utility', true)]}
        references={lines}
        x={{ label: words.round }}
        y={{ label: `${words.accuracy}, ${words.f1}`, better: 'higher' }}
        height={208}
      />
      <LinesPicture
        {...shared}
        title={words.loss}
        series={[line('loss', words.loss, 'neutral')]}
        references={central === undefined ? [] : [{ value: central.loss, label: words.central }]}
        x={{ label: words.round }}
        y={{ label: words.loss, better: 'lower' }}
        height={170}
      />
      <div className="ec-note">{words.updateNorm}</div>
      <div className="ec-multiples">
        {clients.map((client, c) => (
          <NormPicture
            key={client.id}
            label={`${client.label} · ${formatNumber(client.rows, locale)} ${words.rows}`}
            norms={rounds.map((round) => round.updateNorms[c] ?? Number.NaN)}
            top={Math.max(0, ...rounds.flatMap((round) => Array.from(round.updateNorms).filter(Number.isFinite)))}
            current={rounds.findIndex((round) => round.round === currentRound)}
            locale={locale}
          />
        ))}
      </div>
    </ChartFrame>
  );
}

function NormPicture(props: { label: string; norms: readonly number[]; top: number; current: number; locale: string }) {
  const { label, norms, top, current, locale } = props;
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 110, height: 40 });
  const bars = layoutNorms(norms, top, { width: size.width, height: 34 });
  const last = norms.findLast((norm) => Number.isFinite(norm));
  return (
    <div ref={root}>
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} 36`}
        height={36}
        role="img"
        aria-label={`${label}: ${last === undefined ? '–' : formatNumber(last, locale)}`}
      >
        <path d={`M0,35H${size.width}`} className="ec-line" />
        {bars.map((bar, i) =>
          bar === null ? null : (
            <rect
              key={i}
              x={bar.x}
              y={bar.y}
              width={bar.width}
              height={34 - bar.y}
              className={`ec-f-neutral${i === current || current < 0 ? '' : ' ec-pale'}`}
            />
          ),
        )}
      </svg>
      <div className="ec-note">{label}</div>
    </div>
  );
}
