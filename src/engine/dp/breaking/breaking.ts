import { unsupported } from '../../kit/errors.ts';
import type { QuestionModule } from '../../kit/questions.ts';

export const answer: QuestionModule<'break'>['answer'] = async () => {
  throw unsupported('not built yet');
};
