import type { DatasetDescriptor } from '../../engine/kit/dataset.ts';
import { text } from '../../engine/kit/text.ts';
import { firstSpec } from '../../store/first-spec.ts';
import { change, scenario } from '../../store/scenario-store.ts';
import { selectZone, setMapMode } from '../../store/view-store.ts';
import { useText } from '../i18n/use-text.ts';
import { goTo } from '../location.ts';
import { routes } from '../routes.ts';
import { branchesFor } from '../../scenario/first-step.ts';
import type { Scene } from './use-scene.ts';
import { valueWords } from './values.words.ts';
import { isPerson } from './words.ts';

/** Three questions, each one click to another picture. */
export function ScenarioButtons(props: {
  readonly storyOpen: boolean;
  readonly onStory: () => void;
  readonly scene: Scene | undefined;
  readonly descriptor: DatasetDescriptor | undefined;
}) {
  const { t, tx, unit } = useText();
  const { descriptor } = props;
  const rows = thingOf(descriptor);
  // Without places there is no map to find anybody on.
  const findable = descriptor === undefined || descriptor.parts.place !== undefined;
  const federate = routes.some((route) => route.path === '/federate');
  const find = (): void => {
    props.onStory();
    setMapMode(props.storyOpen ? 'released' : 'true');
    if (!props.storyOpen) selectZone(props.scene?.person?.place ?? null);
  };
  const safe = (): void => {
    const { branches: first, metrics, attacks } = firstSpec();
    const branches = descriptor === undefined ? first : branchesFor(first, descriptor);
    change(text('release safely', 'publicar con cuidado'), { ...scenario(), branches, metrics, attacks });
    setMapMode('released');
    if (props.storyOpen) props.onStory();
  };
  return (
    <div className="scenario-buttons" role="group" aria-label={t('explore.scenarios')}>
      {findable && (
        <button type="button" className="scenario-button" aria-pressed={props.storyOpen} onClick={find}>
          {rows === undefined ? t('explore.find') : tx(valueWords.find, { unit: unit(rows) })}
          <span>{rows === undefined ? t('explore.findHint') : tx(valueWords.findHint)}</span>
        </button>
      )}
      <button type="button" className="scenario-button" onClick={safe}>
        {t('explore.safe')}
        <span>{props.scene?.values === undefined ? t('explore.safeHint') : tx(valueWords.safeHint)}</span>
      </button>
      {federate && (
        <button type="button" className="scenario-button" onClick={() => goTo('/federate')}>
          {t('explore.train')}
          <span>{t('explore.trainHint')}</span>
        </button>
      )}
    </div>
  );
}

/** What can be found where it is no person: a vehicle, a household, a reading. */
function thingOf(descriptor: DatasetDescriptor | undefined): string | undefined {
  if (descriptor === undefined) return undefined;
  if (descriptor.parts.entity === undefined) return descriptor.rowUnit;
  return isPerson(descriptor.privacyUnit) ? undefined : descriptor.privacyUnit;
}
