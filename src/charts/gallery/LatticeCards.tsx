import { useState } from 'react';
import { LADDERS, LATTICE } from '../lattice.gallery.ts';
import '../lattice.css';
import { LatticeLadder } from '../LatticeLadder.tsx';
import { LatticeOverview } from '../LatticeOverview.tsx';
import { LatticeScatter } from '../LatticeScatter.tsx';
import { Card } from './Card.tsx';

const FRONT = [...LATTICE.nodes.keys()]
  .toSorted((a, b) => (LATTICE.risk[a] ?? 0) - (LATTICE.risk[b] ?? 0))
  .filter((i, at, all) => all.slice(0, at).every((j) => (LATTICE.loss[j] ?? 0) > (LATTICE.loss[i] ?? 0)));
const BEST = LATTICE.loss.indexOf(Math.min(...LATTICE.loss));
const AXES = {
  x: { label: 'chance to pick the right row', better: 'lower', log: true, domain: [0.0005, 1] },
  y: { label: 'detail kept', better: 'higher', domain: [0, 1] },
} as const;

export function LatticeCards() {
  const [ladders, setLadders] = useState(LADDERS);
  const [active, setActive] = useState(-1);
  const [current, setCurrent] = useState(LATTICE.nodes[BEST] ?? -1);
  const at = (node: number): number => LATTICE.nodes.indexOf(node);
  return (
    <>
      <Card name="ladders" wide>
        <LatticeLadder
          title="How much detail each column keeps"
          description="One ladder a column, exact at the bottom; the path is the combination shown."
          columns={ladders}
          ends={['less detail, safer', 'more detail']}
          heads={['column', 'level', 'if moved there']}
          optimumLabel="optimum"
          onMove={(column, level) =>
            setLadders(ladders.map((one, c) => (c === column ? { ...one, current: level } : one)))
          }
        />
      </Card>
      <Card name="lattice-scatter">
        <LatticeScatter
          title="Privacy against utility"
          description="Every allowed combination; the line cannot be bettered."
          x={LATTICE.risk}
          y={LATTICE.loss.map((loss) => 1 - loss)}
          xAxis={AXES.x}
          yAxis={AXES.y}
          front={Uint32Array.from(FRONT)}
          best={BEST}
          ties={[]}
          current={at(current)}
          active={at(active)}
          nameOf={(i) => `node ${LATTICE.nodes[i] ?? ''}`}
          bestLabel="optimum"
          legend={['allowed', 'cannot be bettered', 'loses least', 'loses as little']}
          onHover={(i) => setActive(LATTICE.nodes[i] ?? -1)}
          onSelect={(i) => setCurrent(LATTICE.nodes[i] ?? -1)}
        />
      </Card>
      <Card name="lattice-overview">
        <LatticeOverview
          title="All combinations at a glance"
          description="From all exact to everything coarsened."
          ranks={LATTICE.ranks}
          nodes={LATTICE.nodes}
          loss={LATTICE.loss}
          best={LATTICE.nodes[BEST] ?? -1}
          current={current}
          active={active}
          ends={['all exact', 'all coarsened']}
          legend={['allowed, darker loses less', 'not allowed']}
          heads={['steps coarsened', 'combinations', 'allowed', 'least loss']}
          onHover={setActive}
          onSelect={setCurrent}
        />
      </Card>
    </>
  );
}
