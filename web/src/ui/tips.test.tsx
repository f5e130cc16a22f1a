import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Star } from 'lucide-react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IconButton } from './Button.tsx';
import { TooltipLayer } from './Tooltip.tsx';
import { createTips, type Tip } from './tips.ts';

describe('when an explanation is shown', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const tip = (content: string): Tip => ({ content, side: 'top' });
  const [one, other] = [document.createElement('button'), document.createElement('button')];
  function setUp() {
    const tips = createTips();
    const said = () => tips.shown.get()?.content;
    return { tips, said };
  }

  test('after a rest, and it goes a moment after the pointer', () => {
    const { tips, said } = setUp();
    tips.enter(one, () => tip('Star'));
    vi.advanceTimersByTime(499);
    expect(said()).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(said()).toBe('Star');
    tips.leave();
    vi.advanceTimersByTime(100);
    expect(said()).toBe('Star');
    vi.advanceTimersByTime(100);
    expect(said()).toBeUndefined();
  });

  test('a pointer that only passes, or presses, is told nothing', () => {
    const { tips, said } = setUp();
    tips.enter(one, () => tip('Star'));
    tips.leave();
    vi.runAllTimers();
    tips.enter(one, () => tip('Star'));
    tips.hide();
    vi.runAllTimers();
    expect(said()).toBeUndefined();
  });

  test("it stays while the pointer is on it, and a neighbour's follows at once", () => {
    const { tips, said } = setUp();
    tips.show(one, tip('Star'));
    expect(tips.shown.get()?.instant).toBe(false);
    tips.leave();
    tips.stay();
    vi.runAllTimers();
    expect(said()).toBe('Star');
    tips.hide();
    vi.advanceTimersByTime(299);
    tips.enter(other, () => tip('Share'));
    expect(said()).toBe('Share');
    expect(tips.shown.get()?.instant).toBe(true);
    tips.hide();
    vi.advanceTimersByTime(300);
    tips.enter(one, () => tip('Star'));
    expect(said()).toBeUndefined();
  });

  test('it follows its control: what that says, and whether it is there', () => {
    const { tips, said } = setUp();
    tips.show(one, tip('Star'));
    tips.change(other, tip('Share'));
    expect(said()).toBe('Star');
    tips.change(one, tip('Starred'));
    expect(said()).toBe('Starred');
    tips.change(one, null);
    expect(said()).toBeUndefined();
    tips.enter(other, () => tip('Share'));
    tips.change(other, null);
    vi.runAllTimers();
    expect(said()).toBeUndefined();
  });
});

test('a control that the keys come to is explained, until Escape or its end', async () => {
  const user = userEvent.setup();
  const page = (there: boolean) => (
    <>
      {there && <IconButton label="Star" icon={Star} shortcut="s" />}
      <TooltipLayer />
    </>
  );
  const { rerender } = render(page(true));
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Star' }));
  expect((await screen.findByText('Star')).textContent).toContain('S');
  await user.keyboard('{Escape}');
  await vi.waitFor(() => expect(screen.queryByText('Star')).toBeNull());
  act(() => screen.getByRole('button', { name: 'Star' }).blur());
  await user.tab();
  await screen.findByText('Star');
  // The window goes and comes back, and with it the focus: that asks for nothing.
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  act(() => screen.getByRole('button', { name: 'Star' }).blur());
  focus.mockRestore();
  act(() => screen.getByRole('button', { name: 'Star' }).focus());
  await vi.waitFor(() => expect(screen.queryByText('Star')).toBeNull());
  act(() => screen.getByRole('button', { name: 'Star' }).blur());
  await user.tab();
  await screen.findByText('Star');
  rerender(page(false));
  await vi.waitFor(() => expect(screen.queryByText('Star')).toBeNull());
});
