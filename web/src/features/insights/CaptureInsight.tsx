import '@/lib/messages/later/insights.ts';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { InsightDialog } from '@/views/shared/insights/InsightDialog.tsx';

/** The small window that the bookmarklet opens: what was selected elsewhere, to be completed and stored. */
export default function CaptureInsight() {
  return useOptionalProject() && <Capture />;
}

function Capture() {
  const { project } = useProject();
  const [, go] = useLocation();
  const given = new URLSearchParams(useSearch());
  const [open, setOpen] = useState(true);
  useTitle(t('insights.addTitle'), project.name);
  const page = given.get('page') ?? '';
  const text = given.get('text') ?? '';
  return (
    <Page title={t('insights.captureTitle')}>
      {open ? (
        <InsightDialog
          start={{ url: given.get('url') ?? '', page, note: text, ...(text === '' ? { title: page } : {}) }}
          onClose={() => {
            setOpen(false);
            window.close(); // works in the window that the bookmarklet opened
          }}
        />
      ) : (
        <EmptyState
          icon={Check}
          title={t('insights.captured')}
          actions={
            <Button onClick={() => go(paths.insights(project.key))}>{t('insights.captureMore')}</Button>
          }
        />
      )}
    </Page>
  );
}
