import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check, checkAll } from './imports.mjs';

test.each<[path: string, source: string, complaints: number]>([
  ['features/list/List.tsx', "import { x } from '@/ui/Button.tsx';", 0],
  ['features/list/List.tsx', "import { x } from '@/features/panel/Panel.tsx';", 1],
  ['features/list/List.tsx', "const Panel = lazy(() => import('@/features/panel/Panel.tsx'));", 1],
  ['features/list/List.tsx', "import { x } from './Row.tsx';", 0],
  ['fields/select/cell.tsx', "import type { FieldProps } from '@/fields/types.ts';", 0],
  ['fields/select/cell.tsx', "import type { FieldProps } from '../types.ts';", 0],
  ['fields/select/cell.tsx', "import { x } from '../number/cell.tsx';", 1],
  ['views/list/Grid.tsx', "import { x } from '../shared/groups.ts';", 0],
  ['views/shared/groups.ts', "import { x } from '../list/columns.ts';", 1],
  ['ui/Button.tsx', "import { t } from '@/lib/i18n.ts';", 0],
  ['ui/Button.tsx', "import { run } from '@/actions/registry.ts';", 1],
  ['ui/Button.tsx', "export { run } from '../actions/registry.ts';", 2],
  ['lib/days.ts', "import { api } from '@/api/client.ts';", 1],
  ['sync/store.ts', "import { api } from '@/api/client.ts';\nimport { useState } from 'react';", 0],
  ['helpers/x.ts', '', 1],
  ['lib/long.ts', '\n'.repeat(400), 1],
  ['lib/long.test.ts', '\n'.repeat(400), 0],
])('%s %#', (path, source, wanted) => {
  expect(check(path, source)).toHaveLength(wanted);
});

test('the app follows its own rules', () => {
  expect(checkAll(join(import.meta.dirname, '../src'))).toEqual([]);
});
