import { useMemo } from 'react';
import { LatticeOverview } from '../../charts/LatticeOverview.tsx';
import { rankNodes } from '../../charts/lattice-overview.layout.ts';
import { nodesByHeight } from '../../scenario/lattice.ts';
import { useText } from '../i18n/use-text.ts';
import type { Anonymize } from './use-anonymize.ts';
import { words } from './words.ts';

/** The lattice as a whole, as it lies: which combinations are allowed, and what they lose. */
export function Overview({ page }: { readonly page: Anonymize }) {
  const { tx, number } = useText();
  const { shape, answer } = page;
  const heights = shape?.heights;
  const ranks = useMemo(
    () => (heights === undefined ? undefined : rankNodes(heights, nodesByHeight(heights))),
    [heights],
  );
  if (shape === undefined || answer === undefined || ranks === undefined) return null;
  return (
    <LatticeOverview
      chrome="quiet"
      title={tx(words.overview)}
      description={tx(words.overviewHint)}
      ranks={ranks}
      nodes={answer.nodes}
      loss={answer.loss}
      best={answer.best}
      current={page.node}
      active={page.pointed}
      ends={[tx(words.endExact), tx(words.endCoarse)]}
      legend={[
        tx(words.legendOpen, { open: number(answer.nodes.length), nodes: number(shape.nodes) }),
        tx(shape.proof === 'exhaustive' ? words.legendClosed : words.legendUnseen),
      ]}
      heads={[tx(words.headHeight), tx(words.headNodes), tx(words.headOpen), tx(words.headLoss)]}
      onHover={page.point}
      onSelect={page.walk}
    />
  );
}
