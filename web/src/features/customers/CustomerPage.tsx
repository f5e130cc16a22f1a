import '@/lib/messages/later/insights.ts';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { useCustomer } from '@/sync/customers.ts';
import { useEvidenceLive } from '@/sync/insights-live.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { PageBody } from '@/ui/PageBody.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
import { Edits } from '@/views/shared/Edits.tsx';
import { InsightCard } from '@/views/shared/insights/InsightCard.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import css from './customers.module.css';
import { Facts } from './Facts.tsx';
import { useWrite } from './use-write.ts';

/** A company or a person with everything they said. */
export default function CustomerPage() {
  const { customer } = useParams();
  return useOptionalProject() && <Detail key={customer} id={Number(customer)} />;
}

function Detail({ id }: { id: number }) {
  const { project, me } = useProject();
  const [, go] = useLocation();
  const { write } = useWrite();
  const { data, error } = useCustomer(id);
  const [editing, edit] = useState(false);
  useEvidenceLive();
  useTitle(data?.customer.name ?? t('customers.title'));
  if (error)
    return (
      <Page title={t('customers.title')}>
        <EmptyState title={error.message} />
      </Page>
    );
  if (!data)
    return (
      <Page title={t('customers.title')}>
        <Skeleton height="48px" />
      </Page>
    );
  const { customer, said, staff } = data;
  const remove = async () => {
    const done = await write((headers) =>
      send(client.DELETE('/customers/{customer}', { params: { path: { customer: id } }, headers })),
    );
    if (!done) return;
    toast({ title: t('customers.deleted'), undo: done.undo });
    go(paths.customers(project.key));
  };
  return (
    <Page
      title={customer.name}
      actions={
        <>
          {me.admin && <Button onClick={() => void remove()}>{t('customers.delete')}</Button>}
          <Button onClick={() => edit(true)}>{t('customers.edit')}</Button>
        </>
      }
    >
      <PageBody>
        <p className={css.quiet}>
          <Link href={paths.customers(project.key)}>{t('customers.back')}</Link>
        </p>
        <Facts customer={customer} />
        {staff && staff.length > 0 && (
          <>
            <h2 className={css.heading}>{t('customers.staff')}</h2>
            <ul className={css.list}>
              {staff.map((person) => (
                <li key={person.id} className={css.line}>
                  <Link href={paths.customer(project.key, person.id)}>{person.name}</Link>
                  <span className={css.quiet}>{person.email}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <h2 className={css.heading}>{t('customers.said')}</h2>
        {said?.length === 0 && <p className={css.quiet}>{t('customers.noInsights')}</p>}
        <ul className={css.list}>
          {said?.map((insight) => (
            <li key={insight.id}>
              <InsightCard insight={insight} />
            </li>
          ))}
        </ul>
      </PageBody>
      {editing && <CustomerDialog customer={customer} onClose={() => edit(false)} />}
      <Edits />
    </Page>
  );
}
