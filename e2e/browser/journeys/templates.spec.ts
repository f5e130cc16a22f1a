import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

test.describe.configure({ timeout: 120_000 });

/** Opens the dialog for a new project, by its name and template. */
async function begin(page: Page, name: string, template: string): Promise<Locator> {
  await page.goto(new URL('/', page.url()).href);
  await page
    .getByRole('button', { name: /^(New project|Create a project)$/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('radio', { name: template }).click();
  return dialog;
}

test('a project from a template opens useful, and its samples go and come back in one step', async ({
  admin,
}) => {
  // TPL-1, TPL-4, TPL-5.
  const dialog = await begin(admin, 'Claims', 'Product discovery');
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Create project' }).click();
  const list = new List(admin);
  const guide = admin.getByText('Score ideas in “Impact assessment”', { exact: false });
  await expect(guide).toContainText('The ideas here are samples.');
  await expect(list.row('Dark mode Sample')).toBeVisible();
  await expectAccessibleEverywhere(admin);

  await admin.getByRole('button', { name: 'Remove 6 sample ideas' }).click();
  await expect(list.row('Dark mode Sample')).toBeHidden();
  await expect(guide).toBeVisible();
  await expect(guide).not.toContainText('samples');
  await admin.getByRole('button', { name: 'Undo' }).first().click();
  await expect(list.row('Dark mode Sample')).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Remove 6 sample ideas' })).toBeVisible();

  // It stays away once it was put away.
  await admin.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(guide).toBeHidden();
  await admin.reload();
  await expect(list.row('Dark mode Sample')).toBeVisible();
  await expect(guide).toBeHidden();
});

test('a template of views makes the fields it lacks, and one undo takes all of it back', async ({
  admin,
}) => {
  // TPL-2.
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', { Impact: 4 });
  await new List(admin).open(project.view('All ideas'));
  await admin.getByRole('button', { name: 'Add a view or a section' }).click();
  await admin.getByRole('menuitem', { name: 'New view' }).click();
  const gallery = admin.getByRole('dialog', { name: 'New view' });
  await gallery.getByText('WSJF ranking', { exact: true }).click();
  await expect(gallery.getByRole('combobox', { name: 'Value' })).toHaveText('Value');
  await expect(gallery.getByRole('combobox', { name: 'Job size' })).toHaveText('New field');
  await expectAccessibleEverywhere(admin);
  await gallery.getByRole('button', { name: 'Create view' }).click();

  const line = admin.getByRole('link', { name: 'WSJF ranking' });
  await expect(line).toHaveAttribute('aria-current', 'page');
  const list = new List(admin);
  for (const field of ['WSJF', 'Value', 'Urgency', 'Risk reduced', 'Job size'])
    await expect(list.header(field)).toBeVisible();
  await list.grid.focus();
  await admin.keyboard.press('Control+z');
  await expect(line).toBeHidden();
  await admin.goto(new URL('/p/INS/settings/fields', admin.url()).href);
  await expect(admin.getByRole('button', { name: 'Value', exact: true })).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Job size', exact: true })).toBeHidden();
});

test('a project saved as a template begins others, until an administrator deletes it', async ({ admin }) => {
  // TPL-6, TPL-8.
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', { Impact: 4 });
  await project.addField({
    name: 'Regulator',
    type: 'select',
    options: [{ name: 'Federal' }, { name: 'State' }],
  });
  await project.addView((ref) => ({
    name: 'By regulator',
    kind: 'board',
    query: { group: [{ field: ref('Regulator'), showEmpty: true }] },
  }));
  await admin.goto(new URL('/p/INS/settings/details', admin.url()).href);
  await admin.getByRole('button', { name: 'Save as template' }).click();
  const saving = admin.getByRole('dialog', { name: 'Save Insure as a template' });
  await saving.getByLabel('Name').fill('Roadmap');
  await expectAccessibleEverywhere(admin);
  await saving.getByRole('button', { name: 'Save as template' }).click();
  await expect(
    saving.getByText('Cairn has a template named Roadmap of its own', { exact: false }),
  ).toBeVisible();
  await saving.getByLabel('Name').fill('Regulated product');
  await saving.getByLabel('What it is good for').fill('Insurance, as we do it');
  await saving.getByRole('button', { name: 'Save as template' }).click();
  await expect(admin.getByText('Regulated product can be chosen for new projects').first()).toBeVisible();

  const dialog = await begin(admin, 'Pensions', 'Regulated product');
  await expect(dialog.getByText('Saved in this workspace')).toBeVisible();
  await expectAccessibleEverywhere(admin);
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await admin.getByRole('link', { name: 'By regulator' }).click();
  for (const column of ['Federal', 'State'])
    await expect(admin.getByText(column, { exact: true }).first()).toBeVisible();
  await expect(admin.getByText('Quotes in two minutes')).toBeHidden();
  const key = new URL(admin.url()).pathname.split('/')[2] ?? '';
  expect(await (await Project.open(admin, key)).titles()).toEqual([]);

  const again = await begin(admin, 'Third', 'Regulated product');
  await again.getByRole('button', { name: 'Delete this template' }).click();
  const sure = admin.getByRole('alertdialog');
  await expectAccessible(admin);
  await sure.getByRole('button', { name: 'Delete this template' }).click();
  await expect(again.getByText('Regulated product')).toBeHidden();
  await expect(again.getByRole('radio', { name: 'Product discovery' })).toBeChecked();
});
