import type { Text } from '../../engine/kit/text.ts';
import { paragraph } from './python.ts';

/** What a script says of itself before it does anything. */

export interface Header {
  readonly fileName: string;
  readonly title: string;
  readonly library: string;
  /** Commands, one a line. */
  readonly run: readonly string[];
  readonly same: readonly Text[];
  readonly differs: readonly Text[];
}

export function docstring({ title, library, run, same, differs }: Header): string {
  const items = (texts: readonly Text[]): readonly string[] => texts.map(({ en }) => paragraph(en, '- ', '  '));
  return [
    `"""${paragraph(title)}`,
    '',
    paragraph(
      `NOT EXECUTED HERE. Written for ${library}. Scripts of this kind are compiled in tests, their names checked against the library's documentation and their numbers against the ledger of the same scenario; none was ever run with the library itself.`,
    ),
    '',
    'How to run it:',
    ...run.map((line) => `    ${line}`),
    '',
    'The same as in the scenario:',
    ...items(same),
    '',
    'What differs:',
    ...items(differs),
    '"""',
  ].join('\n');
}
