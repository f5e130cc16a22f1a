import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

test('a project asks why; what is said shows with the change', async ({ admin, join }) => {
  const project = await Project.create(admin);
  await project.add('Faster search', { Roadmap: 'Next' });
  await project.add('Gift cards', { Roadmap: 'Next' });

  // The administrator wants a reason when an idea is dropped.
  await admin.goto(new URL('/p/INS/settings/reasons', admin.url()).href);
  await admin.getByRole('button', { name: 'Ask about a field' }).click();
  await admin.getByRole('combobox', { name: 'Ask about' }).click();
  await admin.getByRole('option', { name: 'Roadmap' }).click();
  await admin.getByRole('combobox', { name: 'Options of Roadmap that are asked about' }).click();
  await admin.getByRole('option', { name: 'Won’t do' }).or(admin.getByRole('option', { name: "Won't do" })).click();
  await admin.keyboard.press('Escape');
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Saved', { exact: false }).first()).toBeVisible();

  // Ben drops one: he is asked, calls it off, then says why.
  const page = await join(ben);
  const address = await project.addView((ref) => ({
    name: 'All',
    kind: 'list',
    query: {},
    columns: [{ field: 'title' }, { field: ref('Roadmap') }],
  }));
  const list = new List(page);
  await list.open(new URL(address, page.url()).href);
  const drop = async () => {
    const cell = await list.cell('Gift cards', 'Roadmap');
    await cell.dblclick();
    await page.getByRole('option', { name: /^Won.t do/ }).click();
  };
  await drop();
  const asked = page.getByRole('dialog', { name: 'Why?' });
  await expect(asked).toContainText('This project asks why Roadmap becomes Won');
  await expectAccessible(page);
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(asked).toBeHidden();
  await expect(await list.cell('Gift cards', 'Roadmap')).toContainText('Next');
  await drop();
  await asked.getByRole('textbox', { name: 'Reason' }).fill('Nobody asked for it in a year');
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await project.expectValue('INS-2', 'Roadmap', "Won't do");

  // Undo is not asked, and any other edit may be explained afterwards.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await project.expectValue('INS-2', 'Roadmap', 'Next');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await project.expectValue('INS-2', 'Roadmap', "Won't do");
  await project.change('INS-1', { Roadmap: 'Now' });
  await admin.goto(new URL('/i/INS-1', admin.url()).href);
  await admin.getByRole('tab', { name: 'History' }).click();
  await admin.getByRole('button', { name: 'Say why' }).first().click();
  const why = admin.getByRole('dialog', { name: 'Why?' });
  await why.getByRole('textbox', { name: 'Reason' }).fill('Three of ten baskets end there');
  await why.getByRole('button', { name: 'Say why' }).click();
  await expect(admin.getByText('“Three of ten baskets end there”')).toBeVisible();
  await admin.goto(new URL('/i/INS-2', admin.url()).href);
  await admin.getByRole('tab', { name: 'History' }).click();
  await expect(admin.getByText('“Nobody asked for it in a year”')).toBeVisible();
});
