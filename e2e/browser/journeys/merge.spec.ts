import { expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { Project } from '../support/workspace';

test('a duplicate is offered, merged by keyboard, found at its old address and taken out again', async ({
  admin,
}) => {
  const project = await Project.create(admin);
  await project.add('Export invoices to a spreadsheet');
  await project.add('Rechnungsexport: invoices as a spreadsheet');
  await project.add('Dark mode');
  const address = (path: string) => new URL(path, admin.url()).href;
  await admin.goto(address(`${project.view('All ideas')}?idea=INS-1`));

  const alike = admin.getByRole('region', { name: 'Similar ideas' });
  await expect(alike.getByRole('listitem')).toHaveCount(1);
  await alike.getByRole('button', { name: 'Merge… INS-2' }).press('Enter');
  const dialog = admin.getByRole('dialog', { name: 'Merge ideas' });
  await expect(dialog).toContainText('Title and description of every idea stay readable');
  await expect(dialog.getByRole('radio', { name: /INS-1/ })).toBeChecked();
  await expectAccessibleEverywhere(admin);
  await dialog.getByRole('textbox', { name: /Why/ }).fill('The same request');
  await dialog.getByRole('button', { name: 'Merge' }).press('Enter');
  await expect(dialog).toBeHidden();

  const parts = admin.getByRole('region', { name: 'Merged into this' });
  await expect(parts).toContainText('Rechnungsexport');
  await expect(parts).toContainText('The same request');
  await expect(alike).toBeHidden();

  // The old address leads to the idea that stays.
  await admin.goto(address('/i/INS-2'));
  await expect(admin).toHaveURL(/INS-1$/);
  await expect(parts).toContainText('INS-2');

  // Taken out, both are there; undone, they are one; told apart, they are not offered.
  await parts.getByRole('button', { name: 'Take out' }).press('Enter');
  await expect(alike).toContainText('INS-2');
  await expect(parts).toBeHidden();
  await alike.getByRole('button', { name: 'Not a duplicate: INS-2' }).press('Enter');
  await expect(alike).toBeHidden();
});
