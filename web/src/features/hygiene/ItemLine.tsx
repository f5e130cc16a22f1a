import { Archive, Ellipsis, EyeOff, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDay } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
import css from './hygiene.module.css';
import type { Item, Kind, RottenIdea } from './use-hygiene.ts';

/** What a line can ask for; the page does it. */
export interface LineActions {
  open: (idea: RottenIdea) => void;
  merge: (a: RottenIdea, b: RottenIdea) => void;
  triage: () => void;
  aside: (kind: Kind, item: Item) => void;
  remedies: import('./use-remedies.ts').Remedies;
}

/** Props of ItemLine. */
export interface ItemLineProps {
  kind: Kind;
  item: Item;
  /** The field that says when ideas are due. */
  date: string;
  /** What the reader may do: nothing, edit ideas, or change fields as well. */
  may: 'read' | 'edit' | 'admin';
  actions: LineActions;
}

/** One thing that rots, and what can be done about it with one click. */
export function ItemLine(props: ItemLineProps) {
  const { kind, item, may, actions } = props;
  return (
    <li className={css.line}>
      <div className={css.what}>
        <Names {...props} />
        <Note kind={kind} item={item} />
      </div>
      <div className={css.remedies}>
        {item.ignored ? (
          may !== 'read' && (
            <Button tone="ghost" icon={RotateCcw} onClick={() => actions.remedies.bringBack(kind, item)}>
              {t('hygiene.heed')}
            </Button>
          )
        ) : (
          <>
            <Remedy {...props} />
            {may !== 'read' && <More {...props} />}
          </>
        )}
      </div>
    </li>
  );
}

function Names({ kind, item, actions }: ItemLineProps) {
  const { fields } = useProject();
  if (kind === 'option' || kind === 'field') {
    const field = fields.find(({ id }) => id === item.field)?.name ?? '';
    const name = item.name ?? '';
    return (
      <span className={css.name}>{kind === 'field' ? name : t('hygiene.option.of', { field, name })}</span>
    );
  }
  if (item.insight) return <span className={css.name}>{item.insight.title}</span>;
  return (
    <>
      {[item.idea, item.other].map(
        (idea) =>
          idea && (
            <button key={idea.id} type="button" className={css.open} onClick={() => actions.open(idea)}>
              <span className={css.key}>{idea.key}</span>
              <span className={css.name}>{idea.title}</span>
            </button>
          ),
      )}
    </>
  );
}

function Note({ kind, item }: Pick<ItemLineProps, 'kind' | 'item'>) {
  const { fields } = useProject();
  const text = (): ReactNode => {
    if (item.ignored) {
      const date = formatDay(item.ignored.until);
      const { why } = item.ignored;
      return why ? t('hygiene.asideWhy', { date, why }) : t('hygiene.asideUntil', { date });
    }
    const since = item.since ? formatDay(item.since) : '';
    if (kind === 'past_date' && since) return t('hygiene.past_date.since', { date: since });
    if (kind === 'untouched' && since) return t('hygiene.untouched.since', { date: since });
    if (kind === 'untriaged' && since) return t('hygiene.untriaged.since', { date: since });
    if (kind === 'stale_score' && item.count) return t('hygiene.stale_score.news', { n: item.count });
    if (kind === 'duplicates') return t('hygiene.duplicates.words', { words: (item.words ?? []).join(', ') });
    if (kind === 'field') return t('hygiene.field.filled', { n: item.count ?? 0 });
    if (kind !== 'no_score') return null;
    const names = (item.missing ?? []).map((ref) => fields.find((field) => field.ref === ref)?.name ?? ref);
    return names.length > 0 ? t('hygiene.no_score.missing', { names: names.join(', ') }) : item.error;
  };
  const shown = text();
  return shown ? <span className={css.note}>{shown}</span> : null;
}

/** The remedy that fits. */
function Remedy({ kind, item, date, may, actions }: ItemLineProps) {
  const { idea, other } = item;
  const { remedies } = actions;
  if (kind === 'untriaged') return <Button onClick={actions.triage}>{t('hygiene.untriaged.go')}</Button>;
  if (kind === 'option' && item.field && item.option && may === 'admin') {
    const { field, option, name = '' } = item;
    return (
      <Button onClick={() => remedies.dropOption(field, option, name)}>{t('hygiene.option.delete')}</Button>
    );
  }
  if (kind === 'field' && item.field && may === 'admin') {
    const { field, name = '' } = item;
    return (
      <>
        <Button onClick={() => remedies.hideField(field, name)}>{t('hygiene.field.hide')}</Button>
        <Button onClick={() => remedies.dropField(field, name)}>{t('hygiene.field.delete')}</Button>
      </>
    );
  }
  if (!idea || may === 'read') return null;
  switch (kind) {
    case 'past_date':
      return (
        <>
          <Button onClick={() => remedies.nextQuarter(idea, date)}>{t('hygiene.past_date.next')}</Button>
          <Button onClick={() => remedies.clearDate(idea, date)}>{t('hygiene.past_date.clear')}</Button>
        </>
      );
    case 'duplicates':
      return (
        other && (
          <>
            <Button onClick={() => actions.merge(idea, other)}>{t('hygiene.duplicates.merge')}</Button>
            <Button onClick={() => remedies.tellApart(idea, other)}>{t('hygiene.duplicates.apart')}</Button>
          </>
        )
      );
    case 'untouched':
      return <Button onClick={() => remedies.archive(idea)}>{t('hygiene.archive')}</Button>;
    case 'no_evidence':
      return <Button onClick={() => actions.open(idea)}>{t('hygiene.no_evidence.link')}</Button>;
    case 'no_score':
    case 'stale_score':
      return <Button onClick={() => actions.open(idea)}>{t(`hygiene.${kind}.score`)}</Button>;
    default:
      return null;
  }
}

function More({ kind, item, actions }: ItemLineProps) {
  const { idea } = item;
  const name = idea?.key ?? item.name ?? item.insight?.title ?? '';
  return (
    <Menu
      align="end"
      trigger={<IconButton label={t('hygiene.moreFor', { name })} icon={Ellipsis} />}
      items={[
        {
          id: 'aside',
          label: t('hygiene.notAProblem'),
          icon: EyeOff,
          onSelect: () => actions.aside(kind, item),
        },
        ...(idea && kind !== 'untouched'
          ? [
              {
                id: 'archive',
                label: t('hygiene.archive'),
                icon: Archive,
                onSelect: () => actions.remedies.archive(idea),
              },
            ]
          : []),
      ]}
    />
  );
}
