import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { deleteMapping, getMappings, type RunDetail, type SavedMapping, saveMapping } from './calls.ts';
import css from './importer.module.css';
import { applySaved, columnsOf, type Draft, knownColumns } from './mapping.ts';
import { useDoing } from './use-runs.ts';

/** Props of SavedMappings. */
export interface SavedMappingsProps {
  run: RunDetail;
  draft: Draft;
  onApply: (draft: Draft) => void;
}

/** Keeps the mapping under a name for later files, and applies earlier ones. */
export function SavedMappings({ run, draft, onApply }: SavedMappingsProps) {
  const { project } = useProject();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const { busy, failure, run: doing } = useDoing();
  const key = ['mappings', project.key] as const;
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getMappings(project.key, signal),
  });
  const columns = run.survey.columns ?? [];
  const usable = (data ?? []).filter((saved) => saved.format === run.survey.format);

  const apply = (saved: SavedMapping) => {
    onApply(applySaved(draft, saved, columns));
    setOpen(false);
    toast({ title: t('importer.mapping.applied', { name: saved.name }) });
  };
  const change = async (call: () => Promise<unknown>) => {
    const done = await doing(async () => {
      await call();
      return true;
    });
    await queries.invalidateQueries({ queryKey: key });
    return done;
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '' || busy) return;
    const { survey, mapping } = run;
    const body = {
      format: survey.format,
      options: survey.options,
      columns: columnsOf(draft, columns),
      ...(mapping.people ? { people: mapping.people } : {}),
    };
    if (!(await change(() => saveMapping(project.key, wanted, body)))) return;
    setName('');
    toast({ title: t('importer.mapping.saved', { name: wanted }) });
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t('importer.mappings')}
      trigger={<Button icon={Bookmark}>{t('importer.mappings')}</Button>}
    >
      <div className={css.mappings}>
        {usable.length === 0 && (
          <p className={css.text}>{error ? error.message : t('importer.mapping.none')}</p>
        )}
        {usable.length > 0 && (
          <ul>
            {usable.map((saved) => (
              <li key={saved.id} className={css.mapping}>
                <Button tone="ghost" className={css.grow} onClick={() => apply(saved)}>
                  {t('importer.mapping.apply', { name: saved.name, n: knownColumns(saved, columns) })}
                </Button>
                <IconButton
                  label={t('importer.mapping.delete', { name: saved.name })}
                  icon={Trash2}
                  onClick={() => void change(() => deleteMapping(project.key, saved.id))}
                />
              </li>
            ))}
          </ul>
        )}
        <form className={css.mapping} onSubmit={(event) => void save(event)}>
          <Field label={t('importer.mapping.name')} error={failure?.message} className={css.grow}>
            <TextField value={name} onValueChange={setName} />
          </Field>
          <Button type="submit" busy={busy} disabled={name.trim() === ''}>
            {t('ui.save')}
          </Button>
        </form>
      </div>
    </Popover>
  );
}
