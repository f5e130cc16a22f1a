import { expect, it } from 'vitest';
import type { FieldInfo, Project } from '@/sync/types.ts';
import { firstProject } from './CaptureDialog.tsx';
import { captureFields } from './CaptureForm.tsx';

const project = (key: string) => ({ key }) as Project;

it('begins with the project that is open, else the last one, else the first', () => {
  const projects = [project('INS'), project('TC')];
  expect(firstProject(projects, 'TC', 'INS')).toBe('TC');
  expect(firstProject(projects, 'ZZ', 'TC')).toBe('TC');
  expect(firstProject(projects, undefined, 'GONE')).toBe('INS');
});

it('offers the pinned fields first, and only those that the person may set', () => {
  const field = (ref: string, rest: Partial<FieldInfo> = {}): FieldInfo => ({
    ref,
    name: ref,
    type: 'select',
    options: [],
    position: 1,
    ...rest,
  });
  const fields = [
    field('f1'),
    field('f2', { pinned: true }),
    field('f3', { type: 'formula', pinned: true, readOnly: true }),
    field('f4', { hidden: true, pinned: true }),
    field('f5', { openToContributors: true }),
  ];
  expect(captureFields(fields, 'editor').map((each) => each.ref)).toEqual(['f2', 'f1', 'f5']);
  expect(captureFields(fields, 'contributor').map((each) => each.ref)).toEqual(['f5']);
});
