import { useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '@/api/error.ts';
import { useSend } from '@/api/use-send.ts';
import { type MessageId, t } from '@/lib/i18n.ts';
import { cacheKeys } from '@/sync/project.tsx';
import { useAccount, useSignedIn } from '@/sync/session.tsx';
import { toast } from '@/ui/Toast.tsx';
import { type Person, type PersonPatch, settingsKeys, updatePerson } from './calls.ts';

/** What an administrator switches of a person. */
export type Switch = Pick<PersonPatch, 'admin' | 'disabled'>;

/** Changing a person, and what came of it. */
export interface PersonChange {
  busy: boolean;
  failure: ApiError | undefined;
  set: (patch: Switch) => Promise<void>;
}

/** Changes what a person may do, says so and offers to take it back. */
export function usePersonChange(person: Person): PersonChange {
  const queries = useQueryClient();
  const account = useAccount();
  const signedIn = useSignedIn();
  const { busy, failure, send } = useSend();
  const own = account.id === person.id;
  const apply = (patch: Switch) =>
    send(async () => {
      const next = await updatePerson(person.id, patch);
      if (own) signedIn({ ...account, ...next, admin: next.admin ?? false });
      await Promise.all([
        queries.invalidateQueries({ queryKey: settingsKeys.people }),
        queries.invalidateQueries({ queryKey: cacheKeys.workspace }),
      ]);
    });
  const set = async (patch: Switch) => {
    if (!(await apply(patch))) return;
    const back: Switch = {
      ...(patch.admin === undefined ? {} : { admin: !patch.admin }),
      ...(patch.disabled === undefined ? {} : { disabled: !patch.disabled }),
    };
    toast({
      title: t(outcome(patch), { name: person.name }),
      // Whoever steps down cannot make themselves administrator again.
      undo: own ? undefined : () => void apply(back),
    });
  };
  return { busy, failure, set };
}

function outcome({ admin, disabled }: Switch): MessageId {
  if (disabled !== undefined) return disabled ? 'settings.nowDisabled' : 'settings.nowEnabled';
  return admin ? 'settings.nowAdmin' : 'settings.nowNoAdmin';
}
