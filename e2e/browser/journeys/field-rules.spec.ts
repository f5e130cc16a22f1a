import { expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

test('a field is required before a status, has a default, and marks its values', async ({ admin }) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes');
  await admin.goto(new URL('/p/INS/settings/fields', admin.url()).href);
  await admin.getByRole('button', { name: 'Impact', exact: true }).click();
  const dialog = admin.getByRole('dialog', { name: 'Field Impact' });
  await dialog.getByText('Rules and default').click();
  await dialog.getByRole('combobox', { name: 'Required before' }).click();
  await admin.getByRole('option', { name: 'Status' }).click();
  await dialog.getByRole('combobox', { name: 'Options of Status' }).click();
  await admin.getByRole('option', { name: 'Delivery', exact: true }).click();
  await admin.keyboard.press('Escape');
  await dialog.getByRole('textbox', { name: 'Default' }).fill('4');
  await dialog.getByText('Formats', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Add format' }).click();
  await dialog.getByRole('textbox', { name: 'Value for Impact' }).fill('4');
  await dialog.getByRole('button', { name: 'Icon of the mark' }).click();
  await admin
    .getByRole('menuitem', { name: 'Flame' })
    .or(admin.getByRole('menuitemcheckbox', { name: 'Flame' }))
    .click();
  await expectAccessibleEverywhere(admin);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  // The status is refused with the reason, and what stood there stays.
  expect(await project.refusal('INS-1', { Status: 'Delivery' })).toContain(
    'Impact must be filled in before Status is Delivery',
  );
  // A new idea starts with the default, and its value carries the mark.
  await project.add('Scan the damage');
  const list = new List(admin);
  await list.open(project.view('All ideas'));
  const cell = await list.cell('Scan the damage', 'Impact');
  await expect(cell.getByRole('img', { name: 'Flame' })).toBeVisible();
  await expect(cell).toHaveAttribute('data-option-color', 'amber');
  await expect(
    (await list.cell('Quotes in two minutes', 'Impact')).getByRole('img', { name: 'Flame' }),
  ).toHaveCount(0);
});
