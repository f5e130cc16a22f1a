import { useEffect, useState } from 'react';
import { errorText } from '@/lib/error-text.ts';
import { whenIdle } from '@/lib/idle.ts';
import { useStore } from '@/lib/store.ts';
import { fetchPopups, ToastPart } from './popups.ts';
import { editToast, type ToastOptions, waitingToasts } from './toast-queue.ts';

export { editToast, type ToastOptions };

/** Shows a toast. */
export function toast(options: ToastOptions): void {
  waitingToasts.set((waiting) => [...waiting, options]);
}

/** Says what went wrong. */
export function toastFailure(error: unknown): void {
  toast({ title: errorText(error), tone: 'error' });
}

/** Where toasts appear; once, around the app. It stands there before the first, so that screen readers hear of that one too. */
export function ToastRegion() {
  const [there, setThere] = useState(false);
  const waiting = useStore(waitingToasts).length;
  useEffect(fetchPopups, []);
  useEffect(() => {
    if (there) return;
    const draw = () => setThere(true);
    // What cannot be had now is asked for again with the next message.
    const get = () => ToastPart.whenThere(draw, () => undefined);
    if (waiting > 0) get();
    else return whenIdle(get);
  }, [there, waiting]);
  return there && <ToastPart />;
}
