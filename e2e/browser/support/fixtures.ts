import { test as base, type Page } from '@playwright/test';
import { ada, addPerson, type Person, setUp, signIn } from './people';
import { Server } from './server';

interface Fixtures {
  /** Flags of that server: `test.use({ flags: […] })`. */
  flags: readonly string[];
  /** A server of this journey's own, on an empty data directory. */
  server: Server;
  /** The journey's page, signed in as the administrator Ada. */
  admin: Page;
  /** Gives another person an account and a browser of their own, signed in. */
  join: (person: Person) => Promise<Page>;
}

/** Playwright's test with a fresh Cairn; journeys import this one. */
export const test = base.extend<Fixtures>({
  flags: [[], { option: true }],

  server: async ({ flags }, use, info) => {
    const server = await Server.start(flags);
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server output', { body: server.printed, contentType: 'text/plain' });
    }
    await server.stop();
  },

  admin: async ({ page, server }, use) => {
    await setUp(page, await server.setupLink(), ada);
    await use(page);
  },

  join: async ({ browser, server }, use) => {
    const pages: Page[] = [];
    await use(async (person) => {
      await addPerson(server, person);
      const context = await browser.newContext();
      const page = await context.newPage();
      pages.push(page);
      await signIn(page, server, person);
      return page;
    });
    await Promise.all(pages.map((page) => page.context().close()));
  },
});

export { expect } from '@playwright/test';
