import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectAccessible, expectAccessibleEverywhere } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ben } from '../support/people';
import { Project } from '../support/workspace';

test.use({ flags: ['--hooks-allow', '127.0.0.1'] });

interface Got {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A program that takes webhooks, and answers with the status that it is told. */
async function receiver() {
  const got: Got[] = [];
  const state = { status: 200 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(state.status).end(state.status === 200 ? 'noted' : 'no such form');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { got, state, url: `http://127.0.0.1:${port}/cairn`, close: () => server.close() };
}

/** Whether a message is signed with a secret, computed anew. */
function genuine({ headers, body }: Got, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const want = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(want);
}

test('an administrator sends changes to a program, sees what came back, and sends again what failed', async ({
  admin,
  server,
  join,
}) => {
  const target = await receiver();
  const project = await Project.create(admin);
  await admin.goto(`${server.url}/settings/webhooks`);
  await expect(admin.getByRole('heading', { name: 'No webhooks yet' })).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'New webhook' }).click();
  const dialog = admin.getByRole('dialog', { name: 'New webhook' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Team chat');

  // An address that is refused is refused where it was written.
  await dialog.getByLabel('Address').fill('http://192.168.1.1/hook');
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  await expect(dialog.getByText('not on the public internet')).toBeVisible();
  await expectAccessible(admin);
  await dialog.getByLabel('Address').fill(target.url);
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  const field = admin.getByRole('textbox', { name: 'Secret of “Team chat”' });
  await expect(field).toHaveValue(/^whsec_/);
  const secret = await field.inputValue();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Done' }).click();

  const line = admin.getByRole('listitem').filter({ hasText: 'Team chat' });
  await line.getByRole('button', { name: 'More about Team chat' }).click();
  await admin.getByRole('menuitem', { name: 'Send a test' }).click();
  await expect(admin.getByText('The target took the test and answered 200').first()).toBeVisible();

  // A change of the product arrives, with names and a true signature.
  await project.add('Quotes in two minutes', { Impact: 3 });
  await expect.poll(() => target.got.length).toBe(2);
  const [, told] = target.got;
  expect(told && genuine(told, secret)).toBe(true);
  expect(JSON.parse(told?.body ?? '{}')).toMatchObject({
    type: 'changes',
    data: {
      project: { key: 'INS' },
      changes: [{ key: 'INS-1', name: 'Quotes in two minutes', change: 'created' }],
    },
  });

  // What the target calls wrong is seen with what it said, and sent again.
  target.state.status = 422;
  await line.getByRole('button', { name: 'More about Team chat' }).click();
  await admin.getByRole('menuitem', { name: 'Send a test' }).click();
  await expect(admin.getByText('The test was not taken: the target answers 422').first()).toBeVisible();
  await line.getByRole('button', { name: 'Deliveries' }).click();
  const log = admin.getByRole('dialog', { name: 'Deliveries of “Team chat”' });
  const rows = log.getByRole('list', { name: 'Deliveries' }).locator('> li');
  await expect(rows).toHaveCount(3);
  const [failed] = await rows.filter({ hasText: 'Given up' }).all();
  if (!failed) throw new Error('nothing was given up');
  await rows
    .filter({ hasText: 'Change' })
    .getByRole('button', { name: /^Show what was sent/ })
    .click();
  await expect(log.getByRole('region', { name: 'What was sent' })).toContainText('"Quotes in two minutes"');
  await expect(log.getByText('noted')).toBeVisible();
  await expectAccessible(admin);
  target.state.status = 200;
  await rows.first().getByRole('button', { name: 'Send Test again' }).click();
  await expect(admin.getByText('Sent again', { exact: true }).first()).toBeVisible();
  await expect(rows.filter({ hasText: 'Given up' })).toHaveCount(0);
  await log.getByRole('button', { name: 'Close' }).last().click();
  await expectAccessibleEverywhere(admin);

  // Paused, it keeps what happens; resumed, it sends it. Nobody else sees any of this.
  await line.getByRole('button', { name: 'More about Team chat' }).click();
  await admin.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(line.getByText('Paused', { exact: true })).toBeVisible();
  const before = target.got.length;
  await project.add('Claims by phone', { Impact: 2 });
  await line.getByRole('button', { name: 'More about Team chat' }).click();
  await admin.getByRole('menuitem', { name: 'Resume with what waits' }).click();
  await expect
    .poll(() => target.got.slice(before).some(({ body }) => body.includes('Claims by phone')))
    .toBe(true);
  const colleague = await join(ben);
  await colleague.goto(`${server.url}/settings`);
  await expect(colleague.getByRole('tab', { name: 'API tokens' })).toBeVisible();
  await expect(colleague.getByRole('tab', { name: 'Webhooks' })).toHaveCount(0);
  target.close();
});
