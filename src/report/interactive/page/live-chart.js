import { expressionInterpreter } from "vega-interpreter";
import { fillData, numbered } from "../../../charts/fill-data.js";
import { chineseLocale } from "../../../charts/locale.js";
import { PrintedRows } from "./printed-rows.js";
import { ShownRow } from "./shown-row.js";
import { Zoom } from "./zoom.js";

const { vega } = globalThis;
/** Of figures.css: below it the page shows the narrow picture. */
const PHONE = matchMedia("(max-width: 40rem)");

/** A chart that Vega draws in the page, in the place of its picture on a screen. */
export class LiveChart {
  constructor(figure, chart, words) {
    this.plot = figure.querySelector(".plot");
    this.pictures = [...this.plot.querySelectorAll(":scope > svg")];
    this.chart = chart;
    this.words = words;
    this.rows = new PrintedRows(figure);
    this.caption = figure.querySelector("figcaption")?.textContent ?? "";
    /** By number of the picture: 0 the wide one, 1 the narrow one. */
    this.views = [];
  }

  /** Draws what the window has room for, now and whenever that changes. */
  async show() {
    PHONE.addEventListener("change", () => void this.choose());
    await this.choose();
  }

  async choose() {
    const number = PHONE.matches && this.chart.specs[1] ? 1 : 0;
    try {
      this.views[number] ??= await this.draw(number);
    } catch {
      this.views[number] = null;
    }
    if (number !== (PHONE.matches && this.chart.specs[1] ? 1 : 0)) return;
    for (const [other, view] of this.views.entries()) if (view) view.hidden = other !== number;
    const isLive = Boolean(this.views[number]);
    this.plot.classList.toggle("live", isLive);
    // The chart has the focus for its keys: it says which.
    if (isLive) this.plot.setAttribute("role", "group");
    else this.plot.removeAttribute("role");
    if (isLive) this.plot.setAttribute("aria-label", `${this.caption} ${this.words.keys}`);
    else this.plot.removeAttribute("aria-label");
  }

  async draw(number) {
    const picture = this.pictures[number];
    const frame = document.createElement("div");
    frame.className = "view";
    const canvas = document.createElement("div");
    frame.append(canvas);
    // Beside the page until it is drawn.
    frame.classList.add("waiting");
    this.plot.append(frame);
    try {
      await this.run(this.chart.specs[number], canvas);
      const svg = canvas.querySelector("svg");
      const box = picture.viewBox.baseVal;
      const drawn = svg.viewBox.baseVal;
      if (drawn.width !== box.width || drawn.height !== box.height) throw new Error("not the picture of the page");
      // Vega calls it a document of graphics; it is the picture that it stands for.
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-labelledby", picture.getAttribute("aria-labelledby"));
      for (const name of ["aria-roledescription", "aria-label"]) canvas.removeAttribute(name);
      svg.setAttribute("aria-hidden", "true");
      const row = new ShownRow(this.plot, frame, svg, this.rows, this.chart.unit);
      const zoom = new Zoom(frame, svg, this.words, this.caption, () => row.hide());
      row.follow(zoom);
      frame.classList.remove("waiting");
      return frame;
    } catch (error) {
      frame.remove();
      throw error;
    }
  }

  async run(spec, canvas) {
    const filled = structuredClone(spec);
    fillData(filled, table => this.table(table));
    const problems = [];
    const view = new vega.View(vega.parse(filled, undefined, { ast: true }), {
      renderer: "svg",
      hover: true,
      expr: expressionInterpreter,
      loader: refusingLoader(),
      locale: chineseLocale,
      logger: collecting(problems),
      // Rows are shown as the report prints them (shown-row.js).
      tooltip: () => {},
    });
    await view.initialize(canvas).runAsync();
    if (problems.length > 0) {
      view.finalize();
      throw new Error(problems[0]);
    }
  }

  /** The rows of a table; those of the chart's own table know their numbers. */
  table(name) {
    const table = Object.hasOwn(this.chart.tables, name) ? this.chart.tables[name] : undefined;
    if (!table) return undefined;
    const rows = table.rows.map(row => Object.fromEntries(table.columns.map((column, i) => [column, row[i]])));
    return name === this.chart.table ? numbered(rows) : rows;
  }
}

/** Nothing is fetched and nothing linked, as where the picture was drawn. */
function refusingLoader() {
  const refuse = () => Promise.reject(new Error("refused"));
  return { options: {}, load: refuse, sanitize: refuse, http: refuse, file: refuse, fetch: refuse };
}

/** Vega's errors, which it would print and go on; warnings were for the author. */
function collecting(problems) {
  const quiet = () => logger;
  const error = (...parts) => {
    problems.push(parts.map(String).join(" "));
    return logger;
  };
  const logger = { level: () => 1, error, warn: quiet, info: quiet, debug: quiet };
  return logger;
}
