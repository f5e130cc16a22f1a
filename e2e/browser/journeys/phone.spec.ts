import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { Project } from '../support/workspace';

test('on a phone: read the list, open an idea, capture one', async ({ admin }) => {
  const project = await Project.create(admin);
  await project.add('Quotes in two minutes', { Impact: 2 });
  await project.add('Scan the damage', { Impact: 5, Roadmap: 'Now' });
  await admin.setViewportSize({ width: 390, height: 844 });
  await admin.goto(new URL(project.view('All ideas'), admin.url()).href);

  const list = admin.getByRole('list', { name: 'Ideas of the view All ideas' });
  await expect(list.getByRole('button', { name: /Scan the damage.*Roadmap Now/ })).toBeVisible();
  await expectAccessible(admin);
  const sideways = () =>
    admin.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(await sideways(), 'the page does not scroll sideways').toBe(false);

  // What the view can do is in sight, side by side.
  let edge = 0;
  for (const name of ['List', 'Board', 'Filter', 'Group', 'Sort', 'Fields', 'Colours']) {
    const box = await admin.getByRole('button', { name, exact: true }).boundingBox();
    expect(box?.x, name).toBeGreaterThanOrEqual(edge);
    edge = (box?.x ?? 0) + (box?.width ?? 0);
  }
  expect(edge).toBeLessThanOrEqual(390);

  await list.getByRole('button', { name: /Scan the damage/ }).click();
  const title = admin.getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue('Scan the damage');
  const panel = admin.getByRole('complementary', { name: 'INS-2' });
  await expect.poll(async () => (await panel.boundingBox())?.width).toBe(390);
  await expectAccessible(admin);
  expect(await sideways(), 'the idea does not scroll sideways').toBe(false);
  await admin.getByRole('button', { name: /^Impact Impact/ }).click();
  await admin.getByRole('slider', { name: 'Impact' }).press('3');
  await project.expectValue('INS-2', 'Impact', 3);
  await admin.goBack();
  await expect(list).toBeVisible();

  await admin.getByRole('button', { name: 'Open sidebar' }).click();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'New idea' }).click();
  const capture = admin.getByRole('dialog', { name: 'New idea' });
  await expect(capture.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await capture.getByRole('textbox', { name: 'Title' }).fill('Claims by chat');
  await expectAccessible(admin);
  await capture.getByRole('button', { name: 'Add idea' }).click();
  await expect.poll(() => project.titles()).toContain('Claims by chat');
  await capture.getByRole('button', { name: 'Close' }).click();
  await expect(list.getByRole('button', { name: /Claims by chat/ })).toBeVisible();
});
