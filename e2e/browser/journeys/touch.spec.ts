import type { Locator } from '@playwright/test';
import { Board } from '../support/board';
import { Finger } from '../support/finger';
import { expect, test } from '../support/fixtures';
import { Timeline } from '../support/timeline';
import { Project } from '../support/workspace';

const [quotes, scan, chat] = ['Quotes in two minutes', 'Scan the damage', 'Claims by chat'] as const;

test.use({ hasTouch: true });

const boxOf = async (of: Locator) => {
  const box = await of.boundingBox();
  if (box === null) throw new Error('it is not on the page');
  return box;
};

test('fingers hold and drag cards, bars and rows; moving at once they scroll, and two zoom', async ({
  admin,
}) => {
  const project = await Project.create(admin);
  await project.addField({ name: 'When', type: 'interval' });
  const today = new Date();
  const days = (from: number, to: number) => {
    const day = (n: number) =>
      new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate() + n))
        .toISOString()
        .slice(0, 10);
    return { start: day(from), end: day(to), precision: 'day' };
  };
  await project.add(quotes, { Roadmap: 'Now', Impact: 2, Effort: 2, When: days(2, 20) });
  await project.add(scan, { Roadmap: 'Now', Impact: 4, Effort: 4, When: days(30, 39) });
  await project.add(chat, { Roadmap: 'Next', Impact: 3, Effort: 3 });
  const finger = await Finger.of(admin);
  await admin.setViewportSize({ width: 390, height: 844 });

  // BRD-64: a finger that moves on scrolls, and moves no card.
  const board = new Board(admin);
  await board.open(
    await project.addView((ref) => ({
      name: 'Board',
      kind: 'board',
      query: { group: [{ field: ref('Roadmap'), showEmpty: true }] },
      columns: [],
    })),
  );
  await board.expect('Now', [quotes, scan]);
  const before = (await boxOf(board.heading('Now'))).x;
  let at = await finger.press(board.card(quotes));
  await finger.move(at, { x: at.x - 90, y: at.y });
  await finger.lift();
  await expect.poll(async () => (await boxOf(board.heading('Now'))).x).toBeLessThan(before - 40);
  await finger.move(await finger.press(board.card(quotes)), { x: at.x + 200, y: at.y });
  await finger.lift();
  await expect.poll(async () => (await boxOf(board.heading('Now'))).x).toBe(before);
  await board.expect('Now', [quotes, scan]);

  // One that has rested on a card drags it; near the edge the board comes along.
  const lifted = admin.locator('[data-lifted]');
  at = await finger.press(board.card(quotes));
  await expect(lifted).toBeVisible();
  await finger.move(at, { x: 372, y: at.y });
  await expect.poll(async () => (await boxOf(board.heading('Next'))).x).toBeLessThan(280);
  await finger.move({ x: 372, y: at.y }, { x: 195, y: at.y });
  const next = await boxOf(board.heading('Next'));
  await finger.move({ x: 195, y: at.y }, { x: Math.max(80, next.x + 20), y: at.y + 20 });
  await finger.lift();
  await project.expectValue('INS-1', 'Roadmap', 'Next');
  await expect(lifted).toHaveCount(0);

  // Let go where it was, its menu opens.
  await board.card(chat).scrollIntoViewIfNeeded();
  await finger.press(board.card(chat));
  await expect(lifted).toBeVisible();
  await finger.lift();
  await expect(admin.getByRole('menuitem', { name: 'Move to' })).toBeVisible();
  await admin.keyboard.press('Escape');

  // TLN-28: the same on a timeline; two fingers zoom it.
  const timeline = new Timeline(admin);
  await timeline.open(
    await project.addView((ref) => ({
      name: 'Plan',
      kind: 'timeline',
      query: {},
      columns: [],
      layout: { timeline: { start: ref('When'), zoom: 'months' } },
    })),
  );
  const whole = await timeline.bar(quotes).getAttribute('aria-label');
  const { width } = await timeline.box(quotes);
  at = await finger.press(timeline.bar(quotes));
  await expect(timeline.bar(quotes)).toHaveAttribute('data-dimmed');
  await finger.move(at, { x: at.x + width / 2, y: at.y });
  await finger.lift();
  await expect(timeline.bar(quotes)).not.toHaveAttribute('aria-label', whole ?? '');
  await expect.poll(() => project.value('INS-1', 'When')).not.toEqual(days(2, 20));
  const moved = await project.value('INS-1', 'When');
  const plot = await boxOf(timeline.region);
  await finger.pinch({ x: plot.x + plot.width / 2, y: plot.y + plot.height / 2 }, 60, 180);
  await expect.poll(async () => (await timeline.box(quotes)).width).toBeGreaterThan(2 * width);
  expect(await project.value('INS-1', 'When'), 'zooming moves no bar').toEqual(moved);

  // MTX-41: two fingers zoom a matrix.
  await admin.goto(
    new URL(
      await project.addView((ref) => ({
        name: 'Impact and effort',
        kind: 'matrix',
        query: {},
        layout: { matrix: { x: { field: ref('Effort') }, y: { field: ref('Impact') } } },
      })),
      admin.url(),
    ).href,
  );
  const marks = admin.getByRole('listbox', { name: /^Ideas of the view .* by / });
  const mark = (title: string) => marks.getByRole('option', { name: title });
  await expect(mark(chat)).toBeVisible();
  const apart = async () => (await boxOf(mark(scan))).x - (await boxOf(mark(chat))).x;
  const first = await apart();
  const middle = await boxOf(mark(chat));
  // Beside the dividers, which fingers drag.
  await finger.pinch({ x: middle.x + 90, y: middle.y - 60 }, 40, 60);
  await expect.poll(apart).toBeGreaterThan(1.3 * first);
  expect(await project.value('INS-3', 'Impact'), 'zooming moves no idea').toBe(3);

  // A voice is triaged: why an idea is suggested stands below its title, in words.
  const said = await admin.request.post(new URL('/api/v1/projects/INS/insights', admin.url()).href, {
    data: { note: 'Let us scan the damage at once' },
    headers: { Origin: new URL(admin.url()).origin },
  });
  const { id } = (await said.json()) as { id: number };
  await admin.goto(new URL(`/p/INS/insights?insight=${id}`, admin.url()).href);
  const reason = admin.getByRole('button', { name: /Scan the damage/ }).getByText(/^both say:/);
  await expect(reason).toBeVisible();
  expect((await boxOf(reason)).width).toBeGreaterThan(150);
});
