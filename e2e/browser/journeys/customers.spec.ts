import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

test('fields of customers are made and changed, and values edited where they stand', async ({
  admin,
  join,
}) => {
  await Project.create(admin);
  const lines = Array.from({ length: 300 }, (_, at) => `Firm ${String(at).padStart(3, '0')}`);
  await admin.request.post(new URL('/api/v1/customers/import', admin.url()).href, {
    data: { csv: `name\n${lines.join('\n')}`, type: 'company', to: ['name'] },
    headers: { Origin: new URL(admin.url()).origin },
  });
  await admin.goto(new URL('/p/INS/customers', admin.url()).href);
  const grid = admin.getByRole('grid', { name: 'Customers' });
  await expect(grid.getByRole('link', { name: 'Firm 000' })).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '301');

  // A number and a choice.
  await admin.getByRole('button', { name: 'Fields', exact: true }).click();
  const dialog = admin.getByRole('dialog', { name: 'Fields of customers' });
  const add = dialog.getByRole('button', { name: 'Add field' });
  await add.click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Revenue');
  await add.click();
  await expect(dialog.getByText('Company · Text')).toBeVisible();
  await add.click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Plan');
  await dialog.getByRole('combobox', { name: 'Type' }).click();
  await admin.getByRole('option', { name: 'Choice' }).click();
  await dialog.getByRole('button', { name: 'Add choice' }).click();
  await dialog.getByRole('textbox', { name: 'Choice' }).fill('Free');
  await dialog.getByRole('button', { name: 'Add choice' }).click();
  await dialog.getByRole('textbox', { name: 'Choice' }).last().fill('Paid');
  await add.click();
  await expect(dialog.getByText('Company · Choice')).toBeVisible();
  await expectAccessible(admin);
  await dialog.getByRole('button', { name: 'Move Plan up' }).click();
  await expect(dialog.getByRole('listitem').first()).toContainText('Plan');
  await dialog.getByRole('button', { name: 'Close' }).click();

  // By keyboard: a choice, then a text typed over the cell, down to the next customer.
  const cell = (row: number, column: number) =>
    grid.locator(`[role=row][aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]`);
  await expect(grid.getByRole('columnheader')).toHaveText(['Name', 'E-mail', 'Plan', 'Revenue', 'Insights']);
  await grid.focus();
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('Enter');
  await admin.getByRole('option', { name: 'Paid' }).click();
  await expect(cell(0, 2)).toHaveText('Paid');
  await expect(grid).toBeFocused();
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.type('1,200');
  await admin.keyboard.press('Enter');
  await expect(cell(0, 3)).toHaveText('1,200');
  await admin.keyboard.type('many');
  await admin.keyboard.press('Enter');
  await expect(cell(1, 3)).toHaveText('many');
  await expectAccessible(admin);

  // The text becomes a number; what is none goes, is told, and comes back.
  await admin.getByRole('button', { name: 'Fields', exact: true }).click();
  await dialog.getByRole('button', { name: 'Edit field Revenue' }).click();
  await dialog.getByRole('combobox', { name: 'Type' }).click();
  await admin.getByRole('option', { name: 'Number' }).click();
  await dialog.getByRole('textbox', { name: 'Unit' }).fill('EUR');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Company · Number · EUR')).toBeVisible();
  await expect(admin.getByText('1 value of Revenue could not be taken along')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(cell(0, 3)).toHaveText('1,200 EUR');
  await expect(cell(1, 3)).toHaveText('');
  await grid.focus();
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(cell(1, 3)).toHaveText('many');

  // By mouse, far down, and on the customer's page.
  await grid.focus();
  await admin.keyboard.press('ControlOrMeta+End');
  await expect(grid.getByRole('link', { name: 'Firm 299' })).toBeVisible();
  await cell(299, 3).click();
  await grid.getByRole('textbox', { name: 'Revenue' }).fill('7');
  await admin.keyboard.press('Escape');
  await expect(cell(299, 3)).toHaveText('');
  await cell(299, 2).click();
  await admin.getByRole('option', { name: 'Free' }).click();
  await expect(cell(299, 2)).toHaveText('Free');
  await admin.getByRole('combobox', { name: 'Filter by' }).click();
  await admin.getByRole('option', { name: 'Plan' }).click();
  await admin.getByRole('combobox', { name: 'Plan is' }).click();
  await admin.getByRole('option', { name: 'Free' }).click();
  await expect(admin.getByText('1 customer', { exact: true })).toBeVisible();
  await grid.getByRole('link', { name: 'Firm 299' }).click();
  await admin.getByRole('button', { name: 'Edit Revenue' }).click();
  await admin.getByRole('textbox', { name: 'Revenue' }).fill('heaps');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('button', { name: 'Edit Revenue' })).toHaveText('heaps');
  await expectAccessible(admin);

  // Who does not administer edits values, not fields.
  const colleague = await join(ben);
  await colleague.goto(new URL('/p/INS/customers', admin.url()).href);
  await expect(colleague.getByRole('link', { name: 'Firm 000' })).toBeVisible();
  await expect(colleague.getByRole('button', { name: 'Fields', exact: true })).toBeHidden();
});
