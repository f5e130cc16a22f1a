import { expect, type Locator, type Page } from '@playwright/test';

/** The board of a view: its cards by the title of the idea, its cells by their names. */
export class Board {
  readonly cards: Locator;

  constructor(readonly page: Page) {
    this.cards = page.getByRole('listbox', { name: /^Ideas of the view/ });
  }

  /** Opens a view and waits until its first cards are there. */
  async open(address: string): Promise<void> {
    await this.page.goto(address.startsWith('/') ? new URL(address, this.page.url()).href : address);
    await expect(this.cards.getByRole('option').first()).toBeVisible();
  }

  /** The card of an idea; in a board by several values it may be there more than once. */
  card(title: string): Locator {
    return this.cards.getByRole('option').filter({ hasText: title });
  }

  /** The titles in a cell, named by its column or by column and lane ("Now, Team A"), from above. */
  async titles(cell: string): Promise<string[]> {
    const group = this.cards.getByRole('group', { name: `${cell}: ` });
    return group.getByRole('option').evaluateAll((cards) =>
      cards
        .map((card) => ({
          top: card.getBoundingClientRect().top,
          text: card.querySelector('[data-card-title]')?.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
  }

  /** Waits until exactly these ideas stand in a cell, in this order. */
  async expect(cell: string, titles: readonly string[]): Promise<void> {
    await expect.poll(() => this.titles(cell), { message: `cards in ${cell}` }).toEqual(titles);
  }

  /** Takes a card up with the mouse and holds it over another, or over the free part of a column. */
  async hold(
    title: string,
    over: { card: string; half?: 'upper' | 'lower' } | { column: string },
  ): Promise<void> {
    const from = await this.box(this.card(title).first());
    await this.page.mouse.move(from.x + 40, from.y + 30);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + 50, from.y + 40, { steps: 3 });
    if ('card' in over) {
      const to = await this.box(this.card(over.card).first());
      const part = over.half === 'lower' ? 0.8 : 0.2;
      await this.page.mouse.move(to.x + 60, to.y + to.height * part, { steps: 6 });
      return;
    }
    const to = await this.box(this.heading(over.column));
    await this.page.mouse.move(to.x + 60, to.y + 420, { steps: 6 });
  }

  /** Drags a card with the mouse. */
  async drag(title: string, to: Parameters<Board['hold']>[1]): Promise<void> {
    await this.hold(title, to);
    await this.page.mouse.up();
  }

  /** The name of a column, in its heading. */
  heading(column: string): Locator {
    return this.page.getByRole('heading', { name: column, exact: true });
  }

  /** Opens the menu of a column and chooses from it. */
  async choose(column: string, item: string): Promise<void> {
    await this.heading(column).hover();
    await this.page.getByRole('button', { name: `${column}: limit, collapse and more` }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Waits until the live region says so. */
  async expectSaid(text: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: text }).first()).toBeAttached();
  }

  private async box(of: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await of.boundingBox();
    if (box === null) throw new Error('it is not on the page');
    return box;
  }
}
