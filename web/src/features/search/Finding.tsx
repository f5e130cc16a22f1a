import { useFindIdeas } from './find-ideas.ts';
import { useFindPlaces } from './find-places.ts';

/** Lets the palette find ideas, views and projects; once, within the frame. Shows nothing itself. */
export function Finding() {
  useFindIdeas();
  useFindPlaces();
  return null;
}
