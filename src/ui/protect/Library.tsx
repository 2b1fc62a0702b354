import type { Does, Stage, TechniqueDescriptor } from '../../engine/kit/technique.ts';
import { techniqueOf, techniques } from '../../engine/registry.ts';
import { MethodCard } from '../forms/MethodCard.tsx';
import { useText } from '../i18n/use-text.ts';
import { Button } from '../parts/controls.tsx';
import { Dialog } from '../parts/popover.tsx';
import { placeFor, releaseKind, type Placement } from './pipeline.layout.ts';
import type { Protect } from './use-protect.ts';
import { doesWords, kindWords, words } from './words.ts';

/** Every technique of a stage with its card: those the branch can take can be tried, the others say why not. */
export function Library(props: {
  readonly stage: Stage | null;
  readonly protect: Protect;
  readonly onClose: () => void;
}) {
  const { t, tx } = useText();
  const { stage, protect } = props;
  const found = techniques
    .filter((technique) => technique.stage === stage)
    .map((technique) => ({ technique, placement: placeFor(protect.kept, technique) }))
    .toSorted((a, b) => order[a.placement.how] - order[b.placement.how]);
  return (
    <Dialog
      title={tx(words.library, { stage: stage === null ? '' : t(`stage.${stage}`) })}
      closeLabel={t('common.close')}
      open={stage !== null}
      onClose={props.onClose}
    >
      <div className="library">
        {found.length === 0 && <p className="soft">{tx(words.libraryNone)}</p>}
        {sections.map((does) => {
          const here = found.filter(({ technique }) => technique.does === does);
          if (here.length === 0) return null;
          const entries = here.map(({ technique, placement }) => (
            <Entry key={technique.id} technique={technique} placement={placement} {...props} />
          ));
          if (found.length < MANY) return entries;
          return (
            <section key={does ?? ''} aria-label={tx(doesWords[does ?? 'other'])}>
              <h3 className="library-section">
                {tx(doesWords[does ?? 'other'])} <span className="soft">({here.length})</span>
              </h3>
              {entries}
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

/** From this many on, methods are grouped by what they do. */
const MANY = 6;
const sections: readonly (Does | undefined)[] = ['coarsen', 'omit', 'perturb', 'places', 'rename', undefined];

const order: Readonly<Record<Placement['how'], number>> = { add: 0, replace: 1, present: 2, none: 3 };

function Entry(props: {
  readonly technique: TechniqueDescriptor;
  readonly placement: Placement;
  readonly protect: Protect;
  readonly onClose: () => void;
}) {
  const { tx } = useText();
  const { technique, placement, protect } = props;
  const unit = protect.dataset.status === 'ok' ? protect.dataset.value.descriptor.privacyUnit : 'row';
  const kind = releaseKind(protect.kept);
  const attempt = (): void => {
    protect.propose(technique);
    props.onClose();
  };
  const other = placement.how === 'replace' ? techniqueOf(protect.kept.steps[placement.at]?.id ?? '') : undefined;
  return (
    <div className="library-entry">
      <MethodCard descriptor={technique} unit={unit} brief />
      {placement.how === 'present' && <p className="soft small">{tx(words.present)}</p>}
      {placement.how === 'none' && (
        <p className="soft small">{tx(words.noPlace, { kind: kind === undefined ? '–' : tx(kindWords[kind]) })}</p>
      )}
      {placement.how === 'add' && (
        <p>
          <Button look="primary" onClick={attempt}>
            {tx(words.tryIt)}
          </Button>
        </p>
      )}
      {other !== undefined && (
        <p>
          <Button onClick={attempt}>{tx(words.tryInstead, { other: tx(other.label) })}</Button>
        </p>
      )}
    </div>
  );
}
