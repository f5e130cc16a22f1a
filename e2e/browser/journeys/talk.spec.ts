import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ada, ben } from '../support/people';
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
  await write.evaluate((area) => {
    const dots = atob(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    );
    const bytes = Uint8Array.from(dots, (dot) => dot.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'sketch.png', { type: 'image/png' }));
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(write).toHaveValue(/!\[sketch\.png\]\(cairn:file\/\d+\)/);
  await write.press('ControlOrMeta+Enter');
  const picture = colleague.getByRole('img', { name: 'sketch.png' });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
});
