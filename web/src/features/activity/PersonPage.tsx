import '@/lib/messages/later/activity.ts';
import { useState } from 'react';
import { useRoute } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { patterns } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { useWorkspace } from '@/sync/project.tsx';
import { ProjectFacts } from '@/sync/project-facts.tsx';
import { Page } from '@/ui/Page.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import type { ActivitySet, Part } from './calls.ts';
import { Step } from './Step.tsx';
import { PartChoice, Steps } from './Steps.tsx';
import { useActivity } from './use-activity.ts';

/** What a person did in all projects that one may read: /people/7. */
export default function PersonPage() {
  const person = Number(useRoute(patterns.person)[1]?.person);
  const { workspace } = useWorkspace();
  const [part, setPart] = useState<Part>();
  const shown = useActivity({ project: undefined, part, person });
  const name = workspace?.people?.find(({ id }) => id === person)?.name ?? t('activity.somebody');
  useTitle(name, t('activity.title'));
  const projects = workspace?.projects ?? [];
  return (
    <Page title={t('activity.of', { name })} tools={<PartChoice part={part} onPart={setPart} />}>
      <Steps shown={shown} label={t('activity.of', { name })}>
        {runs(shown.sets).map((run) => {
          const project = projects.find(({ id }) => id === run[0]?.project);
          return (
            project && (
              <ProjectFacts
                key={run[0]?.seq}
                projectKey={project.key}
                loading={
                  <li>
                    <Skeleton width="100%" height="48px" />
                  </li>
                }
              >
                {run.map((set) => (
                  <Step key={set.seq} set={set} names={shown.names} where={project.name} />
                ))}
              </ProjectFacts>
            )
          );
        })}
      </Steps>
    </Page>
  );
}

/** Steps that follow each other in one project. */
function runs(sets: readonly ActivitySet[]): ActivitySet[][] {
  const out: ActivitySet[][] = [];
  for (const set of sets) {
    const last = out.at(-1);
    if (last?.[0]?.project === set.project) last?.push(set);
    else out.push([set]);
  }
  return out;
}
