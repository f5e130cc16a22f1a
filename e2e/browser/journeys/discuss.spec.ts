import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

test('people discuss an idea, and every change can be taken back', async ({ admin, join }) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', { Impact: 3 });
  const colleague = await join(ben);
  for (const page of [admin, colleague]) await page.goto(new URL('/i/INS-1', admin.url()).href);

  // A comment in Markdown reaches the other at once.
  await admin
    .getByRole('textbox', { name: 'Write a comment' })
    .fill('Five of eight **gave up** at the third page.');
  await admin.getByRole('button', { name: 'Comment', exact: true }).click();
  const comment = colleague.getByRole('listitem').filter({ hasText: 'at the third page' });
  await expect(comment.getByText('gave up', { exact: true })).toBeVisible();
  await expect(comment.getByRole('strong')).toHaveCount(2);
  await expectAccessible(colleague);

  // Only its author edits it; deleting can be undone.
  await comment.getByRole('button', { name: /^More about the comment/ }).click();
  await expect(colleague.getByRole('menuitem', { name: 'Copy link' })).toBeVisible();
  await expect(colleague.getByRole('menuitem', { name: /Edit|Delete/ })).toHaveCount(0);
  await colleague.keyboard.press('Escape');
  const own = admin.getByRole('listitem').filter({ hasText: 'at the third page' });
  await own.getByRole('button', { name: /^More about the comment/ }).click();
  await admin.getByRole('menuitem', { name: 'Edit comment' }).click();
  await admin.getByRole('textbox', { name: 'Edit comment' }).fill('Six of eight gave up at the third page.');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(colleague.getByText('Six of eight gave up')).toBeVisible();
  await expect(colleague.getByText('edited', { exact: true })).toBeVisible();
  await own.getByRole('button', { name: /^More about the comment/ }).click();
  await admin.getByRole('menuitem', { name: 'Delete comment' }).click();
  await expect(colleague.getByText('Six of eight gave up')).toBeHidden();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(colleague.getByText('Six of eight gave up')).toBeVisible();

  // The colleague renames it; the history says so, and brings the old title back.
  const title = colleague.getByRole('textbox', { name: 'Title' });
  await title.fill('Quotes in one minute');
  await title.press('Enter');
  await expect(admin.getByRole('textbox', { name: 'Title' })).toHaveValue('Quotes in one minute');
  await admin.getByRole('tab', { name: 'History' }).click();
  await expectAccessible(admin);
  await admin
    .getByRole('listitem')
    .filter({ hasText: ben.name })
    .getByRole('button', { name: 'Restore the earlier value of Title' })
    .click();
  await expect(title).toHaveValue('Quotes in two minutes');
});
