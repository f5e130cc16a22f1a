import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import { type CustomerType, useCustomerFields } from '@/sync/customers.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import { toast } from '@/ui/Toast.tsx';
import css from './customers.module.css';
import { useWrite } from './use-write.ts';

type Found = components['schemas']['ImportCustomersOutBody'];

/** Adds and updates customers from a CSV file, after showing what is in it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { write, error, busy } = useWrite();
  const [type, setType] = useState<CustomerType>('company');
  const [csv, setCsv] = useState('');
  const [found, setFound] = useState<Found>();
  const [to, setTo] = useState<string[]>([]);
  const look = async (text: string, as: CustomerType) => {
    setCsv(text);
    const answer = await write((headers) =>
      send(client.POST('/customers/import', { body: { csv: text, type: as, dryRun: true }, headers })),
    );
    setFound(answer?.done);
    setTo((answer?.done.columns ?? []).map((column) => column.to));
  };
  const named = to.includes('name');
  const run = async () => {
    const answer = await write((headers) =>
      send(client.POST('/customers/import', { body: { csv, type, to }, headers })),
    );
    if (!answer) return;
    const { created, updated, skipped, problems } = answer.done;
    toast({
      title: t('customers.importDone', { created, updated }),
      description: skipped
        ? `${t('customers.importProblems', { n: skipped })}: ${problems?.[0]?.message ?? ''}`
        : undefined,
      undo: answer.undo,
    });
    onClose();
  };
  return (
    <Dialog
      open
      size="large"
      onOpenChange={(open) => !open && onClose()}
      title={t('customers.importTitle')}
      description={t('customers.importHint')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="primary" busy={busy} disabled={!found || !named} onClick={() => void run()}>
            {t('customers.importRun', { n: found?.rows ?? 0 })}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {error && <Banner tone="danger">{error}</Banner>}
        <Field label={t('customers.importAs')}>
          <Segments
            label={t('customers.importAs')}
            options={[
              { value: 'company', label: t('customers.company') },
              { value: 'person', label: t('customers.person') },
            ]}
            value={type}
            onValueChange={(as) => {
              setType(as);
              if (csv) void look(csv, as);
            }}
          />
        </Field>
        <label className={css.form}>
          {t('customers.importFile')}
          <input
            className={css.file}
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void file.text().then((text) => look(text, type));
            }}
          />
        </label>
        {found && <Columns found={found} type={type} to={to} onChange={setTo} />}
        {found && !named && <Banner>{t('customers.importName')}</Banner>}
      </div>
    </Dialog>
  );
}

interface ColumnsProps {
  found: Found;
  type: CustomerType;
  to: readonly string[];
  onChange: (to: string[]) => void;
}

function Columns({ found, type, to, onChange }: ColumnsProps) {
  const { me } = useProject();
  const fields = useCustomerFields().filter(({ of }) => of === type);
  const options = [
    { value: '', label: t('customers.importSkip') },
    { value: 'name', label: t('customers.name') },
    ...(type === 'person'
      ? [
          { value: 'email', label: t('customers.email') },
          { value: 'company', label: t('customers.company') },
        ]
      : []),
    { value: 'external', label: t('customers.importExternal') },
    ...fields.map(({ ref, name }) => ({ value: ref, label: name })),
    ...(me.admin
      ? [
          { value: 'new:short_text', label: t('customers.importNewText') },
          { value: 'new:number', label: t('customers.importNewNumber') },
          { value: 'new:select', label: t('customers.importNewSelect') },
        ]
      : []),
  ];
  return (
    <ul className={css.list}>
      {(found.columns ?? []).map(({ name, samples }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name; their place is their identity
        <li key={at} className={css.column}>
          <span>
            {name} <span className={css.quiet}>{(samples ?? []).join(' · ')}</span>
          </span>
          <Select
            aria-label={`${t('customers.importTo')}: ${name}`}
            options={options}
            value={to[at] ?? ''}
            onValueChange={(next) => onChange(to.map((one, index) => (index === at ? next : one)))}
          />
        </li>
      ))}
    </ul>
  );
}
