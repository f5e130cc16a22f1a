import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { cx } from '@/lib/cx.ts';
import { errorText } from '@/lib/error-text.ts';
import { t } from '@/lib/i18n.ts';
import button from './Button.module.css';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import css from './Toast.module.css';

/** A message that comes and goes at the edge of the screen. */
export interface ToastOptions {
  /** The same id replaces the toast that is shown. */
  id?: string;
  /** What happened, in a sentence. */
  title: string;
  /** What to do next, or detail. */
  description?: string;
  /** done unless told; error stays until it is dismissed and is read out at once. */
  tone?: 'done' | 'error';
  /** One thing to do about it. */
  action?: { label: string; onClick: () => void };
  /** Shorthand for an action named Undo. */
  undo?: () => void;
  /** Offers to say why it was done. */
  why?: () => void;
}

/** What a toast carries besides its words. */
interface Beside {
  why?: () => void;
}

const manager = Base.createToastManager<Beside>();

/** Shows a toast; returns its id for closeToast. */
export function toast(options: ToastOptions): string {
  const { id, title, description, tone = 'done', undo, why } = options;
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
  return shown;
}

/** Says what went wrong. */
export function toastFailure(error: unknown): void {
  toast({ title: errorText(error), tone: 'error' });
}

/** Takes a toast away. */
export function closeToast(id: string): void {
  manager.close(id);
}

/** Where toasts appear; once, around the app. */
export function ToastRegion({ children }: { children: React.ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      {children}
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
