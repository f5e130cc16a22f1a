import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Finds nothing wrong with the page's accessibility (WCAG 2.2 A and AA, and axe's best practices). What is found
 * while a window is still fading in is looked at again: a fault of the page stays, half a shade of grey does not.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(async () => {
    await settled(page);
    expect(await violations(page), `accessibility of ${page.url()}`).toEqual([]);
  }).toPass({ intervals: [500, 1000], timeout: 30_000 });
}

async function violations(page: Page): Promise<object[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  }));
}

/** Waits until the page is there and nothing on it is still fading in or out. */
async function settled(page: Page): Promise<void> {
  await page.locator('main').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((a) => a.playState !== 'running' || a.effect?.getComputedTiming().iterations === Infinity),
  );
}

/** Looks at the page in both themes, on a desk and on a phone, and finds nothing wrong in any of them. */
export async function expectAccessibleEverywhere(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before !== null) await page.setViewportSize(before);
}
