import { useQueryClient } from '@tanstack/react-query';
import { Ellipsis, History, KeyRound, Pause, Pencil, Play, Send, SkipForward, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useWorkspace } from '@/sync/project.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { Revoke } from '../Revoke.tsx';
import css from '../settings.module.css';
import type { ShownSecret } from './calls.ts';
import {
  deleteHook,
  type Hook,
  type HookPatch,
  hookKeys,
  rollSecret,
  testHook,
  updateHook,
} from './calls.ts';
import { Deliveries } from './Deliveries.tsx';
import { HookDialog } from './HookDialog.tsx';
import own from './hooks.module.css';
import { topicsFor } from './topics.ts';

interface HookLineProps {
  hook: Hook;
  onSecret: (shown: ShownSecret) => void;
}

/** One webhook: where it leads, how it fares, and what can be done. */
export function HookLine({ hook, onSecret }: HookLineProps) {
  const [open, setOpen] = useState<'edit' | 'log' | 'delete'>();
  const { name } = hook;
  const close = () => setOpen(undefined);
  return (
    <li className={css.line} data-off={hook.paused ? '' : undefined}>
      <div className={css.grow}>
        <span className={css.named}>
          <span className={css.name}>{name}</span>
          <HookBadge hook={hook} />
        </span>
        <HookFacts hook={hook} />
      </div>
      <Button icon={History} onClick={() => setOpen('log')}>
        {t('hooks.deliveries')}
      </Button>
      <Menu
        align="end"
        trigger={<IconButton label={t('hooks.more', { name })} icon={Ellipsis} />}
        items={useHookMenu(hook, {
          onSecret,
          onEdit: () => setOpen('edit'),
          onDelete: () => setOpen('delete'),
        })}
      />
      {open === 'edit' && <HookDialog hook={hook} onClose={close} />}
      {open === 'log' && <Deliveries hook={hook} onClose={close} />}
      {open === 'delete' && (
        <Revoke
          title={t('hooks.deleteTitle', { name })}
          text={t('hooks.deleteText')}
          confirm={t('hooks.delete')}
          done={t('hooks.deleted', { name })}
          revoke={() => deleteHook(hook.id)}
          from={hookKeys.all}
          onClose={close}
        />
      )}
    </li>
  );
}

function HookBadge({ hook: { paused, failingSince } }: { hook: Hook }) {
  if (paused) {
    return (
      <Badge tone={paused === 'hand' ? 'neutral' : 'danger'}>
        {t(paused === 'hand' ? 'hooks.paused' : `hooks.paused.${paused}`)}
      </Badge>
    );
  }
  return failingSince ? <Badge tone="warning">{t('hooks.failing')}</Badge> : null;
}

function HookFacts({ hook }: { hook: Hook }) {
  const { workspace } = useWorkspace();
  const place = hook.project
    ? (workspace?.projects?.find(({ key }) => key === hook.project)?.name ?? hook.project)
    : t('hooks.wholeWorkspace');
  const chosen = topicsFor(hook.kinds ?? []).map((topic) => t(`hooks.topic.${topic}`));
  const what = chosen.length === 0 ? t('hooks.everything') : chosen.join(', ');
  const some = hook.fields?.length ?? 0;
  const next = !hook.paused && hook.failingSince && hook.next;
  return (
    <>
      <span className={own.address} title={hook.url}>
        {hook.url}
      </span>
      <span className={css.quiet}>
        {[place, what, some > 0 && t('hooks.someFields', { n: some })].filter(Boolean).join(' · ')}
        {' · '}
        {hook.last ? (
          <span title={formatMoment(hook.last)}>{t('hooks.last', { when: formatRelative(hook.last) })}</span>
        ) : (
          t('hooks.never')
        )}
        {next && ` · ${t('hooks.next', { when: formatMoment(next) })}`}
      </span>
    </>
  );
}

interface HookMenuCalls {
  onSecret: (shown: ShownSecret) => void;
  onEdit: () => void;
  onDelete: () => void;
}

function useHookMenu(hook: Hook, { onSecret, onEdit, onDelete }: HookMenuCalls): MenuEntry[] {
  const queries = useQueryClient();
  const run = async (change: () => Promise<string | undefined>) => {
    try {
      const told = await change();
      if (told) toast({ title: told });
    } catch (error) {
      toastFailure(error);
    }
    await queries.invalidateQueries({ queryKey: hookKeys.all });
  };
  const { id, name, paused } = hook;
  const set = (patch: HookPatch, told: string) => () =>
    void run(async () => {
      await updateHook(id, patch);
      return told;
    });
  const test = async () => {
    const { state, tries } = await testHook(id);
    const last = tries?.at(-1);
    if (state !== 'sent') throw new Error(t('hooks.testFailed', { why: last?.error ?? '' }));
    return t('hooks.testSent', { status: last?.status ?? 200 });
  };
  const roll = async () => {
    onSecret({ id, name, secret: await rollSecret(id) });
    return undefined;
  };
  return [
    { id: 'test', label: t('hooks.test'), icon: Send, onSelect: () => void run(test) },
    { id: 'edit', label: t('hooks.edit'), icon: Pencil, onSelect: onEdit },
    ...(paused
      ? [
          {
            id: 'on',
            label: t('hooks.resume'),
            icon: Play,
            onSelect: set({ paused: false }, t('hooks.resumed', { name })),
          },
          {
            id: 'skip',
            label: t('hooks.skip'),
            icon: SkipForward,
            onSelect: set({ paused: false, skip: true }, t('hooks.resumed', { name })),
          },
        ]
      : [
          {
            id: 'off',
            label: t('hooks.pause'),
            icon: Pause,
            onSelect: set({ paused: true }, t('hooks.pausedNow', { name })),
          },
        ]),
    { id: 'roll', label: t('hooks.roll'), icon: KeyRound, onSelect: () => void run(roll) },
    { kind: 'separator', id: 'line' },
    { id: 'delete', label: t('hooks.delete'), icon: Trash2, danger: true, onSelect: onDelete },
  ];
}
