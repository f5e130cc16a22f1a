import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import button from './Button.module.css';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import css from './Toast.module.css';
import { editToast, type ToastOptions, waitingToasts } from './toast-queue.ts';

/** What a toast carries besides its words. */
interface Beside {
  why?: () => void;
}

const manager = Base.createToastManager<Beside>();

function show(options: ToastOptions): void {
  const { title, description, tone = 'done', undo, why } = options;
  const id = options.id ?? (undo && editToast);
  const action = options.action ?? (undo && { label: t('ui.undo'), onClick: undo });
  const shown = manager.add({
    id,
    title,
    description,
    type: tone,
    priority: tone === 'error' ? 'high' : 'low',
    data: why && {
      why: () => {
        manager.close(shown);
        why();
      },
    },
    timeout: tone === 'error' ? 0 : action ? 8000 : 4000,
    actionProps: action && {
      children: action.label,
      onClick: () => {
        manager.close(shown);
        action.onClick();
      },
    },
  });
}

/** The toasts that are shown. */
export default function ToastPart() {
  const waiting = useStore(waitingToasts);
  // After the effects of what is drawn within, which listens by then.
  useEffect(() => {
    if (waiting.length === 0) return;
    waitingToasts.set([]);
    waiting.forEach(show);
  }, [waiting]);
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport className={css.viewport} aria-label={t('ui.notifications')}>
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts } = Base.useToastManager<Beside>();
  return toasts.map((item) => (
    <Base.Root
      key={item.id}
      toast={item}
      className={css.toast}
      data-tone={item.type}
      // The library hides toasts, or their close button, from screen readers until they have the focus; yet Tab reaches both.
      aria-hidden={undefined}
      swipeDirection={['right', 'down']}
    >
      <Base.Content className={css.content}>
        <Icon of={item.type === 'error' ? CircleAlert : CircleCheck} className={css.icon} />
        <div className={css.text}>
          <Base.Title className={css.title} />
          <Base.Description className={css.description} />
        </div>
        {item.data?.why && (
          <button
            type="button"
            className={cx(button.button, css.action)}
            data-tone="ghost"
            onClick={item.data.why}
          >
            {t('ui.sayWhy')}
          </button>
        )}
        {item.actionProps && <Base.Action className={cx(button.button, css.action)} data-tone="ghost" />}
        <Base.Close
          aria-hidden={undefined}
          render={<IconButton label={t('ui.dismiss')} icon={X} size="tiny" />}
        />
      </Base.Content>
    </Base.Root>
  ));
}
