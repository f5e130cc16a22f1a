import { MapPinOff } from 'lucide-react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';

/** An address where nothing is, or nothing for this person. */
export function NotFound() {
  const [, go] = useLocation();
  const title = t('shell.notFound.title');
  useTitle(title);
  return (
    <Page title={title} heading={<span />}>
      <EmptyState
        icon={MapPinOff}
        level={1}
        title={title}
        actions={
          <Button tone="primary" onClick={() => go(paths.home())}>
            {t('shell.notFound.action')}
          </Button>
        }
      >
        {t('shell.notFound.text')}
      </EmptyState>
    </Page>
  );
}
