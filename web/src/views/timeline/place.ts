import { readTab, writeTab } from '@/lib/storage.ts';
import { clampScale, type Zoom } from './scale.ts';

/** Where somebody looked, and how closely. */
export interface Place {
  /** The zoom that the view had: a place under another one is forgotten. */
  zoom: Zoom;
  perDay: number;
  /** The day at the edge, with a fraction. */
  day: number;
}

/** What the place in the view that is open is remembered as. */
export function placeKey(): string {
  return `cairn.timeline.place.${location.pathname}`;
}

/** Where this tab looked last in a view; undefined when it did not, or the view's zoom is another one now. */
export function readPlace(key: string, zoom: Zoom): Place | undefined {
  try {
    const { perDay, day, ...rest } = JSON.parse(readTab(key) ?? '{}') as Partial<Place>;
    if (rest.zoom !== zoom || !Number.isFinite(perDay) || !Number.isFinite(day)) return undefined;
    return { zoom, perDay: clampScale(Number(perDay)), day: Number(day) };
  } catch {
    return undefined;
  }
}

/** Remembers where this tab looks. */
export function writePlace(key: string, place: Place): void {
  writeTab(key, JSON.stringify(place));
}
