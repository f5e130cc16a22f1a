import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { addPerson, ben, signIn } from '../support/people';
import { Project } from '../support/workspace';

const idea = 'Quotes in two minutes';

test('what cannot be is refused with its reason, and nothing typed is lost', async ({ admin }) => {
  const project = await Project.create(admin);
  await project.add(idea, { Impact: 2 });
  await admin.goto(new URL(`${project.view('All ideas')}?idea=INS-1`, admin.url()).href);
  const panel = admin.getByRole('complementary', { name: 'INS-1' });
  const title = panel.getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue(idea);

  // A title of 10,000 characters: said with its limit; the text stays, to be shortened.
  await title.fill('x'.repeat(10_000));
  await title.press('Enter');
  const alerts = admin.getByRole('region', { name: 'Notifications' });
  await expect(alerts).toContainText(/title/i);
  await expect(alerts).toContainText(/\d characters/);
  await expect(title).toHaveValue(/^x{10000}$/);
  expect((await project.idea('INS-1')).title).toBe(idea);

  // No title at all.
  await title.fill('');
  await title.press('Enter');
  await expect(panel.getByText('An idea needs a title.')).toBeVisible();
  await expectAccessible(admin);
  await title.press('Escape');

  // What another program sends is judged the same: the field and its range are named.
  expect(await project.refusal('INS-1', { Impact: 9 })).toMatch(/^422 .*Impact.*1.*5/s);
  await project.expectValue('INS-1', 'Impact', 2);

  // Addresses that lead nowhere say so.
  await admin.goto(new URL('/i/INS-999', admin.url()).href);
  await expect(admin.getByText('INS-999 is not here')).toBeVisible();
  await expectAccessible(admin);
  await admin.goto(new URL('/p/NOPE', admin.url()).href);
  await expect(admin.getByText('There is no such project for you')).toBeVisible();
  await expectAccessible(admin);
  const damaged = new URL(project.view('All ideas'), admin.url());
  damaged.search = new URLSearchParams({ filter: '{"all":5}', sort: '[{', group: '[[]]' }).toString();
  await admin.goto(damaged.href);
  await expect(new List(admin).row(idea)).toBeVisible();
  await admin.goto(new URL('/p/INS/v/999999', admin.url()).href);
  await expect(admin.getByText('This view does not exist any more')).toBeVisible();
  await expectAccessible(admin);
});

test('a contributor is told why a cell is locked; an outsider sees nothing', async ({
  admin,
  browser,
  server,
}) => {
  const project = await Project.create(admin);
  await project.add(idea, { Impact: 2 });
  await project.access('limited');
  await addPerson(server, ben);
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, server, ben);

  const list = new List(page);
  await list.open(project.view('All ideas'));
  await (await list.cell(idea, 'Impact')).dblclick();
  await expect(page.getByText('You may read “Impact”.')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('5');
  await expect(list.row(idea).getByRole('img', { name: 'Impact: 2 of 5' })).toBeVisible();

  // What an administrator opens to contributors can be changed at once, without a reload.
  await project.openToContributors('Impact');
  await expect(await list.cell(idea, 'Impact')).not.toHaveAttribute('aria-readonly', 'true');
  await (await list.cell(idea, 'Impact')).click();
  await page.keyboard.press('5');
  await project.expectValue('INS-1', 'Impact', 5);

  // Private: the project is gone for who is no member, in the open page, the address and the API.
  await project.access('private');
  await page.goto(new URL('/i/INS-1', admin.url()).href);
  await expect(page.getByText(idea)).toBeHidden();
  await expect(page.getByText('There is no such project for you')).toBeVisible();
  for (const path of ['ideas/INS-1', 'projects/INS', 'stream?project=INS', 'search?q=Quotes&project=INS']) {
    const answer = await page.request.get(`${server.url}/api/v1/${path}`);
    expect([403, 404], path).toContain(answer.status());
  }
  await context.close();
});
