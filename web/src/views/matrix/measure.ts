/** The widest a label may be, in px; keep in step with the style sheet. */
const widest = 168;
/** Titles whose width is kept. */
const most = 5000;

/** Measures labels as they will be drawn; keeps what it has measured. */
export function labelWidth(): (text: string) => number {
  const known = new Map<string, number>();
  let context: CanvasRenderingContext2D | null | undefined;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (context === undefined) {
      context = document.createElement('canvas').getContext('2d');
      if (context) context.font = '12px Inter, system-ui, sans-serif';
    }
    const width = Math.min(widest, Math.ceil(context?.measureText(text).width ?? text.length * 6.5) + 2);
    if (known.size >= most) known.clear();
    known.set(text, width);
    return width;
  };
}
