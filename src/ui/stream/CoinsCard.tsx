import { useState } from 'react';
import { MeterBar } from '../../charts/MeterBar.tsx';
import type { StreamPicture } from '../../engine/kit/picture.ts';
import { useText } from '../i18n/use-text.ts';
import { Button, Card, Segmented } from '../parts/controls.tsx';
import { beliefInYes, flipOf, yesOdds, type Flip } from './coin-odds.ts';
import { streamWords as words } from './words.ts';

export interface CoinsCardProps {
  readonly p: number;
  readonly q: number;
  readonly question: string;
  readonly bucket: string;
  readonly seed: number;
  readonly averaging: StreamPicture['averaging'];
}

/** One vehicle's answer, coin by coin; what it proves; and what many answers of the same vehicle prove. */
export function CoinsCard(props: CoinsCardProps) {
  const { tx, value } = useText();
  const { p, q, averaging } = props;
  const odds = yesOdds(p, q);
  const after = beliefInYes(odds, 1, 0);
  return (
    <Card title={tx(words.coins)} className="coins-card">
      <p>{tx(words.coinsLead, { question: props.question, bucket: props.bucket })}</p>
      {/* A change of the coins starts another vehicle: its old answers came from other coins. */}
      <Vehicle key={`${p} ${q} ${averaging?.answers === null}`} {...props} />
      <MeterBar
        label={tx(words.ifYes)}
        value={odds.ifYes}
        text={value(odds.ifYes, 'share')}
        domain={[0, 1]}
        meaning="privacy"
        provenance="modelled"
        note=""
      />
      <MeterBar
        label={tx(words.ifNo)}
        value={odds.ifNo}
        text={value(odds.ifNo, 'share')}
        domain={[0, 1]}
        meaning="risk"
        provenance="modelled"
        note=""
      />
      <p className="small">
        {tx(words.of100, { a: Math.round(odds.ifYes * 100), b: Math.round(odds.ifNo * 100) })}{' '}
        {tx(words.provesYes, { after: value(after, 'share', 0.001) })}{' '}
        {tx(words.provesNo, { after: value(beliefInYes(odds, 0, 1), 'share', 0.001) })}
      </p>
      {averaging !== undefined && (
        <p className="small">
          {averaging.answers === null
            ? tx(words.averagingNever, { sure: value(averaging.accuracy, 'share') })
            : tx(words.averaging, { answers: averaging.answers, sure: value(averaging.accuracy, 'share') })}
        </p>
      )}
    </Card>
  );
}

type Stage = 'nothing' | 'first' | 'answered';

function Vehicle({ p, q, seed, averaging }: CoinsCardProps) {
  const { tx } = useText();
  const [truth, setTruth] = useState(true);
  const [vehicle, setVehicle] = useState(0);
  const [given, setGiven] = useState(0);
  const [stage, setStage] = useState<Stage>('nothing');
  const remembered = averaging?.answers === null;
  const flip = (n: number): Flip => flipOf(seed + vehicle, remembered ? 0 : n, truth, p, q);
  const now = flip(stage === 'answered' ? given - 1 : given);
  const again = (to: boolean): void => {
    setTruth(to);
    setVehicle((n) => n + 1);
    setGiven(0);
    setStage('nothing');
  };
  const answer = (more: number): void => {
    setGiven(given + more);
    setStage('answered');
  };
  const next = (): void => {
    if (stage === 'first') answer(1);
    else if (flip(given).truthful) answer(1);
    else setStage('first');
  };
  return (
    <div className="stack">
      <div className="row">
        <span className="soft small">{tx(words.truth)}</span>
        <Segmented
          plain
          label={tx(words.truth)}
          value={truth ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: tx(words.yes) },
            { value: 'no', label: tx(words.no) },
          ]}
          onChange={(value) => again(value === 'yes')}
        />
      </div>
      <Coins p={p} q={q} flip={now} stage={stage} />
      <div className="row">
        <Button look="primary" onClick={next}>
          {tx(stage === 'first' ? words.flipSecond : given === 0 ? words.flipFirst : words.another)}
        </Button>
        <Button disabled={given === 0 || stage === 'first'} onClick={() => answer(10)}>
          {tx(words.tenMore)}
        </Button>
        <Button look="quiet" disabled={given === 0} onClick={() => again(truth)}>
          {tx(words.forget)}
        </Button>
      </div>
      <Onlooker p={p} q={q} answers={Array.from({ length: given }, (_, n) => flip(n).answer)} remembered={remembered} />
    </div>
  );
}

function Coins(props: { readonly p: number; readonly q: number; readonly flip: Flip; readonly stage: Stage }) {
  const { tx, value } = useText();
  const { flip, stage } = props;
  const drawn = stage !== 'nothing';
  const answered = stage === 'answered';
  const second = drawn && !flip.truthful;
  return (
    <ol className="coin-steps" aria-live="polite">
      <li data-on={drawn}>
        <strong>{tx(words.first)}</strong>
        <span className="soft">
          {tx(words.firstSays, { share: value(props.p, 'share') })}; {tx(words.firstElse)}
        </span>
        <b className="coin">{drawn ? tx(flip.truthful ? words.truthDrawn : words.askSecond) : '·'}</b>
      </li>
      <li data-on={second}>
        <strong>{tx(words.second)}</strong>
        <span className="soft">
          {tx(words.secondSays, { share: value(props.q, 'share') })}; {tx(words.secondElse)}
        </span>
        <b className="coin">
          {answered && flip.truthful ? tx(words.notNeeded) : answered ? tx(flip.saysYes ? words.yes : words.no) : '·'}
        </b>
      </li>
      <li data-on={answered} className="coin-answer">
        <strong>{tx(words.answer)}</strong>
        <b className="coin">{answered ? tx(flip.answer ? words.yes : words.no) : '·'}</b>
      </li>
    </ol>
  );
}

/** What somebody who can link a vehicle's answers may believe by now. */
function Onlooker(props: {
  readonly p: number;
  readonly q: number;
  readonly answers: readonly boolean[];
  readonly remembered: boolean;
}) {
  const { tx, value } = useText();
  const { answers, remembered } = props;
  if (answers.length === 0) return null;
  const yes = answers.filter((one) => one).length;
  const no = answers.length - yes;
  // A remembered answer repeats itself: only the first tells anything.
  const belief = beliefInYes(
    yesOdds(props.p, props.q),
    remembered ? Math.min(1, yes) : yes,
    remembered ? Math.min(1, no) : no,
  );
  const sure = Math.max(belief, 1 - belief);
  return (
    <div className="small" role="status">
      <p>
        {tx(words.given, { n: answers.length, count: answers.length, yes, no })} {remembered && tx(words.remembered)}
      </p>
      <p>
        {tx(words.belief, {
          sure: sure > 0.9995 ? `> ${value(0.999, 'share', 0.001)}` : value(sure, 'share', 0.001),
          what: tx(belief >= 0.5 ? words.yes : words.no),
        })}
      </p>
    </div>
  );
}
