import { text } from '../../engine/kit/text.ts';

/** Words shared by the tabs of the Epsilon page; each tab keeps its own beside it. */
export const words = {
  title: text('Choosing epsilon', 'Elegir épsilon'),
  tabs: text('Parts of this page', 'Partes de esta página'),
  choose: text('Choose', 'Elegir'),
  accountants: text('Accountants', 'Contables'),
  budget: text('Budget', 'Presupuesto'),
  break: text('Break and audit', 'Romper y auditar'),
  time: text('Over time', 'A lo largo del tiempo'),
  take: text('Take it with you', 'Llévelo consigo'),
  changeKeep: text('noisy answers', 'respuestas con ruido'),
};
