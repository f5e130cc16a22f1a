import { useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { Person } from '@/sync/types.ts';
import { Avatar } from '@/ui/Avatar.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Picker } from '@/ui/Combobox.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { Select } from '@/ui/Select.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import order from '@/views/shared/order/order.module.css';
import { accessOf } from './AccessChoice.tsx';
import { getMembers, type Member, removeMember, setMember } from './calls.ts';
import css from './project.module.css';
import { useSave } from './use-save.ts';

const roles = ['viewer', 'contributor', 'editor', 'admin'] as const;

/** The people with a role of their own in the project. */
export function Members() {
  const { project, people } = useProject();
  const queries = useQueryClient();
  const { failure, save } = useSave();
  const key = ['members', project.key] as const;
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getMembers(project.key, signal),
  });
  const locked = !hasRole(project.role, 'admin');
  const change = (run: () => Promise<void>) =>
    void save(run).then(() => queries.invalidateQueries({ queryKey: key }));
  const members = data ?? [];
  const others = people.filter(
    (person) =>
      !person.disabled && !person.placeholder && !members.some((member) => member.person.id === person.id),
  );
  return (
    <div className={css.section}>
      <div className={css.sectionHead}>
        <p className={css.text}>{t(`project.everybody.${accessOf(project.access)}`)}</p>
        {!locked && (
          <AddMember
            people={others}
            onAdd={(person) => change(() => setMember(project.key, person, 'editor'))}
          />
        )}
      </div>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      {error && !data && <Banner tone="danger">{error.message}</Banner>}
      {!data && !error && <Skeleton height="80px" />}
      {data && members.length === 0 && <p className={css.quiet}>{t('project.noMembers')}</p>}
      {members.length > 0 && (
        <ul className={css.list}>
          {members.map((member) => (
            <MemberLine
              key={member.person.id}
              member={member}
              locked={locked}
              onRole={(role) => change(() => setMember(project.key, member.person.id, role))}
              onRemove={() => change(() => removeMember(project.key, member.person.id))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface MemberLineProps {
  member: Member;
  locked: boolean;
  onRole: (role: Member['role']) => void;
  onRemove: () => void;
}

function MemberLine({ member, locked, onRole, onRemove }: MemberLineProps) {
  const { person, role, effective } = member;
  const more = effective !== role;
  return (
    <li className={order.line}>
      <span className={order.grow}>
        <Avatar name={person.name} size={24} decorative />
        <span className={css.name}>{person.name}</span>
        <span className={`${css.quiet} ${css.hideOnPhone}`}>{person.email}</span>
        {more && (
          <span className={css.quiet}>
            {t('project.effective', { role: t(`project.role.${effective}`) })}
          </span>
        )}
      </span>
      <Select
        className={css.role}
        aria-label={t('project.roleOf', { name: person.name })}
        options={roles.map((each) => ({ value: each, label: t(`project.role.${each}`) }))}
        value={role}
        disabled={locked}
        onValueChange={onRole}
      />
      {!locked && (
        <IconButton label={t('project.removeMember', { name: person.name })} icon={X} onClick={onRemove} />
      )}
    </li>
  );
}

function AddMember({ people, onAdd }: { people: readonly Person[]; onAdd: (person: number) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('project.addMember')}
      align="end"
      flush
      trigger={<Button icon={UserPlus}>{t('project.addMember')}</Button>}
    >
      <Picker
        label={t('project.addMember')}
        emptyText={t('project.nobodyLeft')}
        options={people.map((person) => ({
          value: String(person.id),
          label: person.name,
          hint: person.email,
          keywords: person.email,
          leading: <Avatar name={person.name} size={20} decorative />,
        }))}
        values={[]}
        onValuesChange={([id]) => {
          setOpen(false);
          if (id !== undefined) onAdd(Number(id));
        }}
      />
    </Popover>
  );
}
