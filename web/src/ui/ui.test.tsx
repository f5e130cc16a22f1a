import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentProps, useState } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Interval } from '@/lib/days.ts';
import { setFormatLocale } from '@/lib/format.ts';
import { AvatarStack, initials } from './Avatar.tsx';
import { Button } from './Button.tsx';
import { MultiCombobox, Picker } from './Combobox.tsx';
import { createValue, withCreate } from './combo.ts';
import { DatePanel, IntervalPanel } from './DatePicker.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Field } from './Field.tsx';
import { Menu } from './Menu.tsx';
import { Rating, ratingAfterKey } from './Rating.tsx';
import { ScoreBar } from './ScoreBar.tsx';
import { Segments } from './Segments.tsx';
import { SplitPane } from './SplitPane.tsx';
import { PasswordField, TextField } from './TextField.tsx';
import { editToast, ToastRegion, toast } from './Toast.tsx';

beforeEach(() => {
  localStorage.clear();
  setFormatLocale('en-GB');
});
afterEach(() => setFormatLocale('en'));

const options = [
  { value: '1', label: 'Now' },
  { value: '2', label: 'Next' },
  { value: '3', label: 'Später', keywords: 'later' },
];

describe('choosing', () => {
  test.each([
    ['', true, 3],
    ['Now', true, 3],
    ['now ', true, 3],
    ['Never', true, 4],
    ['Never', false, 3],
    ['Spater', true, 4],
  ])('typing %j where creating is allowed (%s) offers %d', (typed, allowed, count) => {
    const offered = withCreate(options, typed, allowed);
    expect(offered).toHaveLength(count);
    expect(offered.some((option) => option.value === createValue)).toBe(count === 4);
  });

  function Many(props: Partial<ComponentProps<typeof MultiCombobox>>) {
    const [values, setValues] = useState<string[]>(['1']);
    return (
      <>
        <MultiCombobox
          label="Roadmap"
          options={options}
          values={values}
          onValuesChange={setValues}
          {...props}
        />
        <p data-testid="chosen">{values.join()}</p>
      </>
    );
  }

  test('several can be added and taken away, found by further words too', async () => {
    const user = userEvent.setup();
    render(<Many />);
    await user.click(screen.getByRole('combobox', { name: 'Roadmap' }));
    await user.click(await screen.findByRole('option', { name: 'Next' }));
    await user.click(screen.getByRole('option', { name: 'Now' }));
    await user.keyboard('later');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.keyboard('{Enter}');
    expect(screen.getByTestId('chosen').textContent).toBe('2,3');
  });

  test('a name that does not exist yet can be created with Enter', async () => {
    const user = userEvent.setup();
    const created: string[] = [];
    render(
      <Picker
        label="Roadmap"
        options={options}
        values={[]}
        onValuesChange={() => {}}
        onCreate={(name) => created.push(name)}
      />,
    );
    await user.click(screen.getByLabelText('Roadmap'));
    await user.keyboard('  Not   planned ');
    await user.keyboard('{Enter}');
    expect(created).toEqual(['Not planned']);
  });

  test('one of a few stays chosen when it is pressed again', async () => {
    const user = userEvent.setup();
    const heard: string[] = [];
    render(
      <Segments
        label="Kind"
        value="list"
        onValueChange={(value) => heard.push(value)}
        options={[
          { value: 'list', label: 'List' },
          { value: 'board', label: 'Board' },
        ]}
      />,
    );
    await user.click(screen.getByRole('button', { name: 'List' }));
    await user.click(screen.getByRole('button', { name: 'Board' }));
    expect(heard).toEqual(['board']);
  });
});

describe('rating', () => {
  test.each([
    ['ArrowRight', null, 1],
    ['ArrowRight', 5, 5],
    ['ArrowLeft', 1, null],
    ['3', null, 3],
    ['6', 2, undefined],
    ['Backspace', 4, null],
    ['x', 4, undefined],
  ])('%s on %s gives %s', (key, value, wanted) => {
    expect(ratingAfterKey(key, value, 5)).toBe(wanted);
  });

  test('clicking the same star again clears', async () => {
    const user = userEvent.setup();
    function Rated() {
      const [value, setValue] = useState<number | null>(null);
      return <Rating aria-label="Impact" value={value} onValueChange={setValue} />;
    }
    render(<Rated />);
    const slider = screen.getByRole('slider', { name: 'Impact' });
    const third = slider.children[2];
    if (!third) throw new Error('no third star');
    await user.click(third);
    expect(slider.getAttribute('aria-valuetext')).toBe('3 of 5');
    await user.click(third);
    expect(slider.getAttribute('aria-valuetext')).toBe('Not rated');
  });
});

describe('dates', () => {
  test('a typed date is taken on Enter, and what is no date is refused with an example', async () => {
    const user = userEvent.setup();
    const days: (string | null)[] = [];
    render(<DatePanel label="Due" value={null} onValueChange={(day) => days.push(day)} />);
    const line = screen.getByLabelText('Due');
    await user.type(line, 'soon{Enter}');
    expect(screen.getByRole('alert').textContent).toContain('“soon” is not a date. Write it like');
    await user.clear(line);
    await user.type(line, '12/3/2027{Enter}');
    expect(days).toEqual(['2027-03-12']);
  });

  test('the calendar is walked with the keys, across months', async () => {
    const user = userEvent.setup();
    const days: (string | null)[] = [];
    render(<DatePanel label="Due" value="2027-08-31" onValueChange={(day) => days.push(day)} />);
    screen.getByRole('button', { name: /31 August 2027/ }).focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement?.getAttribute('aria-label')).toContain('1 September 2027');
    await user.keyboard('{Enter}');
    expect(days).toEqual(['2027-09-01']);
  });

  test('the first click begins a span, the second ends it, and a coarser precision widens it', async () => {
    const user = userEvent.setup();
    function Planned() {
      const [span, setSpan] = useState<Interval | null>({
        start: '2027-01-01',
        end: '2027-01-31',
        precision: 'month',
      });
      return (
        <>
          <IntervalPanel label="Planned" value={span} onValueChange={setSpan} />
          <output>{span && `${span.start} ${span.end} ${span.precision}`}</output>
        </>
      );
    }
    render(<Planned />);
    const chosen = () => screen.getByRole('status').textContent;
    await user.click(screen.getByRole('button', { name: 'May 2027' }));
    expect(chosen()).toBe('2027-05-01 2027-05-31 month');
    await user.click(screen.getByRole('button', { name: 'Mar 2027' }));
    expect(chosen()).toBe('2027-03-01 2027-05-31 month');
    await user.click(screen.getByRole('button', { name: 'Quarter' }));
    expect(chosen()).toBe('2027-01-01 2027-06-30 quarter');
  });
});

describe('forms', () => {
  test('a field names its control and tells its error', () => {
    render(
      <Field label="E-mail" error="This is not an e-mail address.">
        <TextField value="x" onValueChange={() => {}} />
      </Field>,
    );
    const input = screen.getByLabelText('E-mail');
    const message = screen.getByText('This is not an e-mail address.');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(input.getAttribute('aria-describedby')).toContain(message.id);
  });

  test('a password shows itself on request only', async () => {
    const user = userEvent.setup();
    render(<PasswordField aria-label="Password" value="secret" onValueChange={() => {}} />);
    const input = screen.getByLabelText<HTMLInputElement>('Password');
    expect(input.type).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Show password' }));
    expect(input.type).toBe('text');
  });

  test('a busy button keeps the focus and does nothing', async () => {
    const user = userEvent.setup();
    const clicks: number[] = [];
    render(
      <Button busy onClick={() => clicks.push(1)}>
        Save
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Save' });
    button.focus();
    await user.click(button);
    expect(document.activeElement).toBe(button);
    expect(clicks).toEqual([]);
  });
});

test('a menu opens with the keys, runs the command, and gives the focus back', async () => {
  const user = userEvent.setup();
  const ran: string[] = [];
  render(
    <Menu
      trigger={<button type="button">More</button>}
      items={[
        { id: 'rename', label: 'Rename', onSelect: () => ran.push('rename') },
        { kind: 'separator', id: 'line' },
        { id: 'delete', label: 'Delete', onSelect: () => ran.push('delete') },
      ]}
    />,
  );
  screen.getByText('More').focus();
  await user.keyboard('{Enter}');
  await screen.findByRole('menu');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(ran).toEqual(['delete']);
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  expect(document.activeElement).toBe(screen.getByText('More'));
});

test('where toasts appear is there before the first, for screen readers to hear of it', async () => {
  render(<ToastRegion />);
  const region = await screen.findByRole('region', { name: 'Notifications' });
  toast({ title: '3 ideas archived' });
  expect(await within(region).findByText('3 ideas archived')).toBeTruthy();
});

test('a toast offers to undo, and goes when that is done', async () => {
  const user = userEvent.setup();
  const undone: number[] = [];
  render(<ToastRegion />);
  toast({ title: '3 ideas archived', undo: () => undone.push(1) });
  const shown = await screen.findByRole('dialog', { name: '3 ideas archived' });
  await user.click(within(shown).getByRole('button', { name: 'Undo' }));
  expect(undone).toEqual([1]);
  await waitFor(() => expect(screen.queryByText('3 ideas archived')).toBeNull());
});

test('a toast that offers undo gives way to what was done, or undone, after it', async () => {
  render(<ToastRegion />);
  toast({ title: 'Saved' });
  toast({ title: 'Linked to INS-1', undo: () => {} });
  expect(await screen.findByText('Linked to INS-1')).toBeTruthy();
  toast({ title: 'Merged', undo: () => {} });
  expect(await screen.findByText('Merged')).toBeTruthy();
  expect(screen.queryByText('Linked to INS-1')).toBeNull();
  toast({ id: editToast, title: 'Undone' });
  expect(await screen.findByText('Undone')).toBeTruthy();
  expect(screen.queryByText('Merged')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  expect(screen.getByText('Saved')).toBeTruthy();
});

test('the edge of a panel moves with the keys, within its bounds, and is remembered', async () => {
  const user = userEvent.setup();
  const pane = (
    <SplitPane label="Idea" panel="idea" storageKey="test.width" initial={480}>
      list
    </SplitPane>
  );
  const { unmount } = render(pane);
  screen.getByRole('separator').focus();
  await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowRight}');
  expect(screen.getByRole('separator').getAttribute('aria-valuenow')).toBe('496');
  await user.keyboard('{End}{ArrowLeft}');
  expect(screen.getByRole('separator').getAttribute('aria-valuenow')).toBe('720');
  unmount();
  render(pane);
  expect(screen.getByRole('separator').getAttribute('aria-valuenow')).toBe('720');
});

test('a part of the page that fails can be tried again', async () => {
  const user = userEvent.setup();
  let broken = true;
  function Part() {
    if (broken) throw new Error('no value for Effort');
    return <p>works</p>;
  }
  // React tells the console of errors that a boundary caught; that is expected here.
  const { error } = console;
  console.error = () => {};
  render(
    <ErrorBoundary>
      <Part />
    </ErrorBoundary>,
  );
  console.error = error;
  expect(screen.getByRole('alert').textContent).toContain('no value for Effort');
  broken = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('works')).toBeTruthy();
});

test.each([
  ['Ada Lovelace', 'AL'],
  ['  Plato ', 'P'],
  ['Anna Maria von Berg', 'AB'],
  ['山田 太郎', '山太'],
  ['', '?'],
])('the initials of %j are %s', (name, wanted) => {
  expect(initials(name)).toBe(wanted);
});

test('a stack of people counts those it does not show and names all', () => {
  render(<AvatarStack names={['Ada', 'Grace', 'Alan', 'Edsger']} max={3} />);
  const stack = screen.getByRole('img', { name: 'Ada, Grace, Alan, Edsger' });
  expect(stack.textContent).toBe('AG+2');
});

test('a score is read as a number, and a missing one shows no bar', () => {
  const { container, rerender } = render(<ScoreBar value={83.333} />);
  expect(container.textContent).toContain('Score 83.3');
  rerender(<ScoreBar value={null} />);
  expect(container.textContent).toBe('–');
});
