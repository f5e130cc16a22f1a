import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { type Customer, useCustomerFields } from '@/sync/customers.ts';
import { useProject } from '@/sync/project.tsx';
import { type Column, columnsOf } from './columns.ts';
import css from './customers.module.css';
import { type Cells, useCells } from './use-cells.ts';
import { ValueEditor } from './ValueEditor.tsx';

/** Props of Facts. */
export interface FactsProps {
  customer: Customer;
  companyName?: string;
}

/** What is noted of a customer, each value edited where it stands. */
export function Facts({ customer, companyName }: FactsProps) {
  const { project } = useProject();
  const cells = useCells();
  const type = customer.type === 'person' ? 'person' : 'company';
  const columns = columnsOf(useCustomerFields(), type).filter(
    ({ key }) => key !== 'name' && key !== 'insights',
  );
  return (
    <dl className={css.facts}>
      {customer.company ? (
        <>
          <dt>{t('customers.company')}</dt>
          <dd>
            <Link href={paths.customer(project.key, customer.company)}>{companyName}</Link>
          </dd>
        </>
      ) : null}
      {columns.map((column) => (
        <div key={column.key} className={css.fact}>
          <dt>{column.field.name}</dt>
          <dd>
            <Fact customer={customer} column={column} cells={cells} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Fact({ customer, column, cells }: { customer: Customer; column: Column; cells: Cells }) {
  const [editing, edit] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { field } = column;
  const type = typeOf(field);
  const value = cells.value(customer, column);
  const done = () => {
    edit(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <div ref={place} className={css.value}>
      {editing ? (
        <ValueEditor
          field={field}
          value={value}
          idea={0}
          anchor={place}
          onCommit={(next) => {
            cells.set(customer, column, next);
            done();
          }}
          onCancel={done}
        />
      ) : (
        <button
          ref={button}
          type="button"
          className={css.edit}
          aria-label={t('customers.editValue', { field: field.name })}
          onClick={() => edit(true)}
        >
          {value === null || value === '' ? (
            <span className={css.quiet}>{t('customers.noValue')}</span>
          ) : (
            <type.Cell field={field} value={value} />
          )}
        </button>
      )}
    </div>
  );
}
