import type { ClipboardEvent, KeyboardEvent } from 'react';
import { t } from '@/lib/i18n.ts';
import { toastFailure } from '@/ui/Toast.tsx';
import { writeHTML, writeTSV } from './clipboard.ts';
import {
  isLoaded,
  linesPasted,
  type Plan,
  planClear,
  planFill,
  planPaste,
  type Sheet,
  textsOf,
} from './plan.ts';
import type { Range } from './selection.ts';

/** A sheet in use: what is chosen of it, and how it is written. */
export interface SheetTools<Row extends { id: number }> {
  sheet: Sheet<Row>;
  range: Range | null;
  editing: boolean;
  /** Loads the rows of these lines. */
  load: (top: number, bottom: number) => Promise<unknown>;
  /** Writes what a plan says, and tells how it went. */
  run: (plan: Plan, done: (n: number) => string) => void;
  say: (text: string) => void;
}

/** Whether a key is a sign that somebody types. */
export function isTyped(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  return (
    [...event.key].length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
  );
}

/** Does something with rows, after those that are not there yet were loaded. */
function whenLoaded<Row extends { id: number }>(
  { sheet, load }: SheetTools<Row>,
  range: Range,
  act: () => void,
): void {
  if (isLoaded(sheet, range)) act();
  else void load(range.top, range.bottom).then(act, toastFailure);
}

/** Empties the chosen cells. */
export function clearCells<Row extends { id: number }>(tools: SheetTools<Row>): void {
  const { sheet, range, run } = tools;
  if (range)
    whenLoaded(tools, range, () => run(planClear(sheet, range), (n) => t('list.did.cleared', { n })));
}

/** Fills the first line of the chosen cells down to the others. */
export function fillDown<Row extends { id: number }>(tools: SheetTools<Row>): void {
  const { sheet, range, run } = tools;
  if (range) whenLoaded(tools, range, () => run(planFill(sheet, range), (n) => t('list.did.filled', { n })));
}

/** Text somewhere else on the page is copied as usual. */
function isOurs<Row extends { id: number }>(event: ClipboardEvent, { editing }: SheetTools<Row>): boolean {
  return !editing && document.activeElement === event.currentTarget;
}

function copy<Row extends { id: number }>(event: ClipboardEvent, tools: SheetTools<Row>) {
  const { sheet, range, say } = tools;
  if (!range || !isOurs(event, tools)) return undefined;
  event.preventDefault();
  if (!isLoaded(sheet, range)) {
    copyLater(tools, range).catch(toastFailure);
    return undefined;
  }
  const texts = textsOf(sheet, range);
  event.clipboardData.setData('text/plain', writeTSV(texts));
  event.clipboardData.setData('text/html', writeHTML(texts));
  say(t('list.did.copied', { n: texts.length * (texts[0]?.length ?? 0) }));
  return range;
}

/** Cells that are not loaded yet are loaded first; then only the newer way to the clipboard is open. */
async function copyLater<Row extends { id: number }>(
  { sheet, load, say }: SheetTools<Row>,
  range: Range,
): Promise<void> {
  await load(range.top, range.bottom);
  const texts = textsOf(sheet, range);
  await navigator.clipboard.writeText(writeTSV(texts));
  say(t('list.did.copied', { n: texts.length * (texts[0]?.length ?? 0) }));
}

function paste<Row extends { id: number }>(event: ClipboardEvent, tools: SheetTools<Row>): void {
  const { sheet, range, run, say } = tools;
  if (!range || !isOurs(event, tools)) return;
  event.preventDefault();
  const text = event.clipboardData.getData('text/plain');
  if (text === '') {
    say(t('list.noPaste'));
    return;
  }
  const reached = { ...range, bottom: range.top + linesPasted(range, text) - 1 };
  whenLoaded(tools, reached, () => run(planPaste(sheet, range, text), (n) => t('list.did.pasted', { n })));
}

/** Copying, cutting and pasting of the chosen cells, from and to a spreadsheet. */
export function clipboardHandlers<Row extends { id: number }>(tools: SheetTools<Row>) {
  return {
    onCopy: (event: ClipboardEvent) => void copy(event, tools),
    onCut: (event: ClipboardEvent) => {
      if (copy(event, tools)) clearCells(tools);
    },
    onPaste: (event: ClipboardEvent) => paste(event, tools),
  };
}
