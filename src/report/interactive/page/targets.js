import { ROW } from "../../../charts/fill-data.js";

/** Marks that are one shape for many rows: each row is met where the shape passes its point. */
const PATHS = new Set(["line", "trail", "area"]);
/** In units of the picture. */
const POINT_SIZE = 8;

/**
 * Where the rows of the chart's table are to be seen: boxes in the units of the picture, in the order of the rows. A mark
 * of several rows (a sum, a class) has no number and is no target.
 *
 * Vega's SVG gives each element of a mark its item as `__data__`; its own handler of events goes by that, too.
 */
export function targetsOf(svg) {
  const toPicture = svg.getScreenCTM().inverse();
  const targets = [];
  for (const element of svg.querySelectorAll("path, text, line, rect")) {
    const item = element.__data__;
    const mark = item?.mark;
    if (mark?.role !== "mark") continue;
    const matrix = toPicture.multiply(element.getScreenCTM());
    if (PATHS.has(mark.marktype)) {
      for (const { datum, x, y, defined } of mark.items)
        if (typeof datum?.[ROW] === "number" && defined !== false)
          targets.push({ row: datum[ROW], isText: false, ...transformed(around(x, y), matrix) });
    } else if (typeof item.datum?.[ROW] === "number") {
      const box = element.getBBox();
      if (mark.marktype === "text" && (box.width === 0 || item.opacity === 0)) continue;
      targets.push({ row: item.datum[ROW], isText: mark.marktype === "text", ...transformed(box, matrix) });
    }
  }
  return targets.sort((a, b) => a.row - b.row);
}

function around(x, y) {
  return { x: x - POINT_SIZE / 2, y: y - POINT_SIZE / 2, width: POINT_SIZE, height: POINT_SIZE };
}

/** The upright box around a box that may be turned. */
function transformed({ x, y, width, height }, matrix) {
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ].map(([cx, cy]) => new DOMPoint(cx, cy).matrixTransform(matrix));
  const xs = corners.map(point => point.x);
  const ys = corners.map(point => point.y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** What a reader cannot tell apart by pointing. */
const SAME = 2;
/** More rows in one place than this cannot be read at a glance. */
const MOST_ROWS = 4;

/**
 * The targets meant by pointing at a place: the smallest that it lies in or, within reach, the nearest, and with it those
 * of other rows in just the same place.
 *
 * @param reach in units of the picture
 */
export function targetsAt(targets, { x, y }, reach) {
  let best;
  for (const target of targets) {
    const distance = Math.hypot(
      Math.max(target.left - x, 0, x - target.right),
      Math.max(target.top - y, 0, y - target.bottom),
    );
    if (distance > reach) continue;
    const area = (target.right - target.left) * (target.bottom - target.top);
    if (!best || distance < best.distance || (distance === best.distance && area < best.area))
      best = { target, distance, area };
  }
  if (!best) return [];
  const same = targets.filter(target =>
    ["left", "right", "top", "bottom"].every(side => Math.abs(target[side] - best.target[side]) < SAME),
  );
  const byRow = new Map(same.map(target => [target.row, target]));
  return [...byRow.values()].slice(0, MOST_ROWS);
}
