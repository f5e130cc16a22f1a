import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { Project } from '../support/workspace';

test('what rots is named, and each of it mended with one click, put aside or looked at as a list', async ({
  admin,
}) => {
  const project = await Project.create(admin);
  const scored = { Impact: 3, Value: 2, Effort: 1 };
  const over = { start: '2026-01-01', end: '2026-03-31', precision: 'quarter' };
  await project.add('Export invoices as a spreadsheet', scored);
  await project.add('Invoices: export as spreadsheet', scored);
  await project.add('Quotes in two minutes', { ...scored, 'Project target': over });
  await project.add('Scan documents', { Impact: 3, Value: 2 });
  await project.add('Chat with the adjuster', { ...scored, Impact: 5 });
  await admin.goto(new URL('/p/INS/hygiene', admin.url()).href);
  const section = (name: string) => admin.getByRole('region', { name });
  await expect(section('Past their date')).toContainText('Quotes in two minutes');
  await expect(section('Without a score')).toContainText('Effort missing');
  await expect(section('Perhaps the same')).toContainText('INS-1');
  await expectAccessibleEverywhere(admin);

  // A date that has passed moves; one undo brings it back, and it is there again.
  await section('Past their date').getByRole('button', { name: 'Next quarter' }).click();
  await expect(section('Past their date')).toBeHidden();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(section('Past their date')).toContainText('Quotes in two minutes');
  await section('Past their date').getByRole('button', { name: 'No date' }).press('Enter');
  await project.expectValue('INS-3', 'Project target', null);

  // What lacks a score is opened beside, and is gone once it has one.
  await section('Without a score').getByRole('button', { name: 'Score' }).click();
  await expect(admin.getByRole('complementary', { name: 'INS-4' })).toContainText('Scan documents');
  await project.change('INS-4', { Effort: 2 });
  await expect(section('Without a score')).toBeHidden();
  await admin.getByRole('button', { name: 'Close' }).first().click();

  // Two that say the same are merged, in the window that merging has everywhere.
  await section('Perhaps the same').getByRole('button', { name: 'Merge…' }).click();
  const merging = admin.getByRole('dialog', { name: 'Merge ideas' });
  await merging.getByRole('button', { name: 'Merge' }).click();
  await expect(merging).toBeHidden();
  await expect(section('Perhaps the same')).toBeHidden();

  // No problem after all: put aside for everybody, with the reason, and brought back.
  await project.change('INS-5', { Effort: null });
  const line = section('Without a score').getByRole('listitem').filter({ hasText: 'Chat with the adjuster' });
  await line.getByRole('button', { name: 'More about INS-5' }).click();
  await admin.getByRole('menuitem', { name: 'Not a problem' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Why is this not a problem?' });
  await dialog.getByLabel('Reason').fill('Sales decides');
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Put aside' }).click();
  await section('Without a score').getByRole('button', { name: '1 put aside' }).click();
  await expect(line).toContainText('Sales decides');
  await line.getByRole('button', { name: 'Bring back' }).click();
  await expect(line).toContainText('Effort missing');

  // All of it as a list, filtered alike.
  await section('Without a score').getByRole('link', { name: 'Show all in a list' }).click();
  await expect(admin.getByRole('row').filter({ hasText: 'Chat with the adjuster' })).toBeVisible();
  await expect(admin.getByRole('row').filter({ hasText: 'Scan documents' })).toBeHidden();

  // What counts is the project's to say.
  await admin.goto(new URL('/p/INS/hygiene', admin.url()).href);
  await admin.getByRole('button', { name: 'What counts' }).click();
  const settings = admin.getByRole('dialog', { name: 'What counts as rotten' });
  await expectAccessible(admin);
  await settings.getByRole('checkbox', { name: 'Without a score' }).click();
  await settings.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Nothing rots')).toBeVisible();
  await expectAccessible(admin);
});
