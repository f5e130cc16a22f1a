import type { Page } from '@playwright/test';
import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { Timeline } from '../support/timeline';
import { Project } from '../support/workspace';

const [quotes, scan, chat, refunds] = [
  'Quotes in two minutes',
  'Scan the damage',
  'Claims by chat',
  'Refunds by phone',
] as const;

const quarter = (year: number, n: number) => {
  const [from, to] = [3 * n - 2, 3 * n];
  const day = (month: number, date: number) => `${year}-${String(month).padStart(2, '0')}-${date}`;
  return {
    start: day(from, 1).replace(/-1$/, '-01'),
    end: day(to, n === 1 || n === 4 ? 31 : 30),
    precision: 'quarter',
  };
};

// Dates lie around today, which the timeline shows at first.
const year = new Date().getFullYear();
const [now, next] = [
  { year, n: Math.floor(new Date().getMonth() / 3) + 1 },
  {
    year: new Date().getMonth() > 8 ? year + 1 : year,
    n: ((Math.floor(new Date().getMonth() / 3) + 1) % 4) + 1,
  },
];
const after = { year: next.n === 4 ? next.year + 1 : next.year, n: (next.n % 4) + 1 };
const words = ({ year: y, n }: { year: number; n: number }) => `Q${n} ${y}`;
const of = ({ year: y, n }: { year: number; n: number }) => quarter(y, n);

test.use({ viewport: { width: 1840, height: 1100 } });
test.describe.configure({ timeout: 120_000 });

/** Two ideas for this quarter, one for the next, one without a date. */
async function prepare(page: Page): Promise<{ project: Project; timeline: Timeline }> {
  const project = await Project.create(page);
  await project.addField({ name: 'When', type: 'interval' });
  await project.addField({ name: 'Days', type: 'number' });
  await project.add(quotes, { When: of(now), Roadmap: 'Now', Days: 30 });
  await project.add(scan, { When: of(next), Roadmap: 'Now', Days: 20 });
  await project.add(chat, { When: of(next), Roadmap: 'Next', Days: 50 });
  await project.add(refunds);
  return { project, timeline: new Timeline(page) };
}

function plan(project: Project, layout: Record<string, unknown> = {}): Promise<string> {
  return project.addView((ref) => ({
    name: 'Plan',
    kind: 'timeline',
    query: { group: [{ field: ref('Roadmap'), showEmpty: true }] },
    columns: [],
    layout: { timeline: { start: ref('When'), ...layout } },
  }));
}

test('moves bars, pulls their ends and takes it back, by mouse and by keys', async ({ admin }) => {
  const { project, timeline } = await prepare(admin);
  await timeline.open(await plan(project));
  await timeline.expectWhen(quotes, words(now));
  const { width } = await timeline.box(quotes);
  // TLN-25: soft ends, but a bar.
  const drawn = await timeline
    .bar(quotes)
    .evaluate((bar) => getComputedStyle(bar, '::before').backgroundImage);
  expect(drawn).toContain('linear-gradient');

  // TLN-20: a quarter moves by quarters, also when it is let go in between.
  // Taking it back before the server has answered takes back just that.
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await admin.route('**/api/v1/ideas/*', async (route) => {
    const response = await route.fetch();
    await released;
    await route.fulfill({ response });
  });
  await timeline.move(quotes, width * 0.8);
  await timeline.expectWhen(quotes, words(next));
  await expect.poll(() => project.value('INS-1', 'When')).toEqual(of(next));
  await admin.keyboard.press('Control+z');
  release();
  await timeline.expectWhen(quotes, words(now));
  await admin.unrouteAll({ behavior: 'wait' });

  // TLN-23: the end goes to the nearest edge.
  const box = await timeline.box(quotes);
  const end = { x: box.x + box.width - 2, y: box.y + box.height / 2 };
  await timeline.drag(end, { x: end.x + width * 0.7, y: end.y });
  await timeline.expectWhen(quotes, `${words(now)} – ${words(next)}`);
  await admin.getByRole('button', { name: 'Undo' }).click();
  await timeline.expectWhen(quotes, words(now));

  // TLN-22: with Alt it is exact to the day from then on.
  await admin.keyboard.down('Alt');
  await timeline.move(scan, 40);
  await admin.keyboard.up('Alt');
  await expect
    .poll(async () => (await project.value('INS-2', 'When')) as object)
    .toMatchObject({ precision: 'day' });

  // TLN-24, TLN-27: keys do the same and the result is said.
  await timeline.bar(quotes).focus();
  await admin.keyboard.press('Shift+ArrowRight');
  await timeline.expectWhen(quotes, words(next));
  await expect(admin.getByRole('status').filter({ hasText: `${quotes}: ${words(next)}` })).toBeAttached();
  await expect(timeline.bar(quotes)).toBeFocused();
  await admin.keyboard.press('Alt+ArrowRight');
  await timeline.expectWhen(quotes, `${words(next)} – ${words(after)}`);
  await admin.keyboard.press('Alt+Shift+ArrowRight');
  await timeline.expectWhen(quotes, words(after));

  // TLN-70: arrows go from bar to bar.
  await admin.keyboard.press('ArrowDown');
  await expect(timeline.bar(quotes)).not.toBeFocused();
  // TLN-26: dropped in another group it gets the group's value.
  const [from, to] = [await timeline.box(chat), await timeline.box(scan)];
  await timeline.move(chat, 0, to.y - from.y);
  await project.expectValue('INS-3', 'Roadmap', 'Now');
});

test('puts an idea of the tray on the axis, and makes it exact by its menu', async ({ admin }) => {
  const { project, timeline } = await prepare(admin);
  await timeline.open(await plan(project));
  await admin.getByRole('button', { name: /^No dates/ }).click();
  const tray = admin.getByRole('complementary', { name: 'Without dates' });
  const { x, y } = (await tray.getByText(refunds).boundingBox()) ?? { x: 0, y: 0 };
  const target = await timeline.box(quotes);
  // TLN-31: it gets the unit that one looks at.
  await timeline.drag({ x: x + 10, y: y + 8 }, { x: target.x + target.width / 2, y: target.y + 10 });
  await timeline.expectWhen(refunds, words(now));
  await project.expectValue('INS-4', 'Roadmap', 'Now');
  await admin.keyboard.press('Control+z');
  await expect(tray.getByText(refunds)).toBeVisible();
  await tray.getByRole('button', { name: `Put ${refunds} where you look` }).click();
  await expect(timeline.bar(refunds)).toBeVisible();

  await timeline.bar(refunds).focus();
  await admin.keyboard.press('m');
  await admin.getByRole('menuitem', { name: 'How exact it is' }).hover();
  await admin.getByRole('menuitemcheckbox', { name: 'Exact days' }).click();
  await expect
    .poll(async () => (await project.value('INS-4', 'When')) as object)
    .toMatchObject({ precision: 'day' });
  await timeline.bar(refunds).focus();
  await admin.keyboard.press('m');
  await admin.getByRole('menuitem', { name: 'Take off the timeline' }).click();
  await expect(tray.getByText(refunds)).toBeVisible();
});

test('says so where no idea has a date, and leads to those without', async ({ admin }) => {
  const project = await Project.create(admin);
  await project.add(quotes);
  await project.add(scan);
  const path = await project.addView((ref) => ({
    name: 'Plan',
    kind: 'timeline',
    query: {},
    columns: [],
    layout: { timeline: { start: ref('Project target') } },
  }));
  await admin.goto(new URL(path, admin.url()).href);
  await expect(admin.getByText('No idea here has a date yet')).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Show 2 ideas without dates' }).click();
  await expect(admin.getByText(scan)).toBeVisible();
});

test('draws a dependency, refuses a circle, and asks what follows a move', async ({ admin }) => {
  const { project, timeline } = await prepare(admin);
  await timeline.open(await plan(project));
  // TLN-40: from the end of a bar to another bar.
  await timeline.bar(quotes).focus();
  const grip = timeline.region.locator('[data-part="link"]');
  const { x, y } = (await grip.boundingBox()) ?? { x: 0, y: 0 };
  const target = await timeline.box(scan);
  await timeline.drag({ x: x + 6, y: y + 6 }, { x: target.x + 60, y: target.y + 10 });
  await expect(admin.getByRole('heading', { name: 'Dependency added' })).toBeVisible();

  // LNK-4: by keys, the other way round, it is refused with the circle's name.
  await timeline.bar(scan).focus();
  await admin.keyboard.press('m');
  await admin.getByRole('menuitem', { name: 'Dependencies…' }).click();
  const dialog = admin.getByRole('dialog', { name: `Dependencies of ${scan}` });
  await expect(dialog.getByText('Starts after')).toBeVisible();
  await expectAccessible(admin);
  // LNK-3: days between the two, in place; and a dependency of the other kind.
  const links = async () => {
    const answer = await admin.request.get(new URL('/api/v1/ideas/INS-2/links', admin.url()).href);
    const found = (await answer.json()) as { links: { type: string; lag?: number }[] };
    return found.links.map(({ type, lag = 0 }) => `${type} ${lag}`);
  };
  const lag = dialog.getByRole('textbox', { name: 'Days between this and INS-1' });
  await lag.fill('10');
  await lag.press('Enter');
  await expect.poll(links).toEqual(['finish_start 10']);
  await lag.fill('0');
  await lag.press('Enter');
  await expect.poll(links).toEqual(['finish_start 0']);
  await dialog.getByRole('button', { name: 'Add connection' }).click();
  await dialog.getByRole('combobox', { name: 'What the connection says' }).click();
  await admin.getByRole('option', { name: 'Starts before' }).click();
  await dialog.getByRole('combobox', { name: 'Find an idea by words or key' }).fill('Claims');
  await dialog.getByRole('option', { name: /Claims/ }).click();
  await expect.poll(links).toEqual(['finish_start 0', 'start_start 0']);
  await dialog.getByRole('button', { name: 'Remove the connection to INS-3' }).click();
  await expect.poll(links).toEqual(['finish_start 0']);
  await dialog.getByRole('button', { name: 'Add connection' }).click();
  await dialog.getByRole('combobox', { name: 'What the connection says' }).click();
  await admin.getByRole('option', { name: 'Finishes before' }).click();
  await dialog.getByRole('combobox', { name: 'Find an idea by words or key' }).fill('Quotes');
  await dialog.getByRole('option', { name: /Quotes/ }).click();
  await expect(
    admin.getByRole('heading', { name: /would go round in a circle: INS-2 → INS-1 → INS-2/ }),
  ).toBeVisible();
  await admin.keyboard.press('Escape');

  // TLN-42, TLN-47: what follows is named with old and new dates; only this one, all, and one step back.
  const ask = admin.getByRole('dialog', { name: '1 idea depends on this' });
  /** Presses a key on the bar once the question, which gives the focus back when it goes, is gone. */
  const press = async (key: string) => {
    await expect(ask).toHaveCount(0);
    await timeline.bar(quotes).focus();
    await expect(timeline.bar(quotes)).toBeFocused();
    await admin.keyboard.press(key);
  };
  await press('Shift+ArrowRight');
  await expect(ask.getByRole('listitem')).toContainText(scan);
  await expect(ask.getByRole('listitem')).toContainText(`${words(next)}`);
  await expect(ask.getByRole('listitem')).toContainText(`${words(after)}`);
  await expectAccessible(admin);
  await ask.getByRole('button', { name: 'Cancel' }).click();
  await timeline.expectWhen(quotes, words(now));
  await press('Shift+ArrowRight');
  await ask.getByRole('button', { name: 'Move all 2' }).click();
  await timeline.expectWhen(quotes, words(next));
  await timeline.expectWhen(scan, words(after));
  await press('Control+z');
  await timeline.expectWhen(quotes, words(now));
  await timeline.expectWhen(scan, words(next));
  await press('Shift+ArrowRight');
  await ask.getByRole('button', { name: 'Move all 2' }).click();
  await timeline.expectWhen(quotes, words(next));
  await timeline.expectWhen(scan, words(after));

  // TLN-43: going back nothing has to follow, but it is offered.
  await press('Shift+ArrowLeft');
  await timeline.expectWhen(quotes, words(now));
  await timeline.expectWhen(scan, words(after));
  await admin.getByRole('button', { name: 'Keep distances' }).click();
  await timeline.expectWhen(scan, words(next));
});

test('zooms, marks releases, sums effort, compares with an earlier day and reads as a list', async ({
  admin,
}) => {
  const { project, timeline } = await prepare(admin);
  const address = await project.addView((ref) => ({
    name: 'Plan',
    kind: 'timeline',
    query: { group: [{ field: ref('Roadmap') }] },
    columns: [],
    layout: { timeline: { start: ref('When'), load: { field: ref('Days'), unit: 'quarter', capacity: 40 } } },
  }));
  await timeline.open(address);
  // TLN-50 to TLN-52: 20 and 50 in the next quarter are more than 40.
  await expect(timeline.region.getByTitle('Days: 30 / 40', { exact: true })).toBeVisible();
  await expect(timeline.region.getByTitle(/^Days: 70 \/ 40\. More/)).toBeVisible();

  const { width } = await timeline.box(quotes);
  await admin.getByRole('button', { name: 'Months', exact: true }).click();
  await expect.poll(async () => (await timeline.box(quotes)).width).toBeGreaterThan(width * 2);
  await timeline.region.hover();
  await admin.keyboard.down('Control');
  await admin.mouse.wheel(0, 400);
  await admin.keyboard.up('Control');
  await admin.getByRole('button', { name: 'Quarters', exact: true }).click();
  await admin.getByRole('button', { name: 'Today' }).click();

  await admin.getByRole('button', { name: 'Add a marker, such as a release' }).click();
  const panel = admin.getByRole('dialog', { name: 'Marker' });
  await panel.getByLabel('Name').fill('Version 2');
  await panel.getByRole('button', { name: 'Save marker' }).click();
  await expect(timeline.region.getByRole('button', { name: /^Version 2, / })).toBeVisible();
  await expectAccessibleEverywhere(admin);

  // TLN-60, TLN-61: yesterday there was nothing.
  await admin.getByRole('button', { name: 'Compare with a day' }).click();
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const field = admin.getByRole('dialog').getByRole('textbox');
  await field.fill(day);
  await field.press('Enter');
  await expect(admin.getByText('Since then: 0 later, 0 earlier, 3 new, 0 gone.')).toBeVisible();
  await admin.keyboard.press('Escape');
  await admin.getByRole('button', { name: 'Which ideas' }).click();
  const named = admin.getByRole('dialog', { name: 'Which ideas' }).getByRole('region', { name: '3 new' });
  await expect(named.getByRole('listitem').filter({ hasText: quotes })).toContainText(words(now));
  await admin.keyboard.press('Escape');
  await admin.getByRole('button', { name: 'End comparison' }).click();

  // TLN-71
  await admin.getByRole('button', { name: 'Read as a list' }).click();
  const table = admin.getByRole('table', { name: 'Read as a list' });
  await expect(table.getByRole('row', { name: new RegExp(`INS-1.*${quotes}.*${words(now)}`) })).toBeVisible();
  await expectAccessible(admin);
});

test('connects ideas in the panel, also with those of another project', async ({ admin }) => {
  const { project, timeline } = await prepare(admin);
  const travel = await Project.create(admin, 'Travel', 'TRV');
  await travel.add('Quotes for trips');
  await project.addField({ name: 'Rests on', type: 'connection', connection: { projects: [travel.id] } });
  await timeline.open(await plan(project));
  await timeline.bar(quotes).click();
  const panel = admin.getByRole('article', { name: /^INS-1/ });
  await panel.getByRole('button', { name: 'Add connection' }).click();
  await panel.getByRole('combobox', { name: 'Find an idea by words or key' }).fill('INS-3');
  await panel.getByRole('option', { name: /INS-3/ }).click();
  const line = panel.getByRole('listitem').filter({ hasText: chat });
  await expect(line).toContainText('Relates to');
  await line.getByRole('button', { name: /INS-3/ }).first().click();
  const other = admin.getByRole('article', { name: /^INS-3/ });
  await expect(other.getByRole('listitem').filter({ hasText: quotes })).toBeVisible();
  await other.getByRole('button', { name: 'Remove the connection to INS-1' }).click();
  await expect(other.getByText('Not connected to other ideas.')).toBeVisible();

  // LNK-12: a link that is made in another project appears by itself, in the history as well.
  await other.getByRole('tab', { name: 'History' }).click();
  const step = (text: string) => other.getByRole('listitem').filter({ hasText: text }).last();
  await expect(step('INS-1 Quotes in two minutes no longer relates to this')).toBeVisible();
  await travel.link('TRV-1', 'finish_start', 'INS-3');
  await expect(step('TRV-1 Quotes for trips now finishes before this')).toBeVisible();
  await expect(other.getByRole('listitem').filter({ hasText: 'Starts after' })).toContainText('TRV-1');

  // TREE-28: the field offers what it may hold, of the other project.
  await other.getByRole('button', { name: /more fields/ }).click();
  await other.getByRole('button', { name: 'Rests on' }).click();
  const picker = admin.getByRole('dialog', { name: 'Rests on' });
  await picker.getByRole('combobox').fill('quotes');
  await expect(admin.getByRole('option', { name: /Quotes for trips/ })).toBeVisible();
  await expect(admin.getByRole('option')).toHaveCount(1);
  await admin.getByRole('option', { name: /Quotes for trips/ }).click();
  await admin.keyboard.press('Escape');
  await expect(other.getByRole('button', { name: /^Rests on TRV-1/ })).toBeVisible();
});
