import { useState } from 'react';
import { ErrorNote } from '../parts/notes.tsx';
import { ControlCard } from './ControlCard.tsx';
import { Finding } from './Finding.tsx';
import { Meters } from './Meters.tsx';
import { PersonStory } from './person-story.tsx';
import { ScenarioButtons } from './ScenarioButtons.tsx';
import { Tradeoff } from './Tradeoff.tsx';
import type { Explore } from './use-explore.ts';
import type { Scene } from './use-scene.ts';

/** The column beside the map: finding, questions, control, meters, trade-off. Loaded once the map is drawn. */
export function Side({ explore, scene }: { readonly explore: Explore; readonly scene: Scene | undefined }) {
  const [story, setStory] = useState(false);
  const { dataset, failed } = explore;
  const descriptor = dataset.status === 'ok' ? dataset.value.descriptor : undefined;
  return (
    <>
      <Finding explore={explore} scene={scene} />
      <ScenarioButtons
        storyOpen={story}
        onStory={() => setStory((open) => !open)}
        scene={scene}
        descriptor={descriptor}
      />
      {story && scene !== undefined && <PersonStory scene={scene} explore={explore} />}
      {dataset.status !== 'failed' && failed?.status === 'failed' && (
        <ErrorNote problem={failed.problem} onRetry={explore.run.retry} />
      )}
      <ControlCard explore={explore} scene={scene} />
      {(failed === undefined || explore.result !== undefined) && (
        <Meters
          result={explore.result}
          seed={explore.spec.seed}
          stale={explore.stale}
          {...(scene?.what === 'values' ? { about: 'values' as const } : {})}
        />
      )}
      <Tradeoff
        dataset={explore.spec.dataset}
        descriptor={descriptor}
        result={explore.stopped ? undefined : explore.result}
      />
    </>
  );
}
