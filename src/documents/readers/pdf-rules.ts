/** A straight horizontal or vertical line on a page, in points, y upwards; `at` is its y or x. */
export interface Rule {
  horizontal: boolean;
  at: number;
  from: number;
  to: number;
}

type Matrix = readonly [number, number, number, number, number, number];

/** Steps of a path as pdf.js packs them. */
const MOVE = 0;
const LINE = 1;
const CURVE = 2;
const QUADRATIC = 3;
const CLOSE = 4;

/** A filled box thinner than this is a line that some programs draw so; a stroke is as thin as it is. */
const THINNEST_BOX = 2.5;

/**
 * The lines that a page draws: strokes, edges of stroked boxes, and thin filled boxes. Paths that only clip draw nothing.
 * @param list what pdf.js' getOperatorList gives
 * @param ops its table of operators
 */
export function rulesOf(
  list: { fnArray: readonly number[]; argsArray: readonly unknown[] },
  ops: Record<string, number>,
): Rule[] {
  const rules: Rule[] = [];
  const fills = new Set([ops.fill, ops.eoFill]);
  const draws = new Set([
    ops.fill,
    ops.eoFill,
    ops.stroke,
    ops.closeStroke,
    ops.fillStroke,
    ops.eoFillStroke,
    ops.closeFillStroke,
    ops.closeEOFillStroke,
  ]);
  const saved: Matrix[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  list.fnArray.forEach((operator, index) => {
    const args = list.argsArray[index] as unknown[] | null;
    if (operator === ops.save) saved.push(matrix);
    else if (operator === ops.restore) matrix = saved.pop() ?? matrix;
    else if (operator === ops.transform) matrix = multiply(matrix, args as unknown as Matrix);
    else if (operator === ops.paintFormXObjectBegin) {
      saved.push(matrix);
      if (args?.[0]) matrix = multiply(matrix, args[0] as Matrix);
    } else if (operator === ops.paintFormXObjectEnd) matrix = saved.pop() ?? matrix;
    else if (operator === ops.constructPath && args && draws.has(args[0] as number)) {
      const path = (args[1] as (ArrayLike<number> | null)[])[0];
      if (path) addPath(path, fills.has(args[0] as number), matrix, rules);
    }
  });
  return rules;
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}

function addPath(path: ArrayLike<number>, filled: boolean, matrix: Matrix, rules: Rule[]): void {
  const point = (x: number, y: number): [number, number] => [
    matrix[0] * x + matrix[2] * y + matrix[4],
    matrix[1] * x + matrix[3] * y + matrix[5],
  ];
  let outline: [number, number][] = [];
  const finish = () => {
    if (filled) addBox(outline, rules);
    else for (let index = 1; index < outline.length; index++) addStroke(outline[index - 1]!, outline[index]!, rules);
    outline = [];
  };
  for (let at = 0; at < path.length; ) {
    const step = path[at++];
    if (step === MOVE) {
      finish();
      outline.push(point(path[at]!, path[at + 1]!));
      at += 2;
    } else if (step === LINE) {
      outline.push(point(path[at]!, path[at + 1]!));
      at += 2;
    } else if (step === CURVE || step === QUADRATIC) {
      // A curve rules nothing.
      finish();
      at += step === CURVE ? 6 : 4;
    } else if (step === CLOSE) {
      if (outline.length > 0) outline.push(outline[0]!);
      finish();
    } else break;
  }
  finish();
}

function addStroke([x1, y1]: [number, number], [x2, y2]: [number, number], rules: Rule[]): void {
  if (Math.abs(y1 - y2) < 0.5 && Math.abs(x1 - x2) > 1)
    rules.push({ horizontal: true, at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
  else if (Math.abs(x1 - x2) < 0.5 && Math.abs(y1 - y2) > 1)
    rules.push({ horizontal: false, at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
}

function addBox(outline: readonly [number, number][], rules: Rule[]): void {
  if (outline.length < 3) return;
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const width = right - left;
  const height = top - bottom;
  if (height <= THINNEST_BOX && width > height)
    rules.push({ horizontal: true, at: (top + bottom) / 2, from: left, to: right });
  else if (width <= THINNEST_BOX && height > width)
    rules.push({ horizontal: false, at: (left + right) / 2, from: bottom, to: top });
}
