import { useRef } from 'react';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartSetting } from './ChartProvider.tsx';
import { formatNumber } from './format.ts';
import { layoutBytes } from './packets.layout.ts';
import type { Numbers, PacketsViewProps } from './props.ts';
import { useSize } from './use-size.ts';

/** Telemetry as sent and as seen on the wire; byte values bunch in plain text and lie flat in cipher text. */
export function PacketsView(props: PacketsViewProps) {
  const { plain, cipherHex, nonceHex, maxPackets = 4 } = props;
  const { words, locale } = useChartSetting(props);
  const top = Math.max(...Array.from(props.plainBytesShare), ...Array.from(props.cipherBytesShare), 1 / 256);
  const size = (bytes: number) => `${formatNumber(bytes, locale)} ${words.bytes}`;
  const table = () => ({
    columns: [
      { label: words.byteValue, numeric: true },
      { label: `${words.share}: ${words.plaintext}`, numeric: true },
      { label: `${words.share}: ${words.ciphertext}`, numeric: true },
    ],
    rows: Array.from({ length: 256 }, (_, i) => [
      i,
      props.plainBytesShare[i] ?? null,
      props.cipherBytesShare[i] ?? null,
    ]),
  });
  return (
    <ChartFrame {...props} table={table}>
      <div className="ec-pair">
        <div>
          <div className="ec-note">
            {words.plaintext} · {size(props.plainBytes)}
          </div>
          <BytesPicture label={words.plaintext} shares={props.plainBytesShare} top={top} meaning="truth" />
        </div>
        <div>
          <div className="ec-note">
            {words.ciphertext} · {size(props.cipherBytes)}
          </div>
          <BytesPicture label={words.ciphertext} shares={props.cipherBytesShare} top={top} meaning="privacy" />
        </div>
      </div>
      {plain.slice(0, maxPackets).map((packet, i) => (
        <div className="ec-packet" key={nonceHex[i] ?? i}>
          <code className="ec-mono">{packet}</code>
          <code className="ec-mono ec-cipher">
            <span className="ec-nonce" title={words.nonce}>
              {nonceHex[i]}
            </span>{' '}
            {cipherHex[i]}
          </code>
        </div>
      ))}
    </ChartFrame>
  );
}

function BytesPicture(props: { label: string; shares: Numbers; top: number; meaning: 'truth' | 'privacy' }) {
  const { words, locale } = useChartSetting({});
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root, { width: 180, height: 70 });
  const height = 5 * size.em;
  const base = height - 1.2 * size.em;
  const { outline, uniformY, largest } = layoutBytes(props.shares, props.top, { width: size.width, height: base });
  return (
    <div ref={root}>
      <svg
        className="ec-svg"
        viewBox={`0 0 ${size.width} ${height}`}
        height={height}
        role="img"
        aria-label={`${props.label}: ${words.byteValue} ${largest.value}, ${words.share} ${formatNumber(largest.share * 100, locale)} %`}
      >
        <path d={outline} className={props.meaning === 'truth' ? 'ec-s-truth ec-thin' : 'ec-f-privacy'} />
        <path d={`M0,${uniformY}H${size.width}`} className="ec-axis ec-dash" />
        <path d={`M0,${base}H${size.width}`} className="ec-axis" />
        <text y={height - 1}>0</text>
        <text x={size.width} y={height - 1} textAnchor="end">
          255
        </text>
        <text x={size.width / 2} y={height - 1} textAnchor="middle">
          {words.byteValue}
        </text>
      </svg>
    </div>
  );
}
