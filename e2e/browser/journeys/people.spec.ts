import { writeFile } from 'node:fs/promises';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ada, ben, expectSignedIn, fillSignIn } from '../support/people';
import { Project } from '../support/workspace';

test('somebody known from a file without addresses is invited and takes over their work', async ({
  admin,
  server,
  browser,
}, info) => {
  await Project.create(admin);
  const file = info.outputPath('ideas.csv');
  await writeFile(file, 'Title,Owner\nQuotes in two minutes,Ina May\n');
  await server.cairn('import', file, '--project', 'INS');
  await admin.goto(`${server.url}/settings/people`);
  const line = admin.getByRole('listitem').filter({ hasText: 'Ina May' });
  await expect(line).toContainText('From an import, no account');
  await line.getByRole('button', { name: 'Invite Ina May' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Invite Ina May' });
  await expect(dialog).toBeVisible();
  await expectAccessible(admin);

  // An address that has an account already is refused where it was written.
  await dialog.getByLabel('E-mail').fill(ada.email);
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByText('has an account already')).toBeVisible();
  await dialog.getByLabel('E-mail').fill('Ina@example.com');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const link = await line.getByRole('textbox', { name: 'Link' }).inputValue();
  await expectAccessible(admin);

  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill('Ina May');
  await page.getByLabel('New password').fill('a long walk by the sea');
  await page.getByRole('button', { name: 'Join' }).click();
  await expectSignedIn(page, { name: 'Ina May', email: 'ina@example.com', password: '' });
  await page.goto(`${server.url}/i/INS-1`);
  await expect(page.getByText('Ina May').first()).toBeVisible();
  await context.close();

  // It is the same person: nobody of that name is without an account now.
  await admin.reload();
  await expect(line).toHaveCount(1);
  await expect(line).not.toContainText('no account');
  await expect(line).toContainText('ina@example.com');
});

test('a password change ends the other sessions; signing out everywhere ends all; a token says when it was used', async ({
  admin,
  server,
  join,
}) => {
  const desk = await join(ben);
  await desk.goto(`${server.url}/settings/tokens`);
  await desk.getByRole('button', { name: 'New token' }).click();
  await desk.getByRole('dialog').getByLabel('Name').fill('Reports');
  await desk.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
  const token = await desk.getByRole('textbox', { name: 'Token' }).inputValue();
  const line = desk.getByRole('listitem').filter({ hasText: 'Reports' });
  await expect(line).toContainText('Never used');
  await expect(line).toContainText(/expires|ends/i);
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await admin.request.get(`${server.url}/api/v1/workspace`, { headers });
  expect(((await answer.json()) as { me: { name: string } }).me.name).toBe(ben.name);
  await expect
    .poll(async () => {
      await desk.reload();
      return line.textContent();
    })
    .toMatch(/Used|Last used/);

  // Another browser is signed out by the new password, this one is not.
  const sofa = await (await desk.context().browser()?.newContext())?.newPage();
  if (!sofa) throw new Error('there is no browser');
  await sofa.goto(`${server.url}/signin`);
  await fillSignIn(sofa, ben.email, ben.password);
  await expectSignedIn(sofa, ben);
  await desk.goto(`${server.url}/settings/sign-in`);
  await desk.getByLabel('Present password').fill(ben.password);
  await desk.getByLabel('New password').fill('another small path');
  await desk.getByRole('button', { name: 'Change password' }).click();
  await expect.poll(async () => (await sofa.request.get(`${server.url}/api/v1/me`)).status()).toBe(401);
  await desk.reload();
  await expectSignedIn(desk, ben);

  await sofa.goto(`${server.url}/signin`);
  await fillSignIn(sofa, ben.email, 'another small path');
  await expectSignedIn(sofa, ben);
  await desk.getByRole('button', { name: 'Sign out everywhere' }).click();
  await desk.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(desk.getByRole('heading', { name: 'Sign in to Cairn' })).toBeVisible();
  await expect.poll(async () => (await sofa.request.get(`${server.url}/api/v1/me`)).status()).toBe(401);
  // The token is not a session: it works on.
  expect((await admin.request.get(`${server.url}/api/v1/workspace`, { headers })).status()).toBe(200);
  await sofa.context().close();
});
