import '@/lib/messages/later/insights.ts';
import { Building2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { choiceParam, textParam, useParam } from '@/lib/search-params.ts';
import { useTitle } from '@/lib/title.ts';
import { type CustomerFilter, type CustomerType, useCustomerFields } from '@/sync/customers.ts';
import { useEvidenceLive } from '@/sync/insights-live.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import type { Filter, SortKey } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { PageBody, PageSearch } from '@/ui/PageBody.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Edits } from '@/views/shared/Edits.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import { CustomerTable } from './CustomerTable.tsx';
import { columnsOf, namedFilter, numberedFilter } from './columns.ts';
import css from './customers.module.css';
import { FieldsDialog } from './FieldsDialog.tsx';
import { QueryTools } from './QueryTools.tsx';
import { filterParam, sortParam } from './query-params.ts';

const typeParam = choiceParam<CustomerType>(['company', 'person']);
const byName: readonly SortKey[] = [{ field: 'name' }];
const unfiltered: Filter = {};

/** Every company and person whose voice counts. */
export default function CustomersPage() {
  return useOptionalProject() && <Customers />;
}

function Customers() {
  const { me, project } = useProject();
  const [, go] = useLocation();
  useEvidenceLive();
  useTitle(t('customers.title'));
  const [only, setType] = useParam('type', typeParam, 'replace');
  const type = only ?? 'all';
  const [text = '', setText] = useParam('q', textParam, 'replace');
  const [sort = byName, setSort] = useParam('sort', sortParam, 'replace');
  const [filter = unfiltered, setFilter] = useParam('filter', filterParam, 'replace');
  const [total, setTotal] = useState<number>();
  const [dialog, open] = useState<'add' | 'fields'>();
  const search = useDeferredValue(text.trim());
  const fields = useCustomerFields();
  const columns = useMemo(() => columnsOf(fields, type), [fields, type]);
  const known = useMemo(
    () =>
      columnsOf(
        fields.map((field) => ({ ...field, hidden: false })),
        'all',
      ),
    [fields],
  );
  const asked: CustomerFilter = {
    ...(only && { type: only }),
    text: search,
    sort: sortParam.write(sort),
    filter: filterParam.write(filter),
  };
  const narrowed = search !== '' || asked.filter !== '';
  return (
    <Page
      fill
      title={t('customers.title')}
      actions={
        <>
          {me.admin && <Button onClick={() => open('fields')}>{t('customers.fields')}</Button>}
          <Button onClick={() => go(paths.projectImport(project.key, '?of=customers'))}>
            {t('customers.import')}
          </Button>
          <Button tone="primary" onClick={() => open('add')}>
            {t('customers.add')}
          </Button>
        </>
      }
    >
      <PageBody
        fill
        bar={
          <>
            <Segments
              label={t('customers.type')}
              options={[
                { value: 'all', label: t('customers.all') },
                { value: 'company', label: t('customers.companies') },
                { value: 'person', label: t('customers.people') },
              ]}
              value={type}
              onValueChange={(next) => setType(next === 'all' ? undefined : next)}
            />
            <PageSearch label={t('customers.search')} value={text} onValueChange={setText} />
            <QueryTools
              key={type}
              columns={columns}
              known={known}
              filter={numberedFilter(filter, known)}
              onFilterChange={(next) => setFilter(namedFilter(next, known))}
              sort={sort}
              onSortChange={setSort}
            />
            {total !== undefined && <p className={css.quiet}>{t('customers.count', { n: total })}</p>}
          </>
        }
      >
        <CustomerTable
          filter={asked}
          columns={columns}
          sort={sort}
          onSort={setSort}
          onTotal={setTotal}
          empty={
            <EmptyState icon={Building2} title={t(narrowed ? 'customers.emptySearch' : 'customers.empty')}>
              {!narrowed && t('customers.emptyText')}
            </EmptyState>
          }
        />
      </PageBody>
      {dialog === 'add' && <CustomerDialog onClose={() => open(undefined)} />}
      {dialog === 'fields' && <FieldsDialog onClose={() => open(undefined)} />}
      <Edits />
    </Page>
  );
}
