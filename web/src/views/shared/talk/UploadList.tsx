import { RotateCw, X } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import css from './UploadList.module.css';
import type { Uploads } from './use-uploads.ts';

/** The files on their way, how far each is, and those that did not get there with why and another attempt. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  if (uploads.list.length === 0) return null;
  return (
    <ul className={css.list} aria-label={t('talk.uploads')}>
      {uploads.list.map(({ id, file, done, error }) => (
        <li key={id} className={css.line}>
          {error ? (
            <div className={css.failed} role="alert">
              <strong className={css.name}>{file.name}</strong>
              <span>{error.message}</span>
              <Button icon={RotateCw} onClick={() => uploads.retry(id)}>
                {t('talk.uploadAgain')}
              </Button>
            </div>
          ) : (
            <div className={css.bar}>
              <ProgressBar label={file.name} done={Math.round(done * 100)} total={100} />
            </div>
          )}
          <IconButton
            size="tiny"
            icon={X}
            label={t(error ? 'talk.uploadForget' : 'talk.uploadStop', { name: file.name })}
            onClick={() => uploads.drop(id)}
          />
        </li>
      ))}
    </ul>
  );
}
