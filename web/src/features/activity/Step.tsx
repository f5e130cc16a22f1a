import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { StepFrame } from '@/ui/StepFrame.tsx';
import { byIdea } from './by-idea.ts';
import { ChangesByIdea, type Names } from './ChangesByIdea.tsx';
import type { ActivitySet } from './calls.ts';
import { UndoDialog } from './UndoDialog.tsx';
import { useUndo } from './use-undo.ts';

/** Props of Step. */
export interface StepProps {
  set: ActivitySet;
  names: Names;
  /** The project's name, where there are several. */
  where: string | undefined;
}

/** From so many ideas on it is shown what would come back before it is done. */
const many = 2;

/** What somebody did in one step, gathered by idea. */
export function Step({ set, names, where }: StepProps) {
  const { person, project, me } = useProject();
  const [asking, setAsking] = useState(false);
  const undo = useUndo();
  const name = set.actor ? (person(set.actor)?.name ?? t('field.unknownPerson')) : 'Cairn';
  const changes = set.changes ?? [];
  const touched = [...byIdea(changes).keys()].filter((idea) => idea !== undefined).length;
  const mayUndo =
    hasRole(project.role, 'admin') || (set.actor === me.id && hasRole(project.role, 'contributor'));
  const { group } = set;
  return (
    <StepFrame
      name={name}
      href={set.actor ? paths.person(set.actor) : undefined}
      at={set.at}
      note={where}
      reason={set.reason}
      end={
        group &&
        mayUndo && (
          <Button
            tone="ghost"
            onClick={() => (touched >= many || set.more ? setAsking(true) : void undo(group))}
          >
            {t('activity.undo')}
          </Button>
        )
      }
    >
      <ChangesByIdea changes={changes} names={names} more={set.more} />
      {asking && group && (
        <UndoDialog
          group={group}
          by={name}
          at={set.at}
          onClose={() => setAsking(false)}
          onUndo={() => void undo(group)}
        />
      )}
    </StepFrame>
  );
}
