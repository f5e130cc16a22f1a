import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { lazyPart } from '@/lib/lazy-part.ts';
import { useStore } from '@/lib/store.ts';
import { LateTrigger, useLate } from './late-trigger.tsx';
import MenuPart, { type MenuPartProps } from './MenuPart.tsx';
import { waitingToasts } from './toast-queue.ts';

/** A menu whose script comes when it is let, or as `given` says. */
function setUp(given?: () => Promise<{ default: typeof MenuPart }>) {
  let arrive = () => {};
  const load = vi.fn(
    given ??
      (() =>
        new Promise<{ default: typeof MenuPart }>((resolve) => {
          arrive = () => resolve({ default: MenuPart });
        })),
  );
  const Part = lazyPart<MenuPartProps>(load);
  const heard = vi.fn();
  const ran = vi.fn();
  function Late() {
    const late = useLate(Part, undefined);
    const wanted = useStore(late.wanted);
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: what is around the control only listens
      <div onClick={heard} onKeyDown={heard}>
        <LateTrigger late={late} element={<button type="button">More</button>} />
        {wanted && (
          <Part
            handover={late}
            side="bottom"
            align="start"
            items={[{ id: 'rename', label: 'Rename', onSelect: ran }]}
          />
        )}
        <button type="button">Next</button>
      </div>
    );
  }
  render(<Late />);
  const control = screen.getByText('More');
  return {
    control,
    heard,
    ran,
    load,
    fetch: () => void Part.preload(),
    arrive: () => act(async () => arrive()),
  };
}

/** What the browser tells of a finger's tap, or of a mouse that was not seen coming. */
function press(control: Element, pointerType: string) {
  fireEvent.pointerDown(control, { pointerType });
  fireEvent.mouseDown(control);
}

test('FP-8: a press that comes before the menu opens it when it is there; the control stays what it was', async () => {
  const user = userEvent.setup();
  const { control, heard, ran, arrive } = setUp();
  expect(control.getAttribute('aria-haspopup')).toBe('menu');
  expect(control.getAttribute('aria-expanded')).toBe('false');
  await user.click(control);
  expect(screen.queryByRole('menu')).toBeNull();
  await arrive();
  await screen.findByRole('menu');
  expect(screen.getByText('More')).toBe(control);
  expect(control.getAttribute('aria-expanded')).toBe('true');
  // One press, heard once.
  expect(heard).toHaveBeenCalledTimes(1);
  await user.click(screen.getByRole('menuitem', { name: 'Rename' }));
  expect(ran).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  expect(document.activeElement).toBe(control);
});

test.each(['{Enter}', ' ', '{ArrowDown}'])(
  'FP-8: the key %j is kept as well, and leads to the first entry',
  async (key) => {
    const user = userEvent.setup();
    const { control, ran, arrive } = setUp();
    act(() => control.focus());
    await user.keyboard(key);
    await arrive();
    await screen.findByRole('menu');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Rename'));
    await user.keyboard('{Enter}');
    expect(ran).toHaveBeenCalledTimes(1);
  },
);

test('FP-8: nothing opens for whoever has gone on to something else', async () => {
  const user = userEvent.setup();
  const { control, arrive } = setUp();
  await user.click(control);
  await user.tab();
  await arrive();
  await waitFor(() => expect(control.id).not.toBe(''));
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement?.textContent).toBe('Next');
});

test('FP-8: a menu that arrives in the midst of a press opens by it, and stays', async () => {
  const { control, arrive } = setUp();
  press(control, 'mouse');
  await arrive();
  fireEvent.mouseUp(control);
  fireEvent.click(control, { detail: 1 });
  await screen.findByRole('menu');
  expect(control.getAttribute('aria-expanded')).toBe('true');
});

test('FP-8: a press that nothing announced opens a menu that is there, and its end does not close it', async () => {
  const { control, arrive, fetch } = setUp();
  fetch();
  await arrive();
  expect(control.id).toBe('');
  press(control, 'mouse');
  await screen.findByRole('menu');
  fireEvent.mouseUp(control);
  fireEvent.click(control, { detail: 1 });
  expect(control.getAttribute('aria-expanded')).toBe('true');
});

test('FP-8: a menu that could not be had when the pointer came near is asked for again by the press', async () => {
  const { control, load, arrive } = setUp();
  load.mockRejectedValueOnce(new Error('offline'));
  fireEvent.pointerEnter(control);
  await act(async () => {});
  expect(screen.getByText('More')).toBe(control);
  fireEvent.click(control);
  await arrive();
  await screen.findByRole('menu');
  expect(load).toHaveBeenCalledTimes(2);
});

test('a press of a control whose menu cannot be had says so, and the next press asks again', async () => {
  const offline = new Error('offline');
  const load = vi.fn(async () => ({ default: MenuPart }));
  for (let tries = 0; tries < 6; tries += 1) load.mockRejectedValueOnce(offline);
  const { control } = setUp(load);
  press(control, 'mouse');
  fireEvent.click(control);
  await waitFor(() => expect(waitingToasts.get().length).toBeGreaterThan(0), { timeout: 6000 });
  expect(waitingToasts.get()[0]?.title).toMatch(/could not be loaded/);
  waitingToasts.set([]);
  load.mockReset();
  load.mockResolvedValue({ default: MenuPart });
  fireEvent.click(control);
  expect(await screen.findByRole('menuitem', { name: 'Rename' })).toBeTruthy();
});
