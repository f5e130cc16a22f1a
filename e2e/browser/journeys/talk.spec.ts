import type { Locator } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ada, ben } from '../support/people';
import { give } from '../support/png';
import { Project } from '../support/workspace';

test('people talk in threads, mention each other and ideas, react and settle', async ({ admin, join }) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', {});
  await project.add('Photos instead of lists', {});
  const colleague = await join(ben);
  for (const page of [admin, colleague]) await page.goto(new URL('/i/INS-1', admin.url()).href);

  // CONV-1, CONV-2: a person by @, an idea by # and by its bare key, chosen with the keys.
  const write = admin.getByRole('textbox', { name: 'Write a comment' });
  await write.pressSequentially('What do you say, @ben');
  await expect(admin.getByRole('option', { name: ben.name })).toBeVisible();
  await write.press('Enter');
  await expect(write).toHaveValue(`What do you say, @${ben.name} `);
  await write.pressSequentially('like #Photos');
  await expect(admin.getByRole('option', { name: /INS-2/ })).toBeVisible();
  await expectAccessible(admin);
  await write.press('Tab');
  await expect(write).toHaveValue(`What do you say, @${ben.name} like INS-2 `);
  await write.press('ControlOrMeta+Enter');
  const question = colleague.getByRole('article', { name: `Comment of ${ada.name}` });
  await expect(question.getByText(`@${ben.name}`)).toBeVisible();
  await expect(question.getByRole('link', { name: /INS-2 Photos instead of lists/ })).toBeVisible();

  // CONV-6, CONV-9: a reply with a quotation, and a reaction.
  await question.getByRole('button', { name: /^More about the comment/ }).click();
  await colleague.getByRole('menuitem', { name: 'Quote in reply' }).click();
  const reply = colleague.getByRole('textbox', { name: 'Write a reply' });
  await expect(reply).toHaveValue(`> What do you say, @${ben.name} like INS-2\n\n`);
  await reply.press('ControlOrMeta+End');
  await reply.pressSequentially('Yes!');
  await reply.press('ControlOrMeta+Enter');
  await expect(admin.getByText('Yes!', { exact: true })).toBeVisible();
  await expect(admin.getByRole('blockquote').getByText(`@${ben.name}`)).toBeVisible();
  const answer = admin.getByRole('article', { name: `Comment of ${ben.name}` });
  await answer.getByRole('button', { name: 'React' }).click();
  await admin.getByRole('button', { name: '🎉' }).click();
  await expect(colleague.getByRole('button', { name: /🎉 by Ada/ })).toBeVisible();
  await colleague.getByRole('button', { name: /🎉 by Ada/ }).click();
  await expect(admin.getByRole('button', { name: /🎉 by Ada Lindqvist, Ben Okafor/ })).toBeVisible();
  await expectAccessible(admin);

  // CONV-10: what it said before.
  const own = admin.getByRole('article', { name: `Comment of ${ada.name}` });
  await own.getByRole('button', { name: /^More about the comment/ }).click();
  await admin.getByRole('menuitem', { name: 'Edit comment' }).click();
  const edit = admin.getByRole('textbox', { name: 'Edit comment' });
  await expect(edit).toHaveValue(`What do you say, @${ben.name} like INS-2`);
  await edit.fill(`What do you think, @${ben.name}?`);
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(colleague.getByText('What do you think')).toBeVisible();
  await colleague.getByRole('button', { name: 'edited' }).click();
  const before = colleague.getByRole('dialog', { name: 'What it said before' });
  await expect(before.getByText('What do you say')).toBeVisible();
  await before.getByRole('button', { name: 'Close' }).click();

  // CONV-7: settled threads fold, and a link to a reply opens its thread.
  await question.getByRole('button', { name: /^More about the comment/ }).click();
  await colleague.getByRole('menuitem', { name: 'Resolve thread' }).click();
  const folded = admin.getByRole('button', { name: /Resolved by Ben Okafor · 2 comments/ });
  await expect(folded).toBeVisible();
  await folded.click();
  await expect(admin.getByText('Yes!', { exact: true })).toBeVisible();

  // FILE-2: a picture pasted into a comment is attached and shown in it.
  await give(write, 'paste', 'sketch.png');
  await expect(write).toHaveValue(/!\[sketch\.png\]\(cairn:file\/\d+\)/);
  await write.press('ControlOrMeta+Enter');
  const picture = colleague.getByRole('img', { name: 'sketch.png' });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
});

test('files go into texts by paste and drop, and tasks in texts are ticked by several at once', async ({
  admin,
  join,
}) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', {});
  await project.add('Photos instead of lists', {});
  const colleague = await join(ben);
  for (const page of [admin, colleague]) await page.goto(new URL('/i/INS-1', admin.url()).href);

  // CONV-13: what does not get there says why, and goes on its way again.
  const write = admin.getByRole('textbox', { name: 'Write a comment' });
  await expect(write).toBeVisible();
  const full = {
    type: 'about:blank',
    title: 'Insufficient Storage',
    status: 507,
    code: 'no_space',
    detail: 'The storage of files (/srv/files) is full, so the file was not kept.',
  };
  let refusals = 1;
  await admin.route('**/api/v1/ideas/*/files?name=*', async (route) => {
    if (refusals === 0) return route.fallback();
    refusals -= 1;
    return route.fulfill({
      status: 507,
      contentType: 'application/problem+json',
      body: JSON.stringify(full),
    });
  });
  await give(write, 'drop', 'sketch.png');
  const onTheWay = admin.getByRole('list', { name: 'Files on their way' });
  await expect(onTheWay.getByRole('alert')).toContainText('The storage of files (/srv/files) is full');
  await expectAccessible(admin);
  await onTheWay.getByRole('button', { name: 'Try again' }).click();
  await expect(write).toHaveValue(/!\[sketch\.png\]\(cairn:file\/\d+\)/);
  await expect(onTheWay).toHaveCount(0);
  // One that is left out is gone from the list, and nothing of it is attached.
  refusals = 1;
  await give(write, 'paste', 'other.png');
  await onTheWay.getByRole('button', { name: 'Leave other.png out' }).click();
  await expect(onTheWay).toHaveCount(0);
  await write.press('ControlOrMeta+Enter');
  await expect(colleague.getByRole('img', { name: 'sketch.png' })).toBeVisible();

  // CONV-12: in the editor of the description people, ideas and pictures are put in as well.
  await admin.getByRole('button', { name: 'Add a description…' }).click();
  const text = admin.locator('[contenteditable][role=textbox]');
  await expect(text).toBeFocused();
  await text.pressSequentially('Asked by @ben');
  await expect(admin.getByRole('option', { name: ben.name })).toBeVisible();
  await expectAccessible(admin);
  await text.press('Enter');
  await text.pressSequentially('like #Photos');
  await expect(admin.getByRole('option', { name: /INS-2/ })).toBeVisible();
  await text.press('Tab');
  await expect(text).toHaveText(`Asked by @${ben.name} like INS-2 `);
  await give(text, 'paste', 'plan.png');
  await expect(text.getByRole('img', { name: 'plan.png' })).toBeVisible();
  await text.press('ControlOrMeta+Enter');
  const shown = colleague.getByRole('region', { name: 'Description' });
  await expect(shown.getByText(`@${ben.name}`)).toBeVisible();
  await expect(shown.getByRole('link', { name: /INS-2 Photos instead of lists/ })).toBeVisible();
  await expect(shown.getByRole('img', { name: 'plan.png' })).toBeVisible();

  // CONV-14: two people tick tasks of one text at the same moment; neither tick is lost.
  await project.describe('INS-1', '- [ ] Ask Ada\n- [ ] Ask Ben\n  - [ ] twice\n\n```\n- [ ] code\n```');
  const tasks = [admin, colleague].map((page) => page.getByRole('region', { name: 'Description' }));
  const [mine, theirs] = tasks as [Locator, Locator];
  for (const each of tasks) await expect(each.getByRole('checkbox')).toHaveCount(3);
  await Promise.all([
    mine.getByRole('checkbox', { name: 'Ask Ada' }).click(),
    theirs.getByRole('checkbox', { name: 'Ask Ben' }).click(),
  ]);
  for (const each of tasks) {
    await expect(each.getByRole('checkbox', { name: 'Ask Ada' })).toBeChecked();
    await expect(each.getByRole('checkbox', { name: 'Ask Ben' })).toBeChecked();
    await expect(each.getByRole('checkbox', { name: 'twice' })).not.toBeChecked();
  }
  await mine.getByRole('checkbox', { name: 'twice' }).press('Space');
  await expect(theirs.getByRole('checkbox', { name: 'twice' })).toBeChecked();
  await expectAccessible(admin);
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(theirs.getByRole('checkbox', { name: 'twice' })).not.toBeChecked();
  await expect(theirs.getByRole('checkbox', { name: 'Ask Ben' })).toBeChecked();

  // In a comment its author ticks; others see it.
  await write.fill('- [ ] Call them');
  await write.press('ControlOrMeta+Enter');
  await admin.getByRole('checkbox', { name: 'Call them' }).click();
  await expect(admin.getByRole('checkbox', { name: 'Call them' })).toBeChecked();
  const comment = colleague.getByRole('article').filter({ hasText: 'Call them' });
  await expect(comment.getByRole('img', { name: 'Done:' })).toBeVisible();
});
