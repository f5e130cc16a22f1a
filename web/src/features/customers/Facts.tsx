import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { type Customer, useCustomerFields } from '@/sync/customers.ts';
import { useProject } from '@/sync/project.tsx';
import { sameValue } from '@/sync/rows.ts';
import { type Column, columnsOf, refusalOf } from './columns.ts';
import css from './customers.module.css';
import { type Cells, useCells } from './use-cells.ts';
import { ValueEditor } from './ValueEditor.tsx';

/** Props of Facts. */
export interface FactsProps {
  customer: Customer;
}

/** What is noted of a customer, each value edited where it stands. */
export function Facts({ customer }: FactsProps) {
  const { project } = useProject();
  const cells = useCells();
  const type = customer.type === 'person' ? 'person' : 'company';
  const columns = columnsOf(useCustomerFields(), type).filter(
    ({ key }) => key !== 'name' && key !== 'insights',
  );
  return (
    <dl className={css.facts}>
      {columns.map((column) => (
        <div key={column.key} className={css.fact}>
          <dt>{column.field.name}</dt>
          <dd>
            <Fact customer={customer} column={column} cells={cells} />
            {column.key === 'company' && customer.company ? (
              <Link className={css.quiet} href={paths.customer(project.key, customer.company)}>
                {t('customers.openCompany')}
              </Link>
            ) : null}
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
  const { field, type } = column;
  const value = cells.value(customer, column);
  const done = () => {
    edit(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <div ref={place} className={css.value}>
      {editing ? (
        <ValueEditor
          column={column}
          value={value}
          anchor={place}
          onCommit={(next) => {
            if (!sameValue(value, next) && refusalOf(column, customer, next) === undefined)
              void cells.set([{ id: customer.id, ref: field.ref, value: next }], [column]);
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
