import { defineConfig } from '@playwright/test';

// The browser comes from the distribution (scripts/setup-chromium.sh says where), never from a download.
const executablePath = process.env.CAIRN_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'journeys',
  // Every journey has a server and a database of its own, so they may run side by side.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  // A journey looks at several pages in both themes and two sizes; two run at once on two cores.
  timeout: 150_000,
  expect: { timeout: 10_000 },
  reporter: [['list', { printSteps: false }]],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    // Pictures of each moment cost much of the time of a journey, and a trace holds the page's DOM as well.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath,
      args: [
        // Chromium's sandbox does not work for root, nor in most containers; the pages are our own.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
