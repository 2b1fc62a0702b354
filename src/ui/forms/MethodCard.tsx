import type { AttackDescriptor, MetricDescriptor } from '../../engine/kit/measure.ts';
import { parseParams, type ParamRecord } from '../../engine/kit/params.ts';
import type { Citation, TechniqueDescriptor } from '../../engine/kit/technique.ts';
import type { Text } from '../../engine/kit/text.ts';
import { spanishOf } from '../i18n/format.ts';
import { useProse, useText } from '../i18n/use-text.ts';
import { Disclosure } from '../parts/controls.tsx';
import { guaranteeWords } from './guarantee-words.ts';

/** What a method is, what it promises, where it stops, and where it comes from: all from its descriptor. */
export function MethodCard(props: {
  readonly descriptor: TechniqueDescriptor | MetricDescriptor | AttackDescriptor;
  readonly params?: ParamRecord;
  /** Unit of privacy of the dataset, for the claim. */
  readonly unit?: string;
  /** In a list of many: limits and sources in one fold, and no line on where it works. */
  readonly brief?: boolean;
}) {
  const tools = useProse();
  const { t, tx } = tools;
  const { descriptor } = props;
  const technique = 'guarantee' in descriptor ? descriptor : undefined;
  const parsed = parseParams(descriptor.params, props.params);
  return (
    <article className="stack method-card">
      <h3>{tx(descriptor.label)}</h3>
      <Localized text={descriptor.summary} />
      {technique !== undefined && parsed.ok && (
        <p>
          <span className="soft">{t('card.claim')}: </span>
          {guaranteeWords(technique.guarantee(parsed.value, props.unit ?? 'row'), tools)}
        </p>
      )}
      {technique !== undefined && props.brief !== true && (
        <p className="soft small">
          {t('card.stage')}: {t(`stage.${technique.stage}`)} · {t('card.serves')}:{' '}
          {technique.dimensions.serves.map((dimension) => t(`dimension.${dimension}`)).join(', ')}
        </p>
      )}
      {props.brief === true ? (
        <Disclosure label={`${t('card.limits')} · ${t('card.sources')}`}>
          <Limits descriptor={descriptor} />
          <Sources descriptor={descriptor} />
        </Disclosure>
      ) : (
        <>
          {descriptor.limits.length > 0 && (
            <Disclosure label={t('card.limits')}>
              <Limits descriptor={descriptor} />
            </Disclosure>
          )}
          <Disclosure label={t('card.sources')}>
            <Sources descriptor={descriptor} />
          </Disclosure>
        </>
      )}
    </article>
  );
}

type Described = { readonly descriptor: TechniqueDescriptor | MetricDescriptor | AttackDescriptor };

function Limits({ descriptor }: Described) {
  return (
    <ul>
      {descriptor.limits.map((limit) => (
        <li key={limit.en}>
          <Localized text={limit} />
        </li>
      ))}
    </ul>
  );
}

function Sources({ descriptor }: Described) {
  const { t } = useText();
  return (
    <>
      <ul>
        {descriptor.citations.map((citation) => (
          <li key={citation.title}>
            <Source citation={citation} />
          </li>
        ))}
      </ul>
      <p className="soft">{t(`card.vetting.${descriptor.vetting}`)}</p>
    </>
  );
}

/** Module text; marked where only English exists. */
export function Localized(props: { readonly text: Text }) {
  const { t, tx, language } = useText();
  const fallback = language === 'es' && spanishOf(props.text) === undefined;
  return (
    <span lang={fallback ? 'en' : undefined}>
      {tx(props.text)}
      {fallback && <span className="soft"> ({t('common.english')})</span>}
    </span>
  );
}

function Source({ citation }: { readonly citation: Citation }) {
  return (
    <>
      {citation.authors} ({citation.year}). <em>{citation.title}</em>
      {citation.where !== undefined && `. ${citation.where}`}
      {citation.doi !== undefined && (
        <>
          .{' '}
          <a href={`https://doi.org/${citation.doi}`} rel="noreferrer" target="_blank">
            doi:{citation.doi}
          </a>
        </>
      )}
    </>
  );
}
