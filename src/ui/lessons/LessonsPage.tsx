import { useMemo } from 'react';
import { useText } from '../i18n/use-text.ts';
import { goTo } from '../location.ts';
import { Button, Card } from '../parts/controls.tsx';
import { parseRun, type Lesson } from './engine.ts';
import { runsOf, saveProgress, tally } from './export.ts';
import './lessons.css';
import { lessons } from './list.ts';
import { forgetRuns, openLesson, useLessons } from './progress.ts';
import { words } from './words.ts';

/** The lessons, how far each has got, and progress as a file. */
export function LessonsPage() {
  const { tx } = useText();
  const kept = useLessons((state) => state.runs);
  const runs = useMemo(() => runsOf(kept), [kept]);
  const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return (
    <div className="text-page lessons-page">
      <h1>
        {runs.length === 0
          ? tx(words.findingNew, { n: lessons.length, minutes })
          : tx(words.finding, {
              n: lessons.length,
              done: runs.filter(({ finished }) => finished).length,
              ...tally(runs),
            })}
      </h1>
      <h2 className="visually-hidden">{tx(words.title)}</h2>
      <ul className="lesson-list">
        {lessons.map((lesson) => (
          <li key={lesson.id}>
            <LessonEntry lesson={lesson} />
          </li>
        ))}
      </ul>
      <Card title={tx(words.howTitle)}>
        <p>{tx(words.how)}</p>
      </Card>
      {runs.length > 0 && (
        <Card title={tx(words.progress)}>
          <p>{tx(words.progressText)}</p>
          <p className="row">
            <Button onClick={() => saveProgress(runs)}>{tx(words.save)}</Button>
            <Button look="link" onClick={forgetRuns}>
              {tx(words.erase)}
            </Button>
          </p>
        </Card>
      )}
    </div>
  );
}

function LessonEntry({ lesson }: { readonly lesson: Lesson }) {
  const { tx } = useText();
  const kept = useLessons((state) => state.runs[lesson.id]);
  const run = useMemo(() => parseRun(lesson, kept), [lesson, kept]);
  const begun = run !== undefined;
  const resume = (): void => {
    openLesson(lesson.id, null);
    const path = run === undefined ? undefined : lesson.steps[run.at]?.path;
    if (path !== undefined) goTo(path);
  };
  return (
    <Card
      title={tx(lesson.title)}
      action={<span className="soft small">{tx(words.minutes, { n: lesson.minutes })}</span>}
    >
      <p>{tx(lesson.summary)}</p>
      <p className="soft small">
        {!begun
          ? tx(words.notStarted)
          : run.finished
            ? tx(words.finished, tally([run]))
            : tx(words.step, { n: run.at + 1, of: lesson.steps.length })}
      </p>
      <p className="row">
        {begun && !run.finished && (
          <Button look="primary" onClick={resume}>
            {tx(words.resume, { n: run.at + 1 })}
          </Button>
        )}
        <Button
          {...(begun && !run.finished ? {} : { look: 'primary' as const })}
          onClick={() => openLesson(lesson.id, 0)}
        >
          {tx(begun ? words.again : words.start)}
        </Button>
      </p>
    </Card>
  );
}
