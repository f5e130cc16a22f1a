import { expect, type Locator, type Page } from '@playwright/test';

/** The timeline of a view: its bars by the title of the idea. */
export class Timeline {
  readonly region: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: /^Timeline of the view/ });
  }

  /** Opens a view and waits until its bars can be there. */
  async open(address: string): Promise<void> {
    await this.page.goto(address.startsWith('/') ? new URL(address, this.page.url()).href : address);
    await expect(this.region).toHaveAttribute('aria-busy', 'false');
  }

  /** The bar of an idea; its name says when. */
  bar(title: string): Locator {
    return this.region.getByRole('button', { name: new RegExp(`^${title}, `) });
  }

  /** Waits until a bar says that date. */
  async expectWhen(title: string, when: string): Promise<void> {
    await expect(this.bar(title)).toHaveAccessibleName(new RegExp(`^${title}, ${when}`));
  }

  /** Where a bar is on the screen. */
  async box(title: string): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.bar(title).boundingBox();
    if (box === null) throw new Error(`the bar “${title}” is not on the screen`);
    return box;
  }

  /** Drags from one point to another, in steps as a hand does. */
  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + (to.x - from.x) / 2, from.y + (to.y - from.y) / 2, { steps: 4 });
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Drags a bar by its middle so many px to the right and down. */
  async move(title: string, dx: number, dy = 0): Promise<void> {
    const { x, y, width, height } = await this.box(title);
    const from = { x: x + width / 2, y: y + height / 2 };
    await this.drag(from, { x: from.x + dx, y: from.y + dy });
  }

  /** How wide so many days are, measured on a bar of known length. */
  async perDay(title: string, days: number): Promise<number> {
    return (await this.box(title)).width / days;
  }
}
