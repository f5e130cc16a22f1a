import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/error.ts';
import { unplaced } from '@/api/use-send.ts';
import { today } from '@/lib/days.ts';
import type { Person } from './calls.ts';
import { copyFrom } from './copy.ts';
import { expiryOf, expiryText, isPast, lives } from './expiry.ts';
import { matching } from './matching.ts';

describe('the end of a token', () => {
  const now = new Date(2026, 0, 31, 15, 30, 12);

  it.each([
    ['30', new Date(2026, 2, 2, 23, 59, 59)],
    ['90', new Date(2026, 4, 1, 23, 59, 59)],
    ['365', new Date(2027, 0, 31, 23, 59, 59)],
  ] as const)('is the last second of the day %s days from now', (life, end) => {
    expect(expiryOf(life, null, now)).toBe(end.toISOString());
  });

  it('is the last second of a chosen day, also of one that the present month does not have', () => {
    expect(expiryOf('day', '2028-02-29', now)).toBe(new Date(2028, 1, 29, 23, 59, 59).toISOString());
  });

  it('is left out for a token without end and while no day is chosen', () => {
    expect(expiryOf('never', '2028-02-29', now)).toBeUndefined();
    expect(expiryOf('day', null, now)).toBeUndefined();
  });

  it('lies ahead for every life on offer, also for today', () => {
    for (const life of lives) expect(isPast(expiryOf(life, today(now), now), now.getTime())).toBe(false);
  });

  it('is told as what it is', () => {
    expect(expiryText(undefined)).toBe('Does not expire');
    expect(expiryText('2001-01-01T00:00:00Z')).toMatch(/^Expired /);
    expect(expiryText('2999-01-01T00:00:00Z')).toMatch(/^Expires /);
  });
});

describe('finding people', () => {
  const person = (id: number, name: string, rest: Partial<Person> = {}): Person => ({
    id,
    name,
    version: 1,
    ...rest,
  });
  const people = [
    person(1, 'Ana Imported', { placeholder: true, email: 'ana@old.example' }),
    person(2, 'Ben Álvarez', { email: 'ben@new.example' }),
    person(3, 'Cleo Ana', { disabled: true }),
  ];
  const found = (text: string) => matching(people, text).map(({ id }) => id);

  it('shows everybody for nothing, those without an account last', () =>
    expect(found('  ')).toEqual([2, 3, 1]));
  it('looks in names and addresses, whatever the case', () => {
    expect(found('ANA')).toEqual([3, 1]);
    expect(found('new.example')).toEqual([2]);
    expect(found('álvarez')).toEqual([2]);
  });
  it('wants every word', () => {
    expect(found('ana cleo')).toEqual([3]);
    expect(found('ana ben')).toEqual([]);
  });
});

describe('a refusal', () => {
  const refusal = new ApiError('invalid', 'Enter a name', {
    fields: [{ field: 'name', message: 'Enter a name' }],
  });

  it('is shown above the form only when no field of it shows it', () => {
    expect(unplaced(refusal, ['name', 'email'])).toBeUndefined();
    expect(unplaced(refusal, ['email'])).toBe('Enter a name');
    expect(unplaced(undefined, ['email'])).toBeUndefined();
  });
});

describe('copying', () => {
  afterEach(() => vi.unstubAllGlobals());

  const field = () => {
    const input = document.createElement('input');
    input.value = 'cairn_secret';
    document.body.append(input);
    return input;
  };

  it('writes to the clipboard where the browser has one', async () => {
    const written: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void written.push(text) } });
    expect(await copyFrom(field())).toBe(true);
    expect(written).toEqual(['cairn_secret']);
  });

  it('selects the text and copies it the older way elsewhere', async () => {
    vi.stubGlobal('navigator', {});
    const input = field();
    let selected = '';
    document.execCommand = () => {
      selected = input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0);
      return false;
    };
    expect(await copyFrom(input)).toBe(false);
    expect(selected).toBe('cairn_secret');
    expect(document.activeElement).toBe(input);
  });
});
