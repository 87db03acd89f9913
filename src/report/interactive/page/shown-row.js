import { targetsAt, targetsOf } from "./targets.js";

/** How far beside a mark a pointer may be, in pixels. */
const REACH = { mouse: 10, pen: 10, touch: 28 };
const GAP = 8;
/** Between a mark and the outer edge of the frame around it. */
const ROOM = 4;
/** How far from a mark its label may stand, in units of the picture. */
const NEAR = 20;

/**
 * Shows the row behind a mark beside it, as the page prints it: for the mouse that rests on it, for a finger, and for the
 * keys ← and → while the chart has the focus. Escape closes it.
 */
export class ShownRow {
  constructor(plot, frame, svg, rows, unit) {
    this.plot = plot;
    this.frame = frame;
    this.svg = svg;
    this.rows = rows;
    this.unit = unit;
    this.box = document.createElement("div");
    this.box.className = "shown-row";
    // Read out when it fills.
    this.box.setAttribute("role", "status");
    this.spot = document.createElement("div");
    this.spot.className = "spot";
    this.spot.hidden = true;
    frame.append(this.spot, this.box);
    this.number = -1;
    // What a selection changes has its marks elsewhere.
    new MutationObserver(() => (this.known = undefined)).observe(svg, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["d", "transform", "x1", "x2", "y1", "y2", "opacity"],
    });
    this.listen();
  }

  /** @param zoom of the same picture */
  follow(zoom) {
    this.zoom = zoom;
  }

  get targets() {
    this.known ??= targetsOf(this.svg);
    return this.known;
  }

  show(targets) {
    if (targets.length === 0) return this.hide();
    const key = targets.map(({ row }) => row).join();
    const { left, right, top, bottom } = this.onFrame(targets[0]);
    Object.assign(this.spot.style, {
      left: `${left - ROOM}px`,
      top: `${top - ROOM}px`,
      width: `${right - left + 2 * ROOM}px`,
      height: `${bottom - top + 2 * ROOM}px`,
    });
    this.spot.hidden = false;
    if (this.shown !== key)
      this.box.replaceChildren(...targets.map(({ row }) => list(this.rows.cells(row))), ...this.unitLine());
    this.shown = key;
    this.putBeside(this.onFrame(this.withLabels(targets[0])));
  }

  /** Above the box if the window has room there, else below. */
  putBeside({ left, right, top, bottom }) {
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const across = Math.min(Math.max((left + right - width) / 2, 0), this.frame.clientWidth - width);
    const isAbove = this.frame.getBoundingClientRect().top + top - GAP - height > 0;
    Object.assign(this.box.style, {
      left: `${across}px`,
      top: `${isAbove ? top - GAP - height : bottom + GAP}px`,
    });
  }

  /** A target and the marks of its row that are near, such as the figure above a bar. */
  withLabels(target) {
    const near = this.targets.filter(
      ({ row, left, right, top, bottom }) =>
        row === target.row &&
        Math.max(left - target.right, target.left - right, top - target.bottom, target.top - bottom) < NEAR,
    );
    return {
      left: Math.min(...near.map(({ left }) => left)),
      right: Math.max(...near.map(({ right }) => right)),
      top: Math.min(...near.map(({ top }) => top)),
      bottom: Math.max(...near.map(({ bottom }) => bottom)),
    };
  }

  hide() {
    this.shown = undefined;
    this.spot.hidden = true;
    this.box.replaceChildren();
  }

  unitLine() {
    if (!this.unit) return [];
    const line = document.createElement("p");
    line.textContent = this.unit;
    return [line];
  }

  /** A box of the picture in pixels of the frame, cut off at its edges. */
  onFrame({ left, right, top, bottom }) {
    const matrix = this.svg.getScreenCTM();
    const frame = this.frame.getBoundingClientRect();
    const picture = this.svg.getBoundingClientRect();
    const [start, end] = [new DOMPoint(left, top), new DOMPoint(right, bottom)].map(point =>
      point.matrixTransform(matrix),
    );
    return {
      left: Math.max(start.x, picture.left) - frame.left,
      right: Math.min(end.x, picture.right) - frame.left,
      top: Math.max(start.y, picture.top) - frame.top,
      bottom: Math.min(end.y, picture.bottom) - frame.top,
    };
  }

  listen() {
    const { plot, frame, svg } = this;
    const at = event => {
      const reach = REACH[event.pointerType || "mouse"] / svg.getScreenCTM().a;
      this.number = -1;
      this.show(targetsAt(this.targets, this.zoom.placeOf(event), reach));
    };
    svg.addEventListener("pointermove", event => {
      if (event.pointerType !== "touch" && event.buttons === 0) at(event);
    });
    svg.addEventListener("click", at);
    // The pointer may go on to what is shown, which lies in the frame.
    frame.addEventListener("pointerleave", event => {
      if (event.pointerType !== "touch") this.hide();
    });
    document.addEventListener("pointerdown", event => {
      if (!frame.contains(event.target)) this.hide();
    });
    document.addEventListener("keydown", event => {
      if (event.key === "Escape" && this.shown !== undefined) this.hide();
    });
    plot.addEventListener("keydown", event => {
      if (event.target !== plot || frame.hidden || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.step(step);
    });
    plot.addEventListener("blur", () => this.hide());
  }

  /** The next row that is to be seen, or the one before. */
  step(by) {
    const byRow = new Map();
    // Of a row's marks a bar or a point rather than its label.
    for (const target of this.targets) if (byRow.get(target.row)?.isText ?? true) byRow.set(target.row, target);
    const stops = [...byRow.values()];
    if (stops.length === 0) return;
    const next = this.number < 0 ? (by > 0 ? 0 : stops.length - 1) : this.number + by;
    this.number = Math.min(Math.max(next, 0), stops.length - 1);
    this.zoom.attend(stops[this.number]);
    this.show([stops[this.number]]);
  }
}

function list(cells) {
  const made = document.createElement("dl");
  for (const [name, text] of cells) {
    const term = document.createElement("dt");
    term.textContent = name;
    const description = document.createElement("dd");
    description.textContent = text;
    made.append(term, description);
  }
  return made;
}
