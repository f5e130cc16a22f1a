import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

test('c captures one idea after the other', async ({ admin }) => {
  const project = await Project.create(admin);
  const list = new List(admin);
  await list.open(project.view('All ideas'));
  await expect(admin.getByText('No ideas yet')).toBeVisible();
  await expectAccessibleEverywhere(admin);

  await admin.keyboard.press('c');
  const dialog = admin.getByRole('dialog', { name: 'New idea' });
  const title = dialog.getByRole('textbox', { name: 'Title' });
  await expect(title).toBeFocused();
  await expectAccessible(admin);
  await admin.keyboard.press('Enter');
  await expect(dialog.getByText('An idea needs a title.')).toBeVisible();

  await title.fill('Quotes in two minutes');
  await admin.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: /^INS-1/ })).toBeVisible();
  await expect(title).toHaveValue('');
  await expect(title).toBeFocused();
  await title.fill('Scan the damage');
  await admin.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: /^INS-2/ })).toBeVisible();
  await admin.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await list.expectTitles(['Quotes in two minutes', 'Scan the damage']);
});

test('what is typed before a window is there, or while an idea is on its way, is kept', async ({ admin }) => {
  const project = await Project.create(admin);
  const list = new List(admin);
  await list.open(project.view('All ideas'));
  await expect(admin.getByText('No ideas yet')).toBeVisible();

  // Both windows come over the network when first used; their keys do not wait.
  for (const [part, keys] of [
    ['CaptureDialog', ['c']],
    ['Palette', ['Control+k']],
  ] as const) {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const asked = admin.waitForRequest(`**/assets/${part}-*.js`);
    await admin.route(`**/assets/${part}-*.js`, async (route) => {
      await gate;
      await route.continue();
    });
    for (const key of keys) await admin.keyboard.press(key);
    await asked;
    await admin.keyboard.type('cache ? gs');
    letGo();
    const dialog = admin.getByRole('dialog');
    await expect(dialog.getByRole(part === 'Palette' ? 'combobox' : 'textbox').first()).toHaveValue(
      'cache ? gs',
    );
    await expect(dialog).toHaveCount(1);
    await admin.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }

  // The server takes its time; the next idea is typed and added meanwhile.
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await admin.route('**/api/v1/projects/*/ideas', async (route) => {
    if (route.request().method() === 'POST') await slow;
    await route.continue();
  });
  await admin.keyboard.press('c');
  await expect(admin.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await admin.keyboard.type('First');
  await admin.keyboard.press('Enter');
  await admin.keyboard.type('Second');
  await admin.keyboard.press('Enter');
  await admin.keyboard.type('Thi');
  answer();
  await expect(admin.getByRole('button', { name: /^INS-2 Second/ })).toBeVisible();
  await expect(admin.getByRole('textbox', { name: 'Title' })).toHaveValue('Thi');
});

test('the palette finds ideas, views and commands', async ({ admin }) => {
  const project = await Project.create(admin);
  await project.add('Résumé of the claim 保険');
  await project.add('Quotes in two minutes');
  const list = new List(admin);
  await list.open(project.view('All ideas'));

  await admin.keyboard.press('Control+k');
  const palette = admin.getByRole('dialog', { name: 'Find or do anything' });
  const input = palette.getByRole('combobox');
  await expect(input).toBeFocused();
  await expectAccessible(admin);
  for (const words of ['resume', '保険']) {
    await input.fill(words);
    await expect(palette.getByRole('option', { name: /Résumé of the claim/ })).toBeVisible();
  }
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('complementary', { name: 'INS-1' })).toBeVisible();

  await admin.keyboard.press('Control+k');
  await input.fill('impact assess');
  await expect(palette.getByRole('option', { name: /Impact assessment/ })).toBeVisible();
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('heading', { level: 1, name: 'Impact assessment' })).toBeVisible();

  await admin.keyboard.press('Control+k');
  await input.fill('dark theme');
  await expect(palette.getByRole('option', { name: /Use the dark theme/ })).toBeVisible();
  await admin.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expectAccessible(admin);

  await admin.keyboard.press('Control+k');
  await input.fill('Two minute quote');
  await expect(palette.getByRole('option', { name: /Quotes in two minutes/ })).toBeVisible();

  // What is not there yet is taken down from here, beside what is like it; and so it is where ideas are added in place.
  await palette.getByRole('option', { name: '“Two minute quote”' }).click();
  const capture = admin.getByRole('dialog', { name: 'New idea' });
  await expect(capture.getByRole('textbox', { name: 'Title' })).toHaveValue('Two minute quote');
  await expect(capture.getByRole('button', { name: /INS-2 Quotes in two minutes/ })).toBeVisible();
  await admin.keyboard.press('Escape');
  await expect(capture).toBeHidden();
  await list.open(project.view('All ideas'));
  await admin.getByRole('button', { name: 'Add idea' }).click();
  await admin.getByRole('textbox', { name: 'Title of the new idea' }).fill('Minute quotes');
  const alike = admin.getByRole('region', { name: 'Similar ideas' });
  await expect(alike.getByRole('button', { name: /INS-2/ })).toBeVisible();
  await expectAccessible(admin);
  await admin.keyboard.press('ArrowDown');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('complementary', { name: 'INS-2' })).toBeVisible();
  await expect(admin.getByRole('row', { name: /Minute quotes/ })).toHaveCount(0);
});
