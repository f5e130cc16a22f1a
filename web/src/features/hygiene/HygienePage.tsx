import '@/lib/messages/later/hygiene.ts';
import { useQueryClient } from '@tanstack/react-query';
import { SlidersHorizontal, Sprout } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths, searchKeys } from '@/lib/routes.ts';
import { textParam, useParam } from '@/lib/search-params.ts';
import { useTitle } from '@/lib/title.ts';
import { hasRole } from '@/sync/facts.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { PageBody } from '@/ui/PageBody.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Edits } from '@/views/shared/Edits.tsx';
import type { MergingIdea } from '@/views/shared/MergeDialog.tsx';
import { AsideDialog } from './AsideDialog.tsx';
import { FindingSection } from './FindingSection.tsx';
import css from './hygiene.module.css';
import type { LineActions } from './ItemLine.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { type Finding, hygieneKey, type Item, type Kind, useHygiene } from './use-hygiene.ts';
import { useRemedies } from './use-remedies.ts';

const MergeDialog = lazy(() => import('@/views/shared/MergeDialog.tsx'));

/** An idea that is open beside the page. */
export interface OpenIdea {
  ideaKey: string;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
}

/** Props of HygienePage. */
export interface HygienePageProps {
  panel: (idea: OpenIdea) => ReactNode;
}

/** What rots in a project, each with its remedy. */
export function HygienePage(props: HygienePageProps) {
  return useOptionalProject() && <Hygiene {...props} />;
}

type Asking = { aside: [Kind, Item] } | { merge: MergingIdea[] } | 'settings';

function Hygiene({ panel }: HygienePageProps) {
  const { project } = useProject();
  useTitle(t('hygiene.title'), project.name);
  const [, go] = useLocation();
  const queries = useQueryClient();
  const { data, error } = useHygiene();
  const remedies = useRemedies();
  const [idea, setIdea] = useParam(searchKeys.idea, textParam, 'replace');
  const [asking, ask] = useState<Asking>();
  const close = () => ask(undefined);
  const admin = hasRole(project.role, 'admin');
  const may = admin ? 'admin' : hasRole(project.role, 'editor') ? 'edit' : 'read';
  const actions: LineActions = {
    open: ({ key }) => setIdea(key),
    merge: (a, b) => ask({ merge: [a, b] }),
    triage: () => go(paths.insights(project.key)),
    aside: (kind, item) => ask({ aside: [kind, item] }),
    remedies,
  };
  const findings = data?.findings ?? [];
  const bad = findings.filter(({ total, ignored }) => total + ignored > 0);
  const order = bad.flatMap(({ items }) => (items ?? []).flatMap((item) => item.idea?.key ?? []));
  return (
    <Page
      title={t('hygiene.title')}
      panelLabel={idea}
      panel={
        idea &&
        panel({
          ideaKey: idea,
          onClose: () => setIdea(undefined),
          onStep: (by) => setIdea(order[order.indexOf(idea) + by] ?? idea),
        })
      }
      actions={
        admin && (
          <Button icon={SlidersHorizontal} onClick={() => ask('settings')}>
            {t('hygiene.settings')}
          </Button>
        )
      }
    >
      <Edits />
      <PageBody>
        {error && !data && <EmptyState title={error.message} />}
        {!data && !error && <Skeleton height="64px" />}
        {data && bad.length === 0 && (
          <EmptyState icon={Sprout} title={t('hygiene.clean')}>
            {t('hygiene.cleanText')}
          </EmptyState>
        )}
        {data && bad.length > 0 && <p className={css.text}>{t('hygiene.intro', { n: data.ideas })}</p>}
        {data &&
          bad.map((finding) => (
            <FindingSection
              key={finding.kind}
              finding={finding}
              settings={data.settings}
              may={may}
              actions={actions}
            />
          ))}
        {data && <Rest findings={findings} looked={data.looked} of={data.of} />}
      </PageBody>
      {asking === 'settings' && data && (
        <SettingsDialog
          settings={data.settings}
          onClose={(saved) => {
            close();
            if (saved) void queries.invalidateQueries({ queryKey: [hygieneKey] });
          }}
        />
      )}
      {typeof asking === 'object' && 'aside' in asking && (
        <AsideDialog
          onClose={close}
          onDone={(aside) => {
            remedies.putAside(...asking.aside, aside);
            close();
          }}
        />
      )}
      {typeof asking === 'object' && 'merge' in asking && (
        <Suspense>
          <MergeDialog ideas={asking.merge} onClose={close} onMerged={() => undefined} />
        </Suspense>
      )}
    </Page>
  );
}

/** The kinds of which there is nothing, and how far the search for duplicates has come. */
function Rest({ findings, looked, of }: { findings: readonly Finding[]; looked: number; of: number }) {
  const good = findings.filter(({ total, ignored }) => total + ignored === 0);
  const names = good.map(({ kind }) => t(`hygiene.${kind as Kind}`));
  return (
    <footer className={css.rest}>
      {names.length > 0 && names.length < findings.length && (
        <p className={css.text}>{t('hygiene.good', { kinds: names.join(', ') })}</p>
      )}
      {looked < of && (
        <p className={css.text} role="status">
          {t('hygiene.comparing', { looked, of })}
        </p>
      )}
    </footer>
  );
}
