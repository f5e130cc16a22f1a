import '@/lib/messages/later/insights.ts';
import { ArrowDown, ArrowUp, Building2, Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import {
  type Customer,
  type CustomerField,
  type CustomerType,
  useCustomerFields,
  useCustomers,
} from '@/sync/customers.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Page } from '@/ui/Page.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import css from './customers.module.css';
import { FieldsDialog } from './FieldsDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';

const pageSize = 250;

/** Every company and person whose voice counts. */
export default function CustomersPage() {
  return useOptionalProject() && <Customers />;
}

function Customers() {
  const { me } = useProject();
  useTitle(t('customers.title'));
  const [type, setType] = useState<CustomerType | 'all'>('all');
  const [text, setText] = useState('');
  const [sort, setSort] = useState('name');
  const [limit, setLimit] = useState(pageSize);
  const [dialog, open] = useState<'add' | 'fields' | 'import'>();
  const search = useDeferredValue(text.trim());
  const all = useCustomerFields();
  const fields = type === 'all' ? all : all.filter(({ of }) => of === type);
  const { data, error } = useCustomers({
    type: type === 'all' ? undefined : type,
    text: search,
    sort,
    limit,
  });
  return (
    <Page
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
      <div className={css.page}>
        <div className={css.bar}>
          <Segments
            label={t('customers.type')}
            options={[
              { value: 'all', label: t('customers.all') },
              { value: 'company', label: t('customers.companies') },
              { value: 'person', label: t('customers.people') },
            ]}
            value={type}
            onValueChange={setType}
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
        </div>
        {error && !data && <EmptyState title={error.message} />}
        {!data && !error && <Skeleton height="40px" />}
        {data?.customers.length === 0 && (
          <EmptyState icon={Building2} title={t(search ? 'customers.emptySearch' : 'customers.empty')}>
            {!search && t('customers.emptyText')}
          </EmptyState>
        )}
        {data && data.customers.length > 0 && (
          <>
            <Table customers={data.customers} fields={fields} sort={sort} onSort={setSort} />
            <div className={css.bar}>
              <p className={css.quiet}>{t('customers.count', { n: data.total })}</p>
              {data.customers.length < data.total && (
                <Button onClick={() => setLimit(data.customers.length + pageSize)}>
                  {t('insights.more')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
      {dialog === 'add' && <CustomerDialog onClose={() => open(undefined)} />}
      {dialog === 'fields' && <FieldsDialog onClose={() => open(undefined)} />}
      {dialog === 'import' && <ImportDialog onClose={() => open(undefined)} />}
    </Page>
  );
}

interface TableProps {
  customers: readonly Customer[];
  fields: readonly CustomerField[];
  sort: string;
  onSort: (sort: string) => void;
}

function Table({ customers, fields, sort, onSort }: TableProps) {
  const { project } = useProject();
  const columns = [
    { key: 'name', name: t('customers.name'), number: false },
    ...fields.map(({ ref, name, type }) => ({ key: ref, name, number: type === 'number' })),
    { key: 'insights', name: t('customers.insights'), number: true },
  ];
  return (
    <section className={css.scroll} aria-label={t('customers.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map(({ key, name, number }) => {
              const up = sort === key;
              const down = sort === `-${key}`;
              return (
                <th
                  key={key}
                  scope="col"
                  data-number={number || undefined}
                  aria-sort={up ? 'ascending' : down ? 'descending' : undefined}
                >
                  <button
                    type="button"
                    className={css.sort}
                    onClick={() => onSort(number ? (down ? key : `-${key}`) : up ? `-${key}` : key)}
                  >
                    {name} {(up || down) && <Icon of={up ? ArrowUp : ArrowDown} size={12} />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {customers.map((customer) => (
            <tr key={customer.id}>
              <td>
                <Link href={paths.customer(project.key, customer.id)}>{customer.name}</Link>
              </td>
              {fields.map((field) => (
                <td key={field.ref} data-number={field.type === 'number' || undefined}>
                  {valueText(customer, field)}
                </td>
              ))}
              <td data-number>{customer.insights}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A customer's value as text; empty for none. */
export function valueText(customer: Customer, field: CustomerField): string {
  const value: unknown = customer.values?.[field.ref];
  if (typeof value === 'number') return `${formatNumber(value)}${field.unit ? ` ${field.unit}` : ''}`;
  return typeof value === 'string' ? value : '';
}
