import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { Project } from '../support/workspace';

const [outcome, problem, fix, trial, loose] = [
  'Claims are paid in a day',
  'Photos arrive too late',
  'Scan the damage',
  'Ten drivers try it',
  'Call back',
] as const;

/** A tree on the screen, found as a person finds its parts. */
class Tree {
  constructor(
    readonly page: Page,
    readonly project: Project,
  ) {}

  /** Makes a project with four levels and one idea beside the tree, and opens a tree of them. */
  static async open(page: Page, query: Record<string, unknown> = {}): Promise<Tree> {
    const project = await Project.create(page);
    const api = `${new URL(page.url()).origin}/api/v1`;
    const post = async (path: string, data: Record<string, unknown>) => {
      const answer = await page.request.post(`${api}${path}`, { data });
      expect(answer.ok(), await answer.text()).toBe(true);
      return (await answer.json()) as { id: number };
    };
    const types: number[] = [];
    for (const [name, root] of [
      ['Outcome', true],
      ['Opportunity', false],
      ['Solution', false],
      ['Experiment', false],
    ] as const)
      types.push((await post('/projects/INS/idea-types', { name, root })).id);
    let parent = 0;
    for (const [at, title] of [outcome, problem, fix, trial].entries())
      parent = (await post('/projects/INS/ideas', { title, type: types[at], parent })).id;
    await post('/projects/INS/ideas', { title: loose, type: types[2] });
    const path = await project.addView(() => ({ name: 'Opportunities', kind: 'tree', query }));
    await page.goto(new URL(path, page.url()).href);
    const tree = new Tree(page, project);
    await expect(tree.item(trial)).toBeVisible();
    return tree;
  }

  get tree(): Locator {
    return this.page.getByRole('tree');
  }

  item(title: string): Locator {
    return this.page.getByRole('treeitem', { name: new RegExp(`^${title},`) });
  }

  get tray(): Locator {
    return this.page.getByRole('complementary', { name: 'Not in the tree' });
  }

  says(text: string): Promise<void> {
    return expect(this.page.getByRole('status').filter({ hasText: text })).toHaveCount(1);
  }

  /** Carries an element onto the middle of another one. */
  async carry(from: Locator, to: Locator): Promise<void> {
    await to.scrollIntoViewIfNeeded();
    const [a, b] = [await from.boundingBox(), await to.boundingBox()];
    if (!a || !b) throw new Error('nothing to carry');
    await this.page.mouse.move(a.x + 60, a.y + a.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(b.x + b.width / 2, b.y + b.height / 2 - 4, { steps: 6 });
    // The tree scrolls while something is carried along its edge: aim at where the card now stands, as a person would.
    await expect(async () => {
      const now = await to.boundingBox();
      if (!now) throw new Error('nowhere to carry to');
      await this.page.mouse.move(now.x + now.width / 2, now.y + now.height / 2, { steps: 2 });
      expect(await to.boundingBox()).toEqual(now);
    }).toPass();
    await this.page.mouse.up();
  }
}

test.describe('A tree', () => {
  test('shows ideas under their parents, folds them and lists what stands nowhere', async ({
    admin: page,
  }) => {
    const tree = await Tree.open(page);
    for (const [at, title] of [outcome, problem, fix, trial].entries())
      await expect(tree.item(title)).toHaveAttribute('aria-level', String(at + 1));
    await expect(tree.tray).toContainText(loose);
    await page.getByRole('button', { name: `Fold ${problem}` }).click();
    await expect(tree.item(fix)).toHaveCount(0);
    await page.reload();
    await expect(tree.item(problem)).toHaveAttribute('aria-expanded', 'false');
    await page.getByRole('button', { name: 'Unfold all' }).click();
    await expect(tree.item(trial)).toBeVisible();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await expectAccessible(page);
    }
  });

  test('takes ideas in, moves them by mouse, refuses circles and undoes', async ({ admin: page }) => {
    const tree = await Tree.open(page);
    await tree.carry(tree.tray.getByText(loose), tree.item(problem));
    await tree.says(`${loose} now stands under ${problem}`);
    await expect(tree.item(loose)).toHaveAttribute('aria-level', '3');
    await tree.carry(tree.item(problem), tree.item(trial));
    await tree.says(`${problem} cannot stand below itself`);
    await expect(tree.item(problem)).toHaveAttribute('aria-level', '2');
    await tree.carry(tree.item(loose), tree.tray);
    await expect(tree.tray).toContainText(loose);
    await tree.tree.focus();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(tree.item(loose)).toHaveAttribute('aria-level', '3');
  });

  test('is worked by keys alone: going, adding, moving', async ({ admin: page }) => {
    const tree = await Tree.open(page);
    await tree.tree.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('a');
    await page.getByRole('textbox', { name: 'Title' }).fill('Video call');
    await page.keyboard.press('Enter');
    await expect(tree.item('Video call')).toHaveAttribute('aria-level', '3');
    await page.keyboard.press('Escape');
    await tree.tree.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Alt+ArrowUp');
    await tree.says(`Video call now stands before ${fix}`);
    await page.keyboard.press('Alt+ArrowLeft');
    await tree.says(`Video call now stands behind ${problem}`);
    await expect(tree.item('Video call')).toHaveAttribute('aria-level', '2');
    await page.keyboard.press('m');
    await page.getByRole('combobox', { name: 'Parent' }).fill('Scan');
    await page.getByRole('option', { name: new RegExp(fix) }).click();
    await expect(tree.item('Video call')).toHaveAttribute('aria-level', '4');
    await page.keyboard.press('Enter');
  });

  test('says that a sorted tree has no order by hand, and goes over to one', async ({ admin: page }) => {
    const tree = await Tree.open(page, { sort: [{ field: 'title' }] });
    await tree.tree.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('a');
    await page.getByRole('textbox', { name: 'Title' }).fill('Video call');
    await page.keyboard.press('Enter');
    await expect(tree.item('Video call')).toBeVisible();
    await page.keyboard.press('Escape');
    await tree.tree.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Alt+ArrowUp');
    await tree.says('The view is sorted, so ideas have no order by hand');
    await page.getByRole('button', { name: 'Order by hand' }).click();
    await tree.tree.focus();
    await page.keyboard.press('Alt+ArrowUp');
    await tree.says(`Video call now stands before ${fix}`);
  });

  test('stands in four directions; several ideas are put elsewhere and changed at once', async ({
    admin: page,
  }) => {
    const tree = await Tree.open(page);
    const middle = async (title: string) => {
      const box = await tree.item(title).boundingBox();
      if (!box) throw new Error(`${title} is not drawn`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    // TREE-40: where a child stands from its parent, as the signs of both distances.
    await page.getByRole('button', { name: 'Layout' }).click();
    for (const [name, x, y] of [
      ['To the left', -1, 0],
      ['Above', 0, -1],
      ['Below', 0, 1],
      ['To the right', 1, 0],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect
        .poll(async () => {
          const [above, below] = [await middle(problem), await middle(fix)];
          return [Math.sign(Math.round(below.x - above.x)), Math.sign(Math.round(below.y - above.y))];
        })
        .toEqual([x, y]);
    }
    // What children hold is summed up on their parent's card.
    await tree.project.change('INS-3', { Impact: 4 });
    const layout = page.getByRole('dialog', { name: 'Layout' });
    await layout.getByRole('button', { name: 'Add a roll-up' }).click();
    await layout.getByRole('combobox', { name: 'Field to sum up' }).click();
    await page.getByRole('option', { name: 'Impact', exact: true }).click();
    await expect(tree.item(problem)).toContainText(/Impact.*4/);
    await page.keyboard.press('Escape');

    // TREE-42: two are chosen, changed in one step and put under another.
    await tree.item(fix).click({ modifiers: ['Control'] });
    await tree.tray.getByText(loose).click({ modifiers: ['Control'] });
    const bar = page.getByRole('toolbar', { name: 'Change the selected ideas' });
    await expect(bar).toContainText('2 ideas selected');
    await expectAccessible(page);
    await bar.getByRole('button', { name: 'Set field' }).click();
    await page.getByRole('option', { name: 'Roadmap', exact: true }).click();
    await page.getByRole('option', { name: 'Next', exact: true }).click();
    await tree.project.expectValue('INS-3', 'Roadmap', 'Next');
    await tree.project.expectValue('INS-5', 'Roadmap', 'Next');
    await bar.getByRole('button', { name: 'Move to…' }).click();
    await page.getByRole('combobox', { name: 'Parent' }).fill('Claims');
    await page.getByRole('option', { name: new RegExp(outcome) }).click();
    await expect(tree.item(fix)).toHaveAttribute('aria-level', '2');
    await expect(tree.item(loose)).toHaveAttribute('aria-level', '2');
  });

  test('keeps what stands above in sight while it is filtered, and is an outline on a phone', async ({
    admin: page,
  }) => {
    const tree = await Tree.open(page);
    const url = new URL(page.url());
    url.searchParams.set('filter', JSON.stringify({ field: 'title', op: 'contains', value: 'drivers' }));
    await page.goto(url.href);
    await expect(tree.item(trial)).toBeVisible();
    await expect(tree.item(outcome)).toHaveAttribute('aria-label', /not found by the filter/);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(tree.item(trial)).toBeVisible();
    await expectAccessible(page);
  });
});
