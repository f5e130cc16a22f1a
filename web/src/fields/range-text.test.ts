import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRange } from './range-text.ts';
import { pullRule, roundStep, widen } from './widen.ts';

interface Case {
  text: string;
  decimal?: string;
  low?: number;
  likely?: number;
  high?: number;
  none?: true;
  descends?: true;
}

// The server's tests read the same file: a text means the same wherever it is read.
const file = resolve(import.meta.dirname, '../../../internal/importer/text/testdata/ranges.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

describe('ranges as texts (UNC-3, UNC-4)', () => {
  it.each(cases)('$text', ({ text, decimal, none, descends, low, likely, high }) => {
    const range = parseRange(text, decimal === ',' ? 'de-DE' : 'en-US');
    if (none) expect(range).toBeUndefined();
    else if (descends) expect(range && range.low <= range.likely && range.likely <= range.high).toBe(false);
    else expect(range).toMatchObject({ low, likely, high });
  });

  it('takes a percent sign for the unit of a field that has it', () => {
    expect(parseRange('40 ±5%', 'en-US', true)).toMatchObject({ low: 35, likely: 40, high: 45 });
    expect(parseRange('40 ±5%', 'en-US')).toMatchObject({ low: 38, likely: 40, high: 42 });
  });
});

describe('the handle that pulls a range', () => {
  it('grows by about a tenth, in round figures', () => {
    expect([5, 40, 1200, 0, -30, 0.3].map(roundStep)).toEqual([1, 5, 200, 1, 5, 0.05]);
  });

  it('never pulls a number without bounds over zero', () => {
    expect(widen(4, 9, pullRule(4))).toEqual({ low: 1, likely: 4, high: 13 });
    expect(widen(-4, 9, pullRule(-4))).toEqual({ low: -13, likely: -4, high: -1 });
  });

  it('pulls both ends, within bounds, and back to a plain number', () => {
    const rule = { step: 1, min: 1, max: 5 };
    expect(widen(4, 1, rule)).toEqual({ low: 3, likely: 4, high: 5 });
    expect(widen({ low: 3, likely: 4, high: 5 }, 1, rule)).toEqual({ low: 2, likely: 4, high: 5 });
    expect(widen({ low: 3, likely: 4, high: 5 }, -1, rule)).toBe(4);
    expect(widen(null, 1, rule)).toBeNull();
  });
});
