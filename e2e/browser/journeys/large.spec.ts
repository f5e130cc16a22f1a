import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

const count = 5_000;

test('a list of 5,000 ideas stays small in the page', async ({ admin, server }) => {
  const project = await Project.create(admin);
  const file = join(server.dataDir, 'many.csv');
  const lines = Array.from({ length: count }, (_, n) => `Idea number ${n + 1},${(n % 5) + 1},${(n % 3) + 1}`);
  await writeFile(file, ['Title,Impact,Effort', ...lines].join('\n'));
  await server.cairn('import', file, '--project', 'INS');

  const list = new List(admin);
  await list.open(project.view('All ideas'));
  await expect(list.grid).toHaveAttribute('aria-rowcount', new RegExp(`^${count}|50\\d\\d$`));
  await expect(list.row('Idea number 1')).toBeVisible();

  // Page after page, then to the very end: rows come, and the page never grows.
  const nodes = () => admin.evaluate(() => document.querySelectorAll('*').length);
  await (await list.cell('Idea number 1', 'Title')).click();
  for (let page = 0; page < 20; page += 1) {
    await admin.keyboard.press('PageDown');
    expect(await nodes()).toBeLessThan(3_000);
  }
  await admin.keyboard.press('Control+End');
  await expect(list.row(`Idea number ${count}`)).toBeVisible();
  expect(await nodes()).toBeLessThan(3_000);
  await admin.keyboard.press('Control+Home');
  await expect(list.row('Idea number 1')).toBeVisible();
  expect(await nodes()).toBeLessThan(3_000);
});
