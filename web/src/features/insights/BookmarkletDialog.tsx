import { useCallback } from 'react';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { bookmarklet } from './bookmarklet.ts';
import css from './insights.module.css';

/** Offers the bookmark that captures from any page. */
export function BookmarkletDialog({ onClose }: { onClose: () => void }) {
  const { project } = useProject();
  const code = bookmarklet(new URL(paths.captureInsight(project.key), location.origin).href);
  // React writes no addresses of scripts; this one is only ever dragged away, and the policy of this page runs none.
  const place = useCallback((link: HTMLAnchorElement | null) => link?.setAttribute('href', code), [code]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('insights.captureTitle')}
      description={t('insights.captureText')}
    >
      <div className={css.paste}>
        <a ref={place} className={css.bookmark} href="#capture">
          {t('insights.captureButton', { project: project.name })}
        </a>
        <Field label={t('insights.captureCode')}>
          <TextArea readOnly rows={4} value={code} onValueChange={() => undefined} />
        </Field>
      </div>
    </Dialog>
  );
}
