import { useEffect, useRef } from 'react';
import { type OptionColor, optionColors } from '@/lib/colors.ts';
import { useMediaQuery } from '@/lib/media.ts';
import { useTheme } from '@/lib/theme.ts';
import css from './matrix.module.css';
import { radii } from './points.ts';
import { shareOf } from './scale.ts';
import type { Matrix } from './use-matrix.ts';
import { toScreen } from './viewport.ts';

/** Colours as the canvas needs them. */
interface Paints {
  plain: string;
  line: string;
  options: Readonly<Record<OptionColor, string>>;
}

const alphas = { dot: 0.55, chosen: 1 };

function readPaints(element: Element): Paints {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const options = Object.fromEntries(optionColors.map((color) => [color, read(`option-${color}-solid`)]));
  const paints = {
    plain: read('accent'),
    line: read('text-3'),
    options: options as Record<OptionColor, string>,
  };
  probe.remove();
  return paints;
}

/** A dot drawn once, to be copied for each idea: much faster than drawing circles. */
function dotOf(paint: string, radius: number, ratio: number): HTMLCanvasElement {
  const edge = Math.ceil(radius * 2 * ratio) + 2;
  const canvas = document.createElement('canvas');
  canvas.width = edge;
  canvas.height = edge;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = paint;
    context.beginPath();
    context.arc(edge / 2, edge / 2, radius * ratio, 0, 2 * Math.PI);
    context.fill();
  }
  return canvas;
}

/** What is drawn rather than made of elements: the dots of a crowd, error bars, the legs of a fan. */
export function Cloud({ matrix }: { matrix: Matrix }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useMediaQuery('(prefers-color-scheme: dark)');
  const theme = useTheme();
  const cache = useRef<{ key: string; paints: Paints; dots: Map<string, HTMLCanvasElement> }>(null);
  const { size } = matrix;
  useEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d');
    if (!target?.parentElement || !context) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    const key = `${theme} ${dark} ${ratio}`;
    if (cache.current?.key !== key)
      cache.current = { key, paints: readPaints(target.parentElement), dots: new Map() };
    const { paints, dots } = cache.current;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (target.width !== width || target.height !== height) {
      target.width = width;
      target.height = height;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    if (matrix.scene.dense) drawDots({ context, paints, dots, ratio, matrix });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawBars(context, paints, matrix);
    drawLegs(context, paints, matrix);
  });
  return <canvas ref={canvas} className={css.cloud} />;
}

interface DotTools {
  context: CanvasRenderingContext2D;
  paints: Paints;
  dots: Map<string, HTMLCanvasElement>;
  ratio: number;
  matrix: Matrix;
}

function drawDots({ context, paints, dots, ratio, matrix }: DotTools): void {
  const { scene, selected } = matrix;
  const dot = (color: OptionColor | undefined, chosen: boolean) => {
    const name = `${color ?? ''} ${chosen}`;
    const known = dots.get(name);
    if (known) return known;
    const made = dotOf(
      color ? paints.options[color] : matrix.plan.color ? paints.line : paints.plain,
      radii.dot + (chosen ? 2 : 0),
      ratio,
    );
    dots.set(name, made);
    return made;
  };
  const draw = (chosen: boolean) => {
    context.globalAlpha = chosen ? alphas.chosen : alphas.dot;
    for (const { point, px, py } of scene.spots) {
      if (selected.has(point.row.id) !== chosen) continue;
      const image = dot(point.color, chosen);
      const half = image.width / 2;
      context.drawImage(image, Math.round(px * ratio - half), Math.round(py * ratio - half));
    }
  };
  draw(false);
  if (selected.size > 0) draw(true);
  context.globalAlpha = 1;
}

/** Where a value is a range: a line from its low to its high end, with short strokes at both. */
function drawBars(context: CanvasRenderingContext2D, paints: Paints, matrix: Matrix): void {
  const { scene, plotted, view, size } = matrix;
  if (scene.dense) return;
  const cap = 3.5;
  context.strokeStyle = paints.line;
  context.lineWidth = 1.25;
  context.beginPath();
  for (const { points, petal } of scene.marks) {
    const [point] = points;
    if (!point || points.length > 1 || petal) continue;
    const ends = (which: 'x' | 'y') => {
      const { low, high } = point[which];
      if (low === undefined || high === undefined) return undefined;
      const share = (value: number) => {
        const at = shareOf(value, plotted[which].span);
        return Number.isNaN(at) ? 0 : at;
      };
      return [share(low), share(high)] as const;
    };
    const across = ends('x');
    if (across) {
      const [a, b] = across.map((u) => toScreen({ u, v: point.v }, view, size));
      if (a && b) {
        context.moveTo(a.px, a.py);
        context.lineTo(b.px, b.py);
        for (const { px, py } of [a, b]) {
          context.moveTo(px, py - cap);
          context.lineTo(px, py + cap);
        }
      }
    }
    const upwards = ends('y');
    if (upwards) {
      const [a, b] = upwards.map((v) => toScreen({ u: point.u, v }, view, size));
      if (a && b) {
        context.moveTo(a.px, a.py);
        context.lineTo(b.px, b.py);
        for (const { px, py } of [a, b]) {
          context.moveTo(px - cap, py);
          context.lineTo(px + cap, py);
        }
      }
    }
  }
  context.stroke();
}

function drawLegs(context: CanvasRenderingContext2D, paints: Paints, { scene }: Matrix): void {
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
