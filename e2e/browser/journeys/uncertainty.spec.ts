import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

const [sure, wide, plain, low] = [
  'Quotes in two minutes',
  'Scan the damage',
  'Claims by chat',
  'Dark mode',
] as const;

async function prepare(page: Page): Promise<{ project: Project; list: List }> {
  const project = await Project.create(page);
  await project.add(sure, { Impact: 5, Effort: 1 });
  await project.add(wide, { Impact: { low: 1, likely: 3, high: 5 }, Effort: 2 });
  await project.add(plain, { Impact: 3, Effort: 2 });
  await project.add(low, { Impact: 1, Effort: 3 });
  const address = await project.addView((ref) => ({
    name: 'Ranking',
    kind: 'list',
    query: { sort: [{ field: ref('Impact'), desc: true }] },
    columns: [{ field: ref('Impact') }, { field: ref('Effort') }],
  }));
  const list = new List(page);
  await list.open(address);
  return { project, list };
}

test('a number becomes a range: typed, pulled, pasted, and taken back', async ({ admin }) => {
  await admin.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const { project, list } = await prepare(admin);
  const effort = await list.cell(plain, 'Effort');
  await effort.click();
  await admin.keyboard.press('Enter');
  const text = admin.getByLabel('Effort as a number or a range');
  await text.fill('4–2');
  await expect(admin.getByRole('alert')).toContainText('“4–2” does not ascend');
  await text.fill('1–4');
  await expect(admin.getByRole('dialog', { name: 'Effort' })).toContainText(
    '9 in 10 that it lies between 1 and 4',
  );
  await expectAccessible(admin);
  await admin.keyboard.press('Enter');
  await expect.poll(() => project.value('INS-3', 'Effort')).toEqual({ low: 1, likely: 3, high: 4 });
  await expect(effort.getByRole('img')).toHaveAccessibleName(/between 1 and 4/);
  await admin.keyboard.press('Control+z');
  await project.expectValue('INS-3', 'Effort', 2);

  // The handle, by keys.
  await effort.click();
  await admin.keyboard.press('Enter');
  await admin.getByRole('button', { name: 'Range of Effort' }).focus();
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('Enter');
  await expect.poll(() => project.value('INS-3', 'Effort')).toEqual({ low: 1, likely: 2, high: 3 });

  // From a spreadsheet.
  await admin.evaluate(() => navigator.clipboard.writeText('2..5'));
  await (await list.cell(low, 'Impact')).click();
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('Control+v');
  await expect.poll(() => project.value('INS-4', 'Effort')).toEqual({ low: 2, likely: 4, high: 5 });
});

test('a view says how sure its order is, what to find out, and where capacity ends', async ({ admin }) => {
  const { project } = await prepare(admin);
  await admin.getByRole('button', { name: 'Certainty', exact: true }).click();
  const panel = admin.getByRole('region', { name: 'Certainty', exact: true });
  await expect(panel).toContainText('1 idea of 4');
  // The top of 10 holds all four; the top of 2 is what is open.
  const top = panel.getByRole('slider', { name: 'How many ideas the top has' });
  await top.focus();
  await admin.keyboard.press('Home');
  await admin.keyboard.press('ArrowRight');
  await expect(panel).toContainText('Top 2');
  const line = (title: string) => panel.getByRole('listitem').filter({ hasText: title });
  await expect(line(sure)).toContainText('Certain');
  await expect(line(wide)).toContainText('5 in 10');
  await expect(line(plain)).toContainText('5 in 10');
  await expect(line(low)).toContainText('No chance');
  await expect(line(wide)).toContainText('Begins 2 ideas whose order is a coin toss');
  await expectAccessible(admin);

  await panel.getByRole('tab', { name: 'Find out next' }).click();
  const lesson = panel.getByRole('button', { name: `Impact of “${wide}”` });
  await expect(lesson).toContainText('Between 1 and 5');
  await expectAccessible(admin);
  await lesson.click();
  const idea = admin.getByRole('heading', { name: wide });
  await expect(idea).toBeVisible();
  await admin.goBack();
  await expect(panel).toBeVisible();

  await panel.getByRole('tab', { name: 'Cut line' }).click();
  await panel.getByRole('textbox', { name: 'Capacity' }).fill('3');
  await admin.keyboard.press('Tab');
  await expect(panel).toContainText('2 ideas fit by the likely efforts');
  await expectAccessible(admin);

  // UNC-20: must-haves come first, and what is tried out is still there after a reload.
  await project.change('INS-4', { Roadmap: 'Now' });
  await panel.getByRole('combobox', { name: 'Must-haves' }).click();
  await admin.getByRole('option', { name: 'Roadmap', exact: true }).click();
  await panel.getByRole('combobox', { name: 'Which Roadmap is a must-have' }).click();
  await admin.getByRole('option', { name: 'Now', exact: true }).click();
  const taken = panel.getByRole('listitem');
  await expect(taken.first()).toContainText(`${low}must-have`);
  await expect(panel).toContainText('1 idea fits by the likely efforts');
  await expectAccessible(admin);
  await admin.reload();
  await panel.getByRole('tab', { name: 'Cut line' }).click();
  await expect(taken.first()).toContainText(`${low}must-have`);

  // UNC-21: beside another model, with what moved and why; what is pointed at stands out on both sides.
  await panel.getByRole('tab', { name: 'Compare' }).click();
  await panel.getByRole('combobox', { name: 'The other ranking' }).click();
  await admin.getByRole('option', { name: 'Effort', exact: true }).click();
  const ranked = (by: string) => panel.getByRole('list', { name: by }).getByRole('listitem');
  await expect(ranked('Impact')).toHaveText([`1${sure}`, `2${wide}`, `3${plain}`, `4${low}`]);
  await expect(ranked('Effort')).toHaveText([`1${low}`, `2${wide}`, `3${plain}`, `4${sure}`]);
  await expect(line(low).last()).toContainText('From 4 to 1. Impact is 1; usual is 3.');
  await ranked('Impact').first().getByRole('button').focus();
  await expect(ranked('Effort').last().getByRole('button')).toHaveAttribute('data-lit', 'true');
  await expectAccessible(admin);
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('heading', { name: sure })).toBeVisible();
});

test('a weight is tried before it is kept; on a phone the same opens from below', async ({ admin }) => {
  const { project, list } = await prepare(admin);
  const address = await project.addView((ref) => ({
    name: 'Scores',
    kind: 'list',
    query: { sort: [{ field: ref('Impact score'), desc: true }] },
    columns: [{ field: ref('Impact') }, { field: ref('Effort') }, { field: ref('Impact score') }],
  }));
  await list.open(address);
  await admin.getByRole('button', { name: 'Certainty', exact: true }).click();
  const panel = admin.getByRole('region', { name: 'Certainty', exact: true });
  const top = panel.getByRole('slider', { name: 'How many ideas the top has' });
  await top.focus();
  await admin.keyboard.press('Home');
  await panel.getByRole('tab', { name: 'Weights' }).click();
  const impact = panel.getByRole('slider', { name: 'Weight of Impact' });
  await impact.focus();
  await admin.keyboard.press('Home');
  const tried = panel.getByRole('region', { name: /^Top / });
  await expect(tried.getByRole('listitem').first()).toContainText(sure);
  await expectAccessible(admin);
  await panel.getByRole('button', { name: 'Save weights' }).click();
  await expect(panel.getByText('0.5 → 0')).toHaveCount(0);
  await expect(impact).toHaveValue('0');

  await admin.setViewportSize({ width: 390, height: 844 });
  await admin.reload();
  await expect(panel.getByRole('slider', { name: 'How many ideas the top has' })).toBeVisible();
  const sideways = () =>
    admin.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(await sideways(), 'the page does not scroll sideways').toBe(false);
  await panel.getByRole('tab', { name: 'Cut line' }).click();
  await expect(panel.getByRole('textbox', { name: 'Capacity' })).toBeVisible();
  await expectAccessible(admin);
  // The list above it stays in reach.
  await admin.getByRole('button', { name: new RegExp(`^INS-1 ${sure}`) }).click();
  await expect(admin.getByRole('heading', { name: sure })).toBeVisible();
  await admin.goBack();
  await panel.getByRole('button', { name: 'Close certainty' }).click();
  await expect(panel).toHaveCount(0);
});

test('a list shows where its scores may lie, and asks for that only where there are ranges', async ({
  admin,
}) => {
  const { project, list } = await prepare(admin);
  const address = await project.addView((ref) => ({
    name: 'Scores',
    kind: 'list',
    query: { sort: [{ field: ref('Impact score'), desc: true }] },
    columns: [{ field: ref('Impact') }, { field: ref('Impact score') }],
  }));
  let asked = 0;
  admin.on('request', (request) => {
    if (request.url().endsWith('/uncertainty/spreads')) asked += 1;
  });
  await list.open(address);
  const score = await list.cell(wide, 'Impact score');
  await expect(score).toHaveAccessibleName(/90 % sure it lies between/);
  // One request for all that is visible.
  expect(asked).toBe(1);
  await expectAccessible(admin);
  await score.hover();
  await expect(admin.getByRole('tooltip')).toContainText('90 % sure it lies between');
  const before = await score.textContent();

  // A live change narrows the bar; without any range there is none.
  await project.change('INS-2', { Impact: { low: 2, likely: 3, high: 4 } });
  await expect(score).not.toHaveText(before ?? '');
  await project.change('INS-2', { Impact: 3 });
  await expect(score).not.toHaveAccessibleName(/sure it lies/);
  const last = asked;
  await list.open(address);
  await expect(await list.cell(plain, 'Impact score')).not.toBeEmpty();
  await admin.reload();
  await expect(list.grid).toHaveAttribute('aria-busy', 'false');
  expect(asked).toBe(last);
});

test('the list draws coin tosses as brackets and the cut line between rows while Certainty is open', async ({
  admin,
}) => {
  const { list } = await prepare(admin);
  await list.grid.focus();
  await admin.keyboard.press('Control+Shift+u');
  const panel = admin.getByRole('region', { name: 'Certainty', exact: true });
  await expect(panel).toContainText('1 idea of 4');
  await expect(admin).toHaveURL(/certainty=10/);

  const title = (name: string) => list.row(name).getByRole('gridcell', { name, exact: true });
  await expect(title(wide)).toHaveAccessibleDescription('A coin toss apart, 2 ideas.');
  await expect(title(plain)).toHaveAccessibleDescription('A coin toss apart, 2 ideas.');
  await expect(title(sure)).not.toHaveAttribute('aria-describedby');
  await expect(list.row(wide).getByTitle('A coin toss apart')).toBeVisible();

  await panel.getByRole('tab', { name: 'Cut line' }).click();
  await panel.getByRole('textbox', { name: 'Capacity' }).fill('3');
  await admin.keyboard.press('Tab');
  await expect(list.row(wide)).toContainText('capacity ends here, fits: Certain');
  await expect(list.row(plain)).toContainText('fits: No chance');
  await expect(list.row(low)).not.toContainText('fits');
  await expectAccessible(admin);

  // The address keeps the panel and the size of the top.
  const top = panel.getByRole('slider', { name: 'How many ideas the top has' });
  await top.focus();
  await admin.keyboard.press('Home');
  await admin.keyboard.press('ArrowRight');
  await expect(admin).toHaveURL(/certainty=2/);
  await admin.reload();
  await expect(panel).toContainText('Top 2');
  await panel.getByRole('button', { name: 'Close certainty' }).click();
  await expect(panel).toBeHidden();
  await expect(admin).not.toHaveURL(/certainty/);
  await expect(title(wide)).not.toHaveAttribute('aria-describedby');
});
