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
  await admin.getByRole('checkbox', { name: 'Ideas I comment on' }).uncheck();
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Saved', { exact: false }).first()).toBeVisible();
  await admin.reload();
  await expect(admin.getByRole('checkbox', { name: 'Ideas I comment on' })).not.toBeChecked();
  await expect(admin.getByRole('checkbox', { name: 'Ideas I add' })).toBeChecked();
});
