import '@/lib/messages/later/activity.ts';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useTitle } from '@/lib/title.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import { Page } from '@/ui/Page.tsx';
import { Select } from '@/ui/Select.tsx';
import { WatchButton } from '@/views/shared/WatchButton.tsx';
import css from './activity.module.css';
import type { Part } from './calls.ts';
import { Step } from './Step.tsx';
import { PartChoice, Steps } from './Steps.tsx';
import { useActivity } from './use-activity.ts';

/** What happened in a project: /p/INS/activity. */
export default function ActivityPage() {
  return useOptionalProject() && <OfProject />;
}

const everybody = 'everybody';

function OfProject() {
  const { project, people } = useProject();
  useTitle(t('activity.title'), project.name);
  const [part, setPart] = useState<Part>();
  const [person, setPerson] = useState<number>();
  const shown = useActivity({ project: project.key, part, person });
  return (
    <Page
      title={t('activity.title')}
      actions={<WatchButton what={{ project: project.key }} />}
      tools={
        <>
          <PartChoice part={part} onPart={setPart} />
          <Select
            className={css.choice}
            aria-label={t('activity.who')}
            options={[
              { value: everybody, label: t('activity.everybody') },
              ...people.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            value={person === undefined ? everybody : String(person)}
            onValueChange={(who) => setPerson(who === everybody ? undefined : Number(who))}
          />
        </>
      }
    >
      <Steps shown={shown} label={t('activity.title')}>
        {shown.sets.map((set) => (
          <Step key={set.seq} set={set} names={shown.names} where={undefined} />
        ))}
      </Steps>
    </Page>
  );
}
