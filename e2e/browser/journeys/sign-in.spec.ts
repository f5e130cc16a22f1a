import { expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ada, ben, expectSignedIn, fillSignIn, setUp } from '../support/people';

test('the set-up link creates the administrator, once', async ({ page, server, browser }) => {
  const link = await server.setupLink();
  await page.goto(link);
  await expectAccessibleEverywhere(page);

  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Enter the name your colleagues know you by.')).toBeVisible();
  await expect(page.getByText('use at least 10')).toBeVisible();

  await setUp(page, link, ada);
  await page.reload();
  await expectSignedIn(page, ada);

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await other.getByLabel('Your name').fill(ben.name);
  await other.getByLabel('E-mail').fill(ben.email);
  await other.getByLabel('New password').fill(ben.password);
  await other.getByRole('button', { name: 'Create account' }).click();
  await expect(other.getByText('Cairn is set up already; sign in instead')).toBeVisible();
  await other.context().close();
});

test('signing in says what is wrong, then lets in', async ({ admin, server, browser }) => {
  await expectSignedIn(admin, ada);
  const page = await (await browser.newContext()).newPage();

  // An address inside the app leads to the sign-in page and, afterwards, back.
  await page.goto(`${server.url}/settings/profile`);
  await expect(page.getByRole('heading', { name: 'Sign in to Cairn' })).toBeVisible();
  await expectAccessibleEverywhere(page);

  await fillSignIn(page, ada.email, 'not the password');
  await expect(page.getByText('The e-mail or the password is not right.')).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue(ada.email);

  await fillSignIn(page, ada.email, ada.password);
  await expectSignedIn(page, ada);
  await expect(page).toHaveURL(`${server.url}/settings/profile`);
  await page.context().close();
});

test('signing out ends the session', async ({ admin, server }) => {
  await admin.getByRole('button', { name: `Account: ${ada.name}` }).click();
  await admin.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(admin.getByRole('heading', { name: 'Sign in to Cairn' })).toBeVisible();
  const answer = await admin.request.get(`${server.url}/api/v1/me`);
  expect(answer.status()).toBe(401);
});

test('a second person works beside the first', async ({ admin, join }) => {
  const colleague = await join(ben);
  await expectSignedIn(colleague, ben);
  await expectSignedIn(admin, ada);
});
