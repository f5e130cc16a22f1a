import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

const titles = ['Quotes in two minutes', 'Scan the damage', 'Claims by chat', 'Call back'] as const;
const [quotes, scan, chat, call] = titles;

/** A matrix on the screen, found as a person finds its parts. */
class Matrix {
  constructor(
    readonly page: Page,
    readonly project: Project,
  ) {}

  /** Makes a project with four ideas, one of which has no effort, and opens a matrix of them. */
  static async open(page: Page): Promise<Matrix> {
    const project = await Project.create(page);
    await project.add(quotes, { Impact: 4, Effort: 2, Roadmap: 'Now' });
    await project.add(scan, { Impact: 4, Effort: 2, Roadmap: 'Later' });
    await project.add(chat, { Impact: 2, Effort: 4 });
    await project.add(call, { Impact: 3 });
    const path = await project.addView((ref) => ({
      name: 'Impact and effort',
      kind: 'matrix',
      query: {},
      layout: { matrix: { x: { field: ref('Effort') }, y: { field: ref('Impact') } } },
    }));
    await page.goto(new URL(path, page.url()).href);
    const matrix = new Matrix(page, project);
    await expect(matrix.plot).toBeVisible();
    return matrix;
  }

  get plot(): Locator {
    return this.page.getByRole('listbox', { name: /^Ideas of the view .* by / });
  }

  get tray(): Locator {
    return this.page.getByRole('complementary', { name: 'Without a place' });
  }

  mark(name: RegExp | string): Locator {
    return this.plot.getByRole('option', { name });
  }

  /** Where a pair of ratings stands on the screen. */
  async place(effort: number, impact: number): Promise<{ x: number; y: number }> {
    const box = await this.plot.boundingBox();
    if (!box) throw new Error('the plot is not shown');
    // Ratings stand in the middle of five equal parts.
    return {
      x: box.x + ((effort - 0.5) / 5) * box.width,
      y: box.y + box.height - ((impact - 0.5) / 5) * box.height,
    };
  }

  /** Drags from one place to another, in steps as a hand does. */
  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  async expectValues(key: string, effort: number | null, impact: number | null): Promise<void> {
    await expect
      .poll(async () => [await this.project.value(key, 'Effort'), await this.project.value(key, 'Impact')])
      .toEqual([effort, impact]);
  }
}

test('drags a bubble with the mouse and both values change; undo takes it back', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  await expect(matrix.mark(`${chat}: Effort 4, Impact 2, Money pits`)).toBeVisible();
  await expectAccessible(admin);
  await matrix.drag(await matrix.place(4, 2), await matrix.place(1, 5));
  await matrix.expectValues('INS-3', 1, 5);
  await expect(admin.getByText(`“${chat}” moved: Effort 1, Impact 5, Quick wins`).first()).toBeVisible();
  await expect(matrix.mark(`${chat}: Effort 1, Impact 5, Quick wins`)).toBeVisible();
  await admin.keyboard.press('Control+z');
  await matrix.expectValues('INS-3', 4, 2);

  // Esc gives a drag up.
  const [from, to] = [await matrix.place(4, 2), await matrix.place(2, 2)];
  await admin.mouse.move(from.x, from.y);
  await admin.mouse.down();
  await admin.mouse.move(to.x, to.y, { steps: 4 });
  await admin.keyboard.press('Escape');
  await admin.mouse.up();
  await expect(admin.getByRole('status').filter({ hasText: 'Not moved' })).toHaveCount(1);
  await matrix.expectValues('INS-3', 4, 2);

  // A click opens the idea, a short tremble is no drag.
  const { x, y } = await matrix.place(4, 2);
  await admin.mouse.click(x, y);
  await expect(admin.getByRole('complementary', { name: 'INS-3' })).toBeVisible();
});

test('goes, reads, moves and selects by keyboard', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  await matrix.plot.focus();
  await admin.keyboard.press('Home');
  const active = () =>
    matrix.plot.evaluate(
      (list) => document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.ariaLabel,
    );
  await expect.poll(active).toMatch(/^2 ideas: Effort 2, Impact 4/);
  await admin.keyboard.press('ArrowRight');
  await expect.poll(active).toMatch(/^Claims by chat/);
  await admin.keyboard.press('m');
  await admin.keyboard.press('ArrowUp');
  await admin.keyboard.press('ArrowUp');
  await admin.keyboard.press('ArrowLeft');
  const status = admin.getByRole('status').filter({ hasText: chat });
  await expect(status).toHaveText(`“${chat}”: Effort 3, Impact 4, Big bets`);
  await admin.keyboard.press('Escape');
  await matrix.expectValues('INS-3', 4, 2);
  await admin.keyboard.press('Alt+ArrowUp');
  await admin.keyboard.press('Enter');
  await matrix.expectValues('INS-3', 4, 3);

  // The pile fans out, its ideas can be gone to, and Esc closes it.
  await admin.keyboard.press('Home');
  await admin.keyboard.press('Enter');
  await expect(matrix.mark(/^Quotes in two minutes/)).toBeVisible();
  await expect(matrix.mark(/^Scan the damage/)).toBeVisible();
  await admin.keyboard.press('Escape');
  await expect(matrix.mark(/^Quotes in two minutes/)).toBeHidden();

  await admin.keyboard.press('Control+a');
  await expect(admin.getByRole('toolbar', { name: 'Change the selected ideas' })).toContainText('3 ideas');
  await admin.keyboard.press('Escape');
  await admin.keyboard.press('End');
  await admin.keyboard.press(' ');
  await expect(admin.getByRole('toolbar', { name: 'Change the selected ideas' })).toContainText('1 idea');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('complementary', { name: /^INS-/ })).toBeVisible();
});

test('fans a pile out and drags one idea out of it, with the mouse', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  const pile = await matrix.place(2, 4);
  await admin.mouse.click(pile.x, pile.y);
  const petal = await matrix
    .mark(/^Scan the damage/)
    .locator('span')
    .first()
    .boundingBox();
  if (!petal) throw new Error('the pile is not fanned out');
  await matrix.drag(
    { x: petal.x + petal.width / 2, y: petal.y + petal.height / 2 },
    { x: petal.x + petal.width / 2, y: (await matrix.place(2, 1)).y },
  );
  await expect
    .poll(async () => (await matrix.mark(/^Scan the damage/).getAttribute('aria-label')) ?? '')
    .toContain('Impact 1');
  await matrix.expectValues('INS-1', 2, 4);
});

test('selects with the lasso and moves several at once', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  const [pile, other] = [await matrix.place(2, 4), await matrix.place(4, 2)];
  await admin.mouse.move(pile.x - 60, pile.y - 60);
  await admin.mouse.down();
  for (const [x, y] of [
    [other.x + 60, pile.y - 60],
    [other.x + 60, other.y + 60],
    [pile.x - 60, other.y + 60],
  ] as const)
    await admin.mouse.move(x, y, { steps: 6 });
  await admin.mouse.up();
  const bar = admin.getByRole('toolbar', { name: 'Change the selected ideas' });
  await expect(bar).toContainText('3 ideas');
  await expectAccessible(admin);
  await matrix.drag(other, await matrix.place(5, 2));
  await matrix.expectValues('INS-3', 5, 2);
  await matrix.expectValues('INS-1', 3, 4);
  await matrix.expectValues('INS-2', 3, 4);
  await admin.getByRole('button', { name: 'Undo' }).first().click();
  await matrix.expectValues('INS-3', 4, 2);
  await matrix.expectValues('INS-2', 2, 4);
});

test('gives ideas of the tray a place, by drag and by keyboard', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  const item = matrix.tray.getByRole('button', { name: `Place ${call}` });
  await expect(item).toBeVisible();
  await expect(matrix.tray).toContainText('Lacks Effort');
  const box = await item.boundingBox();
  if (!box) throw new Error('the tray is not shown');
  await matrix.drag({ x: box.x + 40, y: box.y + box.height / 2 }, await matrix.place(1, 5));
  await matrix.expectValues('INS-4', 1, 5);
  await expect(matrix.tray).toBeHidden();
  await admin.keyboard.press('Control+z');
  await matrix.expectValues('INS-4', null, 3);

  await item.focus();
  await admin.keyboard.press('Enter');
  await expect(matrix.plot).toBeFocused();
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('ArrowUp');
  await admin.keyboard.press('Enter');
  await matrix.expectValues('INS-4', 4, 4);
});

test('moves dividers and renames quadrants, by mouse and by keyboard', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  const divider = admin.getByRole('separator', { name: 'Divider of Impact' });
  await expect(divider).toHaveAttribute('aria-valuetext', '2.5');
  await divider.focus();
  await admin.keyboard.press('ArrowUp');
  await expect(divider).toHaveAttribute('aria-valuetext', '3.5');
  const box = await matrix.plot.boundingBox();
  const at = await divider.boundingBox();
  if (!box || !at) throw new Error('the plot is not shown');
  const x = box.x + box.width * 0.75;
  await matrix.drag({ x, y: at.y + at.height / 2 }, { x, y: (await matrix.place(1, 1.5)).y });
  await expect(divider).toHaveAttribute('aria-valuetext', '1.5');
  await admin.keyboard.press('Control+z');
  await expect(divider).not.toHaveAttribute('aria-valuetext', '1.5');
  await admin.keyboard.press('Control+Shift+z');
  await expect(divider).toHaveAttribute('aria-valuetext', '1.5');

  const name = admin.getByRole('button', { name: /^Quick wins, / });
  await name.click();
  await admin.getByRole('textbox', { name: 'Name of the quadrant' }).fill('Do now');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('button', { name: /^Do now, / })).toBeFocused();
  await admin.keyboard.press('Enter');
  await admin.keyboard.type('Next week');
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('button', { name: /^Do now, / })).toBeVisible();
});

test('zooms with wheel, buttons and keys, and shows everything again', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  const { x, y } = await matrix.place(4, 2);
  await admin.mouse.move(x, y + 40);
  await admin.mouse.wheel(0, -900);
  await expect(matrix.mark(/^2 ideas/)).toBeHidden();
  await expect(matrix.mark(/^Claims by chat/)).toBeVisible();
  await admin.getByRole('button', { name: 'Show everything' }).click();
  await expect(matrix.mark(/^2 ideas/)).toBeVisible();
  await admin.getByRole('button', { name: 'Zoom in' }).click();
  await expect(admin.getByRole('status').filter({ hasText: 'Zoom 150%' })).toHaveCount(1);
  await matrix.plot.focus();
  await admin.keyboard.press('+');
  await expect(admin.getByRole('status').filter({ hasText: 'Zoom 225%' })).toHaveCount(1);
  await admin.keyboard.press('0');
  await expect(admin.getByRole('status').filter({ hasText: 'Zoom 100%' })).toHaveCount(1);
});

test('keeps computed axes still and says why, and shows the table', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  await admin.getByRole('button', { name: 'Layout' }).click();
  const panel = admin.getByRole('dialog', { name: 'Layout' });
  await panel.getByRole('combobox', { name: 'Field of the X axis, across' }).click();
  await admin.getByRole('option', { name: 'Impact score' }).click();
  await admin.keyboard.press('Escape');
  await expect(matrix.plot).toHaveAccessibleName(/by Impact score and Impact$/);
  const mark = matrix.mark(/^Claims by chat/);
  const bubble = await mark.locator('span').first().boundingBox();
  if (bubble) {
    const from = { x: bubble.x + bubble.width / 2, y: bubble.y + bubble.height / 2 };
    await admin.mouse.move(from.x, from.y);
    await admin.mouse.down();
    await admin.mouse.move(from.x + 80, (await matrix.place(1, 5)).y, { steps: 5 });
    await expect(admin.getByText(/“Impact score” is computed/).first()).toBeVisible();
    await admin.mouse.up();
    await matrix.expectValues('INS-3', 4, 5);
  }
  await admin.getByRole('button', { name: 'Show as a table' }).click();
  const table = admin.getByRole('table', { name: /with their values$/ });
  await expect(table.getByRole('row').filter({ hasText: quotes })).toBeVisible();
  await expectAccessible(admin);
});

test('draws an axis reversed, logarithmic and between fixed ends, and keeps it so', async ({ admin }) => {
  const matrix = await Matrix.open(admin);
  const middle = async (name: RegExp) => {
    const box = await matrix.mark(name).locator('span').first().boundingBox();
    if (!box) throw new Error('there is no such bubble');
    return box.x + box.width / 2;
  };
  const many = /^2 ideas/;
  const before = await middle(/^Claims by chat/);
  expect(await middle(many), 'less effort stands on the left').toBeLessThan(before);
  const layout = admin.getByRole('button', { name: 'Layout' });
  const panel = admin.getByRole('dialog', { name: 'Layout' });
  await layout.click();
  await panel.getByRole('checkbox', { name: 'Reversed' }).last().click();
  await expect.poll(async () => (await middle(many)) > (await middle(/^Claims by chat/))).toBe(true);
  await admin.keyboard.press('Escape');

  // Size and colour by further fields, and what they mean.
  await layout.click();
  const widthOf = async () =>
    (
      await matrix
        .mark(/^Claims by chat/)
        .locator('span')
        .first()
        .boundingBox()
    )?.width;
  const width = await widthOf();
  await panel.getByRole('combobox', { name: 'Size', exact: true }).click();
  await admin.getByRole('option', { name: 'Impact', exact: true }).click();
  await expect(admin.getByText('Size: Impact', { exact: true })).toBeVisible();
  await expect.poll(widthOf).not.toBe(width);
  await panel.getByRole('combobox', { name: 'Colour', exact: true }).click();
  await admin.getByRole('option', { name: 'Roadmap', exact: true }).click();
  const meaning = admin.getByRole('list', { name: /Roadmap/ }).getByRole('listitem');
  await expect(meaning.filter({ hasText: 'Now' })).toBeVisible();
  await expect(meaning.filter({ hasText: 'Later' })).toBeVisible();

  // A score has no ends of its own: it can be given some.
  await panel.getByRole('combobox', { name: 'Field of the X axis, across' }).click();
  await admin.getByRole('option', { name: 'Impact score' }).click();
  await expect(matrix.plot).toHaveAccessibleName(/by Impact score and Impact$/);
  const free = await middle(many);
  const end = panel.getByRole('textbox', { name: 'X axis, across: ends at' });
  await end.fill('100');
  await end.press('Enter');
  await expect.poll(() => middle(many)).not.toBe(free);
  await panel.getByRole('checkbox', { name: 'Logarithmic' }).last().click();
  await expect(admin.getByText('Impact score, logarithmic').first()).toBeVisible();
  await expectAccessible(admin);
  await admin.keyboard.press('Escape');
  await admin.reload();
  await expect(admin.getByText('Impact score, logarithmic').first()).toBeVisible();
});

test('is dark without loss, and can be read by those who may not write', async ({ admin, join }) => {
  const matrix = await Matrix.open(admin);
  await admin.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(admin);
  await matrix.project.access('limited');
  const page = await join(ben);
  await page.goto(admin.url());
  const other = page.getByRole('listbox', { name: /^Ideas of the view / });
  await expect(other.getByRole('option', { name: /^Claims by chat/ })).toBeVisible();
  await other.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('m');
  await expect(page.getByText(/^Ideas cannot be moved here/).first()).toBeVisible();
  await matrix.expectValues('INS-3', 4, 2);
});

test('on a phone: reads, opens, and places an idea by two taps', async ({ admin }) => {
  await admin.setViewportSize({ width: 390, height: 844 });
  const matrix = await Matrix.open(admin);
  await expectAccessible(admin);
  const sideways = () =>
    admin.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(await sideways(), 'the page does not scroll sideways').toBe(false);
  await admin.getByRole('button', { name: '1 without a place' }).click();
  await matrix.tray.getByRole('button', { name: `Place ${call}` }).click();
  const { x, y } = await matrix.place(5, 5);
  await admin.mouse.click(x, y);
  await matrix.expectValues('INS-4', 5, 5);
  const at = await matrix.place(4, 2);
  await admin.mouse.click(at.x, at.y);
  await expect(admin.getByRole('complementary', { name: 'INS-3' })).toBeVisible();
});
