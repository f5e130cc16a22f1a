import { useEffect, useMemo, useState } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Ref } from '@/sync/types.ts';
import { Picker } from '@/ui/Combobox.tsx';
import type { ComboOption } from '@/ui/combo.ts';
import { useMentions } from './use-mentions.ts';

type Hit = components['schemas']['SearchHit'];

/** Props of IdeaPicker. */
export interface IdeaPickerProps {
  label: string;
  values: readonly number[];
  multiple?: true;
  /** Only ideas of the project around the caller. */
  ownOnly?: true;
  /** Only ideas that this connection field may hold. */
  field?: Ref;
  /** An idea that is not offered. */
  except?: number;
  onValuesChange: (values: number[]) => void;
}

const most = 20;
const pause = 120;

/** What the typed text finds, and what the ideas are called that are chosen. */
export function useIdeaOptions({
  values,
  ownOnly,
  field,
  except,
}: Omit<IdeaPickerProps, 'label' | 'onValuesChange'>) {
  const { session } = useProject();
  const [text, setText] = useState('');
  const [hits, setHits] = useState<readonly Hit[]>([]);
  const known = useMentions(values);
  useEffect(() => {
    const abort = new AbortController();
    const look = async () => {
      try {
        const query = {
          q: text.trim().slice(0, 500),
          limit: most,
          ...(ownOnly ? { project: session.key } : {}),
          ...(field ? { field } : {}),
        };
        const found = await send(client.GET('/search', { params: { query }, signal: abort.signal }));
        session.mentions.add(
          Object.fromEntries((found.hits ?? []).map((hit) => [hit.id, { key: hit.key, title: hit.title }])),
        );
        setHits(found.hits ?? []);
      } catch {
        // What was found before stays.
      }
    };
    const timer = setTimeout(() => void (text.trim() === '' ? setHits([]) : look()), pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, ownOnly, field, session]);
  const options = useMemo(() => {
    const chosen = values.flatMap((id): ComboOption[] => {
      const idea = known.get(id);
      if (idea?.gone) return [];
      const label = idea?.hidden ? t('field.hiddenIdea') : (idea?.title ?? '…');
      return [{ value: String(id), label, hint: idea?.key }];
    });
    const others = hits.filter((hit) => !values.includes(hit.id) && hit.id !== except);
    return [...chosen, ...others.map((hit) => ({ value: String(hit.id), label: hit.title, hint: hit.key }))];
  }, [values, known, hits, except]);
  return {
    options,
    onSearch: setText,
    empty: text.trim() === '' ? t('field.searchIdeas') : t('ui.noOptions'),
  };
}

/** Picks ideas by searching for words or a key. */
export function IdeaPicker(props: IdeaPickerProps) {
  const { label, values, multiple, onValuesChange } = props;
  const { options, onSearch, empty } = useIdeaOptions(props);
  return (
    <Picker
      label={label}
      multiple={multiple}
      options={options}
      values={values.map(String)}
      onValuesChange={(next) => onValuesChange(next.map(Number))}
      onSearch={onSearch}
      placeholder={t('field.searchIdeas')}
      emptyText={empty}
    />
  );
}
