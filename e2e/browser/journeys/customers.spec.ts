import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

/** Pastes a text where the focus is, as a spreadsheet hands it over. */
async function paste(page: Page, text: string) {
  await page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', given);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** What copying puts on the clipboard. */
function copied(page: Page): Promise<string> {
  return page.evaluate(() => {
    const clipboardData = new DataTransfer();
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }),
    );
    return clipboardData.getData('text/plain');
  });
}

test('fields of customers are made and changed, and values edited where they stand', async ({
  admin,
  join,
}) => {
  await Project.create(admin);
  const lines = Array.from({ length: 300 }, (_, at) => `Firm ${String(at).padStart(3, '0')}`);
  await admin.goto(new URL('/p/INS/customers', admin.url()).href);
  await admin.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(admin.getByRole('heading', { name: 'Drop a file here' })).toBeVisible();
  const chooser = admin.waitForEvent('filechooser');
  await admin.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({
    name: 'crm.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`name\n${lines.join('\n')}`),
  });
  await admin.getByRole('button', { name: 'Check without importing' }).click();
  await admin.getByRole('button', { name: 'Import 300 customers' }).click();
  await admin.getByRole('link', { name: 'Open the customers' }).click();
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
  await dialog.getByRole('button', { name: 'Plan', exact: true }).press('Alt+ArrowUp');
  await expect(dialog.getByRole('listitem').first()).toContainText('Plan');
  await dialog.getByRole('button', { name: 'Close' }).click();

  // By keyboard: a choice, then a text typed over the cell, down to the next customer.
  const cell = (row: number, column: number) =>
    grid.locator(`[role=row][aria-rowindex="${row + 2}"] [aria-colindex="${column + 2}"]`);
  const headings = ['Selection', 'Name', 'E-mail', 'Company', 'Plan', 'Revenue', 'Insights'];
  await expect(grid.getByRole('columnheader')).toHaveText(headings);
  await grid.focus();
  for (let at = 0; at < 3; at += 1) await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('Enter');
  await admin.getByRole('option', { name: 'Paid' }).click();
  await expect(cell(0, 3)).toHaveText('Paid');
  await expect(grid).toBeFocused();
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.type('1,200');
  await admin.keyboard.press('Enter');
  await expect(cell(0, 4)).toHaveText('1,200');
  await admin.keyboard.type('many');
  await admin.keyboard.press('Enter');
  await expect(cell(1, 4)).toHaveText('many');
  await expectAccessible(admin);

  // The text becomes a number; what is none goes, is told, and comes back.
  await admin.getByRole('button', { name: 'Fields', exact: true }).click();
  await dialog.getByRole('button', { name: 'Revenue', exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Type' }).click();
  await admin.getByRole('option', { name: 'Number' }).click();
  await dialog.getByRole('textbox', { name: 'Unit' }).fill('EUR');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Company · Number · EUR')).toBeVisible();
  await expect(admin.getByText('1 value of Revenue could not be taken along')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(cell(0, 4)).toHaveText('1,200 EUR');
  await expect(cell(1, 4)).toHaveText('');
  await grid.focus();
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(cell(1, 4)).toHaveText('many');

  // By mouse, far down, and on the customer's page.
  await grid.focus();
  await admin.keyboard.press('ControlOrMeta+End');
  await expect(grid.getByRole('link', { name: 'Firm 299' })).toBeVisible();
  await cell(299, 4).dblclick();
  await grid.getByRole('textbox', { name: 'Revenue' }).fill('7');
  await admin.keyboard.press('Escape');
  await expect(cell(299, 4)).toHaveText('');
  await cell(299, 3).dblclick();
  await admin.getByRole('option', { name: 'Free' }).click();
  await expect(cell(299, 3)).toHaveText('Free');

  // Cells as a spreadsheet: a block of texts over two columns, filled down, taken back and done again.
  await cell(298, 3).click();
  await paste(admin, 'Paid\t1500\nPaid\t2500');
  await expect(cell(299, 4)).toHaveText('2500');
  await expect(cell(298, 3)).toHaveText('Paid');
  await expect(admin.getByRole('heading', { name: '4 cells pasted' })).toBeVisible();
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(cell(299, 3)).toHaveText('Free');
  await expect(cell(298, 4)).toHaveText('');
  await admin.keyboard.press('ControlOrMeta+Shift+z');
  await expect(cell(298, 4)).toHaveText('1500');
  for (const key of ['ArrowUp', 'ArrowUp']) await admin.keyboard.press(key);
  await paste(admin, 'Gold');
  await expect(admin.getByRole('heading', { name: /The first:/ })).toBeVisible();
  const range = ['ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight'];
  for (const key of range) await admin.keyboard.press(key);
  expect(await copied(admin)).toBe('Paid\t1500\nPaid\t2500');
  await admin.keyboard.press('Delete');
  await expect(cell(299, 4)).toHaveText('');
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(cell(299, 4)).toHaveText('2500');

  // Several conditions at once, and several keys.
  await admin.getByRole('button', { name: /^Filter/ }).click();
  const filter = admin.getByRole('dialog', { name: 'Filter' });
  await filter.getByRole('textbox').fill('firm 29');
  await expect(admin.getByText('10 customers', { exact: true })).toBeVisible();
  await filter.getByRole('button', { name: 'Add condition' }).click();
  await filter.getByRole('combobox', { name: 'Field' }).last().click();
  await admin.getByRole('option', { name: 'Plan' }).click();
  await filter.getByRole('combobox', { name: 'Value for Plan' }).click();
  await admin.getByRole('option', { name: 'Paid' }).click();
  await admin.keyboard.press('Escape');
  await expect(admin.getByText('2 customers', { exact: true })).toBeVisible();
  await expectAccessible(admin);
  await admin.keyboard.press('Escape');
  await grid.getByRole('button', { name: 'Plan' }).click();
  await grid.getByRole('button', { name: 'Revenue' }).click({ modifiers: ['Shift'] });
  await grid.getByRole('button', { name: 'Revenue' }).click({ modifiers: ['Shift'] });
  await expect(cell(0, 0)).toHaveText('Firm 299');
  await expect(admin).toHaveURL(/sort=/);
  // Who is chosen stays chosen when an edit of another one moves both.
  await cell(0, 4).click();
  await admin.keyboard.type('1000');
  await admin.keyboard.press('Enter');
  await expect(cell(0, 0)).toHaveText('Firm 298');
  await expect(grid).toHaveAttribute('aria-activedescendant', /-0-4$/);
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(cell(0, 0)).toHaveText('Firm 299');
  await expect(grid).toHaveAttribute('aria-activedescendant', /-1-4$/);
  await grid.getByRole('link', { name: 'Firm 299' }).click();
  await admin.getByRole('button', { name: 'Edit Revenue' }).click();
  await admin.getByRole('textbox', { name: 'Revenue' }).fill('heaps');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('button', { name: 'Edit Revenue' })).toHaveText('heaps');
  await expectAccessible(admin);

  // A person belongs to a company that is found by its name, or made there.
  await admin.request.post(new URL('/api/v1/customers', admin.url()).href, {
    data: { type: 'person', name: 'Ann' },
    headers: { Origin: new URL(admin.url()).origin },
  });
  await admin.goto(new URL('/p/INS/customers?type=person', admin.url()).href);
  await expect(grid.getByRole('link', { name: 'Ann' })).toBeVisible();
  await cell(0, 2).dblclick();
  await admin.getByRole('combobox', { name: 'Company' }).fill('firm 011');
  await admin.getByRole('option', { name: 'Firm 011' }).click();
  await expect(cell(0, 2)).toHaveText('Firm 011');
  await expect(grid).toBeFocused();
  await admin.keyboard.type('N');
  await expect(admin.getByRole('combobox', { name: 'Company' })).toHaveValue('N');
  await admin.keyboard.type('ew Co');
  await admin.getByRole('option', { name: /New Co/ }).click();
  await expect(cell(0, 2)).toHaveText('New Co');

  // Several are deleted at once, and come back.
  await admin.getByRole('button', { name: 'All', exact: true }).click();
  await expect(grid.getByRole('link', { name: 'Firm 001' })).toBeVisible();
  await grid.getByRole('checkbox', { name: 'Select Ann' }).click();
  await grid.getByRole('checkbox', { name: 'Select Firm 001' }).click({ modifiers: ['Shift'] });
  await expectAccessible(admin);
  await admin.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
  await expect(admin.getByText('299 customers', { exact: true })).toBeVisible();
  await grid.focus();
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(admin.getByText('302 customers', { exact: true })).toBeVisible();

  // Who does not administer edits values, not fields.
  const colleague = await join(ben);
  await colleague.goto(new URL('/p/INS/customers', admin.url()).href);
  await expect(colleague.getByRole('link', { name: 'Firm 000' })).toBeVisible();
  await expect(colleague.getByRole('button', { name: 'Fields', exact: true })).toBeHidden();
});
