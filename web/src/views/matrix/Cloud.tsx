import { useEffect, useRef } from 'react';
import { type OptionColor, optionColors } from '@/lib/colors.ts';
import { useMediaQuery } from '@/lib/media.ts';
import { useTheme } from '@/lib/theme.ts';
import { type ChangeOf, useChanges } from '../shared/change-marks.tsx';
import { type Dot, drawDots, maskOf, type Pixels } from './dots.ts';
import { barCap, errorBarsOf } from './error-bars.ts';
import css from './layer.module.css';
import { radii } from './points.ts';
import type { Matrix } from './use-matrix.ts';

/** Colours as the canvas needs them. */
interface Paints {
  plain: string;
  line: string;
  options: Readonly<Record<OptionColor | ChangeOf['tone'], string>>;
}

/** What is drawn of a matrix. */
interface Seen extends Pick<Matrix, 'scene' | 'selected' | 'plotted' | 'view' | 'size'> {
  /** What became otherwise, while that is looked at. */
  changes: ReturnType<typeof useChanges>;
  /** Pixels of the picture per px. */
  ratio: number;
}

const alphas = { dot: 0.55, chosen: 1 };

/** The colours of what became otherwise, as everywhere. */
const tones: Readonly<Record<ChangeOf['tone'], string>> = {
  new: 'success',
  moved: 'warning',
  changed: 'accent',
};

/** How far the ring around a dot that changed reaches beyond it, in px. */
const ringWidth = 2;

function readPaints(element: Element): Paints {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const options = Object.fromEntries([
    ...optionColors.map((color) => [color, read(`option-${color}-solid`)]),
    ...Object.entries(tones).map(([tone, token]) => [tone, read(token)]),
  ]);
  const paints = {
    plain: read('accent'),
    line: read('text-3'),
    options: options as Paints['options'],
  };
  probe.remove();
  return paints;
}

/** The colours as pixels: a canvas turns any way of writing a colour into them. */
function pixelsOf(paints: Paints, colored: boolean): Pixels {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map<Dot['color'], number>();
  return (color) => {
    const before = known.get(color);
    if (before !== undefined) return before;
    let pixel = 0;
    if (context) {
      context.fillStyle = color ? paints.options[color] : colored ? paints.line : paints.plain;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
      pixel = (blue << 16) | (green << 8) | red;
    }
    known.set(color, pixel);
    return pixel;
  };
}

/** What is drawn rather than made of elements: the dots of a crowd, error bars, the legs of a fan. */
export function Cloud({ matrix }: { matrix: Matrix }) {
  const { scene, selected, plotted, view, plan, size } = matrix;
  const changes = useChanges();
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useMediaQuery('(prefers-color-scheme: dark)');
  const theme = useTheme();
  const brush = useRef<Brush>(null);
  useEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d', { willReadFrequently: true });
    if (!target?.parentElement || !context) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    const [width, height] = [
      Math.max(1, Math.round(size.width * ratio)),
      Math.max(1, Math.round(size.height * ratio)),
    ];
    const colored = plan.color !== undefined;
    const key = JSON.stringify([theme, dark, width, height, colored]);
    if (brush.current?.key !== key) {
      const paints = readPaints(target.parentElement);
      brush.current = { key, paints, pixels: pixelsOf(paints, colored), image: new ImageData(width, height) };
    }
    const { paints } = brush.current;
    if (target.width !== width || target.height !== height) {
      target.width = width;
      target.height = height;
    }
    const seen: Seen = { scene, selected, plotted, view, size, changes, ratio };
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (scene.dense) drawCrowd(context, brush.current, seen);
    else context.clearRect(0, 0, width, height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawBars(context, paints, seen);
    drawLegs(context, paints, seen);
  }, [scene, selected, plotted, view, size, changes, plan.color, theme, dark]);
  return <canvas ref={canvas} className={css.layer} />;
}

/** What dots are drawn with; made anew only when the size or the colours change. */
interface Brush {
  key: string;
  paints: Paints;
  pixels: Pixels;
  image: ImageData;
}

function drawCrowd(context: CanvasRenderingContext2D, { pixels, image }: Brush, seen: Seen): void {
  const { scene, selected, changes, ratio } = seen;
  const picture = { pixels: new Uint32Array(image.data.buffer), width: image.width, height: image.height };
  picture.pixels.fill(0);
  const draw = (chosen: boolean) => {
    const dots: Dot[] = [];
    for (const { point, px, py } of scene.spots)
      if (selected.has(point.row.id) === chosen) dots.push({ px, py, color: point.color, chosen });
    const mask = maskOf((radii.dot + (chosen ? 2 : 0)) * ratio, chosen ? alphas.chosen : alphas.dot);
    drawDots(picture, dots, { ratio, mask, pixels });
  };
  draw(false);
  if (changes) {
    const changed = scene.spots.flatMap(({ point, px, py }) => {
      const tone = changes.get(point.row.id)?.tone;
      return tone ? [{ px, py, color: point.color, tone, chosen: false }] : [];
    });
    const rings = changed.map((dot) => ({ ...dot, color: dot.tone }));
    drawDots(picture, rings, { ratio, mask: maskOf((radii.dot + ringWidth) * ratio, 1), pixels });
    drawDots(picture, changed, { ratio, mask: maskOf((radii.dot - 1) * ratio, 1), pixels });
  }
  if (selected.size > 0) draw(true);
  context.putImageData(image, 0, 0);
}

/** Where a value is a range: a quiet line from its low to its high end, with short strokes at both. */
function drawBars(context: CanvasRenderingContext2D, paints: Paints, seen: Seen): void {
  const { scene, plotted, view, size } = seen;
  if (scene.dense) return;
  context.strokeStyle = paints.line;
  context.lineWidth = 1;
  context.globalAlpha = 0.5;
  context.beginPath();
  for (const { along, from, to } of errorBarsOf(scene.marks, { axes: plotted, view, size })) {
    context.moveTo(from.px, from.py);
    context.lineTo(to.px, to.py);
    const [dx, dy] = along === 'x' ? [0, barCap] : [barCap, 0];
    for (const { px, py } of [from, to]) {
      context.moveTo(px - dx, py - dy);
      context.lineTo(px + dx, py + dy);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
  // Bars end at bubbles and piles instead of showing through them.
  context.globalCompositeOperation = 'destination-out';
  context.beginPath();
  for (const { px, py, r, points } of scene.marks) {
    const room = points.length > 1 ? r + 2 : r;
    context.moveTo(px + room, py);
    context.arc(px, py, room, 0, 2 * Math.PI);
  }
  context.fill();
  context.globalCompositeOperation = 'source-over';
}

function drawLegs(context: CanvasRenderingContext2D, paints: Paints, { scene }: Seen): void {
  if (scene.legs.length === 0) return;
  context.strokeStyle = paints.line;
  context.lineWidth = 1;
  context.globalAlpha = 0.6;
  context.beginPath();
  for (const { px, py, toX, toY } of scene.legs) {
    context.moveTo(px, py);
    context.lineTo(toX, toY);
  }
  context.stroke();
  context.globalAlpha = 1;
}
