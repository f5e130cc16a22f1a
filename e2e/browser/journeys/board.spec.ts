import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { Board } from '../support/board';
import { expect, test } from '../support/fixtures';
import { dotPng, noisePng } from '../support/png';
import { Project } from '../support/workspace';

const [quotes, scan, chat, refunds] = [
  'Quotes in two minutes',
  'Scan the damage',
  'Claims by chat',
  'Refunds by phone',
] as const;

// All columns, and room beyond the edge near which the board scrolls.
test.use({ viewport: { width: 1840, height: 1200 } });
// Each looks at the page in both themes and two sizes more than once.
test.describe.configure({ timeout: 120_000 });

/** Two ideas for now, one for next, one without a place on the roadmap. */
async function prepare(page: Page): Promise<Project> {
  const project = await Project.create(page);
  await project.add(quotes, { Roadmap: 'Now', Impact: 2, Labels: ['claims', 'mobile'] });
  await project.add(scan, { Roadmap: 'Now', Impact: 5, Labels: ['mobile'] });
  await project.add(chat, { Roadmap: 'Next', Impact: 3 });
  await project.add(refunds);
  return project;
}

interface BoardOptions {
  by?: string;
  lanes?: string;
  query?: Record<string, unknown>;
  layout?: (ref: (field: string) => string) => Record<string, unknown>;
}

/** Saves a board by the roadmap and opens it. */
async function openBoard(page: Page, project: Project, options: BoardOptions = {}): Promise<Board> {
  const { by = 'Roadmap', lanes, query, layout } = options;
  const address = await project.addView((ref) => ({
    name: 'Board',
    kind: 'board',
    query: {
      group: [
        { field: ref(by), showEmpty: true },
        ...(lanes ? [{ field: ref(lanes), showEmpty: true }] : []),
      ],
      ...query,
    },
    columns: [{ field: ref('Impact') }, { field: ref('Labels') }],
    layout: { board: layout?.(ref) ?? {} },
  }));
  const board = new Board(page);
  await board.open(address);
  return board;
}

test('drags cards between columns and within one, and takes it back', async ({ admin }) => {
  const project = await prepare(admin);
  const board = await openBoard(admin, project);
  await board.expect('Now', [quotes, scan]);
  await board.expect('Next', [chat]);
  await board.expect('No Roadmap', [refunds]);
  await expectAccessibleEverywhere(admin);

  // BRD-20, BRD-25: to another column, before the card that is there; one undo takes value and place back.
  await board.drag(quotes, { card: chat });
  await board.expect('Next', [quotes, chat]);
  await board.expectSaid('Moved to Next');
  await project.expectValue('INS-1', 'Roadmap', 'Next');
  await admin.keyboard.press('Control+z');
  await board.expect('Now', [quotes, scan]);
  await board.expect('Next', [chat]);
  await project.expectValue('INS-1', 'Roadmap', 'Now');

  // Within the column the rank changes; dropped where it was, nothing does (BRD-29).
  await board.drag(scan, { card: quotes });
  await board.expect('Now', [scan, quotes]);
  await expect.poll(() => project.titles()).toEqual([scan, quotes, chat, refunds]);
  await board.drag(scan, { card: scan, half: 'lower' });
  await board.expectSaid('Left where it was');

  // BRD-21: the column without a value takes the value away; an empty column takes cards.
  await board.drag(chat, { column: 'No Roadmap' });
  await project.expectValue('INS-3', 'Roadmap', null);
  await board.expect('No Roadmap', [refunds, chat]);
  await board.drag(chat, { column: 'Later' });
  await project.expectValue('INS-3', 'Roadmap', 'Later');
  await board.expect('Later', [chat]);

  // BRD-65: a click on a value edits it there, and opens nothing.
  await board.card(scan).locator('[data-value]').first().click();
  const stars = admin.getByRole('slider', { name: 'Impact' });
  await expect(stars).toBeFocused();
  await stars.press('3');
  await project.expectValue('INS-2', 'Impact', 3);
  await expect(admin.getByRole('complementary', { name: 'INS-2' })).toBeHidden();

  // Escape while dragging gives up.
  await board.hold(quotes, { column: 'Later' });
  await admin.keyboard.press('Escape');
  await admin.mouse.up();
  await board.expectSaid('Not moved');
  await board.expect('Now', [scan, quotes]);
  await admin.reload();
  await board.expect('Later', [chat]);
});

test('moves several cards together, by mouse and by key', async ({ admin }) => {
  const project = await prepare(admin);
  const board = await openBoard(admin, project);
  await board.card(quotes).click({ modifiers: ['Control'] });
  await board.card(refunds).click({ modifiers: ['Control'] });
  await expect(admin.getByRole('toolbar')).toContainText('2 ideas selected');
  await expectAccessible(admin);
  // BRD-28: in the order of the columns, as one step.
  await board.drag(refunds, { card: chat, half: 'lower' });
  await board.expect('Next', [chat, quotes, refunds]);
  await expect(admin.getByText('2 ideas moved to Next').first()).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).first().click();
  await board.expect('Now', [quotes, scan]);
  await board.expect('No Roadmap', [refunds]);

  // BRD-62: Shift selects up to there, the selection's menu moves without dragging (BRD-63).
  await board.cards.focus();
  await board.card(quotes).click({ modifiers: ['Control'] });
  await board.card(scan).click({ modifiers: ['Shift'] });
  await expect(admin.getByRole('toolbar')).toContainText('2 ideas selected');
  await admin.getByRole('toolbar').getByRole('button', { name: 'Move to' }).click();
  await expectAccessible(admin);
  await admin.getByRole('menuitem', { name: 'Later' }).click();
  await board.expect('Later', [quotes, scan]);
  await expect(admin.getByRole('toolbar')).toBeHidden();

  // A value is set on all; what moves with them starts where that took them, and all leave in one step.
  await board.card(quotes).click({ modifiers: ['Control'] });
  await board.card(scan).click({ modifiers: ['Shift'] });
  const bar = admin.getByRole('toolbar', { name: 'Change the selected ideas' });
  await bar.getByRole('button', { name: 'Set field' }).click();
  await admin.getByRole('option', { name: 'Roadmap', exact: true }).click();
  await admin.getByRole('option', { name: 'Now', exact: true }).click();
  await board.expect('Now', [quotes, scan]);
  await bar.getByRole('button', { name: 'Move to' }).click();
  await admin.getByRole('menuitem', { name: 'Later' }).click();
  await board.expect('Later', [quotes, scan]);
  await board.card(quotes).click({ modifiers: ['Control'] });
  await bar.getByRole('button', { name: 'Archive' }).click();
  await board.expect('Later', [scan]);
  await admin
    .getByRole('dialog')
    .filter({ hasText: '1 idea archived' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await board.expect('Later', [quotes, scan]);

  // By key: x selects, Space picks both up, the arrows carry them.
  await board.cards.focus();
  await admin.keyboard.press('Home');
  await admin.keyboard.press('x');
  await admin.keyboard.press('Shift+ArrowDown');
  await expect(board.cards.getByRole('option', { selected: true })).toHaveCount(2);
  await admin.keyboard.press(' ');
  await board.expectSaid('Picked up 2 ideas');
  await admin.keyboard.press('ArrowLeft');
  await admin.keyboard.press('Enter');
  await project.expectValue('INS-2', 'Roadmap', 'Next');
  await project.expectValue('INS-1', 'Roadmap', 'Next');
});

test('everything by keyboard, and each step is said', async ({ admin }) => {
  const project = await prepare(admin);
  const board = await openBoard(admin, project);
  // From the top of the page to the cards by a link or a key, and from part to part of the page.
  await expect(admin.getByRole('link', { name: 'All ideas' })).toBeVisible();
  await admin.keyboard.press('Tab');
  await admin.keyboard.press('Tab');
  const skip = admin.getByRole('button', { name: 'Skip to the view' });
  await expect(skip).toBeFocused();
  await expectAccessible(admin);
  await admin.keyboard.press('Enter');
  await expect(board.cards).toBeFocused();
  await admin.keyboard.press('Shift+F6');
  await expect(admin.getByRole('heading', { level: 1 }).getByRole('button')).toBeFocused();
  await admin.keyboard.press('Shift+F6');
  await expect(admin.locator('[aria-current="page"]')).toBeFocused();
  await admin.keyboard.press('Shift+F6');
  await expect(board.cards).toBeFocused();
  await admin.reload();
  await expect(board.cards).toBeVisible();
  await admin.keyboard.press('F6');
  await expect(board.cards).toBeFocused();
  const active = () => board.cards.getAttribute('aria-activedescendant');
  const expectActive = async (title: string) => {
    const id = await board.card(title).getAttribute('id');
    await expect.poll(active).toBe(id);
  };
  // BRD-60: arrows go from card to card.
  await expectActive(quotes);
  await admin.keyboard.press('ArrowDown');
  await expectActive(scan);
  await admin.keyboard.press('ArrowRight');
  await expectActive(chat);
  await admin.keyboard.press('ArrowRight');
  await expectActive(refunds);
  await admin.keyboard.press('ArrowLeft');
  await admin.keyboard.press('ArrowLeft');
  await expectActive(quotes);

  // BRD-61: pick up, carry, drop.
  await admin.keyboard.press(' ');
  await board.expectSaid(`Picked up “${quotes}”`);
  await admin.keyboard.press('ArrowRight');
  await board.expectSaid('Next: place 1 of 2');
  await admin.keyboard.press('ArrowDown');
  await board.expectSaid('Next: place 2 of 2');
  await expectAccessible(admin);
  await admin.keyboard.press('Enter');
  await board.expect('Next', [chat, quotes]);
  await board.expectSaid('Moved to Next');
  await expectActive(quotes);
  // What goes back by undo stays the active one.
  await admin.keyboard.press('Control+z');
  await board.expect('Now', [quotes, scan]);
  await expectActive(quotes);
  await admin.keyboard.press('Control+Shift+z');
  await board.expect('Next', [chat, quotes]);
  await expectActive(quotes);
  // Within the column, and giving up.
  await admin.keyboard.press(' ');
  await admin.keyboard.press('ArrowUp');
  await admin.keyboard.press(' ');
  await board.expect('Next', [quotes, chat]);
  await admin.keyboard.press(' ');
  await admin.keyboard.press('ArrowRight');
  await admin.keyboard.press('Escape');
  await board.expectSaid('Not moved');
  await board.expect('Next', [quotes, chat]);

  // BRD-50, BRD-62: n adds at the end of the column, and stays for the next.
  await admin.keyboard.press('n');
  const line = admin.getByRole('textbox', { name: 'Title of the new idea in Next' });
  await expect(line).toBeFocused();
  await admin.keyboard.type('Proof of cover');
  await admin.keyboard.press('Enter');
  await board.expect('Next', [quotes, chat, 'Proof of cover']);
  await expect(line).toBeFocused();
  await admin.keyboard.type('Renewal by text');
  await admin.keyboard.press('Enter');
  await board.expect('Next', [quotes, chat, 'Proof of cover', 'Renewal by text']);
  await project.expectValue('INS-6', 'Roadmap', 'Next');
  await admin.keyboard.press('Escape');
  await expect(line).toBeHidden();

  // Enter opens the idea beside the board.
  await board.cards.focus();
  await admin.keyboard.press('End');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('complementary', { name: 'INS-6' })).toBeVisible();
  await expectAccessible(admin);
});

test('limits warn or block; a refused card goes back', async ({ admin }) => {
  const project = await prepare(admin);
  const board = await openBoard(admin, project);
  await board.choose('Next', 'Limit the number of ideas');
  const limit = admin.getByRole('dialog', { name: 'Limit of Next' });
  await limit.getByRole('textbox', { name: 'Ideas at most' }).fill('1');
  await limit.getByRole('button', { name: 'Block' }).click();
  await expectAccessible(admin);
  await limit.getByRole('button', { name: 'Done' }).click();
  await expect(admin.getByText('1 idea of at most 1')).toBeAttached();

  // BRD-40: neither dragged nor added.
  const full = '“Next” holds 1 of at most 1 idea. Move one out first, or change the limit.';
  await board.drag(quotes, { card: chat });
  await expect(admin.getByText(full).first()).toBeVisible();
  await board.expect('Now', [quotes, scan]);
  await project.expectValue('INS-1', 'Roadmap', 'Now');
  await admin.getByRole('button', { name: 'Dismiss' }).first().click();
  await admin.getByRole('button', { name: 'Add idea to Next' }).click();
  await admin.getByRole('textbox', { name: 'Title of the new idea in Next' }).fill('One too many');
  await admin.keyboard.press('Enter');
  await expect(admin.getByText(full).first()).toBeVisible();
  await expect(admin.getByRole('textbox', { name: 'Title of the new idea in Next' })).toHaveValue(
    'One too many',
  );
  await admin.keyboard.press('Escape');
  // Within the column, and out of it, cards move.
  await board.drag(chat, { column: 'Later' });
  await board.expect('Later', [chat]);
  await board.drag(chat, { column: 'Next' });
  await board.expect('Next', [chat]);

  // A limit that warns lets in and marks the number.
  await board.choose('Next', 'Limit the number of ideas');
  await limit.getByRole('button', { name: 'Warn' }).click();
  await limit.getByRole('button', { name: 'Done' }).click();
  await board.drag(quotes, { card: chat });
  await board.expect('Next', [quotes, chat]);
  await expect(admin.getByText('2 ideas, more than the limit of 1')).toBeAttached();
  await expectAccessibleEverywhere(admin);

  // BRD-30: what the server refuses goes back with its reason.
  await admin.route('**/api/v1/ideas/*', (route) =>
    route.request().method() === 'PATCH'
      ? route.fulfill({
          status: 409,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            status: 409,
            code: 'conflict',
            title: 'Conflict',
            detail: 'Somebody else was faster',
          }),
        })
      : route.continue(),
  );
  await board.drag(scan, { column: 'Later' });
  await expect(admin.getByText('Somebody else was faster').first()).toBeVisible();
  await board.expect('Now', [scan]);
  await board.expectSaid('Not moved: it is back where it was');
});

test('swimlanes, folding, and what the layout remembers', async ({ admin }) => {
  const project = await prepare(admin);
  const board = await openBoard(admin, project, { lanes: 'Impact' });
  await board.expect('Now, 2', [quotes]);
  await board.expect('Now, 5', [scan]);
  // A card that changes column and lane gets both values.
  await board.drag(quotes, { card: scan, half: 'lower' });
  await board.expect('Now, 5', [scan, quotes]);
  await project.expectValue('INS-1', 'Impact', 5);
  await board.drag(scan, { card: chat });
  await board.expect('Next, 3', [scan, chat]);
  await project.expectValue('INS-2', 'Impact', 3);
  await project.expectValue('INS-2', 'Roadmap', 'Next');
  await expectAccessibleEverywhere(admin);

  // BRD-7: folded columns and lanes stay folded once the view is saved.
  await board.choose('Next', 'Collapse the column');
  await expect(board.card(chat)).toBeHidden();
  await admin.getByRole('button', { name: 'Collapse 5' }).click();
  await expect(board.card(quotes)).toBeHidden();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByRole('button', { name: 'Save', exact: true })).toBeHidden();
  await admin.reload();
  await expect(board.card(refunds)).toBeVisible();
  await expect(board.card(chat)).toBeHidden();
  await expect(board.card(quotes)).toBeHidden();
  await admin.getByRole('button', { name: 'Expand Next' }).click();
  await expect(board.card(chat)).toBeVisible();
});

test('each type of field takes its own value; sorted and computed columns explain themselves', async ({
  admin,
}) => {
  const project = await prepare(admin);
  await project.change('INS-1', {
    'Project target': { start: '2027-01-01', end: '2027-03-31', precision: 'quarter' },
  });
  await project.change('INS-2', {
    'Project target': { start: '2027-05-03', end: '2027-05-14', precision: 'day' },
  });
  // BRD-22: an interval becomes the quarter of the column, meant as exactly as a quarter.
  const quarters = await openBoard(admin, project, { by: 'Project target' });
  await quarters.page.getByRole('button', { name: 'Layout' }).click();
  await quarters.page.getByRole('combobox', { name: 'Unit of time' }).click();
  await quarters.page.getByRole('option', { name: 'By quarter' }).click();
  await expectAccessible(admin);
  await admin.keyboard.press('Escape');
  await quarters.expect('Q1 2027', [quotes]);
  await quarters.drag(scan, { card: quotes, half: 'lower' });
  await quarters.expect('Q1 2027', [quotes, scan]);
  await expect
    .poll(() => project.value('INS-2', 'Project target'))
    .toEqual({ start: '2027-01-01', end: '2027-03-31', precision: 'quarter' });

  // BRD-23: one label takes the place of another, the rest stays.
  const labels = await openBoard(admin, project, { by: 'Labels' });
  await labels.expect('claims', [quotes]);
  await labels.expect('mobile', [quotes, scan]);
  await labels.drag(scan, { card: refunds });
  await project.expectValue('INS-2', 'Labels', null);
  await labels.expect('mobile', [quotes]);

  // BRD-26: the order is by the sort; the offer goes over to the order by hand.
  const sorted = await openBoard(admin, project, {
    query: { sort: [{ field: 'title', desc: true }] },
  });
  await sorted.expect('Now', [scan, quotes]);
  await sorted.drag(quotes, { card: scan });
  await expect(admin.getByText('The order in a column is by Title').first()).toBeVisible();
  await admin.getByRole('button', { name: 'Order by hand' }).click();
  await sorted.expect('Now', [quotes, scan]);

  // BRD-24: what is computed says so.
  await project.change('INS-2', { Value: 4, Effort: 2 });
  const computed = await openBoard(admin, project, { by: 'Impact score' });
  await computed.drag(refunds, { card: scan });
  await expect(admin.getByText(/^“Impact score” is computed/).first()).toBeVisible();
});

test('on a phone: read the board, open an idea, move one by its menu', async ({ admin }) => {
  const project = await prepare(admin);
  await admin.setViewportSize({ width: 390, height: 844 });
  const board = await openBoard(admin, project);
  await expectAccessible(admin);
  const sideways = () =>
    admin.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(await sideways(), 'the page does not scroll sideways').toBe(false);
  // BRD-63: the menu does what dragging does.
  await board.card(quotes).click({ button: 'right' });
  await expectAccessible(admin);
  await admin.getByRole('menuitem', { name: 'Move to' }).click();
  await admin.getByRole('menuitem', { name: 'Next' }).click();
  await project.expectValue('INS-1', 'Roadmap', 'Next');
  await board.card(scan).click();
  await expect(admin.getByRole('complementary', { name: 'INS-2' })).toBeVisible();
  await expectAccessible(admin);
});

test('5,000 ideas on a board: few nodes, any place within reach', async ({ admin, server }) => {
  const project = await Project.create(admin);
  const file = join(server.dataDir, 'many.csv');
  const places = ['Now', 'Next', 'Later'];
  const lines = Array.from(
    { length: 5_000 },
    (_, n) => `Idea number ${n + 1},${places[n % 3]},${(n % 5) + 1}`,
  );
  await writeFile(file, ['Title,Roadmap,Impact', ...lines].join('\n'));
  await server.cairn('import', file, '--project', 'INS');
  const board = await openBoard(admin, project);
  const nodes = () => admin.evaluate(() => document.querySelectorAll('*').length);
  await expect(board.card('Idea number 1').first()).toBeVisible();
  await board.cards.focus();
  for (let page = 0; page < 10; page += 1) {
    await admin.keyboard.press('PageDown');
    expect(await nodes()).toBeLessThan(3_000);
  }
  // BRD-12: the last of a column of 1,667, and its neighbour, are there when they come into sight.
  await admin.keyboard.press('End');
  await expect(board.card('Idea number 4999')).toBeVisible();
  await admin.keyboard.press('ArrowRight');
  await expect(board.card('Idea number 5000')).toBeVisible();
  expect(await nodes()).toBeLessThan(3_000);
  await admin.keyboard.press(' ');
  await admin.keyboard.press('ArrowLeft');
  await admin.keyboard.press('Enter');
  await project.expectValue('INS-5000', 'Roadmap', 'Now');
});

test('shows the first image of an idea as its cover, or another, made small', async ({ admin }) => {
  const project = await prepare(admin);
  const board = await openBoard(admin, project, { layout: () => ({ images: true }) });
  const heights = () =>
    board.cards
      .getByRole('option')
      .evaluateAll((cards) => [...new Set(cards.map((card) => card.clientHeight))]);
  const before = await heights();
  expect(before).toHaveLength(1);

  // FILE-7: the first image that is attached to the idea is its cover.
  await board.card(quotes).click();
  const files = admin.getByRole('region', { name: 'Files' });
  await expect(files.getByRole('button', { name: 'Attach a file' })).toBeVisible();
  await files.locator('input[type=file]').setInputFiles([
    { name: 'sketch.png', mimeType: 'image/png', buffer: Buffer.from(dotPng, 'base64') },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('No image.') },
  ]);
  await expect(files.getByRole('link', { name: 'notes.txt' })).toBeVisible();

  // BRD-15: the card shows it in a place that was kept; the others stand as they stood.
  const cover = board.cards.getByRole('img', { name: `Cover of ${quotes}` });
  await expect.poll(() => cover.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
  await expect(files.getByText('Cover', { exact: true })).toBeVisible();
  expect(await heights()).toEqual(before);
  await expectAccessible(admin);

  // FILE-8: another is chosen; the card loads a small picture of it.
  await files
    .locator('input[type=file]')
    .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: noisePng(900, 600) });
  await files.getByRole('button', { name: 'Actions for photo.png' }).click();
  await admin.getByRole('menuitem', { name: 'Use as cover' }).click();
  await expect.poll(() => cover.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(480);
  await files.getByRole('button', { name: 'Actions for sketch.png' }).click();
  await admin.getByRole('menuitem', { name: 'Use as cover' }).click();
  await expect.poll(() => cover.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);

  // The file goes and the cover with it; one undo brings both back.
  await files.getByRole('button', { name: 'Actions for sketch.png' }).click();
  await admin.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(cover).toHaveCount(0);
  await expect(files.getByRole('link', { name: 'sketch.png' })).toHaveCount(0);
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(cover).toBeVisible();
  await expect(files.getByText('Cover', { exact: true })).toBeVisible();

  // What is no image is no cover.
  await files.getByRole('button', { name: 'Actions for notes.txt' }).click();
  await expect(admin.getByRole('menuitem', { name: 'Delete' })).toBeVisible();
  await expect(admin.getByRole('menuitem', { name: 'Use as cover' })).toHaveCount(0);
});
