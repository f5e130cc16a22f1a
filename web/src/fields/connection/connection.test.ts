import { describe, expect, it } from 'vitest';
import { type TypedProject, typeChoices } from './ConnectionSettings.tsx';

const type = (id: number, name: string) => ({ id, name, color: 'blue', ideas: 0, position: id, version: 1 });
const known: TypedProject[] = [
  { id: 1, name: 'Insure', types: [type(11, 'Solution'), type(12, 'Experiment')] },
  { id: 2, name: 'Travel', types: [type(21, 'Solution')] },
];
const choices = (projects: number[], types: number[] = []) =>
  typeChoices(known, 1, { projects, types }).map(({ value, label, hint }) => [Number(value), label, hint]);

describe('types of a connection field (TREE-25)', () => {
  it('are those of its own project while it is not narrowed to projects', () => {
    expect(choices([])).toEqual([
      [11, 'Solution', undefined],
      [12, 'Experiment', undefined],
    ]);
  });
  it('are those of the projects that it is narrowed to, and say which project', () => {
    expect(choices([2])).toEqual([[21, 'Solution', 'Travel']]);
    expect(choices([1, 2]).map(([id]) => id)).toEqual([11, 12, 21]);
  });
  it('stay to be taken out when they are chosen, whatever they belong to', () => {
    expect(choices([2], [12, 99])).toEqual([
      [12, 'Experiment', undefined],
      [21, 'Solution', 'Travel'],
      [99, 'A type of another project', undefined],
    ]);
  });
});
