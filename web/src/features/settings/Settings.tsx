import '@/lib/messages/later/auth.ts';
import '@/lib/messages/later/project.ts';
import '@/lib/messages/later/settings.ts';
import { useLayoutEffect, useRef } from 'react';
import { useLocation, useParams } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { hasRole } from '@/sync/facts.ts';
import { useWorkspace } from '@/sync/project.tsx';
import { useAccount } from '@/sync/session.tsx';
import { Page, PageColumn } from '@/ui/Page.tsx';
import { type Tab, Tabs } from '@/ui/Tabs.tsx';
import { Hearing } from './Hearing.tsx';
import { Hooks } from './hooks/Hooks.tsx';
import { Invitations } from './Invitations.tsx';
import { MailPage } from './MailPage.tsx';
import { People } from './People.tsx';
import { Profile } from './Profile.tsx';
import { SignIn } from './SignIn.tsx';
import { Tokens } from './Tokens.tsx';
import { WorkspaceName } from './WorkspaceName.tsx';

/** One's own settings and, for administrators, those of the workspace; each section has an address. */
export default function Settings() {
  const { section } = useParams<{ section?: string }>();
  const [, go] = useLocation();
  const { admin } = useAccount();
  const { workspace } = useWorkspace();
  const row = useRef<HTMLDivElement>(null);
  const tabs: Tab[] = [
    { id: 'account', label: t('settings.profile'), content: <Profile /> },
    { id: 'hearing', label: t('settings.hearing'), content: <Hearing /> },
    { id: 'sign-in', label: t('settings.signIn'), content: <SignIn /> },
    { id: 'tokens', label: t('settings.tokens'), content: <Tokens /> },
  ];
  const keepsHooks = workspace?.projects?.some(({ role }) => hasRole(role, 'admin'));
  if (admin || keepsHooks) tabs.push({ id: 'webhooks', label: t('settings.webhooks'), content: <Hooks /> });
  if (admin) {
    tabs.push(
      { id: 'people', label: t('settings.people'), content: <People /> },
      { id: 'invitations', label: t('settings.invitations'), content: <Invitations /> },
      { id: 'mail', label: t('settings.mail'), content: <MailPage /> },
      { id: 'workspace', label: t('settings.workspace'), content: <WorkspaceName /> },
    );
  }
  const shown = tabs.find((tab) => tab.id === section) ?? tabs[0];
  const id = shown?.id ?? 'account';
  useTitle(shown?.label ?? '', t('shell.settings'));
  // On a phone the row of tabs is wider than the screen.
  const at = tabs.findIndex((tab) => tab.id === id);
  useLayoutEffect(() => {
    const tab = row.current?.querySelectorAll('[role="tab"]')[at];
    tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [at]);
  return (
    <Page title={t('shell.settings')}>
      <PageColumn>
        <div ref={row}>
          <Tabs
            label={t('shell.settings')}
            value={id}
            onValueChange={(next) => go(paths.settings(next))}
            tabs={tabs}
          />
        </div>
      </PageColumn>
    </Page>
  );
}
