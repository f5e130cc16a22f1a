import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ben } from '../support/people';
import { dotPng, give } from '../support/png';
import { Project } from '../support/workspace';

test('what customers say is pasted, triaged by keyboard, and measured on ideas', async ({ admin, join }) => {
  const project = await Project.create(admin);
  await project.add('Export invoices to PDF', {});
  await project.add('Dark theme for night shifts', {});
  const colleague = await join(ben);
  await colleague.goto(new URL('/i/INS-1?tab=insights', admin.url()).href);
  await expect(colleague.getByText('No insights yet.')).toBeVisible();

  // Three voices at once.
  await admin.goto(new URL('/p/INS/insights', admin.url()).href);
  await expect(admin.getByRole('heading', { name: 'The inbox is empty' })).toBeVisible();
  await admin.getByRole('button', { name: 'Paste many' }).click();
  await admin
    .getByRole('textbox', { name: 'Text' })
    .fill('- The export of invoices takes an hour\n- My eyes hurt on night shifts\n- Bring back the fax');
  // What becomes of it is seen before it does.
  await expect(admin.getByRole('list').getByText('Bring back the fax')).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Check 3 insights' }).click();
  await admin.getByRole('button', { name: 'Import 3 insights' }).click();
  await admin.getByRole('link', { name: 'Open the insights' }).click();
  const list = admin.getByRole('list', { name: 'Insights' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await expectAccessible(admin);

  // By keyboard: link to the first suggestion, which says why.
  await list.getByRole('button', { name: /The export of invoices/ }).click();
  const suggested = admin.getByRole('button', { name: /INS-1 Export invoices to PDF/ });
  await expect(suggested).toContainText('both say: export and invoices');
  await expectAccessible(admin);
  await admin.keyboard.press('1');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(
    colleague.getByRole('article', { name: 'The export of invoices takes an hour' }),
  ).toBeVisible();

  // What says the same is merged, keeps its words, and comes out again.
  await admin.request.post(new URL('/api/v1/projects/INS/insights', admin.url()).href, {
    data: { note: 'On night shifts my eyes hurt, says the colleague too' },
    headers: { Origin: new URL(admin.url()).origin },
  });
  await list.getByRole('button', { name: /says the colleague too/ }).click();
  await expect(admin.getByRole('button', { name: /My eyes hurt.*both say: .*eyes/ })).toBeVisible();
  await admin.keyboard.press('m');
  await expect(admin.getByRole('option', { name: /My eyes hurt/ })).toBeVisible();
  await expectAccessible(admin);
  await admin.keyboard.press('Enter');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await list.getByRole('button', { name: /My eyes hurt/ }).click();
  const part = admin.getByRole('article', { name: /says the colleague too/ });
  await part.getByRole('button', { name: 'Take out' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(part).toBeVisible();
  await expect(list.getByRole('listitem')).toHaveCount(2);

  // EVD-9: it is talked about by keyboard, with a picture; who is named hears of it, comes and answers.
  await list.getByRole('button', { name: /Bring back the fax/ }).click();
  const talk = admin.getByRole('region', { name: 'Comments' });
  const write = talk.getByRole('textbox', { name: 'Write a comment' });
  await expect(write).toBeVisible();
  await admin.keyboard.press('c');
  await expect(write).toBeFocused();
  await write.pressSequentially('Who still has one, @ben');
  await expect(admin.getByRole('option', { name: ben.name })).toBeVisible();
  await write.press('Enter');
  await write.press('ControlOrMeta+Enter');
  await expect(talk.getByText(`@${ben.name}`)).toBeVisible();
  await talk
    .locator('input[type=file]')
    .setInputFiles({ name: 'fax.png', mimeType: 'image/png', buffer: Buffer.from(dotPng, 'base64') });
  await expect(list.getByRole('button', { name: /Bring back the fax.*1 comment.*1 file/ })).toBeVisible();
  await expect(admin.getByRole('link', { name: 'fax.png' })).toBeVisible();
  await give(admin.getByRole('article', { name: /Bring back the fax/ }), 'drop', 'form.png');
  await expect(admin.getByRole('link', { name: 'form.png' })).toBeVisible();
  await expectAccessible(admin);
  await colleague.getByRole('link', { name: /^Inbox/ }).click();
  await colleague.getByRole('link', { name: 'Bring back the fax' }).click();
  const answer = colleague.getByRole('region', { name: 'Comments' });
  await answer.getByRole('button', { name: 'Reply' }).click();
  await answer.getByRole('textbox', { name: 'Write a reply' }).fill('The clinic in Graz');
  await answer.getByRole('textbox', { name: 'Write a reply' }).press('ControlOrMeta+Enter');
  await expect(talk.getByText('The clinic in Graz')).toBeVisible();
  await colleague.goto(new URL('/i/INS-1?tab=insights', admin.url()).href);

  // Dismiss with a reason; take it back; a new idea of it instead. Escape leads back from writing to the keys.
  await write.press('Escape');
  await admin.keyboard.press('d');
  await admin.getByRole('textbox', { name: /^Reason/ }).fill('Nobody has one');
  await admin.keyboard.press('Enter');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  // What comes back by undo is shown again, and nothing offers to undo it once more.
  await expect(admin.getByRole('article', { name: 'Bring back the fax' })).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0);
  // Parked for a week by two keys.
  await admin.keyboard.press('p');
  await admin.keyboard.press('Enter');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await admin.keyboard.press('ControlOrMeta+z');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await list.getByRole('button', { name: /Bring back the fax/ }).click();
  await expect(admin.getByRole('article', { name: 'Bring back the fax' })).toBeVisible();
  await admin.keyboard.press('n');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await admin.getByRole('button', { name: /^Linked/ }).click();
  await expect(list.getByRole('listitem').filter({ hasText: 'Bring back the fax' })).toContainText('INS-3');

  // Somebody adds one on the idea, with a company that is new; the other sees it at once.
  await colleague.getByRole('button', { name: 'Add insight' }).click();
  await colleague.getByRole('textbox', { name: 'What was said or seen' }).fill('Our auditor wants **PDF**.');
  await colleague.getByRole('combobox', { name: 'Company' }).click();
  await colleague.getByRole('combobox', { name: 'Company', expanded: true }).last().fill('Acme');
  await colleague.getByRole('option', { name: /Acme/ }).click();
  await colleague.getByRole('button', { name: 'Add insight' }).last().click();
  await expect(colleague.getByRole('link', { name: 'Acme' })).toBeVisible();
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await colleague.getByRole('link', { name: 'Acme' }).click();
  await expect(colleague.getByRole('heading', { name: 'What they said' })).toBeVisible();
  await expectAccessible(colleague);

  // A file from elsewhere: its columns are proposed, one is put right, and what would happen is said before it does.
  const table =
    'Feedback,Company,Votes,Ticket\nThe scanner jams,Acme,high,T-1\nTwo screens please,Bolt,lots,T-2\n';
  await admin.getByRole('button', { name: 'Import', exact: true }).click();
  const take = async () => {
    await expect(admin.getByRole('heading', { name: 'Drop a file here' })).toBeVisible();
    const chooser = admin.waitForEvent('filechooser');
    await admin.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles({
      name: 'talks.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(table),
    });
    await expect(admin.getByRole('heading', { name: 'Where the columns go' })).toBeVisible();
  };
  await take();
  await admin.getByRole('combobox', { name: 'Target of Votes' }).click();
  await admin.getByRole('option', { name: 'Importance' }).click();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Check without importing' }).click();
  const count = (name: string) =>
    admin.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd');
  await expect(count('Created')).toHaveText('2');
  await expect(count('New customer by name')).toHaveText('1');
  await expect(admin.getByRole('row').filter({ hasText: 'lots' })).toContainText('a word such as high');
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Import 2 insights' }).click();
  const done = admin.getByRole('link', { name: 'Open the insights' });
  await expect(done).toBeVisible();

  // It is given back as a whole; and once more, with the columns where they went.
  await admin.getByRole('button', { name: 'Undo import' }).click();
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click();
  await expect(admin.getByText('The import was undone')).toBeVisible();
  await admin.getByRole('button', { name: 'All imports' }).click();
  await take();
  await admin.getByRole('button', { name: 'Check without importing' }).click();
  await admin.getByRole('button', { name: 'Import 2 insights' }).click();
  await done.click();
  await admin.getByRole('button', { name: /^Inbox/ }).click();
  await expect(list.getByRole('listitem').filter({ hasText: 'The scanner jams' })).toContainText('Acme');
});
