import type { QuestionModule } from '../../kit/questions.ts';
import { unsupported } from '../../kit/errors.ts';

export const answer: QuestionModule<'solve'>['answer'] = async () => {
  throw unsupported('not built yet');
};
