import '@/lib/messages/later/inbox.ts';
import { CheckCheck, Clock, Inbox } from 'lucide-react';
import { useLocation, useParams } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { type InboxPart, useInbox } from '@/sync/inbox.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page, PageColumn } from '@/ui/Page.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { GroupLine } from './GroupLine.tsx';
import { groupNotices } from './groups.ts';
import css from './inbox.module.css';
import { useTriage } from './use-triage.ts';

const parts = ['open', 'snoozed', 'done'] as const;
const icons = { open: Inbox, snoozed: Clock, done: CheckCheck };

/** What happened to the things the person watches, to go through by keyboard. */
export default function InboxPage() {
  const { part: named } = useParams<{ part?: string }>();
  const part: InboxPart = parts.find((each) => each === named) ?? 'open';
  const [, go] = useLocation();
  const { data, error, refetch } = useInbox(part);
  useTitle(t('inbox.open'));
  return (
    <Page title={t('inbox.open')}>
      <PageColumn>
        <Segments
          className={css.parts}
          label={t('inbox.part')}
          options={parts.map((value) => ({ value, label: t(`inbox.${value}`), icon: icons[value] }))}
          value={part}
          onValueChange={(next) => go(paths.inbox(next === 'open' ? undefined : next))}
        />
        {error && !data && (
          <Banner
            tone="danger"
            actions={<Button onClick={() => void refetch()}>{t('shell.crash.retry')}</Button>}
          >
            {error.message}
          </Banner>
        )}
        {!data && !error && <Skeleton height="56px" />}
        {data && <Notices key={part} part={part} notices={data.notices ?? []} />}
      </PageColumn>
    </Page>
  );
}

function Notices({ part, notices }: { part: InboxPart; notices: Parameters<typeof groupNotices>[0] }) {
  const groups = groupNotices(notices);
  const triage = useTriage(part, groups);
  if (groups.length === 0) {
    return (
      <EmptyState icon={icons[part]} title={t(`inbox.empty.${part}`)}>
        {t(`inbox.empty.${part}Text`)}
      </EmptyState>
    );
  }
  return (
    <>
      <ol className={css.list} aria-label={t(`inbox.${part}`)}>
        {groups.map((group) => (
          <GroupLine
            key={group.id}
            group={group}
            part={part}
            current={group.id === triage.current}
            triage={triage}
          />
        ))}
      </ol>
      {part === 'open' && (
        <footer className={css.foot}>
          <Button icon={CheckCheck} onClick={() => void triage.finish(groups)}>
            {t('inbox.action.allDone')}
          </Button>
        </footer>
      )}
    </>
  );
}
