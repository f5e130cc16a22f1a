import { Image, ImageOff } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import { Attach, FileList, useFiles } from '@/views/shared/talk/Files.tsx';
import type { Attached } from '@/views/shared/talk/talk-calls.ts';
import { IdeaSection } from './IdeaSection.tsx';

/** The files of an idea: opened, attached, deleted, and one of its images chosen as cover. */
export default function Files({ idea }: { idea: Idea }) {
  const { project, session } = useProject();
  const on = { idea: idea.id };
  const files = useFiles(on);
  const mayAttach = hasRole(project.role, 'contributor');
  const mayEdit = hasRole(project.role, 'editor');
  if (files.length === 0 && !mayAttach) return null;
  const isCover = (file: Attached) => idea.coverImage === file.id;
  const setCover = (file: Attached) =>
    void session.setValues([{ id: idea.id, ref: 'coverImage', value: isCover(file) ? null : file.id }]);
  return (
    <IdeaSection title={t('talk.files')}>
      {files.length > 0 && (
        <FileList
          files={files}
          may
          cover={idea.coverImage}
          more={(file) =>
            mayEdit && file.inline
              ? [
                  {
                    id: 'cover',
                    label: t(isCover(file) ? 'talk.noCover' : 'talk.useAsCover'),
                    icon: isCover(file) ? ImageOff : Image,
                    onSelect: () => setCover(file),
                  },
                ]
              : []
          }
        />
      )}
      {mayAttach && <Attach on={on} />}
    </IdeaSection>
  );
}
