import { expect, it } from 'vitest';
import { noteRecentIdea, recentIdeas } from '@/lib/recent.ts';
import { ideaAddress } from '@/lib/routes.ts';
import { ownFirst } from './find-ideas.ts';

it('puts ideas of the open project first, in the order they were found', () => {
  const hits = ['TC-1', 'INS-2', 'INSX-1', 'INS-1'].map((key) => ({ key }));
  expect(ownFirst(hits, 'INS').map((hit) => hit.key)).toEqual(['INS-2', 'INS-1', 'TC-1', 'INSX-1']);
  expect(ownFirst(hits, undefined)).toEqual(hits);
});

it('opens an idea beside the view of its own project, else on its own page', () => {
  expect(ideaAddress('INS-3', '/p/INS/v/7', 'q=x')).toBe('/p/INS/v/7?q=x&idea=INS-3');
  expect(ideaAddress('INS-3', '/p/INS', '')).toBe('/p/INS?idea=INS-3');
  expect(ideaAddress('TC-3', '/p/INS/v/7', '')).toBe('/i/TC-3');
  expect(ideaAddress('INS-3', '/p/INS/settings/fields', '')).toBe('/i/INS-3');
  expect(ideaAddress('INS-3', '/', '')).toBe('/i/INS-3');
});

it('remembers the ideas that were open, each once, and survives what is no list', () => {
  localStorage.setItem('cairn.recentIdeas', '{"broken":');
  expect(recentIdeas()).toEqual([]);
  for (let at = 1; at <= 10; at += 1) noteRecentIdea({ key: `INS-${at}`, title: `Idea ${at}` });
  noteRecentIdea({ key: 'INS-5', title: 'Renamed' });
  const keys = recentIdeas().map((idea) => idea.key);
  expect(keys).toHaveLength(8);
  expect(keys.slice(0, 3)).toEqual(['INS-5', 'INS-10', 'INS-9']);
  expect(recentIdeas()[0]?.title).toBe('Renamed');
});
