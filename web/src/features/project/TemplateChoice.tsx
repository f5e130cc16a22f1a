import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import { useWorkspace } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { ChoiceList } from './ChoiceList.tsx';
import { deleteTemplate } from './calls.ts';
import css from './project.module.css';

type Template = components['schemas']['TemplateInfo'];

const templatesKey = ['templates'];

/** What new projects can start from; those that people saved may change at any time. */
export function useTemplates(): UseQueryResult<Template[]> {
  return useQuery({
    queryKey: templatesKey,
    queryFn: async ({ signal }) => (await send(client.GET('/templates', { signal }))).templates ?? [],
  });
}

/** Props of TemplateChoice. */
export interface TemplateChoiceProps {
  value: string;
  onValueChange: (template: Template) => void;
}

/** Choosing what a new project starts with: Cairn's own templates, and those of the workspace. */
export function TemplateChoice({ value, onValueChange }: TemplateChoiceProps) {
  const { workspace } = useWorkspace();
  const { data = [] } = useTemplates();
  const [asking, setAsking] = useState(false);
  const chosen = data.find((each) => each.name === value);
  const grouped = data.some((each) => each.id);
  const choose = (name: string) => {
    const next = data.find((each) => each.name === name);
    if (next) onValueChange(next);
  };
  return (
    <div className={css.section}>
      <ChoiceList
        label={t('project.template')}
        value={value}
        onValueChange={choose}
        choices={data.map((each) => ({
          value: each.name,
          label: each.label,
          text: each.description || (each.views ?? []).join(', '),
          group: grouped ? t(each.id ? 'project.template.own' : 'project.template.builtin') : undefined,
        }))}
      />
      {chosen?.id && workspace?.me.admin && (
        <div>
          <Button tone="ghost" onClick={() => setAsking(true)}>
            {t('project.template.delete')}
          </Button>
        </div>
      )}
      {asking && chosen && (
        <DeleteTemplate
          template={chosen}
          onClose={() => setAsking(false)}
          onDeleted={() => choose(data[0]?.name ?? '')}
        />
      )}
    </div>
  );
}

interface DeleteTemplateProps {
  template: Template;
  onClose: () => void;
  onDeleted: () => void;
}

function DeleteTemplate({ template, onClose, onDeleted }: DeleteTemplateProps) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await deleteTemplate(template.id ?? 0);
      onDeleted();
      toast({ title: t('project.template.deleted', { name: template.label }) });
    } catch (error) {
      toastFailure(error);
    }
    await queries.invalidateQueries({ queryKey: templatesKey });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('project.template.deleteTitle', { name: template.label })}
      confirm={t('project.template.delete')}
      busy={busy}
      onConfirm={() => void remove()}
    >
      {t('project.template.deleteText')}
    </ConfirmDialog>
  );
}
