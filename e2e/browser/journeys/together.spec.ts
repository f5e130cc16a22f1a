import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { ada, ben } from '../support/people';
import { Project } from '../support/workspace';

const idea = 'Quotes in two minutes';

test('two people see each other’s changes; nothing is lost', async ({ admin, join }) => {
  const project = await Project.create(admin);
  await project.add(idea, { Impact: 1, Effort: 1 });
  const colleague = await join(ben);
  const mine = new List(admin);
  const theirs = new List(colleague);
  await mine.open(project.view('All ideas'));
  await theirs.open(project.view('All ideas'));

  // Each edits a field of their own at the same time; both see both, without a reload.
  await (await mine.cell(idea, 'Impact')).click();
  await (await theirs.cell(idea, 'Effort')).click();
  await Promise.all([admin.keyboard.press('4'), colleague.keyboard.press('3')]);
  for (const list of [mine, theirs]) {
    await expect(list.row(idea).getByRole('img', { name: 'Impact: 4 of 5' })).toBeVisible();
    await expect(list.row(idea).getByRole('img', { name: 'Effort: 3 of 5' })).toBeVisible();
  }

  // The same field: the later one stands for both.
  await (await theirs.cell(idea, 'Impact')).click();
  await colleague.keyboard.press('2');
  for (const list of [mine, theirs]) {
    await expect(list.row(idea).getByRole('img', { name: 'Impact: 2 of 5' })).toBeVisible();
  }

  // The earlier one is in the history, with who and when, and comes back with one click.
  await mine.open(`${project.view('All ideas')}?idea=INS-1`);
  const panel = admin.getByRole('complementary', { name: 'INS-1' });
  await panel.getByRole('tab', { name: 'History' }).click();
  const step = panel.getByRole('listitem').filter({ hasText: ben.name }).first();
  await expect(step).toContainText('Impact');
  await step.getByRole('button', { name: 'Restore the earlier value of Impact' }).click();
  for (const list of [mine, theirs]) {
    await expect(list.row(idea).getByRole('img', { name: 'Impact: 4 of 5' })).toBeVisible();
  }
  await expect(panel.getByRole('listitem').filter({ hasText: ada.name }).first()).toContainText('Impact');

  // PRES-2: each sees that the other is there, and what they edit; who leaves is gone.
  await expect(theirs.page.getByRole('img', { name: `Looking at this view: ${ada.name}` })).toBeVisible();
  await theirs.open(`${project.view('All ideas')}?idea=INS-1`);
  const here = panel.getByRole('img', { name: `Looking at this idea: ${ben.name}` });
  await expect(here).toBeVisible();
  const elsewhere = colleague.getByRole('complementary', { name: 'INS-1' });
  await elsewhere.getByRole('textbox', { name: 'Title' }).focus();
  await expect(panel.getByText(`${ben.name} is editing this`)).toBeVisible();
  await expectAccessible(admin);
  await panel.getByRole('tab', { name: 'Comments' }).click();
  await elsewhere.getByRole('textbox', { name: 'Write a comment' }).fill('I think');
  await expect(panel.getByText(`${ben.name} is writing a comment`)).toBeVisible();
  await expect(panel.getByText(`${ben.name} is editing this`)).toHaveCount(0);
  await theirs.open(project.view('All ideas'));
  await expect(here).toHaveCount(0);
  // A cell of the list is a field of the idea, too.
  await (await theirs.cell(idea, 'Title')).dblclick();
  await expect(theirs.grid.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await expect(panel.getByText(`${ben.name} is editing this`)).toBeVisible();
  await colleague.keyboard.press('Escape');
  await expect(here).toHaveCount(0);

  // PRES-9: a cell that the other edits has a ring with their name, which is read when one comes to it; then it is gone.
  await mine.open(project.view('All ideas'));
  const ring = mine.page.locator('[data-editing]');
  await expect(mine.row(idea)).toBeVisible();
  await expect(ring).toHaveCount(0);
  await (await theirs.cell(idea, 'Title')).dblclick();
  await expect(theirs.grid.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await expect(await mine.cell(idea, 'Title')).toHaveAccessibleDescription(`${ben.name} is editing this`);
  await expect(ring).toHaveCount(1);
  await expectAccessible(admin);
  // A page that goes away in the middle of it edits nothing any more.
  const there = colleague.url();
  await colleague.goto('about:blank');
  await expect(ring).toHaveCount(0);
  await theirs.open(there);
  // A card says what of it is edited, on whichever view that happens.
  await admin.setViewportSize({ width: 390, height: 844 });
  const card = admin.getByRole('listitem').filter({ hasText: idea });
  await expect(card).toBeVisible();
  await (await theirs.cell(idea, 'Title')).dblclick();
  await expect(card).toContainText(`${ben.name} is editing Title`);
  await colleague.keyboard.press('Escape');
  await expect(ring).toHaveCount(0);
  await admin.setViewportSize({ width: 1440, height: 900 });

  // What one adds appears at the other's.
  await project.add('Scan the damage');
  await theirs.expectTitles([idea, 'Scan the damage']);
});

test('a crash in the middle of writing loses nothing that was acknowledged', async ({ admin, server }) => {
  const project = await Project.create(admin);
  const list = new List(admin);
  await project.add(idea);
  await list.open(project.view('All ideas'));

  // Ideas are written until the server is gone; each that was answered counts.
  const acknowledged: string[] = [];
  let writing = true;
  const writer = (async () => {
    for (let n = 1; writing; n += 1) {
      const title = `Written ${n}`;
      try {
        await project.add(title);
        acknowledged.push(title);
      } catch {
        return;
      }
    }
  })();
  await expect.poll(() => acknowledged.length).toBeGreaterThan(20);
  await server.crash();
  writing = false;
  await writer;

  const kept = new Set(await project.titles());
  expect(acknowledged.filter((title) => !kept.has(title))).toEqual([]);
  // The first idea, and at most the one that was on its way.
  expect(kept.size - acknowledged.length).toBeLessThanOrEqual(2);

  // The page finds the server again by itself and goes on.
  await project.change('INS-1', { Impact: 5 });
  await expect(list.row(idea).getByRole('img', { name: 'Impact: 5 of 5' })).toBeVisible({ timeout: 20_000 });
  await (await list.cell(idea, 'Effort')).click();
  await admin.keyboard.press('2');
  await project.expectValue('INS-1', 'Effort', 2);
});
