import { render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { expect, test, vi } from 'vitest';
import { fetchSoon, lazyPart, soonPart } from './lazy-part.ts';

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

test('what needs a part runs also when it cannot be had, and the part is asked for again', async () => {
  const load = vi.fn(part).mockRejectedValueOnce(new Error('offline'));
  const Part = lazyPart(load);
  const run = vi.fn();
  Part.whenThere(run);
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(1));
  render(
    <Suspense>
      <Part />
    </Suspense>,
  );
  expect(await screen.findByText('Here')).toBeTruthy();
});

test('parts wanted soon are fetched once', async () => {
  const [first, second] = [vi.fn(part), vi.fn(part).mockRejectedValueOnce(new Error('offline'))];
  soonPart(first);
  soonPart(second);
  fetchSoon();
  await vi.waitFor(() => expect([first, second].map((load) => load.mock.calls.length)).toEqual([1, 1]));
  const third = vi.fn(part);
  soonPart(third);
  fetchSoon();
  await vi.waitFor(() => expect(third).toHaveBeenCalledTimes(1));
  expect(first).toHaveBeenCalledTimes(1);
});
