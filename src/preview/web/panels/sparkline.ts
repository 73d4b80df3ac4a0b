import { faded } from '../format/palette.js';

/** Draws a course over the canvas, without axes. Gaps are skipped. */
export function sparkline(canvas: HTMLCanvasElement, values: readonly (number | null)[], color: string): void {
  const numbers = values.filter((value) => value !== null);
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext('2d');
  if (context === null || numbers.length < 2 || width === 0) return;
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);

  const low = Math.min(...numbers, 0);
  const high = Math.max(...numbers);
  const x = (index: number): number => (index / (values.length - 1)) * width;
  const y = (value: number): number => height - 2 - ((value - low) / (high - low || 1)) * (height - 4);
  const line = new Path2D();
  const area = new Path2D();
  let first: number | undefined;
  let last = 0;
  values.forEach((value, index) => {
    if (value === null) return;
    if (first === undefined) {
      line.moveTo(x(index), y(value));
      area.moveTo(x(index), height);
    } else {
      line.lineTo(x(index), y(value));
    }
    area.lineTo(x(index), y(value));
    first ??= index;
    last = index;
  });
  area.lineTo(x(last), height);
  area.closePath();
  context.fillStyle = faded(color, 0.18);
  context.fill(area);
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.stroke(line);
}
