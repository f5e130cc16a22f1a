import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

const titles = ['Quotes in two minutes', 'Scan the damage', 'Claims by chat'] as const;
const [quotes, scan, chat] = titles;

async function prepare(page: Page): Promise<{ project: Project; list: List }> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const project = await Project.create(page);
  await project.add(quotes, { Impact: 1, Value: 2, Roadmap: 'Later' });
  await project.add(scan, { Impact: 3, Value: 4, Roadmap: 'Now' });
  await project.add(chat);
  const list = new List(page);
  await list.open(project.view('All ideas'));
  return { project, list };
}

test('cells go to a spreadsheet and come from one', async ({ admin }) => {
  const { project, list } = await prepare(admin);
  await (await list.cell(quotes, 'Roadmap')).click();
  await admin.keyboard.press('Shift+ArrowRight');
  await admin.keyboard.press('Shift+ArrowDown');
  await admin.keyboard.press('Control+c');
  await expect
    .poll(() => admin.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^Later\t1\r?\nNow\t3\r?\n?$/);

  // As a spreadsheet puts it there: rows by line, cells by tab. What does not fit is named, the rest lands.
  await admin.evaluate(() => navigator.clipboard.writeText('Next\t5\nWon’t exist\t2\n'));
  await (await list.cell(quotes, 'Roadmap')).click();
  await admin.keyboard.press('Control+v');
  await project.expectValue('INS-1', 'Roadmap', 'Next');
  await project.expectValue('INS-2', 'Impact', 2);
  await project.expectValue('INS-1', 'Impact', 5);
  await project.expectValue('INS-2', 'Roadmap', 'Now');
  await expect(admin.getByRole('region', { name: 'Notifications' })).toContainText(
    '“Roadmap” has no option named “Won’t exist”',
  );

  // One step takes all of it back, one step brings it again.
  await admin.keyboard.press('Control+z');
  await project.expectValue('INS-1', 'Roadmap', 'Later');
  await project.expectValue('INS-2', 'Impact', 3);
  await admin.keyboard.press('Control+Shift+z');
  await project.expectValue('INS-1', 'Roadmap', 'Next');
  await project.expectValue('INS-2', 'Impact', 2);
});

test('several ideas change at once', async ({ admin }) => {
  const { project, list } = await prepare(admin);
  await list.row(quotes).getByRole('checkbox').click();
  await list.row(chat).getByRole('checkbox').click();
  const bulk = admin.getByRole('toolbar', { name: 'Change the selected ideas' });
  await expect(bulk).toContainText('2 ideas selected');
  await expectAccessible(admin);

  await bulk.getByRole('button', { name: 'Set field' }).click();
  await expectAccessible(admin);
  await admin.getByRole('option', { name: 'Roadmap', exact: true }).click();
  await admin.getByRole('option', { name: 'Next', exact: true }).click();
  await project.expectValue('INS-1', 'Roadmap', 'Next');
  await project.expectValue('INS-3', 'Roadmap', 'Next');
  await project.expectValue('INS-2', 'Roadmap', 'Now');

  await bulk.getByRole('button', { name: 'Archive' }).click();
  await list.expectTitles([scan]);
  await admin
    .getByRole('dialog')
    .filter({ hasText: '2 ideas archived' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await list.expectTitles(titles);
});
