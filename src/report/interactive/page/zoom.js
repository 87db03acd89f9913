const STEP = 1.5;
const MOST = 8;
/** Pixels by which a pointer may move and still be a click. */
const STILL = 4;

/**
 * Magnifies a picture: by buttons, by the wheel with Ctrl, by two fingers; what is magnified is moved by dragging. It is
 * the picture that grows, by its viewBox: scales stay as they are, bars on their zero. A wheel or a finger alone scrolls
 * the page as everywhere.
 */
export class Zoom {
  constructor(frame, svg, words, label, onChange) {
    const { width, height } = svg.viewBox.baseVal;
    this.frame = frame;
    this.svg = svg;
    this.whole = { width, height };
    this.factor = 1;
    this.x = 0;
    this.y = 0;
    this.attended = undefined;
    this.onChange = onChange;
    this.addButtons(words, label);
    this.listen();
    this.apply();
  }

  /** Magnifies so many times, and keeps a place of the picture where it is; by default what was attended to. */
  set(factor, place = this.attended ?? this.middle()) {
    const bounded = Math.min(MOST, Math.max(1, factor));
    const ratio = this.factor / bounded;
    this.x = place.x - (place.x - this.x) * ratio;
    this.y = place.y - (place.y - this.y) * ratio;
    this.factor = bounded;
    this.apply();
  }

  /** Moves what is shown, in units of the picture. */
  move(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.apply();
  }

  /** Moves a box into what is shown, and magnifies round it from now on. */
  attend({ left, right, top, bottom }) {
    this.attended = { x: (left + right) / 2, y: (top + bottom) / 2 };
    const width = this.whole.width / this.factor;
    const height = this.whole.height / this.factor;
    if (left < this.x || right > this.x + width || top < this.y || bottom > this.y + height) {
      this.x = (left + right - width) / 2;
      this.y = (top + bottom - height) / 2;
      this.apply();
    }
  }

  /** Where a point of the window lies in the picture. */
  placeOf(event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
  }

  /** Of what is shown. */
  middle() {
    return {
      x: this.x + this.whole.width / this.factor / 2,
      y: this.y + this.whole.height / this.factor / 2,
    };
  }

  apply() {
    const width = this.whole.width / this.factor;
    const height = this.whole.height / this.factor;
    this.x = Math.min(Math.max(this.x, 0), this.whole.width - width);
    this.y = Math.min(Math.max(this.y, 0), this.whole.height - height);
    this.svg.setAttribute("viewBox", [this.x, this.y, width, height].map(each => Number(each.toFixed(3))).join(" "));
    this.frame.classList.toggle("magnified", this.factor > 1);
    // Disabled in earnest a button would lose the focus.
    this.buttons.larger.setAttribute("aria-disabled", String(this.factor >= MOST));
    for (const button of [this.buttons.smaller, this.buttons.whole])
      button.setAttribute("aria-disabled", String(this.factor <= 1));
    this.onChange();
  }

  addButtons(words, label) {
    const group = document.createElement("div");
    group.className = "zoom";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    const button = (text, press) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.addEventListener("click", press);
      group.append(made);
      return made;
    };
    this.buttons = {
      larger: button(words.larger, () => this.set(this.factor * STEP)),
      smaller: button(words.smaller, () => this.set(this.factor / STEP)),
      whole: button(words.whole, () => {
        this.attended = undefined;
        this.set(1);
      }),
    };
    this.frame.append(group);
  }

  listen() {
    const { svg } = this;
    svg.addEventListener(
      "wheel",
      event => {
        // Two fingers on a touch pad come as a wheel with Ctrl.
        if (!event.ctrlKey) return;
        event.preventDefault();
        const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
        this.set(this.factor * Math.exp(-Math.max(-50, Math.min(50, pixels)) / 100), this.placeOf(event));
      },
      { passive: false },
    );
    this.listenToFingers();
    this.listenToDragging();
  }

  listenToFingers() {
    const { svg } = this;
    let before;
    const spread = ({ touches: [a, b] }) => ({
      distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
      clientX: (a.clientX + b.clientX) / 2,
      clientY: (a.clientY + b.clientY) / 2,
    });
    svg.addEventListener("touchstart", event => (before = event.touches.length === 2 ? spread(event) : undefined), {
      passive: true,
    });
    svg.addEventListener(
      "touchmove",
      event => {
        if (event.touches.length !== 2 || !before) return;
        event.preventDefault();
        const now = spread(event);
        const [from, to] = [this.placeOf(before), this.placeOf(now)];
        this.move(from.x - to.x, from.y - to.y);
        if (before.distance > 0) this.set((this.factor * now.distance) / before.distance, this.placeOf(now));
        before = now;
      },
      { passive: false },
    );
    for (const end of ["touchend", "touchcancel"]) svg.addEventListener(end, () => (before = undefined));
  }

  listenToDragging() {
    const { svg, frame } = this;
    let from;
    let isDragging = false;
    const fingers = new Set();
    svg.addEventListener("pointerdown", event => {
      fingers.add(event.pointerId);
      from = this.factor > 1 && event.button === 0 && fingers.size === 1 ? event : undefined;
    });
    svg.addEventListener("pointermove", event => {
      if (!from || event.pointerId !== from.pointerId || fingers.size > 1) return;
      if (!isDragging && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < STILL) return;
      if (!isDragging) svg.setPointerCapture(event.pointerId);
      isDragging = true;
      frame.classList.add("dragged");
      const [start, end] = [this.placeOf(from), this.placeOf(event)];
      from = event;
      this.move(start.x - end.x, start.y - end.y);
    });
    for (const end of ["pointerup", "pointercancel"])
      svg.addEventListener(end, event => {
        fingers.delete(event.pointerId);
        from = undefined;
        isDragging = false;
        frame.classList.remove("dragged");
      });
  }
}
