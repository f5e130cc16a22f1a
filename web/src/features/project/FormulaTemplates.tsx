import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import { errorText } from '@/lib/error-text.ts';
import { t } from '@/lib/i18n.ts';
import { cacheKeys, useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { Select } from '@/ui/Select.tsx';
import { createField, type Formula } from './calls.ts';
import css from './Formula.module.css';
import { useNumericFields } from './FormulaInputs.tsx';
import { type FormulaTemplate, fillTemplate, matchRoles } from './formula.ts';

/** The choice that makes a new field for a part. */
const makeNew = 'new';

/** Offers ready-made formulas, and asks which fields play their parts. */
export function FormulaTemplates({ onFormula }: { onFormula: (formula: Formula) => void }) {
  const [chosen, setChosen] = useState<FormulaTemplate>();
  const { data } = useQuery({
    queryKey: ['formula-templates'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await send(client.GET('/formula/templates', { signal }))).templates ?? [],
  });
  if (!data) return null;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button tone="ghost" trailing={<Icon of={ChevronDown} size={14} />}>
            {t('project.formula.templates')}
          </Button>
        }
        items={data.map((template) => ({
          id: template.id,
          label: template.name,
          onSelect: () => setChosen(template),
        }))}
      />
      {chosen && (
        <Parts
          key={chosen.id}
          template={chosen}
          onCancel={() => setChosen(undefined)}
          onFormula={(formula) => {
            setChosen(undefined);
            onFormula(formula);
          }}
        />
      )}
    </>
  );
}

interface PartsProps {
  template: FormulaTemplate;
  onFormula: (formula: Formula) => void;
  onCancel: () => void;
}

function Parts({ template, onFormula, onCancel }: PartsProps) {
  const { project } = useProject();
  const queries = useQueryClient();
  const fields = useNumericFields(undefined);
  const roles = template.roles ?? [];
  const [players, setPlayers] = useState(() => matchRoles(template, fields));
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const apply = async () => {
    setBusy(true);
    setWrong(undefined);
    try {
      const filled: Record<string, { name: string; ref: string }> = {};
      for (const role of roles) {
        const known = fields.find((field) => field.ref === players[role.name]);
        filled[role.name] =
          known ??
          (await createField(project.key, { name: role.name, type: role.type, description: role.help }));
      }
      await queries.invalidateQueries({ queryKey: cacheKeys.project(project.key) });
      onFormula(fillTemplate(template, filled));
    } catch (error) {
      setWrong(errorText(error));
      setBusy(false);
    }
  };
  return (
    <section className={css.parts} aria-label={template.name}>
      <p className={css.partsText}>
        <strong>{template.name}</strong> {template.help}
      </p>
      {wrong && <Banner tone="danger">{wrong}</Banner>}
      <div className={css.partsGrid}>
        {roles.map((role) => (
          <Field key={role.name} label={role.name} hint={role.help}>
            <Select
              options={[
                { value: makeNew, label: t('project.formula.newField', { name: role.name }) },
                ...fields.map((field) => ({ value: field.ref, label: field.name })),
              ]}
              value={players[role.name] ?? makeNew}
              onValueChange={(ref) => setPlayers((last) => ({ ...last, [role.name]: ref }))}
            />
          </Field>
        ))}
      </div>
      <footer className={css.partsFoot}>
        <Button onClick={onCancel}>{t('ui.cancel')}</Button>
        <Button tone="primary" busy={busy} onClick={() => void apply()}>
          {t('project.formula.use')}
        </Button>
      </footer>
    </section>
  );
}
