import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

test('a person hears what happened to their ideas, live, and goes through it by keyboard', async ({
  admin,
  join,
}) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', { Impact: 3 });
  await project.add('Claims by phone', { Impact: 2 });
  const colleague = await join(ben);
  await admin.goto(new URL('/inbox', admin.url()).href);
  await expect(admin.getByRole('heading', { name: 'All caught up' })).toBeVisible();
  await expectAccessible(admin);

  // What a colleague says and changes arrives by itself: two things, the newest first.
  await colleague.goto(new URL('/i/INS-1', colleague.url()).href);
  const title = colleague.getByRole('textbox', { name: 'Title' });
  await title.fill('Quotes in one minute');
  await title.press('Enter');
  const lines = admin.getByRole('list', { name: 'Inbox' }).locator('> li');
  await expect(lines).toHaveCount(1);
  await expect(lines.first()).toContainText('Quotes in two minutes → Quotes in one minute');
  await expect(lines.first()).toContainText('You made it');
  await colleague.goto(new URL('/i/INS-2', colleague.url()).href);
  await colleague.getByRole('textbox', { name: 'Write a comment' }).fill('Half of them call twice.');
  await colleague.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText('Half of them call twice.');
  const inbox = admin.getByRole('link', { name: /^Inbox/ });
  await expect(inbox).toContainText('2');
  await expectAccessible(admin);

  // j, e, undo, u, s: each says what it did and moves on.
  await expect(lines.nth(0)).toHaveAttribute('aria-current', 'true');
  await admin.keyboard.press('j');
  await expect(lines.nth(1)).toHaveAttribute('aria-current', 'true');
  await admin.keyboard.press('e');
  await expect(lines).toHaveCount(1);
  await expect(inbox).toContainText('1');
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(lines).toHaveCount(2);
  await admin.keyboard.press('u');
  await expect(inbox).toContainText('1');
  await admin.keyboard.press('s');
  await admin.getByRole('menuitem', { name: /^Tomorrow morning/ }).click();
  await expect(lines).toHaveCount(1);
  await admin
    .getByRole('button', { name: 'Snoozed', exact: true })
    .or(admin.getByRole('radio', { name: 'Snoozed' }))
    .first()
    .click();
  await expect(admin.getByRole('list', { name: 'Snoozed' }).locator('> li')).toContainText('comes back');

  // Enter opens; one button ends watching, and nothing more is heard.
  await admin.goto(new URL('/inbox', admin.url()).href);
  await expect(lines).toHaveCount(1);
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('textbox', { name: 'Title' })).toBeVisible();
  await admin.getByRole('button', { name: /^Stop watching/ }).click();
  await expect(admin.getByRole('button', { name: /^Watch/ })).toBeVisible();

  // What begins by itself is a setting; this server sends no e-mail, and says so.
  await admin.goto(new URL('/settings/hearing', admin.url()).href);
  await expect(admin.getByText('This server sends no e-mail.')).toBeVisible();
  await expectAccessibleEverywhere(admin);
  await admin.getByRole('checkbox', { name: 'What I comment on' }).uncheck();
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Saved', { exact: false }).first()).toBeVisible();
  await admin.reload();
  await expect(admin.getByRole('checkbox', { name: 'What I comment on' })).not.toBeChecked();
  await expect(admin.getByRole('checkbox', { name: 'What I add' })).toBeChecked();

  // All that is watched is in one list, and ends there; a project begins on its activity.
  const watched = admin.getByRole('list', { name: 'What you watch' }).locator('> li');
  await expect(watched).toHaveCount(1);
  await admin.goto(new URL('/p/INS/activity', admin.url()).href);
  await admin.getByRole('button', { name: /^Watch/ }).click();
  await expect(admin.getByRole('button', { name: /^Stop watching/ })).toBeVisible();
  await admin.goto(new URL('/settings/hearing', admin.url()).href);
  await expect(watched).toHaveCount(2);
  await watched.filter({ hasText: 'Insure' }).getByRole('button', { name: 'Stop watching' }).click();
  await expect(watched).toHaveCount(1);

  // How e-mail stands is the administrators'; without a mail server it says how to get one.
  await admin.goto(new URL('/settings/mail', admin.url()).href);
  await expect(admin.getByText('This server sends no e-mail').first()).toBeVisible();
  await expect(admin.getByText('This server reads no mailbox.')).toBeVisible();
  await expectAccessible(admin);
  await colleague.goto(new URL('/settings/mail', colleague.url()).href);
  await expect(colleague.getByRole('tab', { name: 'Profile' })).toBeVisible();
  await expect(colleague.getByRole('tab', { name: 'E-mail' })).toHaveCount(0);
});

test('what is new is marked in lists and on the idea, and on every page no more once it was looked at', async ({
  admin,
  join,
}) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', { Impact: 3 });
  await project.add('Claims by phone', { Impact: 2 });
  const colleague = await join(ben);
  const api = `${new URL(admin.url()).origin}/api/v1`;
  const says = async (body: string) => {
    const answer = await colleague.request.post(`${api}/ideas/INS-1/comments`, { data: { body } });
    expect(answer.ok()).toBe(true);
  };
  await says('Half of them call twice.');
  await admin.goto(new URL(project.view('All ideas'), admin.url()).href);
  const other = await admin.context().newPage();
  await other.goto(admin.url());
  const marks = (page: typeof admin) => page.getByRole('row').filter({ hasText: 'New for you' });
  for (const page of [admin, other]) {
    await expect(marks(page)).toHaveCount(1);
    await expect(marks(page)).toContainText('Quotes in two minutes');
  }
  await admin.bringToFront();

  // Looked at for the first time nothing of it is newer than the rest; in the list the mark goes, on both pages.
  await admin.goto(`${admin.url()}?idea=INS-1`);
  const talk = (words: string) => admin.getByRole('article').filter({ hasText: words }).last();
  await expect(talk('Half of them call twice.')).toBeVisible();
  await expect(talk('Half of them call twice.').getByText('New for you')).toHaveCount(0);
  for (const page of [admin, other]) await expect(marks(page)).toHaveCount(0);
  await expect(admin.getByRole('link', { name: /^Inbox/ })).not.toContainText('1');

  // While another idea is open it comes back, with the mark at what came since, of each kind.
  await admin.goto(new URL('/i/INS-2', admin.url()).href);
  await expect(admin.getByRole('textbox', { name: 'Title' })).toHaveValue('Claims by phone');
  await says('And one wrote a letter.');
  const insight = { title: 'A call from the North', ideas: [{ idea: 'INS-1' }] };
  expect((await colleague.request.post(`${api}/projects/INS/insights`, { data: insight })).ok()).toBe(true);
  await expect(marks(other)).toHaveCount(1);
  await admin.goto(new URL('/i/INS-1', admin.url()).href);
  await expect(talk('And one wrote a letter.').getByText('New for you')).toHaveCount(1);
  await expect(talk('Half of them call twice.').getByText('New for you')).toHaveCount(0);
  await admin.getByRole('tab', { name: /^Insights.*New for you/ }).click();
  await expect(talk('A call from the North').getByText('New for you')).toHaveCount(1);
  await expectAccessible(admin);
  await expect(marks(other)).toHaveCount(0);

  // What is said about a view is news until the view is looked at.
  const view = await project.addView(() => ({ name: 'Calls', kind: 'list', query: {} }));
  const inbox = admin.getByRole('link', { name: /^Inbox/ });
  await expect(inbox).not.toContainText(/\d/);
  const about = await colleague.request.post(`${api}/views/${view.split('/').pop()}/comments`, {
    data: { body: 'Is this all of them?' },
  });
  expect(about.ok()).toBe(true);
  await expect(inbox).toContainText('1');
  await admin.goto(new URL(view, admin.url()).href);
  await expect(inbox).not.toContainText(/\d/);
});
