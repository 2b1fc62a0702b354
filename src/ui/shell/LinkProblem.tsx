import { dismissProblem, useScenarioStore } from '../../store/scenario-store.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { ErrorNote } from '../parts/notes.tsx';

/** A link that could not be opened is explained; the page goes on with what it had. */
export function LinkProblem() {
  const { t } = useText();
  const problem = useScenarioStore((state) => state.linkProblem);
  if (problem === null) return null;
  return (
    <div className="link-problem">
      <ErrorNote problem={problem} />
      <Button look="link" onClick={dismissProblem}>
        {t('common.close')}
      </Button>
    </div>
  );
}
