import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { lazyPart } from '@/lib/lazy-part.ts';
import { useStore } from '@/lib/store.ts';
import { LateTrigger, useLate } from './late-trigger.tsx';
import MenuPart, { type MenuPartProps } from './MenuPart.tsx';

/** A menu whose script comes when it is let. */
function setUp() {
  let arrive = () => {};
  const load = vi.fn(
    () =>
      new Promise<{ default: typeof MenuPart }>((resolve) => {
        arrive = () => resolve({ default: MenuPart });
      }),
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
