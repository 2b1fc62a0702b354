import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { CHART_WORDS_EN, type ChartWords } from './words.ts';

interface ChartSetting {
  readonly words: ChartWords;
  readonly locale: string;
}
const Context = createContext<ChartSetting>({ words: CHART_WORDS_EN, locale: 'en' });

/** Gives every chart below its words and locale; put it once around the page. */
export function ChartProvider(props: { words: ChartWords; locale: string; children: ReactNode }) {
  const { words, locale } = props;
  const setting = useMemo(() => ({ words, locale }), [words, locale]);
  return <Context.Provider value={setting}>{props.children}</Context.Provider>;
}

/** Words and locale of a chart: its own props first, then the provider's. */
export function useChartSetting(own: { words?: Partial<ChartWords> | undefined; locale?: string | undefined }) {
  const shared = useContext(Context);
  const words = useMemo(
    () => (own.words ? { ...shared.words, ...own.words } : shared.words),
    [shared.words, own.words],
  );
  return { words, locale: own.locale ?? shared.locale };
}
