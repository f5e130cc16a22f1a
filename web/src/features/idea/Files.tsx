import '@/lib/messages/later/talk.ts';
import { useQuery } from '@tanstack/react-query';
import { Download, Ellipsis, FileText, Image, ImageOff, Paperclip, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { client, send } from '@/api/client.ts';
import { formatBytes } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { headersOf } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useLive } from '@/sync/live.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '@/views/shared/afterwards.ts';
import { pictureAddress } from '@/views/shared/markdown/mention-text.ts';
import css from './Files.module.css';
import { IdeaSection } from './IdeaSection.tsx';
import type { Attached } from './talk/talk-calls.ts';
import { UploadList } from './talk/UploadList.tsx';
import { useUploads } from './talk/use-uploads.ts';

/** What is attached to an idea, kept in step with what everybody does. */
function useFiles(id: number): readonly Attached[] {
  useLive(['files', id], ({ kind }) => kind === 'file');
  const { data } = useQuery({
    queryKey: ['files', id],
    queryFn: ({ signal }) =>
      send(client.GET('/ideas/{idea}/files', { params: { path: { idea: String(id) } }, signal })),
  });
  return data?.files ?? [];
}

/** The files of an idea: opened, attached, deleted, and one of its images chosen as cover. */
export default function Files({ idea }: { idea: Idea }) {
  const { project } = useProject();
  const input = useRef<HTMLInputElement>(null);
  const files = useFiles(idea.id);
  const uploads = useUploads({ idea: idea.id });
  const mayAttach = hasRole(project.role, 'contributor');
  if (files.length === 0 && !mayAttach) return null;
  return (
    <IdeaSection title={t('talk.files')}>
      {files.length > 0 && (
        <ul>
          {files.map((file) => (
            <FileLine key={file.id} file={file} idea={idea} />
          ))}
        </ul>
      )}
      {mayAttach && (
        <>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              uploads.add([...(event.target.files ?? [])]);
              // The same file may be chosen again after it was deleted.
              event.target.value = '';
            }}
          />
          <UploadList uploads={uploads} />
          <Button tone="ghost" icon={Paperclip} onClick={() => input.current?.click()}>
            {t('talk.attach')}
          </Button>
        </>
      )}
    </IdeaSection>
  );
}

function FileLine({ file, idea }: { file: Attached; idea: Idea }) {
  const cover = idea.coverImage === file.id;
  return (
    <li className={css.line}>
      <a className={css.link} href={file.url} target="_blank" rel="noreferrer">
        {file.inline ? (
          <img className={css.thumb} src={pictureAddress(file.id)} alt="" loading="lazy" decoding="async" />
        ) : (
          <span className={css.thumb}>
            <Icon of={FileText} size={16} />
          </span>
        )}
        <span className={css.name}>{file.name}</span>
      </a>
      {cover && <Badge>{t('talk.cover')}</Badge>}
      <span className={css.size}>{formatBytes(file.size)}</span>
      <FileMenu file={file} idea={idea} cover={cover} />
    </li>
  );
}

function FileMenu({ file, idea, cover }: { file: Attached; idea: Idea; cover: boolean }) {
  const { project, session, me } = useProject();
  const mayEdit = hasRole(project.role, 'editor');
  const mayDelete = mayEdit || (file.author !== undefined && file.author === me.id);
  const remove = async (): Promise<void> => {
    const group = await session.act(
      async (own) => {
        await send(
          client.DELETE('/files/{file}', {
            params: { path: { file: file.id } },
            headers: headersOf(own),
          }),
        );
        return own;
      },
      () => void remove(),
    );
    if (group) toast({ title: t('talk.fileDeleted', { name: file.name }), ...afterwards(session, group) });
  };
  const setCover = () =>
    void session.setValues([{ id: idea.id, ref: 'coverImage', value: cover ? null : file.id }]);
  const items: MenuEntry[] = [
    {
      id: 'open',
      label: t('talk.openFile'),
      icon: Download,
      onSelect: () => window.open(file.url, '_blank', 'noreferrer'),
    },
    ...(mayEdit && file.inline
      ? [
          {
            id: 'cover',
            label: t(cover ? 'talk.noCover' : 'talk.useAsCover'),
            icon: cover ? ImageOff : Image,
            onSelect: setCover,
          },
        ]
      : []),
    ...(mayDelete
      ? [
          {
            id: 'delete',
            label: t('talk.deleteFile'),
            icon: Trash2,
            danger: true,
            onSelect: () => void remove(),
          },
        ]
      : []),
  ];
  return (
    <Menu
      align="end"
      trigger={<IconButton size="tiny" label={t('talk.fileMenu', { name: file.name })} icon={Ellipsis} />}
      items={items}
    />
  );
}
