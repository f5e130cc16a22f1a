import { describe, expect, it } from 'vitest';
import '@/lib/messages/later/importer.ts';
import { cut, guessSplit, pastedFile } from './paste.ts';

describe('pasted insights', () => {
  it('are lines without their list marks', () => {
    expect(cut('- One\r\n2) Two\n\n•  Three  \n', 'lines')).toEqual(['One', 'Two', 'Three']);
  });

  it('are blocks between blank lines, which keep their own lines', () => {
    expect(cut('One\nmore\n \n\nTwo', 'blocks')).toEqual(['One\nmore', 'Two']);
  });

  it('are guessed to be blocks only where a block has several lines', () => {
    expect(guessSplit('a\n\nb\n\nc')).toBe('lines');
    expect(guessSplit('a\nb\n\nc')).toBe('blocks');
    expect(guessSplit('a\nb')).toBe('lines');
  });

  it('are a table where most lines have tabs, of a spreadsheet as it is', async () => {
    const rows = 'Note\tCompany\n- Slow\tAcme\n\nLost it\tBlob';
    expect(guessSplit(rows)).toBe('table');
    expect(guessSplit('one\ttwo')).toBe('lines');
    expect(cut(rows, 'table')).toEqual(['Note\tCompany', '- Slow\tAcme', 'Lost it\tBlob']);
    expect(await pastedFile(rows, 'table').text()).toBe(rows);
  });

  it('become a file that is read as they were cut, whatever is in them', async () => {
    const file = pastedFile('- "Slow", she said; often\n=1+1\n', 'lines');
    expect(JSON.parse(await file.text())).toEqual([{ note: '"Slow", she said; often' }, { note: '=1+1' }]);
    expect(file.name).toBe('Pasted text.json');
  });
});
