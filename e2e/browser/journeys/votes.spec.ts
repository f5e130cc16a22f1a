import { expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { Project } from '../support/workspace';

test('people vote from their budgets and see each other’s votes at once', async ({ admin, join }) => {
  const project = await Project.create(admin);
  await project.addField({ name: 'Support', type: 'votes', pinned: true, votes: { budget: 3 } });
  await project.add('Quotes in two minutes');
  await project.add('Scan the damage');
  const address = new URL(`${project.view('All ideas')}?idea=INS-1`, admin.url()).href;
  await admin.goto(address);
  const bob = await join({
    name: 'Bob Builder',
    email: 'bob@example.com',
    password: 'a long password of Bob',
  });
  await bob.goto(address);

  const cell = admin.getByRole('button', { name: /^Support/ });
  await expect(cell).toContainText('0');
  await cell.click();
  const panel = admin.getByRole('dialog', { name: 'Support' });
  await expect(panel).toContainText('Nobody has voted for this idea yet.');
  await panel.getByRole('button', { name: 'Give one more vote' }).click();
  await panel.getByRole('button', { name: 'Give one more vote' }).click();
  await expect(panel).toContainText('1 vote left of 3');
  await panel.getByRole('textbox', { name: 'Why?' }).fill('Brokers ask every week');
  await admin.keyboard.press('Enter');
  await expect(panel.getByRole('listitem')).toContainText('Brokers ask every week');
  await expectAccessibleEverywhere(admin);

  // The other person sees it without a reload, and adds to it by keyboard.
  const theirs = bob.getByRole('button', { name: /^Support/ });
  await expect(theirs).toContainText('2');
  await theirs.focus();
  await bob.keyboard.press('Enter');
  const hers = bob.getByRole('dialog', { name: 'Support' });
  await expect(hers).toContainText('Brokers ask every week');
  for (let times = 0; times < 3; times += 1)
    await hers.getByRole('button', { name: 'Give one more vote' }).press('Enter');
  await expect(hers).toContainText('You have given all your votes.');
  await expect(hers.getByRole('button', { name: 'Give one more vote' })).toBeDisabled();
  await expect(panel.getByRole('listitem')).toHaveCount(2);
  await bob.keyboard.press('Escape');
  await expect(theirs).toContainText('5');

  // A step back takes the last vote back, for everybody.
  await bob.keyboard.press('Control+z');
  await expect(theirs).toContainText('4');
  await admin.keyboard.press('Escape');
  await expect(cell).toContainText('4');
});
