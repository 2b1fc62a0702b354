import { useEffect, useState } from 'react';
import type { Progress } from '../../engine/kit/job.ts';
import { useText } from '../i18n/use-text.ts';
import { ProgressLine } from '../parts/notes.tsx';
import { attackWords as words } from './words.ts';

/** Seconds since a piece of work came on screen, once there is more than one to tell. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((s) => s + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

/** Work under way: what, how far, for how long, and a way to stop it. */
export function Working(props: {
  readonly label?: string;
  readonly progress: Progress | undefined;
  readonly onCancel?: () => void;
}) {
  const { tx } = useText();
  const seconds = useSeconds();
  return (
    <div className="working">
      <ProgressLine {...props} />
      {seconds > 0 && <span className="soft small">{tx(words.elapsed, { s: seconds })}</span>}
    </div>
  );
}
