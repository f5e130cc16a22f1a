/** The part of the plot that is in sight: its lower left corner and how many times it is enlarged. */
export interface Viewport {
  /** From the left, 0…1 of the whole. */
  u: number;
  /** From the bottom, 0…1 of the whole. */
  v: number;
  zoom: number;
}

/** Everything in sight. */
export const wholePlot: Viewport = { u: 0, v: 0, zoom: 1 };
const most = 64;

/** Keeps a part within the plot. */
export function clampViewport({ u, v, zoom }: Viewport): Viewport {
  const held = Math.min(most, Math.max(1, zoom));
  const room = 1 - 1 / held;
  return { zoom: held, u: Math.min(room, Math.max(0, u)), v: Math.min(room, Math.max(0, v)) };
}

/** Enlarges by a factor around a point of what is in sight (0…1 from the left and from the bottom), which stays in place. */
export function zoomAt(view: Viewport, factor: number, at: { s: number; t: number }): Viewport {
  const zoom = Math.min(most, Math.max(1, view.zoom * factor));
  const held = { u: view.u + at.s / view.zoom, v: view.v + at.t / view.zoom };
  return clampViewport({ zoom, u: held.u - at.s / zoom, v: held.v - at.t / zoom });
}

/** Moves by shares of what is in sight. */
export function pan(view: Viewport, by: { s: number; t: number }): Viewport {
  return clampViewport({ ...view, u: view.u + by.s / view.zoom, v: view.v + by.t / view.zoom });
}

/** The part that holds some places with room around them. */
export function fitting(places: readonly { u: number; v: number }[], room = 0.35): Viewport {
  const us = places.map((place) => place.u);
  const vs = places.map((place) => place.v);
  const [left, right] = [Math.min(...us), Math.max(...us)];
  const [bottom, top] = [Math.min(...vs), Math.max(...vs)];
  const span = Math.max(right - left, top - bottom, 1 / most) * (1 + room);
  const zoom = Math.min(most, Math.max(1, 1 / span));
  return clampViewport({ zoom, u: (left + right) / 2 - 0.5 / zoom, v: (bottom + top) / 2 - 0.5 / zoom });
}

/** The place in px of a point of the plot, the upper left corner being 0,0. */
export function toScreen(
  { u, v }: { u: number; v: number },
  view: Viewport,
  size: { width: number; height: number },
): { px: number; py: number } {
  return {
    px: (u - view.u) * view.zoom * size.width,
    py: size.height - (v - view.v) * view.zoom * size.height,
  };
}

/** The point of the plot at a place in px. */
export function toPlot(
  { px, py }: { px: number; py: number },
  view: Viewport,
  size: { width: number; height: number },
): { u: number; v: number } {
  return {
    u: view.u + px / size.width / view.zoom,
    v: view.v + (size.height - py) / size.height / view.zoom,
  };
}
