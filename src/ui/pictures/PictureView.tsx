import { useState } from 'react';
import { BeforeAfterTable } from '../../charts/BeforeAfterTable.tsx';
import { BudgetBar } from '../../charts/BudgetBar.tsx';
import { ClassHistogram } from '../../charts/ClassHistogram.tsx';
import { PacketsView } from '../../charts/PacketsView.tsx';
import { PartiesDiagram } from '../../charts/PartiesDiagram.tsx';
import { RoundsChart } from '../../charts/RoundsChart.tsx';
import { StreamChart } from '../../charts/StreamChart.tsx';
import type { DatasetSummary } from '../../engine/kit/job.ts';
import type {
  AllocationPicture,
  ClassesPicture,
  CountsPicture,
  PartiesPicture,
  Picture,
  RoundsPicture,
} from '../../engine/kit/picture.ts';
import { useText } from '../i18n/use-text.ts';
import { CountsView } from './CountsView.tsx';
import './pictures.css';
import { SeriesView } from './SeriesView.tsx';
import { pictureWords as words } from './words.ts';

export interface PictureViewProps {
  readonly picture: Picture;
  readonly summary: DatasetSummary;
  /** Cells to draw in place of a counts picture's own, and the noise they carry: a slider's preview. */
  readonly released?: Float64Array | undefined;
  readonly noise?: CountsPicture['noise'] | undefined;
  /** Sets the group size of the step behind the picture, where it has one. */
  readonly onK?: ((k: number) => void) | undefined;
  readonly kMax?: number | undefined;
  /** Goes into exports: dataset checksum, seed, digest. */
  readonly provenance?: Readonly<Record<string, unknown>> | undefined;
}

/** Any picture of a release, drawn by its view alone: no technique is known here. */
export function PictureView(props: PictureViewProps) {
  const { picture } = props;
  switch (picture.view) {
    case 'counts':
      return (
        <CountsView
          picture={picture}
          summary={props.summary}
          released={props.released}
          noise={props.noise}
          provenance={props.provenance}
        />
      );
    case 'classes':
      return <Classes {...props} picture={picture} />;
    case 'rows':
      return <Rows {...props} picture={picture} />;
    case 'allocation':
      return <Allocation {...props} picture={picture} />;
    case 'rounds':
      return <Rounds {...props} picture={picture} />;
    case 'stream':
      return <Stream {...props} picture={picture} />;
    case 'parties':
      return <Parties {...props} picture={picture} />;
    case 'packets':
      return <Packets {...props} picture={picture} />;
    case 'series':
      return <SeriesView picture={picture} provenance={props.provenance} />;
    default: {
      const never: never = picture;
      return never;
    }
  }
}

/** Name of a picture's view, for tabs and headings. */
export function usePictureTitle(): (picture: Picture) => string {
  const { tx } = useText();
  return (picture) => {
    if (picture.view === 'counts' || picture.view === 'series') return tx(picture.label);
    return tx(words[picture.view]);
  };
}

type Of<P extends Picture> = Omit<PictureViewProps, 'picture'> & { readonly picture: P };

function Classes({ picture, onK, kMax, provenance }: Of<ClassesPicture>) {
  const { tx, number, value } = useText();
  const kept = picture.rows - picture.suppressedRows;
  const least = picture.after.size.find((_, at) => (picture.after.classes[at] ?? 0) > 0);
  return (
    <div className="stack">
      <ClassHistogram
        title={tx(words.classes)}
        description={tx(words.classesHint)}
        finding={tx(words.classesFinding, {
          kept: number(kept),
          rows: number(picture.rows),
          least: least === undefined ? '–' : number(least),
        })}
        before={picture.before}
        after={picture.after}
        k={picture.k}
        onK={onK}
        kMax={kMax}
        rows={picture.rows}
        suppressedRows={picture.suppressedRows}
        provenance={provenance}
      />
      {picture.columnsLoss.length > 0 && (
        <section>
          <h4>{tx(words.lossTitle)}</h4>
          <ul className="score-rows">
            {picture.columnsLoss.map((one) => (
              <li key={one.column}>
                <span>{tx(one.words)}</span>
                <span className="soft">{tx(words.loss, { loss: value(one.loss, 'share') })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Rows({ picture, provenance }: Of<Extract<Picture, { readonly view: 'rows' }>>) {
  const { tx } = useText();
  return (
    <div className="rows-view" tabIndex={0} role="region" aria-label={tx(words.rows)}>
      <BeforeAfterTable
        title={tx(words.rows)}
        description={tx(words.rowsHint)}
        columns={picture.columns}
        before={picture.before}
        after={picture.after}
        maxRows={8}
        provenance={provenance}
      />
    </div>
  );
}

function Allocation({ picture, provenance }: Of<AllocationPicture>) {
  const { tx, number, rounded, unit } = useText();
  return (
    <BudgetBar
      title={tx(words.allocation)}
      description={tx(words.allocationHint)}
      parts={picture.parts.map((part) => ({
        id: part.id,
        label: tx(part.label),
        share: part.share,
        text: tx(words.allocationPart, {
          epsilon: number(part.epsilon),
          half: rounded(part.halfWidth95, part.halfWidth95),
          unit: unit(part.unit, 2),
        }),
      }))}
      total={picture.total}
      unit="ε"
      provenance={provenance}
    />
  );
}

function Rounds({ picture, provenance }: Of<RoundsPicture>) {
  const { tx, value } = useText();
  const [round, setRound] = useState<number | undefined>(undefined);
  const last = picture.rounds.at(-1);
  return (
    <RoundsChart
      title={tx(words.rounds)}
      description={tx(words.roundsHint)}
      finding={
        last === undefined
          ? undefined
          : tx(words.roundsFinding, {
              rounds: picture.rounds.length,
              accuracy: value(last.accuracy, 'share'),
              majority: value(picture.majority.accuracy, 'share'),
            })
      }
      rounds={picture.rounds}
      clients={picture.clients}
      central={picture.central}
      majority={picture.majority}
      currentRound={round}
      onRound={setRound}
      provenance={provenance}
    />
  );
}

function Stream({ picture, provenance }: Of<Extract<Picture, { readonly view: 'stream' }>>) {
  const { tx, number } = useText();
  return (
    <StreamChart
      title={tx(words.stream)}
      description={tx(words.streamHint)}
      finding={tx(words.streamFinding, { owners: number(picture.owners), spent: number(picture.epsilonSpent) })}
      buckets={picture.buckets}
      truth={picture.truth}
      estimate={picture.estimate}
      halfWidth95={picture.halfWidth95}
      epochs={picture.epochs}
      provenance={provenance}
    />
  );
}

function Parties({ picture, provenance }: Of<PartiesPicture>) {
  const { tx } = useText();
  const [round, setRound] = useState<number | undefined>(undefined);
  return (
    <PartiesDiagram
      title={tx(words.parties)}
      description={tx(words.partiesHint)}
      parties={picture.parties}
      messages={picture.messages.map((message) => ({ ...message, what: tx(message.what) }))}
      labels={picture.labels}
      seen={picture.seen}
      opened={picture.opened}
      truth={picture.truth}
      modulus={picture.modulus}
      round={round}
      onRound={setRound}
      provenance={provenance}
    />
  );
}

function Packets({ picture, provenance }: Of<Extract<Picture, { readonly view: 'packets' }>>) {
  const { tx } = useText();
  return (
    <PacketsView
      title={tx(words.packets)}
      description={tx(words.packetsHint)}
      plain={picture.plain}
      cipherHex={picture.cipherHex}
      nonceHex={picture.nonceHex}
      plainBytes={picture.plainBytes}
      cipherBytes={picture.cipherBytes}
      plainBytesShare={picture.plainBytesShare}
      cipherBytesShare={picture.cipherBytesShare}
      provenance={provenance}
    />
  );
}
