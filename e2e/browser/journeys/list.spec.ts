import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

const titles = ['Quotes in two minutes', 'Scan the damage', 'Claims by chat'] as const;
const [quotes, scan, chat] = titles;

/** Three ideas, scored in part. */
async function prepare(page: Page): Promise<Project> {
  const project = await Project.create(page);
  await project.add(quotes, { Impact: 2, Value: 2, Effort: 2, Roadmap: 'Later' });
  await project.add(scan, { Impact: 5, Value: 5, Effort: 1, Roadmap: 'Now' });
  await project.add(chat, { Roadmap: 'Now' });
  return project;
}

/** Holds back the script of what opens at a click; returns how to let it through. */
async function withoutEditors(page: Page): Promise<() => void> {
  let pass = () => {};
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  await page.route(/\/soon-[^/]+\.js$/, async (route) => {
    await passed;
    await route.continue();
  });
  return pass;
}

test('scores by keyboard and by mouse, and the best idea comes first', async ({ admin }) => {
  const project = await prepare(admin);
  const list = new List(admin);
  const queries: string[] = [];
  admin.on('request', (request) => {
    if (/\/query$/.test(request.url())) queries.push(request.url());
  });
  const bringEditors = await withoutEditors(admin);
  await list.open(project.view('All ideas'));
  await list.expectTitles(titles);
  await expectAccessible(admin);
  // FP-1: the page came with its rows.
  expect(queries).toEqual([]);

  // What is typed before an editor is there goes into it.
  await (await list.cell(chat, 'Roadmap')).click();
  await admin.keyboard.press('Enter');
  await admin.keyboard.type('Nex');
  bringEditors();
  await expect(admin.getByRole('dialog', { name: 'Roadmap' }).getByRole('combobox')).toHaveValue('Nex');
  await admin.keyboard.press('Enter');
  await project.expectValue('INS-3', 'Roadmap', 'Next');

  // A digit sets a rating, Tab or an arrow goes on, as in a spreadsheet.
  await (await list.cell(chat, 'Impact')).click();
  await admin.keyboard.press('4');
  await expect(await list.cell(chat, 'Impact')).toHaveText('');
  await expect((await list.cell(chat, 'Impact')).getByRole('img', { name: 'Impact: 4 of 5' })).toBeVisible();
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('5');
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('1');
  await project.expectValue('INS-3', 'Effort', 1);
  await project.expectValue('INS-3', 'Value', 5);

  // With the mouse: a double click opens the stars, a click on the first sets it.
  await (await list.cell(quotes, 'Impact')).dblclick();
  const stars = admin.getByRole('slider', { name: 'Impact' });
  await expectAccessible(admin);
  await stars.click({ position: { x: 8, y: 8 } });
  await project.expectValue('INS-1', 'Impact', 1);

  // The score follows at once, and the order of the saved view with it.
  await list.open(project.view('Impact assessment'));
  await list.expectTitles([scan, chat, quotes]);
  await (await list.cell(quotes, 'Impact')).click();
  await admin.keyboard.press('5');
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('5');
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('1');
  await list.expectTitles([quotes, scan, chat]);
});

test('sorts, groups, filters and searches, and keeps the place', async ({ admin }) => {
  const project = await prepare(admin);
  const list = new List(admin);
  await list.open(project.view('All ideas'));

  await list.header('Title').getByRole('button').click();
  await expectAccessible(admin);
  await admin.getByRole('menuitem', { name: 'Sort ascending' }).click();
  await list.expectTitles([chat, quotes, scan]);

  await admin.getByRole('button', { name: /^Group/ }).click();
  await admin.getByRole('button', { name: 'Group by a field' }).click();
  await expect(admin.getByRole('combobox', { name: 'Field to group by' })).toHaveText(/Roadmap/);
  await expectAccessible(admin);
  await admin.keyboard.press('Escape');
  await expect(list.grid.getByRole('rowheader', { name: 'Now 2 ideas' })).toBeVisible();
  await list.expectTitles([chat, scan, quotes]);

  // Empty groups are shown on request, and a group is hidden with its ideas (VQ-50, VQ-57).
  const header = (name: string) => list.grid.getByRole('rowheader', { name });
  await admin.getByRole('button', { name: /^Group/ }).click();
  const group = admin.getByRole('dialog', { name: 'Group' });
  await expect(header('Next 0 ideas')).toHaveCount(0);
  await group.getByRole('checkbox', { name: 'Show empty groups' }).click();
  await expect(header('Next 0 ideas')).toBeVisible();
  await group.getByRole('checkbox', { name: 'Show empty groups' }).click();
  await expect(header('Next 0 ideas')).toHaveCount(0);
  await group.getByRole('button', { name: 'Hide Now', exact: true }).click();
  await list.expectTitles([quotes]);
  await group.getByRole('button', { name: 'Show Now', exact: true }).click();
  await list.expectTitles([chat, scan, quotes]);
  await admin.keyboard.press('Escape');
  await expect(group).toBeHidden();

  await admin.getByRole('button', { name: /^Filter/ }).click();
  const filter = admin.getByRole('dialog', { name: 'Filter' });
  await filter.getByRole('combobox', { name: 'Field' }).click();
  await admin.getByRole('option', { name: 'Roadmap', exact: true }).click();
  await filter.getByRole('combobox', { name: 'Value for Roadmap' }).click();
  await admin.getByRole('option', { name: 'Now', exact: true }).click();
  await expectAccessible(admin);
  await admin.keyboard.press('Escape');
  await admin.keyboard.press('Escape');
  await expect(filter).toBeHidden();
  await list.expectTitles([chat, scan]);
  await expect(admin.getByRole('list', { name: 'Filters' })).toContainText('Roadmap is any of Now');
  await expectAccessible(admin);

  // The address holds all of it.
  await admin.reload();
  await list.expectTitles([chat, scan]);
  await admin.getByRole('button', { name: /^Remove filter: Roadmap/ }).click();
  await list.expectTitles([chat, scan, quotes]);

  await admin.getByRole('button', { name: 'Search in this view' }).click();
  await admin.getByRole('textbox', { name: 'Search in this view' }).fill('damage');
  await list.expectTitles([scan]);
  await admin.getByRole('textbox', { name: 'Search in this view' }).fill('');
  await list.expectTitles([chat, scan, quotes]);
  await admin.getByRole('button', { name: 'Discard' }).click();
  await list.expectTitles(titles);
});

test('opens an idea beside the list; back and reload keep the place', async ({ admin }) => {
  const project = await prepare(admin);
  const list = new List(admin);
  await list.open(project.view('All ideas'));

  // While the server cannot answer for the moment, a view goes on loading and asks again by itself.
  let away = 2;
  await admin.route('**/api/v1/projects/*/query', (route) => {
    away -= 1;
    if (away < 0) return route.continue();
    const body = { code: 'unavailable', title: 'Unavailable', detail: 'The project is still loading' };
    return route.fulfill({ status: 503, contentType: 'application/problem+json', json: body });
  });
  await admin.getByRole('link', { name: 'Impact assessment' }).click();
  await expect(list.row(scan)).toBeVisible();
  expect(away).toBeLessThan(0);
  await admin.goBack();
  await list.expectTitles(titles);

  await list.row(scan).hover();
  await list.row(scan).getByRole('button', { name: 'Open INS-2 beside the list' }).click();
  const panel = admin.getByRole('complementary', { name: 'INS-2' });
  await expect(panel.getByRole('textbox', { name: 'Title' })).toHaveValue(scan);
  await expectAccessible(admin);

  await admin.reload();
  await expect(panel.getByRole('textbox', { name: 'Title' })).toHaveValue(scan);
  await list.expectTitles(titles);

  await panel.getByRole('button', { name: 'Next idea' }).click();
  await expect(admin.getByRole('complementary', { name: 'INS-3' })).toBeVisible();
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('complementary', { name: /^INS-/ })).toBeHidden();
  await admin.goBack();
  await expect(admin.getByRole('complementary', { name: 'INS-3' })).toBeVisible();
  await admin.keyboard.press('k');
  await expect(panel).toBeVisible();

  // On a page of its own, and back to the list.
  await panel.getByRole('button', { name: 'Open on its own page' }).click();
  await expect(admin).toHaveURL(/INS-2/);
  await expect(admin.getByRole('textbox', { name: 'Title' })).toHaveValue(scan);
  await expectAccessible(admin);
  await admin.goBack();
  await list.expectTitles(titles);

  // FP-8: what opens at a press is not there yet when it is pressed, by mouse or by key; it opens as soon as it is.
  const account = admin.getByRole('button', { name: /^Account/ });
  const menu = admin.getByRole('menu');
  for (const press of [() => account.click(), () => account.press('Enter')]) {
    let arrive = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await admin.route(/\/assets\/popups-/, async (route) => {
      await arrival;
      await route.continue();
    });
    await admin.reload();
    await list.expectTitles(titles);
    await press();
    await expect(account).toBeFocused();
    await expect(account).toHaveAttribute('aria-expanded', 'false');
    arrive();
    await expect(menu).toBeVisible();
    await admin.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(account).toBeFocused();
    await admin.unrouteAll({ behavior: 'wait' });
  }
});
