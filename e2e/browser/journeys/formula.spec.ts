import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

test('a formula field is made with a preview, says what is wrong, and explains itself', async ({ admin }) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', { Value: 4, Effort: 2, Impact: 3 });
  await project.add('Scan the damage', { Value: 5 });
  await admin.goto(new URL('/p/INS/settings/fields', admin.url()).href);
  await expect(admin.getByRole('button', { name: 'Impact score', exact: true })).toBeVisible();
  await expectAccessible(admin);

  await admin.getByRole('button', { name: 'Add field' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Add field' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Value per effort');
  await dialog.getByRole('combobox', { name: 'Type' }).click();
  await admin.getByRole('option', { name: 'Formula' }).click();
  await dialog.getByRole('button', { name: 'Expression' }).click();
  const expression = dialog.getByRole('textbox', { name: 'Expression' });

  // A mistake is named with its place and what to write instead; it cannot be saved.
  await expression.fill('{Value} / {Efort}');
  const problem = dialog.getByRole('alert');
  await expect(problem).toContainText('At 11:');
  await expect(problem).toContainText('Efort');
  await expect(problem).toContainText('{Effort}');
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Add field' }).click();
  await expect(problem).toHaveCount(2);

  // What is right shows what it gives on real ideas, with what is missing.
  await expression.fill('{Value} / {Effort}');
  await expect(problem).toHaveCount(0);
  const preview = dialog.getByRole('region', { name: 'What it gives' });
  await expect(preview).toContainText('Quotes in two minutes');
  await expect(preview.getByRole('definition').first()).toHaveText('2');
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Add field' }).click();
  await expect(dialog).toBeHidden();
  await expect(admin.getByRole('button', { name: 'Value per effort', exact: true })).toBeVisible();

  // Beside the idea it explains its steps.
  const list = new List(admin);
  await list.open(project.view('All ideas'));
  await (await list.cell('Quotes in two minutes', 'Impact score')).hover();
  const explanation = admin.getByRole('tooltip');
  await expect(explanation).toContainText('Impact score');
  await expect(explanation).toContainText('Effort');
  await expectAccessible(admin);

  await admin.goto(new URL('/i/INS-1', admin.url()).href);
  await admin.getByRole('button', { name: /^Value per effort/ }).click();
  await expect(admin.getByRole('dialog')).toContainText('4');
  await expect(admin.getByRole('dialog')).toContainText('Effort');
  await expectAccessible(admin);
});
