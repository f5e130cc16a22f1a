/** Pixels from the edge at which a view begins to scroll under what is dragged, and per frame at the very edge. */
const edge = 56;
const fastest = 18;

/** How far a view scrolls in one frame, along one axis, while the pointer is near its edge. */
export function scrollStep(at: number, low: number, high: number): number {
  if (at < low + edge) return -Math.ceil((fastest * Math.min(edge, low + edge - at)) / edge);
  if (at > high - edge) return Math.ceil((fastest * Math.min(edge, at - high + edge)) / edge);
  return 0;
}
