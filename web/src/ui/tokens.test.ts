import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { optionColors } from '@/lib/colors.ts';

type Triple = [number, number, number];
const themes = ['light', 'dark'] as const;
const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The colours of the file: name → theme → OKLCH without transparency. */
const tokens = new Map<string, Record<(typeof themes)[number], Triple>>();
for (const [, name = '', value = ''] of css.matchAll(/--([\w-]+):\s*([^;]*oklch[^;]*);/g)) {
  const found = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)].map(
    (m) => m.slice(1).map(Number) as Triple,
  );
  const [light, dark = light] = found;
  if (light && dark) tokens.set(name, { light, dark });
}

function color(name: string, theme: (typeof themes)[number]): Triple {
  const found = tokens.get(name);
  if (!found) throw new Error(`tokens.css has no opaque colour --${name}`);
  return found[theme];
}

/** OKLCH to linear sRGB (Björn Ottosson's matrices). */
function linear([lightness, chroma, hue]: Triple): Triple {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Linear sRGB to OKLab. */
function lab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

function contrast(a: Triple, b: Triple): number {
  const [first, second] = [a, b].map((each) => {
    const [r, g, blue] = linear(each).map(clamp) as Triple;
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05;
  }) as [number, number];
  return Math.max(first, second) / Math.min(first, second);
}

/** How the colours look to people (full severity, Machado et al. 2009, in linear sRGB). */
const sights: Record<string, [Triple, Triple, Triple]> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(sight: [Triple, Triple, Triple], rgb: Triple): Triple {
  return sight.map((row) => clamp(row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])) as Triple;
}

describe.each(themes)('%s', (theme) => {
  const surfaces = ['bg', 'bg-sidebar', 'bg-raised', 'bg-sunken', 'bg-control', 'bg-selected'];

  test.each(['text', 'text-2', 'text-3', 'accent-text', 'danger-text'])(
    '--%s can be read on every surface',
    (text) => {
      for (const surface of surfaces) {
        expect(contrast(color(text, theme), color(surface, theme)), surface).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test.each([
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['on-accent', 'danger'],
    ['on-accent', 'danger-hover'],
    ['accent-text', 'accent-soft'],
    ['danger-text', 'danger-soft'],
    ['warning-text', 'warning-soft'],
    ['success-text', 'success-soft'],
    ['text-inverse', 'bg-inverse'],
    ...optionColors.map((name) => [`option-${name}-fg`, `option-${name}-bg`]),
  ])('--%s can be read on --%s', (text = '', ground = '') => {
    expect(contrast(color(text, theme), color(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    'focus',
    'line-control',
    'success',
    'warning',
    ...optionColors.map((name) => `option-${name}-solid`),
  ])('--%s stands out from the page', (mark) => {
    expect(contrast(color(mark, theme), color('bg', theme))).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.entries(sights))('the solids of the options stay apart with %s', (_, sight) => {
    const solids = optionColors.map((name) => ({
      name,
      lab: lab(seen(sight, linear(color(`option-${name}-solid`, theme)))),
    }));
    for (const [at, one] of solids.entries()) {
      for (const other of solids.slice(at + 1)) {
        const apart = Math.hypot(...one.lab.map((value, part) => value - (other.lab[part] ?? 0)));
        expect(apart, `${one.name} and ${other.name}`).toBeGreaterThan(0.05);
      }
    }
  });
});

test('every option colour has its four parts and its selector', () => {
  for (const name of optionColors) {
    for (const part of ['bg', 'fg', 'border', 'solid'])
      expect(tokens.has(`option-${name}-${part}`)).toBe(true);
    expect(css).toContain(`[data-option-color="${name}"]`);
  }
});
