import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { Board } from '../support/board';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

test.describe.configure({ timeout: 120_000 });

const [quotes, scan, chat] = ['Quotes in two minutes', 'Scan the damage', 'Claims by chat'] as const;

/** Three ideas, the first and the last planned; the view All ideas is open. */
async function prepare(page: Page): Promise<{ project: Project; list: List }> {
  const project = await Project.create(page);
  await project.add(quotes, { Roadmap: 'Now', Impact: 2 });
  await project.add(scan, { Impact: 5 });
  await project.add(chat, { Roadmap: 'Later', Impact: 3 });
  const list = new List(page);
  await list.open(project.view('All ideas'));
  return { project, list };
}

/** The lines of a list in the sidebar, as they stand. */
const linesOf = (list: Locator): Promise<string[]> => list.getByRole('link').allTextContents();

/** Opens the menu of the view and takes one of its entries. */
async function viewMenu(page: Page, entry: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More about this view' }).click();
  await page
    .getByRole(/^(Lock|Save)/.test(String(entry)) ? 'menuitemcheckbox' : 'menuitem', { name: entry })
    .click();
}

test('a section, views moved into it by mouse and by key, favourites and copies', async ({ admin }) => {
  // SB-1, SB-4, SB-6.
  await prepare(admin);
  const sidebar = admin.getByRole('navigation').first();
  const favorites = sidebar.getByRole('region', { name: 'Favourites' });
  const said = sidebar.getByRole('status');
  await admin.getByRole('button', { name: 'Add a view or a section' }).click();
  await admin.getByRole('menuitem', { name: 'New section' }).click();
  await admin.getByRole('textbox', { name: 'Name of the section' }).fill('Planning');
  await admin.keyboard.press('Enter');
  await expect(said).toHaveText('Added the section Planning');
  const planning = sidebar.getByRole('list', { name: 'Planning' });

  // By mouse onto the heading, by key past the end of what stands above it.
  await sidebar
    .getByRole('link', { name: 'Roadmap' })
    .dragTo(sidebar.getByRole('button', { name: 'Planning', exact: true }));
  await expect.poll(() => linesOf(planning)).toEqual(['Roadmap']);
  await sidebar.getByRole('link', { name: 'To be scored' }).focus();
  await admin.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => linesOf(planning)).toEqual(['To be scored', 'Roadmap']);
  await expect(said).toHaveText('To be scored: place 1 of 2 in Planning');
  await sidebar.getByRole('link', { name: 'To be scored' }).focus();
  await admin.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => linesOf(planning)).toEqual(['Roadmap', 'To be scored']);

  await sidebar.getByRole('link', { name: 'Impact assessment' }).hover();
  await sidebar.getByRole('button', { name: 'More about Impact assessment' }).click();
  await admin.getByRole('menuitem', { name: 'Add to favourites' }).click();
  await expect.poll(() => linesOf(favorites)).toEqual(['Impact assessment']);
  await expectAccessibleEverywhere(admin);

  await sidebar.getByRole('link', { name: 'Roadmap' }).hover();
  await sidebar.getByRole('button', { name: 'More about Roadmap' }).click();
  await expectAccessible(admin);
  await admin.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect.poll(() => linesOf(planning)).toContain('Roadmap (copy)');

  // It is kept, and deleting the section keeps its views.
  await admin.reload();
  await expect.poll(() => linesOf(favorites)).toEqual(['Impact assessment']);
  await sidebar.getByRole('button', { name: 'Planning', exact: true }).hover();
  await sidebar.getByRole('button', { name: 'More about the section Planning' }).click();
  await admin.getByRole('menuitem', { name: 'Delete section, keep its views' }).click();
  await expect(sidebar.getByRole('button', { name: 'Planning', exact: true })).toBeHidden();
  for (const name of ['Roadmap', 'To be scored', 'Roadmap (copy)'])
    await expect(sidebar.getByRole('link', { name, exact: true })).toBeVisible();
});

test('colours by a field and an order of its own, kept as a draft until it is saved', async ({
  admin,
  join,
}) => {
  // SB-10, VQ-43.
  const { project, list } = await prepare(admin);
  const other = await join(ben);
  const theirs = new List(other);
  await theirs.open(project.view('All ideas'));

  await admin.getByRole('button', { name: 'Colours', exact: true }).click();
  const colors = admin.getByRole('dialog', { name: 'Colours' });
  await colors.getByRole('combobox', { name: 'Colour by field' }).click();
  await admin.getByRole('option', { name: 'Roadmap' }).click();
  await expect(list.row(quotes)).toHaveAttribute('data-option-color', 'green');
  await expect(list.row(scan)).not.toHaveAttribute('data-option-color');
  await expect(list.row(chat)).toHaveAttribute('data-option-color', 'purple');
  await colors.getByText('Highlight', { exact: true }).click();
  await admin.keyboard.press('Escape');
  await expectAccessibleEverywhere(admin);
  await expect(admin.getByText('Changed, not saved yet: only you see it')).toBeVisible();
  await expect(theirs.row(quotes)).not.toHaveAttribute('data-option-color');

  // Discarded it is gone; saved it is everybody's.
  await admin.getByRole('button', { name: 'Discard' }).click();
  await expect(list.row(quotes)).not.toHaveAttribute('data-option-color');
  await admin.getByRole('button', { name: 'Sort', exact: true }).click();
  await admin.getByText('Own order', { exact: true }).click();
  await admin.keyboard.press('Escape');
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('Saved “All ideas” for everybody').first()).toBeVisible();
  await list.row(chat).getByRole('gridcell', { name: chat, exact: true }).click();
  await admin.keyboard.press('Alt+ArrowUp');
  await list.expectTitles([quotes, chat, scan]);
  await theirs.expectTitles([quotes, chat, scan]);
  expect(await project.titles()).toEqual([quotes, scan, chat]);
});

test('what two people change at once is not lost: the second is told who saved', async ({ admin, join }) => {
  // SB-8, SB-10.
  const { project, list } = await prepare(admin);
  const other = await join(ben);
  const theirs = new List(other);
  await theirs.open(project.view('All ideas'));
  for (const [page, way] of [
    [admin, 'ascending'],
    [other, 'descending'],
  ] as const) {
    const shown = page === admin ? list : theirs;
    await shown.header('Impact').click();
    await page.getByRole('menuitem', { name: `Sort ${way}` }).click();
  }
  await list.expectTitles([quotes, chat, scan]);
  await theirs.expectTitles([scan, chat, quotes]);
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByText('Saved “All ideas” for everybody').first()).toBeVisible();

  // The draft stands; saving it says who was first, and asks.
  await list.expectTitles([quotes, chat, scan]);
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  const note = admin.getByRole('status').filter({ hasText: ben.name });
  await expect(note).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Save mine anyway' }).click();
  await theirs.expectTitles([quotes, chat, scan]);
});

test('a view that saves by itself, and one that is locked', async ({ admin, join }) => {
  // SB-7, SB-10.
  const { project, list } = await prepare(admin);
  const other = await join(ben);
  const theirs = new List(other);
  await theirs.open(project.view('All ideas'));
  await viewMenu(admin, 'Save changes as they are made');
  await list.header('Impact').click();
  await admin.getByRole('menuitem', { name: 'Sort descending' }).click();
  await theirs.expectTitles([scan, chat, quotes]);

  await viewMenu(admin, 'Lock: only project admins change it');
  await expect(other.getByRole('link', { name: 'All ideas' }).locator('svg')).toHaveCount(2);
  await theirs.header('Impact').click();
  await other.getByRole('menuitemcheckbox', { name: 'Sort ascending' }).click();
  await theirs.expectTitles([quotes, chat, scan]);
  await expect(other.getByText('This view is locked: your changes are only for you')).toBeVisible();
  await expectAccessibleEverywhere(other);
  await expect(other.getByRole('button', { name: 'Save', exact: true })).toBeHidden();
  await other.getByRole('button', { name: 'Save as new view' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Create view' }).click();
  await expect(other.getByRole('link', { name: 'All ideas (copy)' })).toHaveAttribute('aria-current', 'page');
  await list.expectTitles([scan, chat, quotes]);
});

test('one view through its kinds: groups, a rule of colour, totals, and undo after the switch', async ({
  admin,
}) => {
  const project = await Project.create(admin);
  await project.add(quotes, { Roadmap: 'Now', Impact: 2 });
  await project.add(scan, { Roadmap: 'Now', Impact: 5 });
  await project.add(chat, { Roadmap: 'Later', Impact: 3 });
  const list = new List(admin);
  await list.open(
    await project.addView((ref) => ({
      name: 'Plan',
      kind: 'list',
      query: {
        filter: { field: ref('Impact'), op: 'gte', value: 3 },
        group: [{ field: ref('Roadmap') }],
      },
      columns: [{ field: ref('Impact') }],
    })),
  );
  await list.expectTitles([scan, chat]);

  // VQ-54, VQ-56: groups within groups, and an order of their own, by mouse and by button.
  await admin.getByRole('button', { name: /^Group/ }).click();
  const group = admin.getByRole('dialog', { name: 'Group' });
  const values = group.getByRole('list', { name: 'Groups by Roadmap' });
  await values
    .getByRole('listitem')
    .filter({ hasText: 'Later' })
    .dragTo(values.getByRole('listitem').first(), { targetPosition: { x: 60, y: 4 } });
  await list.expectTitles([chat, scan]);
  await values.getByRole('button', { name: 'Move Now up' }).click();
  await list.expectTitles([scan, chat]);
  await group.getByRole('button', { name: 'Group again within' }).click();
  await group.getByRole('combobox', { name: 'Field to group by' }).last().click();
  await admin.getByRole('option', { name: 'Impact', exact: true }).click();
  await expect(list.grid.getByRole('rowheader', { name: '5 1 idea' })).toBeVisible();
  await group.getByRole('button', { name: 'Remove Impact' }).click();
  await admin.keyboard.press('Escape');

  // A rule colours the whole of an idea, in each kind of view.
  await admin.getByRole('button', { name: 'Colours', exact: true }).click();
  const colors = admin.getByRole('dialog', { name: 'Colours' });
  await colors.getByRole('button', { name: 'Add a rule' }).click();
  await colors.getByRole('combobox', { name: 'Field', exact: true }).click();
  await admin.getByRole('option', { name: 'Impact', exact: true }).click();
  await colors.getByRole('textbox', { name: 'Value for Impact' }).fill('5');
  await admin.keyboard.press('Enter');
  await expect(list.row(scan)).toHaveAttribute('data-option-color');
  await expect(list.row(chat)).not.toHaveAttribute('data-option-color');
  await admin.keyboard.press('Escape');

  // As a board it has the same ideas, fields and colours; a total stands in its headings (BRD-6).
  const kinds = admin.getByRole('group', { name: 'Kind of view' });
  await kinds.getByRole('button', { name: 'Board' }).click();
  const board = new Board(admin);
  await board.expect('Now', [scan]);
  await board.expect('Later', [chat]);
  await expect(board.card(scan).locator('[data-option-color]').first()).toBeVisible();
  await admin.getByRole('button', { name: 'Layout' }).click();
  const layout = admin.getByRole('dialog', { name: 'Layout' });
  await layout.getByRole('button', { name: 'Add a total' }).click();
  await layout.getByRole('combobox', { name: 'Field to add up' }).click();
  await admin.getByRole('option', { name: 'Impact', exact: true }).click();
  await expect(admin.getByTitle('Sum: Impact').first()).toHaveText('Impact 5');
  const { width = 0 } = (await board.card(scan).boundingBox()) ?? {};
  await layout.getByRole('button', { name: 'Large' }).click();
  await expect.poll(async () => (await board.card(scan).boundingBox())?.width).toBeGreaterThan(width);
  await layout.getByRole('button', { name: 'Default' }).click();
  await admin.keyboard.press('Escape');
  await board.drag(scan, { card: chat });
  await board.expect('Later', [scan, chat]);
  await expect(admin.getByTitle('Sum: Impact').filter({ hasText: '8' })).toBeVisible();
  await project.expectValue('INS-2', 'Roadmap', 'Later');

  // SB-12: undo takes back the kind of view, then what was dragged; redo does all again.
  const tree = kinds.getByRole('button', { name: 'Tree' });
  await tree.click();
  await expect(admin.getByText(scan)).toBeVisible();
  await expect(admin.getByText(quotes)).toHaveCount(0);
  const said = admin.getByRole('region', { name: 'Notifications' });
  await admin.keyboard.press('Control+z');
  await expect(said).toContainText(/Undone: Kind of view/);
  await board.expect('Later', [scan, chat]);
  await admin.keyboard.press('Control+z');
  await board.expect('Now', [scan]);
  await project.expectValue('INS-2', 'Roadmap', 'Now');
  await admin.keyboard.press('Control+Shift+z');
  await project.expectValue('INS-2', 'Roadmap', 'Later');
  await admin.keyboard.press('Control+Shift+z');
  await expect(said).toContainText(/Done again: Kind of view/);
  await expect(tree).toHaveAttribute('aria-pressed', 'true');
  await kinds.getByRole('button', { name: 'List' }).click();
  await list.expectTitles([scan, chat]);
  await expect(list.row(scan)).toHaveAttribute('data-option-color');
  await list.header('Title').getByRole('button').click();
  await admin.getByRole('menuitem', { name: 'Sort ascending' }).click();
  await list.expectTitles([chat, scan]);
  await admin.getByRole('button', { name: /^Remove filter: Impact/ }).click();
  await list.expectTitles([quotes, chat, scan]);
  await admin.keyboard.press('Control+z');
  await expect(said).toContainText(/Undone: Filter/);
  await list.expectTitles([chat, scan]);
  await admin.keyboard.press('Control+z');
  await expect(said).toContainText(/Undone: Sort/);
  await list.expectTitles([scan, chat]);
  await admin.keyboard.press('Control+Shift+z');
  await list.expectTitles([chat, scan]);
  // What is discarded comes back as well, all at once.
  await admin.getByRole('button', { name: 'Discard' }).click();
  await list.expectTitles([scan, chat]);
  await expect(list.row(scan)).not.toHaveAttribute('data-option-color');
  await admin.keyboard.press('Control+z');
  await list.expectTitles([chat, scan]);
  await expect(list.row(scan)).toHaveAttribute('data-option-color');
  await admin.keyboard.press('Control+z');
  await list.expectTitles([scan, chat]);

  // Its icon, what it is for, and what people say of it.
  await viewMenu(admin, 'Name, icon and description');
  const details = admin.getByRole('dialog');
  await details.getByTitle('Rocket').click();
  await details.getByRole('textbox', { name: 'Description' }).fill('What is **certain** for now');
  await details.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('region', { name: 'Description' }).locator('strong')).toHaveText('certain');
  await admin.getByRole('button', { name: 'Comments on this view' }).click();
  await admin.getByRole('textbox', { name: 'Write a comment' }).fill('Shown on Monday');
  await admin.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(admin.getByRole('article').filter({ hasText: 'Shown on Monday' })).toBeVisible();
});
