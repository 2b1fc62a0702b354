import { useMemo } from 'react';
import type { LadderColumn, LadderRung } from '../../charts/ladder.layout.ts';
import { LatticeLadder } from '../../charts/LatticeLadder.tsx';
import { levelsOf, positionOf, withLevel } from '../../scenario/lattice.ts';
import { useText, type TextTools } from '../i18n/use-text.ts';
import { Card } from '../parts/controls.tsx';
import { labelOf } from './labels.ts';
import { capital, levelWord } from './node-words.ts';
import type { Anonymize } from './use-anonymize.ts';
import { words } from './words.ts';

/** The lattice as a picture one can walk: a ladder a column, a rung a level. */
export function LatticePanel({ page }: { readonly page: Anonymize }) {
  const tools = useText();
  const { tx } = tools;
  const { shape, answer, node } = page;
  const ladders = useMemo(() => laddersOf(page, tools), [page, tools]);
  if (shape === undefined || answer === undefined) return null;
  return (
    <Card title={tx(words.step3)} className={page.optimum.pending ? 'lattice-card pending' : 'lattice-card'}>
      <LatticeLadder
        chrome="quiet"
        title={tx(words.lattice)}
        description={tx(words.ladderHint)}
        columns={ladders}
        ends={[tx(words.lessDetail), tx(words.moreDetail)]}
        heads={[tx(words.headColumn), tx(words.headLevel), tx(words.headCost)]}
        optimumLabel={tx(words.optimum)}
        onMove={(column, level) => {
          const from = node >= 0 ? node : answer.best;
          if (from >= 0) page.walk(withLevel(from, shape.heights, column, level));
        }}
        onPeek={(at) => page.point(at === null || node < 0 ? -1 : withLevel(node, shape.heights, at.column, at.level))}
      />
    </Card>
  );
}

/** Every rung says what moving there would change, all else as shown. */
function laddersOf(page: Anonymize, tools: TextTools): readonly LadderColumn[] {
  const { shape, answer } = page;
  if (shape === undefined || answer === undefined) return [];
  const { tx } = tools;
  const node = page.node >= 0 ? page.node : shape.nodes - 1;
  const here = levelsOf(node, shape.heights);
  const best = answer.best < 0 ? here : levelsOf(answer.best, shape.heights);
  const lossAt = (of: number): number => answer.loss[positionOf(answer, of)] ?? Number.NaN;
  const loss = lossAt(node);
  const shown = Number.isNaN(loss) ? (page.shown?.node === node ? page.shown.loss : Number.NaN) : loss;
  return shape.columns.map((name, c): LadderColumn => {
    const column = labelOf(page, name, tools);
    const rungs = (shape.levelNames[c] ?? []).map((levelName, level): LadderRung => {
      const there = lossAt(withLevel(node, shape.heights, c, level));
      const open = !Number.isNaN(there);
      const moreLoss = open ? there - shown : Number.NaN;
      const note =
        level === here[c] && node >= 0
          ? tx(words.rungHere)
          : open
            ? rungNote(moreLoss, shown, tools)
            : tx(absent[shape.proof]);
      const label = levelWord(levelName, tools);
      return {
        label,
        state: open ? 'open' : shape.proof === 'exhaustive' ? 'closed' : 'unseen',
        moreLoss: shown > 1 ? moreLoss / shown : moreLoss,
        note,
        short: open && level !== here[c] ? rungChange(moreLoss, shown, tools) : undefined,
        spoken: tx(words.rungSpoken, { column, level: label, note }),
      };
    });
    return { id: name, label: capital(column), rungs, current: here[c] ?? 0, optimum: best[c] ?? 0 };
  });
}

/** What it means that a node is not among those answered, by what the search looked at. */
const absent = { exhaustive: words.rungClosed, pruned: words.rungUnseen, heuristic: words.rungUntried } as const;

/** Changes of a share in points; of other metrics relative to what is shown. */
function rungNote(moreLoss: number, shown: number, { tx, number }: TextTools): string {
  if (!Number.isFinite(moreLoss)) return '';
  const percent = percentOf(moreLoss, shown);
  if (Math.abs(percent) < 0.05) return tx(words.rungSame);
  return tx(percent > 0 ? words.rungMore : words.rungLess, { loss: `${number(Math.abs(percent), 2)} %` });
}

/** The same for a rung too narrow for words. */
function rungChange(moreLoss: number, shown: number, { number }: TextTools): string | undefined {
  const percent = percentOf(moreLoss, shown);
  if (!Number.isFinite(percent)) return undefined;
  if (Math.abs(percent) < 0.05) return '±0';
  return `${percent > 0 ? '+' : '−'}${number(Math.abs(percent), 2)} %`;
}

const percentOf = (moreLoss: number, shown: number): number => (shown > 1 ? moreLoss / shown : moreLoss) * 100;
