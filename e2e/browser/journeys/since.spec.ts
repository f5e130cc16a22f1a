import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

test('a project asks why; what is said shows with the change', async ({ admin, join }) => {
  const project = await Project.create(admin);
  await project.add('Faster search', { Roadmap: 'Next' });
  await project.add('Gift cards', { Roadmap: 'Next' });

  // The administrator wants a reason when an idea is dropped.
  await admin.goto(new URL('/p/INS/settings/reasons', admin.url()).href);
  await admin.getByRole('button', { name: 'Ask about a field' }).click();
  await admin.getByRole('combobox', { name: 'Ask about' }).click();
  await admin.getByRole('option', { name: 'Roadmap' }).click();
  await admin.getByRole('combobox', { name: 'Options of Roadmap that are asked about' }).click();
  await admin
    .getByRole('option', { name: 'Won’t do' })
    .or(admin.getByRole('option', { name: "Won't do" }))
    .click();
  await admin.keyboard.press('Escape');
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Saved', { exact: false }).first()).toBeVisible();

  // Ben drops one: he is asked, calls it off, then says why.
  const page = await join(ben);
  const address = await project.addView((ref) => ({
    name: 'All',
    kind: 'list',
    query: {},
    columns: [{ field: 'title' }, { field: ref('Roadmap') }],
  }));
  const list = new List(page);
  await list.open(new URL(address, page.url()).href);
  const drop = async () => {
    const cell = await list.cell('Gift cards', 'Roadmap');
    await cell.dblclick();
    await page.getByRole('option', { name: /^Won.t do/ }).click();
  };
  await drop();
  const asked = page.getByRole('dialog', { name: 'Why?' });
  await expect(asked).toContainText('This project asks why Roadmap becomes Won');
  await expectAccessible(page);
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(asked).toBeHidden();
  await expect(await list.cell('Gift cards', 'Roadmap')).toContainText('Next');
  await drop();
  await asked.getByRole('textbox', { name: 'Reason' }).fill('Nobody asked for it in a year');
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await project.expectValue('INS-2', 'Roadmap', "Won't do");

  // Undo is not asked, and any other edit may be explained afterwards.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await project.expectValue('INS-2', 'Roadmap', 'Next');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await project.expectValue('INS-2', 'Roadmap', "Won't do");
  // So may a move, from where it is told.
  await (await list.cell('Gift cards', 'Title')).click();
  await page.keyboard.press('Alt+ArrowUp');
  await list.expectTitles(['Gift cards', 'Faster search']);
  const moved = page.getByRole('dialog').filter({ hasText: 'Moved to place 1' });
  await moved.getByRole('button', { name: 'Say why' }).click();
  await asked.getByRole('textbox', { name: 'Reason' }).fill('To be told first');
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await project.change('INS-1', { Roadmap: 'Now' });
  await admin.goto(new URL('/i/INS-1', admin.url()).href);
  await admin.getByRole('tab', { name: 'History' }).click();
  await admin.getByRole('button', { name: 'Say why' }).first().click();
  const why = admin.getByRole('dialog', { name: 'Why?' });
  await why.getByRole('textbox', { name: 'Reason' }).fill('Three of ten baskets end there');
  await why.getByRole('button', { name: 'Say why' }).click();
  await expect(admin.getByText('“Three of ten baskets end there”')).toBeVisible();
  await admin.goto(new URL('/i/INS-2', admin.url()).href);
  await admin.getByRole('tab', { name: 'History' }).click();
  await expect(admin.getByText('“Nobody asked for it in a year”')).toBeVisible();
  await expect(admin.getByText('“To be told first”')).toBeVisible();

  // The activity of the project says it too, of one person when that is wanted.
  await admin.goto(new URL('/p/INS/activity', admin.url()).href);
  const steps = admin.getByRole('list', { name: 'Activity' });
  await expect(steps).toContainText('“Three of ten baskets end there”');
  await admin.getByRole('combobox', { name: 'Who' }).click();
  await admin.getByRole('option', { name: 'Ben Okafor' }).click();
  await expect(steps).not.toContainText('“Three of ten baskets end there”');
  await expect(steps).toContainText('“Nobody asked for it in a year”');
  await expectAccessible(admin);

  // Many ideas change in one step, one of them again: the undo is shown before it is done.
  await project.changeAll(['INS-1', 'INS-2'], { Roadmap: 'Later' });
  await project.change('INS-2', { Roadmap: 'Next' });
  await admin.goto(new URL('/p/INS/activity', admin.url()).href);
  const bulk = steps
    .getByRole('listitem')
    .filter({ hasText: 'Faster search' })
    .filter({ hasText: 'Gift cards' });
  await bulk.getByRole('button', { name: 'Undo' }).click();
  const preview = admin.getByRole('dialog', { name: 'Take this back?' });
  await expect(preview).toContainText('1 change goes back');
  await expect(preview).toContainText('1 stays, because it was changed again since');
  await expectAccessible(admin);
  await preview.getByRole('button', { name: 'Take back 1 change' }).click();
  await project.expectValue('INS-1', 'Roadmap', 'Now');
  await project.expectValue('INS-2', 'Roadmap', 'Next');

  // What a person did, from their name.
  await steps.getByRole('link', { name: 'Ben Okafor' }).first().click();
  const done = admin.getByRole('list', { name: 'What Ben Okafor did' });
  await expect(done).toContainText('“Nobody asked for it in a year”');
  await expect(done).not.toContainText('“Three of ten baskets end there”');
  await expectAccessible(admin);
});

test('who comes back sees what changed, marks it, copies it, and looks at what was', async ({
  admin,
  join,
}) => {
  const project = await Project.create(admin);
  for (const title of ['Faster search', 'Gift cards', 'Shared baskets', 'Night mode'])
    await project.add(title, { Roadmap: 'Next' });
  const said = await project.hear('Search takes a minute', ['INS-1']);
  const address = await project.addView((ref) => ({
    name: 'All',
    kind: 'list',
    query: {},
    columns: [{ field: 'title' }, { field: ref('Roadmap') }],
  }));
  const page = await join(ben);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const list = new List(page);
  await list.open(new URL(address, page.url()).href);

  // A first visit has nothing to tell.
  await page.getByRole('button', { name: 'What changed' }).click();
  const panel = page.getByRole('region', { name: 'What changed' });
  await expect(panel).toContainText('You have not seen this view before');
  const path = `${new URL(page.url()).origin}/api/v1/views/${address.split('/').at(-1)}/visit`;
  const inTree = await project.addView(() => ({ name: 'Tree', kind: 'tree', query: {} }));
  const treePath = `${new URL(page.url()).origin}/api/v1/views/${inTree.split('/').at(-1)}/visit`;
  for (const seen of [path, treePath])
    expect((await page.request.put(seen, { data: { caught: true } })).ok()).toBe(true);

  // Ada drops one idea, moves another up and adds one.
  const api = `${new URL(admin.url()).origin}/api/v1`;
  const write = async (idea: string, reason: string, data: object) => {
    const headers = { 'Cairn-Reason': encodeURIComponent(reason) };
    expect((await admin.request.patch(`${api}/ideas/${idea}`, { data, headers })).ok()).toBe(true);
  };
  const first = await project.idea('INS-1');
  await write('INS-4', 'Clinics ask for it at night', { move: { before: first.id } });
  await project.change('INS-2', { Roadmap: "Won't do" });
  await project.add('Refunds', { Roadmap: 'Now' });
  expect(
    (await admin.request.patch(`${api}/insights/${said}`, { data: { title: 'Search is fine now' } })).ok(),
  ).toBe(true);

  // Ben comes back: a line says so, and leads to what.
  await list.open(new URL(address, page.url()).href);
  await expect(page.getByText(/^3 ideas changed since/).first()).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await page.getByRole('button', { name: 'See what' }).click();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Night mode' }).first()).toContainText('Up');
  await expect(panel).toContainText('“Clinics ask for it at night”');
  await expect(list.row('Refunds')).toContainText('Changed: New here');
  await expect(list.row('Night mode')).toContainText('Changed: Up');
  await expect(list.row('Gift cards')).toContainText('Changed: Status');
  await expect(list.row('Shared baskets')).not.toContainText('Changed:');
  await expectAccessibleEverywhere(page);
  await panel.getByRole('button', { name: 'Copy as text' }).click();
  await expect(page.getByText('Copied', { exact: true })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain('**INS-4 Night mode** (Up): “Clinics ask for it at night” (Ada Lindqvist)');

  // The view as it was: nothing can be changed, and there is a way back.
  await panel.getByRole('button', { name: 'See the view as it was' }).click();
  await expect(page.getByText('Nothing can be changed here.')).toBeVisible();
  await list.expectTitles(['Faster search', 'Gift cards', 'Shared baskets', 'Night mode']);
  await expect(page.getByRole('button', { name: 'Certainty' })).toHaveCount(0);
  // So are the insights beside an idea.
  const then = page.url();
  await page.goto(`${then}&idea=INS-1&tab=insights`);
  await expect(page.getByRole('article', { name: 'Search takes a minute' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'More about this insight' })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page.getByRole('article', { name: 'Search is fine now' })).toBeVisible();
  await page.goto(then);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await list.expectTitles(['Night mode', 'Faster search', 'Gift cards', 'Shared baskets', 'Refunds']);

  // Taken in, it is no longer new.
  await page.getByRole('complementary', { name: 'What changed' }).getByRole('button').last().click();
  await expect(page.getByText(/^3 ideas changed since/)).toHaveCount(0);
  await page.getByRole('button', { name: 'What changed' }).click();
  await expect(panel).toContainText('Nothing in this view changed.');
  await expect(list.row('Refunds')).not.toContainText('Changed:');

  // What Ben does himself elsewhere is no news to him.
  const own = await page.request.patch(`${new URL(page.url()).origin}/api/v1/ideas/INS-3`, {
    data: { title: 'Baskets for two' },
  });
  expect(own.ok()).toBe(true);
  const asked = page.waitForResponse(
    // The line's own question; the panel of the page that is left asks again because of the edit.
    (answer) => answer.url().endsWith('/projects/INS/changes') && answer.request().postDataJSON().limit === 0,
  );
  await list.open(new URL(address, page.url()).href);
  expect(await (await asked).json()).toMatchObject({ changed: 1, own: 1 });
  await page.getByRole('button', { name: 'What changed' }).click();
  await expect(panel.getByRole('status')).toHaveText(/^1 idea changed since .*, 1 by you alone$/);

  // Other kinds of views mark it too.
  await page.goto(new URL(inTree, page.url()).href);
  await page.getByRole('button', { name: 'What changed' }).click();
  await expect(panel).toContainText('Night mode');
  const beside = page.getByRole('complementary', { name: 'Not in the tree' }).getByRole('listitem');
  await expect(beside.filter({ hasText: 'Night mode' })).toContainText('Changed: Up');
  await expect(beside.filter({ hasText: 'Faster search' })).not.toContainText('Changed:');
  // Beside what others changed, what Ben did is shown when he asks for it.
  await expect(panel).not.toContainText('Baskets for two');
  await panel.getByRole('checkbox', { name: 'Also 1 idea that only you changed' }).check();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Baskets for two' }).first()).toBeVisible();
  await expectAccessible(page);
});
