import { Mountain } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { useTitle } from '@/lib/title.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';

/** The start, for those who have no project yet. */
export function Home() {
  useTitle();
  return (
    <Page title="Cairn">
      <EmptyState icon={Mountain} title={t('shell.empty.title')}>
        {t('shell.empty.text')}
      </EmptyState>
    </Page>
  );
}
