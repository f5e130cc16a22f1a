import '@/lib/messages/later/insights.ts';
import { Building2, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useTitle } from '@/lib/title.ts';
import { type CustomerFilter, type CustomerType, useCustomerFields } from '@/sync/customers.ts';
import { useEvidenceLive } from '@/sync/insights-live.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Page } from '@/ui/Page.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { Edits } from '@/views/shared/Edits.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import { CustomerTable } from './CustomerTable.tsx';
import { columnsOf } from './columns.ts';
import css from './customers.module.css';
import { FieldsDialog } from './FieldsDialog.tsx';
import { FilterBar, type ValueFilter, whereOf } from './FilterBar.tsx';
import { ImportDialog } from './ImportDialog.tsx';

/** Every company and person whose voice counts. */
export default function CustomersPage() {
  return useOptionalProject() && <Customers />;
}

function Customers() {
  const { me } = useProject();
  useEvidenceLive();
  useTitle(t('customers.title'));
  const [type, setType] = useState<CustomerType | 'all'>('all');
  const [text, setText] = useState('');
  const [sort, setSort] = useState('name');
  const [total, setTotal] = useState<number>();
  const [valued, setValued] = useState<ValueFilter>({ ref: '', rest: '' });
  const [dialog, open] = useState<'add' | 'fields' | 'import'>();
  const search = useDeferredValue(text.trim());
  const fields = useCustomerFields();
  const columns = useMemo(() => columnsOf(fields, type), [fields, type]);
  const filter: CustomerFilter = {
    ...(type === 'all' ? {} : { type }),
    text: search,
    sort,
    where: whereOf(valued),
  };
  const narrowed = search !== '' || filter.where !== undefined;
  return (
    <Page
      fill
      title={t('customers.title')}
      actions={
        <>
          {me.admin && <Button onClick={() => open('fields')}>{t('customers.fields')}</Button>}
          <Button onClick={() => open('import')}>{t('customers.import')}</Button>
          <Button tone="primary" onClick={() => open('add')}>
            {t('customers.add')}
          </Button>
        </>
      }
    >
      <div className={css.whole}>
        <div className={css.bar}>
          <Segments
            label={t('customers.type')}
            options={[
              { value: 'all', label: t('customers.all') },
              { value: 'company', label: t('customers.companies') },
              { value: 'person', label: t('customers.people') },
            ]}
            value={type}
            onValueChange={(next) => {
              setType(next);
              setValued({ ref: '', rest: '' });
            }}
          />
          <TextField
            className={css.search}
            icon={Search}
            clearable
            aria-label={t('customers.search')}
            placeholder={t('customers.search')}
            value={text}
            onValueChange={setText}
          />
          <FilterBar
            fields={fields.filter(({ of }) => type === 'all' || of === type)}
            filter={valued}
            onFilterChange={setValued}
          />
          {total !== undefined && <p className={css.quiet}>{t('customers.count', { n: total })}</p>}
        </div>
        <CustomerTable
          filter={filter}
          columns={columns}
          onSort={setSort}
          onTotal={setTotal}
          empty={
            <EmptyState icon={Building2} title={t(narrowed ? 'customers.emptySearch' : 'customers.empty')}>
              {!narrowed && t('customers.emptyText')}
            </EmptyState>
          }
        />
      </div>
      {dialog === 'add' && <CustomerDialog onClose={() => open(undefined)} />}
      {dialog === 'fields' && <FieldsDialog onClose={() => open(undefined)} />}
      {dialog === 'import' && <ImportDialog onClose={() => open(undefined)} />}
      <Edits />
    </Page>
  );
}
