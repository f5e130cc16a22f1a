import '@/lib/messages/later/insights.ts';
import { Ellipsis, Pencil, Quote, Trash2, Unlink } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { type Insight, useIdeaInsights, useInsightWriter } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { Select } from '@/ui/Select.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { NewDot } from '../fresh.tsx';
import { InsightCard } from './InsightCard.tsx';
import { InsightDialog } from './InsightDialog.tsx';
import { FoldedTalk } from './InsightTalk.tsx';
import css from './insights.module.css';
import { QuoteDialog } from './QuoteDialog.tsx';

const sorts = ['importance', 'recent'] as const;

/** The insights of an idea: to read, add, edit, quote and take off. */
export default function IdeaInsights({ idea }: { idea: number }) {
  const { project, at } = useProject();
  const insights = useIdeaInsights(idea);
  const [sort, setSort] = useState<(typeof sorts)[number]>('importance');
  const [adding, setAdding] = useState(false);
  const may = hasRole(project.role, 'contributor');
  if (!insights) return <Skeleton height="64px" />;
  const shown = sort === 'recent' ? insights.toSorted((a, b) => b.on.localeCompare(a.on)) : insights;
  return (
    <div className={css.section}>
      {(may || insights.length > 1) && (
        <div className={css.bar}>
          {may && <Button onClick={() => setAdding(true)}>{t('insights.add')}</Button>}
          {insights.length > 1 && (
            <Select
              className={css.order}
              aria-label={t('insights.sort')}
              options={sorts.map((value) => ({ value, label: t(`insights.sort.${value}`) }))}
              value={sort}
              onValueChange={setSort}
            />
          )}
        </div>
      )}
      {insights.length === 0 && (
        <p className={css.quiet}>
          {t(at !== undefined ? 'insights.noneThen' : may ? 'insights.none' : 'insights.noneReader')}
        </p>
      )}
      <ul className={css.list}>
        {shown.map((insight) => (
          <li key={insight.id}>
            {at === undefined ? (
              <Line insight={insight} idea={idea} />
            ) : (
              <InsightCard insight={insight} idea={idea} />
            )}
          </li>
        ))}
      </ul>
      {adding && <InsightDialog idea={idea} onClose={() => setAdding(false)} />}
    </div>
  );
}

function Line({ insight, idea }: { insight: Insight; idea: number }) {
  const { session, me } = useProject();
  const writer = useInsightWriter();
  const [open, setOpen] = useState<'edit' | 'quote'>();
  const link = insight.links?.find((each) => each.idea.id === idea);
  const attempt = async (write: Promise<string>, title: string) => {
    try {
      const group = await write;
      toast({ title, undo: () => void session.undoGroup(group) });
    } catch (error) {
      toastFailure(error);
    }
  };
  const items: MenuEntry[] = [
    ...(insight.may
      ? [{ id: 'edit', label: t('insights.edit'), icon: Pencil, onSelect: () => setOpen('edit') }]
      : []),
    ...(link?.may
      ? [
          { id: 'quote', label: t('insights.quoteEdit'), icon: Quote, onSelect: () => setOpen('quote') },
          {
            id: 'unlink',
            label: t('insights.unlink'),
            icon: Unlink,
            onSelect: () => void attempt(writer.unlink(link.id), t('insights.unlinked')),
          },
        ]
      : []),
    ...(insight.may
      ? [
          {
            id: 'delete',
            label: t('insights.delete'),
            icon: Trash2,
            danger: true,
            onSelect: () => void attempt(writer.remove(insight.id), t('insights.deleted')),
          },
        ]
      : []),
  ];
  return (
    <>
      <InsightCard
        insight={insight}
        idea={idea}
        actions={
          <>
            {link && <NewDot author={link.createdBy} at={link.createdAt} me={me.id} />}
            {items.length > 0 && (
              <Menu
                align="end"
                trigger={<IconButton label={t('insights.menu')} icon={Ellipsis} size="tiny" />}
                items={items}
              />
            )}
          </>
        }
      >
        <FoldedTalk insight={insight} />
      </InsightCard>
      {open === 'edit' && <InsightDialog insight={insight} onClose={() => setOpen(undefined)} />}
      {open === 'quote' && link && (
        <QuoteDialog link={link.id} quote={link.quote ?? ''} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}
