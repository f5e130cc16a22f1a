import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

test('a field changes its type after a look at what that costs, is deleted and comes back', async ({
  admin,
}) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', { Confidence: 4 });
  await project.add('Scan the damage', { Confidence: 80 });
  await admin.goto(new URL('/p/INS/settings/fields', admin.url()).href);
  await admin.getByRole('button', { name: 'Confidence', exact: true }).click();
  const dialog = admin.getByRole('dialog', { name: 'Field Confidence' });
  const type = dialog.getByRole('combobox', { name: 'Type' });
  const choose = async (name: string) => {
    await type.click();
    await admin.getByRole('option', { name }).click();
  };
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Belief');

  // Another type is taken or left: there is no button that would quietly do neither.
  await choose('Rating');
  await expect(dialog).toContainText('1 value converts; 1 would be lost');
  await expect(dialog.getByRole('list', { name: 'Values that would be lost' })).toContainText(
    'Scan the damage',
  );
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeHidden();
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Keep Slider' }).click();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeVisible();
  await choose('Rating');
  await dialog.getByRole('button', { name: 'Change type' }).click();
  await expect(dialog).toBeHidden();

  // The name that was written goes along.
  const line = admin.getByRole('listitem').filter({ hasText: 'Belief' });
  await expect(line).toContainText('Rating');

  await admin.getByRole('button', { name: 'More about Belief' }).click();
  await admin.getByRole('menuitem', { name: 'Delete field' }).click();
  await expect(admin.getByRole('button', { name: 'More about Belief' })).toBeHidden();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByRole('button', { name: 'More about Belief' })).toBeVisible();
  await expect(line).toContainText('Rating');

  // By mouse to the top, by key one down.
  const lines = admin.getByRole('main').getByRole('listitem');
  await line
    .locator('span')
    .first()
    .dragTo(lines.first(), { targetPosition: { x: 60, y: 2 } });
  await expect(lines.first()).toContainText('Belief');
  await admin.getByRole('button', { name: 'Belief', exact: true }).press('Alt+ArrowDown');
  await expect(lines.nth(1)).toContainText('Belief');
  await expect(lines.first()).not.toContainText('Belief');

  await (await Project.open(admin, 'INS')).expectValue('INS-1', 'Belief', 4);
});

test('a field is made from the list and is shown there at once', async ({ admin }) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes');
  const list = new List(admin);
  await list.open(project.view('All ideas'));
  await admin.getByRole('button', { name: 'Fields' }).click();
  await admin.getByRole('dialog', { name: 'Fields' }).getByRole('button', { name: 'Add field' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Add field' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Reach');
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Add field' }).click();
  await expect(dialog).toBeHidden();
  await expect(list.header('Reach')).toBeVisible();
});
