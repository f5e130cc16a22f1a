import { act, render, screen } from '@testing-library/react';
import { Component, type ReactNode, Suspense } from 'react';
import { expect, test, vi } from 'vitest';
import { fetchSoon, lazyPart, soonPart, tryPartsAgain } from './lazy-part.ts';

const part = async () => ({ default: () => <p>Here</p> });

test('what needs a part runs once it is there, and at once from then on', async () => {
  const load = vi.fn(part);
  const Part = lazyPart(load);
  const order: string[] = [];
  Part.whenThere(() => order.push('waited'));
  order.push('asked');
  await vi.waitFor(() => expect(order).toEqual(['asked', 'waited']));
  Part.whenThere(() => order.push('at once'));
  expect(order).toEqual(['asked', 'waited', 'at once']);
  render(
    <Suspense fallback="Waiting">
      <Part />
    </Suspense>,
  );
  // Not even for a moment does something stand in for it.
  expect(screen.getByText('Here')).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(1);
});

/** Offers to try again what failed. */
class Boundary extends Component<{ children: ReactNode }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    if (!this.state.failed) return this.props.children;
    const retry = () => {
      tryPartsAgain();
      this.setState({ failed: false });
    };
    return (
      <button type="button" onClick={retry}>
        Try again
      </button>
    );
  }
}

const offline = new Error('offline');

test('a part that cannot be had at first is asked for again before anybody is told', async () => {
  const load = vi.fn(part).mockRejectedValueOnce(offline);
  const Part = lazyPart(load);
  render(
    <Suspense fallback="Waiting">
      <Part />
    </Suspense>,
  );
  expect(await screen.findByText('Here')).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(2);
});

test('what needs a part that cannot be had is told; whoever tries again later gets it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const load = vi.fn(part);
  for (let tries = 0; tries < 3; tries += 1) load.mockRejectedValueOnce(offline);
  const Part = lazyPart(load);
  const [run, otherwise] = [vi.fn(), vi.fn()];
  Part.whenThere(run, otherwise);
  await vi.waitFor(() => expect(otherwise).toHaveBeenCalledTimes(1), 5000);
  expect(run).not.toHaveBeenCalled();
  expect(load).toHaveBeenCalledTimes(3);

  for (let tries = 0; tries < 3; tries += 1) load.mockRejectedValueOnce(offline);
  render(
    <Boundary>
      <Suspense fallback="Waiting">
        <Part />
      </Suspense>
    </Boundary>,
  );
  const retry = await screen.findByRole('button', { name: 'Try again' }, { timeout: 5000 });
  expect(load).toHaveBeenCalledTimes(6);
  act(() => retry.click());
  expect(await screen.findByText('Here')).toBeTruthy();
  vi.restoreAllMocks();
});

test('parts wanted soon are fetched once', async () => {
  const [first, second] = [vi.fn(part), vi.fn(part).mockRejectedValueOnce(offline)];
  soonPart(first);
  soonPart(second);
  fetchSoon();
  await vi.waitFor(() => expect([first, second].map((load) => load.mock.calls.length)).toEqual([1, 2]));
  const third = vi.fn(part);
  soonPart(third);
  fetchSoon();
  await vi.waitFor(() => expect(third).toHaveBeenCalledTimes(1));
  expect(first).toHaveBeenCalledTimes(1);
});
