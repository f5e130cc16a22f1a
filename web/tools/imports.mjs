// Checks the web app's architecture: who may import whom, file length, and that no import leaves its room by a path.
// Usage: node tools/imports.mjs
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What each room of src may import besides itself. */
export const rooms = {
  app: ['features', 'views', 'fields', 'sync', 'actions', 'ui', 'api', 'lib'],
  features: ['views', 'fields', 'sync', 'actions', 'ui', 'api', 'lib'],
  views: ['fields', 'sync', 'actions', 'ui', 'api', 'lib'],
  fields: ['sync', 'actions', 'ui', 'api', 'lib'],
  sync: ['api', 'lib'],
  actions: ['api', 'lib'],
  ui: ['lib'],
  api: ['lib'],
  lib: [],
};

/**
 * Rooms whose folders are leaves: none may import a sibling. Files directly in the room, and a folder named shared, are
 * for all of them.
 */
export const leafRooms = ['features', 'views', 'fields'];
const sharedFolder = 'shared';
const maxLines = 400;
const importPattern =
  /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g;

/** Where a path below src lies: its room and, in leaf rooms, its leaf. */
function place(path) {
  const [room, second, third] = path.split('/');
  return { room, leaf: leafRooms.includes(room) && third !== undefined ? second : undefined };
}

/**
 * Returns the complaints about one file.
 * @param {string} path path below src, with forward slashes
 * @param {string} source
 * @returns {string[]}
 */
export function check(path, source) {
  const from = place(path);
  const complaints = [];
  const isTest = /\.test\.tsx?$/.test(path);
  if (!(from.room in rooms))
    return [`${path}: src has no room "${from.room}"; the rooms are ${Object.keys(rooms).join(', ')}`];
  const lines = source.split('\n').length;
  if (lines > maxLines && !isTest)
    complaints.push(`${path}: ${lines} lines; split it, ${maxLines} is the most`);
  for (const match of source.matchAll(importPattern)) {
    const target = match[1] ?? match[2] ?? '';
    const inside = target.startsWith('@/')
      ? target.slice(2)
      : target.startsWith('.')
        ? relative('/', resolve('/', dirname(path), target))
            .split(sep)
            .join('/')
        : undefined;
    if (inside === undefined) continue;
    const to = place(inside);
    if (to.room !== from.room) {
      if (!rooms[from.room].includes(to.room)) {
        complaints.push(
          `${path}: imports "${target}", but ${from.room} may import only ${rooms[from.room].join(', ') || 'packages'}`,
        );
      }
      if (target.startsWith('.'))
        complaints.push(`${path}: imports "${target}"; write "@/${inside}" across rooms`);
    } else if (from.leaf && to.leaf && from.leaf !== to.leaf && to.leaf !== sharedFolder) {
      complaints.push(
        `${path}: imports "${target}", but ${from.room} never import each other; move what both need down a room`,
      );
    }
  }
  return complaints;
}

/** Checks every source file below src. */
export function checkAll(src) {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => check(relative(src, file).split(sep).join('/'), readFileSync(file, 'utf8')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const complaints = checkAll(fileURLToPath(new URL('../src', import.meta.url)));
  for (const complaint of complaints) console.error(complaint);
  process.exit(complaints.length > 0 ? 1 : 0);
}
