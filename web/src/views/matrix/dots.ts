import type { OptionColor } from '@/lib/colors.ts';
import type { ChangeOf } from '../shared/change-marks.tsx';

/** A dot of a crowd. */
export interface Dot {
  px: number;
  py: number;
  color?: OptionColor | ChangeOf['tone'];
  chosen: boolean;
}

/** Red, green and blue of each colour as the pixels of a picture have them, without opacity. */
export type Pixels = (color: Dot['color']) => number;

/** How much of each pixel around its middle a dot covers, 0…255. */
interface Mask {
  reach: number;
  cover: Uint8Array;
}

/** A dot's mask: full inside, fading over one pixel at the edge. */
export function maskOf(radius: number, opacity: number): Mask {
  const reach = Math.ceil(radius);
  const edge = 2 * reach + 1;
  const cover = new Uint8Array(edge * edge);
  for (let y = -reach; y <= reach; y += 1)
    for (let x = -reach; x <= reach; x += 1) {
      const share = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x, y)));
      cover[(y + reach) * edge + x + reach] = Math.round(share * opacity * 255);
    }
  return { reach, cover };
}

/** A picture of pixels: 32 bits each, opacity in the highest eight. */
export interface Picture {
  pixels: Uint32Array;
  width: number;
  height: number;
}

/**
 * Draws dots into a picture: the last one gives its colour, and where several lie on each other it is more opaque. This
 * is several times faster than drawing circles or copies of one.
 */
export function drawDots(
  picture: Picture,
  dots: Iterable<Dot>,
  paint: { ratio: number; mask: Mask; pixels: Pixels },
) {
  const { pixels, width, height } = picture;
  const { ratio, mask } = paint;
  const { reach, cover } = mask;
  const edge = 2 * reach + 1;
  for (const dot of dots) {
    const color = paint.pixels(dot.color);
    const left = Math.round(dot.px * ratio) - reach;
    const top = Math.round(dot.py * ratio) - reach;
    for (let y = Math.max(0, -top); y < edge && top + y < height; y += 1) {
      const line = (top + y) * width + left;
      for (let x = Math.max(0, -left); x < edge && left + x < width; x += 1) {
        const add = cover[y * edge + x] ?? 0;
        if (add === 0) continue;
        const before = (pixels[line + x] ?? 0) >>> 24;
        const alpha = before + (((255 - before) * add) >> 8);
        pixels[line + x] = ((alpha << 24) | color) >>> 0;
      }
    }
  }
}
