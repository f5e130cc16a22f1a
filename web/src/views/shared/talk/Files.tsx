import '@/lib/messages/later/talk.ts';
import { useQuery } from '@tanstack/react-query';
import { Download, Ellipsis, FileText, Paperclip, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { client, send } from '@/api/client.ts';
import { formatBytes } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { headersOf } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useLive } from '@/sync/live.ts';
import { useProject } from '@/sync/project.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '@/views/shared/afterwards.ts';
import { pictureAddress } from '@/views/shared/markdown/mention-text.ts';
import css from './Files.module.css';
import { type Attached, idOf, listFiles } from './talk-calls.ts';
import { UploadList } from './UploadList.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { useUploads } from './use-uploads.ts';

/** What has a list of its files: an idea or an insight. */
export type FilesOn = { idea: number } | { insight: number };

/** What is attached to something, kept in step with what everybody does. */
export function useFiles(on: FilesOn): readonly Attached[] {
  const id = idOf(on);
  // Of an insight of another project one hears by its links, of parts by what they are part of.
  useLive(['files', id], ({ kind }) => kind === 'file' || kind === 'insight' || kind === 'evidence');
  const { data } = useQuery({
    queryKey: ['files', id],
    queryFn: ({ signal }) => listFiles(on, signal),
  });
  return data ?? [];
}

/** Props of FileList. */
export interface FileListProps {
  files: readonly Attached[];
  /** Names the list where no heading does. */
  label?: string;
  /** The reader may change things here: they are of this project. */
  may: boolean;
  /** The one that stands for the whole. */
  cover?: number | undefined;
  /** What else can be done with a file. */
  more?: (file: Attached) => MenuEntry[];
}

/** Attached files: opened, and deleted by who may. */
export function FileList({ files, label, may, cover, more }: FileListProps) {
  return (
    <ul className={css.list} aria-label={label}>
      {files.map((file) => (
        <li key={file.id} className={css.line}>
          <a className={css.link} href={file.url} target="_blank" rel="noreferrer">
            {file.inline ? (
              <img
                className={css.thumb}
                src={pictureAddress(file.id)}
                alt=""
                loading="lazy"
                decoding="async"
              />
            ) : (
              <span className={css.thumb}>
                <Icon of={FileText} size={16} />
              </span>
            )}
            <span className={css.name}>{file.name}</span>
          </a>
          {file.id === cover && <Badge>{t('talk.cover')}</Badge>}
          <span className={css.size}>{formatBytes(file.size)}</span>
          <FileMenu file={file} may={may} more={more?.(file) ?? []} />
        </li>
      ))}
    </ul>
  );
}

function FileMenu({ file, may, more }: { file: Attached; may: boolean; more: MenuEntry[] }) {
  const { project, session, me } = useProject();
  const mayDelete = may && (hasRole(project.role, 'editor') || file.author === me.id);
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
  const items: MenuEntry[] = [
    {
      id: 'open',
      label: t('talk.openFile'),
      icon: Download,
      onSelect: () => window.open(file.url, '_blank', 'noreferrer'),
    },
    ...more,
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

/** Chooses files to attach, or takes those dropped here, and shows those on their way. */
export function Attach({ on }: { on: FilesOn }) {
  const input = useRef<HTMLInputElement>(null);
  const uploads = useUploads(on);
  const drop = useFileDrop(uploads.add);
  return (
    <div className={css.attach} {...drop}>
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
    </div>
  );
}
