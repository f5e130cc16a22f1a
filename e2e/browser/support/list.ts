import { expect, type Locator, type Page } from '@playwright/test';

/** The list of a view: its cells by the title of the idea and the name of the field. */
export class List {
  readonly grid: Locator;

  constructor(readonly page: Page) {
    this.grid = page.getByRole('grid', { name: /^Ideas of the view/ });
  }

  /** Opens a view and waits until its first ideas are there. */
  async open(address: string): Promise<void> {
    await this.page.goto(address.startsWith('/') ? new URL(address, this.page.url()).href : address);
    await expect(this.grid).toHaveAttribute('aria-busy', 'false');
  }

  /** The header of a column. */
  header(field: string): Locator {
    return this.grid.getByRole('columnheader', { name: `${field}: sort`, exact: false });
  }

  /** The line of an idea. */
  row(title: string): Locator {
    return this.grid
      .getByRole('row')
      .filter({ has: this.page.getByRole('gridcell', { name: title, exact: true }) });
  }

  /** A cell, found through the number of its column. */
  async cell(title: string, field: string): Promise<Locator> {
    const column = await this.header(field).getAttribute('aria-colindex');
    if (column === null) throw new Error(`the column “${field}” has no number`);
    return this.row(title).locator(`[role="gridcell"][aria-colindex="${column}"]`);
  }

  /** The titles that are shown, from the top. */
  async titles(): Promise<string[]> {
    const column = await this.header('Title').getAttribute('aria-colindex');
    return this.grid.locator(`[role="gridcell"][aria-colindex="${column}"]`).evaluateAll((cells) =>
      cells
        .filter((cell) => cell.getAttribute('data-title') !== null)
        .map((cell) => ({ top: cell.getBoundingClientRect().top, text: cell.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
  }

  /** Waits until exactly these ideas are shown in this order. */
  async expectTitles(titles: readonly string[]): Promise<void> {
    await expect.poll(() => this.titles()).toEqual(titles);
  }
}
