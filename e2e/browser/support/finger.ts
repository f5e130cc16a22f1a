import type { CDPSession, Locator, Page } from '@playwright/test';

interface Point {
  x: number;
  y: number;
}

/** Fingers on the screen, as the browser gets them: scrolling, holding and pinching follow from them. */
export class Finger {
  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  static async of(page: Page): Promise<Finger> {
    return new Finger(page, await page.context().newCDPSession(page));
  }

  private send(type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: Point[]): Promise<unknown> {
    return this.devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((point, id) => ({ ...point, id })),
    });
  }

  /** Puts a finger down in the middle of something, and says where. */
  async press(on: Locator): Promise<Point> {
    const box = await on.boundingBox();
    if (box === null) throw new Error('it is not on the page');
    const at = { x: box.x + Math.min(box.width, 120) / 2, y: box.y + box.height / 2 };
    await this.send('touchStart', at);
    return at;
  }

  /** Moves the finger, a frame at a time. */
  async move(from: Point, to: Point, steps = 8): Promise<void> {
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      await this.send('touchMove', {
        x: from.x + (to.x - from.x) * part,
        y: from.y + (to.y - from.y) * part,
      });
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  async lift(): Promise<void> {
    await this.send('touchEnd');
  }

  /** Spreads two fingers apart around a point, from one distance to another. */
  async pinch(around: Point, from: number, to: number): Promise<void> {
    const at = (apart: number): [Point, Point] => [
      { x: around.x - apart / 2, y: around.y },
      { x: around.x + apart / 2, y: around.y },
    ];
    await this.send('touchStart', ...at(from));
    for (let step = 1; step <= 8; step += 1) {
      await this.send('touchMove', ...at(from + ((to - from) * step) / 8));
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    }
    await this.lift();
  }
}
