import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from '@/lib/store.ts';
import type { ChangeStream } from './changes.ts';
import { roomOf, type Spot } from './presence.ts';

let visible: DocumentVisibilityState = 'visible';
const setVisible = (state: DocumentVisibilityState) => {
  visible = state;
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  vi.useFakeTimers();
  visible = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visible);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function page(answer: () => Promise<unknown> = async () => undefined) {
  const hellos = createStore(0);
  const stream = { tab: 'this-tab', hellos } as unknown as ChangeStream;
  const said: Spot[] = [];
  const room = roomOf(stream, (tab, spot) => {
    expect(tab).toBe('this-tab');
    said.push(spot);
    return answer();
  });
  return { room, said, hellos };
}

// PRES-1
it('says where the page is: one report for what happens together, later claims over earlier ones', async () => {
  const { room, said } = page();
  room.claim({ view: 3 });
  const leaveIdea = room.claim({ idea: 12 });
  await vi.advanceTimersByTimeAsync(200);
  const leaveField = room.claim({ idea: 12, field: 'f17' });
  await vi.advanceTimersByTimeAsync(200);
  leaveField();
  await vi.advanceTimersByTimeAsync(200);
  leaveIdea();
  room.claim({ idea: 13 });
  await vi.advanceTimersByTimeAsync(200);
  expect(said).toEqual([
    { view: 3, idea: 12 },
    { view: 3, idea: 12, field: 'f17' },
    { view: 3, idea: 12 },
    { view: 3, idea: 13 },
  ]);
});

it('is nowhere while it is hidden, but not for a glance elsewhere', async () => {
  const { room, said } = page();
  room.claim({ view: 3 });
  await vi.advanceTimersByTimeAsync(200);
  setVisible('hidden');
  await vi.advanceTimersByTimeAsync(500);
  setVisible('visible');
  await vi.advanceTimersByTimeAsync(2000);
  expect(said).toEqual([{ view: 3 }]);
  setVisible('hidden');
  await vi.advanceTimersByTimeAsync(1100);
  setVisible('visible');
  await vi.advanceTimersByTimeAsync(200);
  expect(said).toEqual([{ view: 3 }, {}, { view: 3 }]);
});

it('says it again to a server that begins anew, and after a refusal', async () => {
  const answer = vi.fn(async () => undefined).mockRejectedValueOnce(new Error('too many'));
  const { room, said, hellos } = page(answer);
  room.claim({ view: 3 });
  await vi.advanceTimersByTimeAsync(200);
  await vi.advanceTimersByTimeAsync(3100);
  expect(said).toEqual([{ view: 3 }, { view: 3 }]);
  hellos.set(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(said).toHaveLength(3);
});
