import { useState } from 'react';
import { BeforeAfterTable } from '../BeforeAfterTable.tsx';
import { BudgetBar } from '../BudgetBar.tsx';
import { ClassHistogram } from '../ClassHistogram.tsx';
import { BUDGET, CLASSES, LATENCY, PACKETS, PARTIES, ROUNDS, ROWS, STREAM, SWEEP } from '../families.gallery.ts';
import { LatencyChart } from '../LatencyChart.tsx';
import { MiniHistogram } from '../MiniHistogram.tsx';
import { PacketsView } from '../PacketsView.tsx';
import { PartiesDiagram } from '../PartiesDiagram.tsx';
import { RoundsChart } from '../RoundsChart.tsx';
import { StreamChart } from '../StreamChart.tsx';
import { SweepChart } from '../SweepChart.tsx';
import { Card } from './Card.tsx';

export function FamilyCards() {
  const [k, setK] = useState(CLASSES.k);
  const [shares, setShares] = useState<readonly number[]>(BUDGET.map((part) => part.share));
  const [round, setRound] = useState<number | undefined>(1);
  const [at, setAt] = useState(1);
  const [training, setTraining] = useState(20);
  return (
    <>
      <Card name="classes">
        <ClassHistogram
          title="How many people look alike"
          description="Share of rows by how many rows look the same; outline before, bar after."
          finding="Before, 62 in 100 rows were alone; after, none is in a group smaller than 5."
          {...CLASSES}
          k={k}
          onK={setK}
        />
      </Card>
      <Card name="rows">
        <BeforeAfterTable
          title="Rows before and after"
          description="Changed cells show the old value struck out."
          {...ROWS}
        />
      </Card>
      <Card name="budget">
        <BudgetBar
          title="Privacy budget"
          description="Shares of the budget; borders can be moved."
          total={1}
          unit="ε"
          parts={BUDGET.map((part, i) => ({ ...part, share: shares[i] ?? 0 }))}
          onShares={setShares}
        />
      </Card>
      <Card name="rounds">
        <RoundsChart
          title="Rounds"
          description="Accuracy, F1 and loss by round."
          {...ROUNDS}
          currentRound={training}
          onRound={setTraining}
        />
      </Card>
      <Card name="stream">
        <StreamChart title="Hours of parking" description="Estimated shares from randomized answers." {...STREAM} />
      </Card>
      <Card name="parties">
        <PartiesDiagram
          title="Three departments"
          description="Messages between parties."
          {...PARTIES}
          round={round}
          onRound={setRound}
        />
      </Card>
      <Card name="packets">
        <PacketsView title="On the wire" description="Readings before and after encryption." {...PACKETS} />
      </Card>
      <Card name="sweep">
        <SweepChart
          title="Error by ε"
          description="Mean error a zone for each ε, with its 95 % interval."
          series={SWEEP}
          x={{ label: 'privacy budget ε' }}
          y={{ label: 'error', unit: 'trips', better: 'lower', log: true }}
          references={[{ value: 40, label: 'mean count' }]}
          current={at}
          onCurrent={setAt}
        />
      </Card>
      <Card name="latency">
        <LatencyChart title="Where time goes" description="Milliseconds a stage." rows={LATENCY} />
        <MiniHistogram label="fare" counts={[2, 9, 14, 8, 5, 3, 1, 1]} edges={[0, 5, 10, 15, 20, 30, 40, 60, 100]} />
      </Card>
    </>
  );
}
