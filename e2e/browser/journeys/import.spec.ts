import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

const samples =
  process.env.CAIRN_SAMPLES ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const backlog = `${samples}/jira-csv/planeso-cloud-allfields.csv`;

test('a new project takes in a backlog, gives it back, and takes it in again', async ({ admin }) => {
  test.skip(!existsSync(backlog), `the sample ${backlog} is absent; CAIRN_SAMPLES names their directory`);
  await admin
    .getByRole('button', { name: /^(New project|Create a project)$/ })
    .first()
    .click();
  const creation = admin.getByRole('dialog', { name: 'New project' });
  await creation.getByRole('textbox', { name: 'Name' }).fill('Insure');
  await expect(creation.getByRole('textbox', { name: 'Key' })).toHaveValue('INS');
  await expect(creation.getByText('Product discovery')).toBeVisible();
  await expectAccessible(admin);
  await creation.getByRole('checkbox', { name: /sample ideas/ }).uncheck();
  await creation.getByRole('button', { name: 'Create project' }).click();
  await expect(admin).toHaveURL(/\/p\/INS/);
  const project = await Project.open(admin, 'INS');

  const commit = async () => {
    await admin.getByRole('link', { name: 'Import', exact: true }).click();
    await expect(admin.getByRole('heading', { name: 'Drop a file here' })).toBeVisible();
    await expectAccessible(admin);
    const chooser = admin.waitForEvent('filechooser');
    await admin.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(backlog);

    // What was found, with a proposal for every column.
    await expect(admin.getByRole('heading', { name: 'Where the columns go' })).toBeVisible();
    await expectAccessible(admin);
    await admin.getByRole('button', { name: 'Check without importing' }).click();

    // The dry run: what would be made, before anything is.
    await expect(admin.getByRole('definition').first()).toHaveText('22');
    await expectAccessible(admin);
    expect(await project.titles()).toEqual([]);
    await admin.getByRole('button', { name: 'Import 22 ideas' }).click();
    await expect.poll(async () => (await project.titles()).length).toBe(22);
  };

  await commit();
  await expect(admin.getByRole('button', { name: 'Undo import' })).toBeVisible();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Undo import' }).click();
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click();
  await expect.poll(() => project.titles()).toEqual([]);

  // The list shows what was brought in, without a visit to its settings.
  await commit();
  await admin.getByRole('link', { name: 'Open the list' }).click();
  const list = new List(admin);
  await expect(list.row('Bug Fixing: problem in production')).toBeVisible();
  await expect(await list.cell('Bug Fixing: problem in production', 'Status')).toHaveText('In Progress');
  await expect(admin.getByText('Changed, not saved yet: only you see it')).toBeVisible();
});
