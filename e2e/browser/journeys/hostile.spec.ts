import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';
import { List } from '../support/list';
import { Project } from '../support/workspace';

const samples =
  process.env.CAIRN_SAMPLES ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const naughty = `${samples}/messy/blns.json`;

/** Texts that would run in a page that took text for markup. Each sets a mark on the window, or asks something. */
const own = [
  '<script>window.ran = 1</script>',
  '<img src=x onerror="window.ran = 2">',
  '<svg onload="window.ran = 3"><a href="javascript:window.ran=4">press</a></svg>',
  '[press](javascript:window.ran=5) ![x](javascript:window.ran=6)',
  '<iframe srcdoc="<script>parent.ran = 7</script>"></iframe>',
  '"><style>body{display:none}</style>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant as one
  '{{constructor.constructor("window.ran=8")()}} ${window.ran=9}',
  '[press](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) <https://x"onmouseover="window.ran=10>',
];

/** The texts a server can keep: one line, not blank, as long as a title may be. */
function texts(): string[] {
  const more = existsSync(naughty) ? (JSON.parse(readFileSync(naughty, 'utf8')) as string[]) : [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a title cannot hold
  const usable = more.filter((text) => text.trim() !== '' && !/[\u0000-\u001f\u007f]/.test(text));
  return [...own, ...usable.filter((text) => /[<>&"'`{}()\\]|script|http/i.test(text)).slice(0, 120)];
}

/** Hears of all that text should never make a page do. */
function watch(page: Page): string[] {
  const heard: string[] = [];
  page.on('dialog', (dialog) => {
    heard.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => heard.push(`an error: ${error.message}`));
  page.on('console', (line) => {
    if (line.text().includes('Content Security Policy')) heard.push(`a breach of the policy: ${line.text()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(page.url()).origin && !/^(data|blob):/.test(request.url()))
      heard.push(`a request: ${request.url()}`);
  });
  return heard;
}

test('text stays text: in titles, descriptions, labels and comments nothing runs', async ({ admin }) => {
  const project = await Project.create(admin);
  const all = texts();
  const api = `${new URL(admin.url()).origin}/api/v1`;
  for (const [at, title] of all.entries()) {
    const idea = await admin.request.post(`${api}/projects/INS/ideas`, {
      data: { title, description: own[at % own.length] },
    });
    expect(idea.ok(), `${title}: ${await idea.text()}`).toBe(true);
    if (at >= own.length) continue;
    const { key } = (await idea.json()) as { key: string };
    const comment = await admin.request.post(`${api}/ideas/${key}/comments`, { data: { body: title } });
    expect(comment.ok(), await comment.text()).toBe(true);
  }
  await project.addField({ name: own[1], type: 'labels' });
  await project.change('INS-1', { [own[1] as string]: own });
  const board = await project.addView((ref) => ({
    name: own[2],
    kind: 'board',
    description: own.join('\n\n'),
    query: { group: [{ field: ref('Roadmap'), showEmpty: true }] },
  }));

  const heard = watch(admin);
  const list = new List(admin);
  await list.open(project.view('All ideas'));
  for (const title of own.slice(0, 3)) await expect(list.row(title)).toBeVisible();
  await admin.keyboard.press('ControlOrMeta+k');
  await admin.getByRole('combobox').fill('script');
  await expect(admin.getByRole('option').filter({ hasText: '<script>' }).first()).toBeVisible();
  await admin.keyboard.press('Escape');
  for (const at of own.keys()) {
    await admin.goto(new URL(`/i/INS-${at + 1}`, admin.url()).href);
    await expect(admin.getByRole('textbox', { name: 'Title' })).toHaveValue(own[at] as string);
    await expect(admin.getByRole('textbox', { name: 'Write a comment' })).toBeVisible();
    expect(await admin.locator('a[href^="javascript:" i], a[href^="data:" i], iframe').count()).toBe(0);
  }
  await admin.goto(new URL(board, admin.url()).href);
  await expect(
    admin
      .getByRole('listbox', { name: /^Ideas of the view/ })
      .getByRole('option')
      .first(),
  ).toBeVisible();
  expect(await admin.evaluate(() => 'ran' in window)).toBe(false);
  expect(heard).toEqual([]);
});
