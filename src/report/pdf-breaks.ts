// What is done about the breaks between pages, in the page to be printed. Chromium tells of its pages only where the
// targets of links lie in a PDF: probes are such targets, set before a draft is printed and taken away before the last
// printing. Each function is sent to the page as its text: nothing outside it exists for it.
import type { Destination } from "./pdf-contents.ts";
import type { PageElement, PageWindow } from "./pdf-window.ts";

/**
 * Parts cells of the first column that stand for several rows into one for each, without lines between them: Chromium
 * keeps the rows beside such a cell on one page where it can, and leaves half of the page before them blank.
 */
export function partMergedCells(): void {
  const { document } = globalThis as unknown as PageWindow;
  for (const cell of [...document.querySelectorAll("td[rowspan]")]) {
    let row = cell.parentElement;
    for (let left = cell.rowSpan - 1; left > 0; left--) {
      row = row?.nextElementSibling ?? null;
      const part = document.createElement("td");
      part.className = "merged";
      row?.prepend(part);
    }
    cell.rowSpan = 1;
  }
}

/**
 * Sets probes on the rows of tables, on figures and before these, and in the foot of a bulletin, with links to them on the
 * last page.
 * False where there is nothing to probe. Heads of tables take the height that they will have with 续表 above them.
 */
export function setProbes(): boolean {
  const { document } = globalThis as unknown as PageWindow;
  const links = document.createElement("p");
  links.id = "probes";
  const probe = (id: string): ReturnType<typeof document.createElement> => {
    const target = document.createElement("span");
    target.id = id;
    target.className = "probe";
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = "-";
    links.append(link);
    return target;
  };
  for (const [i, table] of [...document.querySelectorAll("figure.table")].entries()) {
    const rows = [...table.querySelectorAll("tbody tr")];
    if (rows.length < 2) continue;
    table.classList.add("draft");
    // On an element of its own: the row may have an id that others link to.
    for (const [j, row] of rows.entries()) row.querySelectorAll("td, th")[0]?.prepend(probe(`probe-row-${i}-${j}`));
    table.querySelectorAll(":scope > p:last-child")[0]?.append(probe(`probe-end-${i}`));
  }
  // A wide one begins a page of its own; a probe between two of them would be a page of its own, too.
  for (const [i, figure] of [...document.querySelectorAll("main > figure:not(.wide)")].entries()) {
    // Where there is a heading, it goes with the figure.
    if (!figure.previousElementSibling?.matches("p, ul, ol, figure")) continue;
    // A block between the two of a pair would part them.
    if (figure.matches(".half") && figure.previousElementSibling.matches(".half")) continue;
    const end = document.createElement("div");
    end.append(probe(`probe-before-${i}`));
    end.className = "probe";
    figure.before(end);
    figure.querySelectorAll("figcaption")[0]?.prepend(probe(`probe-figure-${i}`));
    figure.setAttribute("data-probe", String(i));
  }
  const lastLine = [...document.querySelectorAll(".colophon p")].at(-1);
  if (lastLine) {
    // At the foot of the line.
    const foot = probe("probe-colophon");
    foot.setAttribute("style", "display: inline-block; vertical-align: bottom");
    lastLine.append(foot);
  }
  if (links.textContent !== "") document.body.append(links);
  return links.textContent !== "";
}

/**
 * Finds room for the first figure that goes to the next page and leaves a gap behind. A chart that nearly fits is made
 * smaller, as long as its labels can be read. One that leaves more than a third of the page blank floats: what follows it
 * fills the page, up to the next chapter or chart. False where there is none.
 */
export function placeFigure(found: [id: string, Destination][]): boolean {
  const { document, getComputedStyle } = globalThis as unknown as PageWindow;
  const destinations = new Map(found);
  // Points: a line of the text block, its height, and its foot. Chromium leaves the margins out where it says how high a
  // target lies: the first line of a page is as high as the sheet.
  const line = 29;
  const block = 638;
  const foot = 842 - block;
  /** Of a chart's own size: labels of 12 pixels are printed larger than 七号, 5.5 points. */
  const smallest = 0.62;
  const points = 0.75;

  /** Makes a chart as much smaller as it must be to have so much room; false where it would be too small. */
  const shrink = (figure: PageElement, room: number): boolean => {
    const plot = figure.querySelectorAll(".plot svg:not(.narrow)")[0];
    const width = getComputedStyle(document.body).getPropertyValue("--block");
    if (!plot || !width || figure.matches(".half")) return false;
    const style = document.body.getAttribute("style");
    document.body.setAttribute("style", `width: ${width}`);
    const height = plot.getBoundingClientRect().height;
    const { marginTop } = getComputedStyle(figure);
    let needed = figure.getBoundingClientRect().height + Number.parseFloat(marginTop);
    // The names of annexes, a line below the text, go with it.
    for (let next = figure.nextElementSibling; next?.matches(".annex-note"); next = next.nextElementSibling)
      needed += next.getBoundingClientRect().height + Number.parseFloat(getComputedStyle(next).marginTop);
    document.body.setAttribute("style", style ?? "");
    // What is rounded takes a pixel or two.
    const fitting = height - (needed - room / points) - 3;
    if (fitting >= height || fitting < smallest * Number(plot.getAttribute("height"))) return false;
    plot.setAttribute("style", `max-height: ${fitting}px`);
    return true;
  };
  /** Puts what follows a figure before it. */
  const float = (figure: PageElement, room: number): boolean => {
    const moved: PageElement[] = [];
    let height = 0;
    for (let next = figure.nextElementSibling; next !== null && height < room; next = next.nextElementSibling) {
      if (!next.matches("p:not(.annex-note), ul, ol, h3, h4, h5, .probe, figure.table:not(.wide)")) break;
      moved.push(next);
      // 28 characters a line; the last of several paragraphs, and a table, may go on over the page.
      height += next.matches("figure") ? room : line * Math.ceil((next.textContent.length + 2) / 28);
    }
    while (moved.at(-1)?.matches("h3, h4, h5, .probe")) moved.pop();
    const probe = figure.previousElementSibling;
    figure.before(...moved, ...(probe ? [probe] : []));
    return moved.length > 0;
  };

  for (const figure of document.querySelectorAll("main > figure[data-probe]")) {
    const i = figure.getAttribute("data-probe");
    const before = destinations.get(`probe-before-${i}`);
    const at = destinations.get(`probe-figure-${i}`);
    if (!before || !at || at.page === before.page) continue;
    const room = before.y - foot;
    const done = figure.getAttribute("data-placed") ?? "";
    const how =
      !done.includes("shrunk") && room > block / 8 && shrink(figure, room)
        ? "shrunk"
        : !done.includes("floated") && room > block / 3 && float(figure, room)
          ? "floated"
          : null;
    if (how === null) continue;
    figure.setAttribute("data-placed", `${done} ${how}`);
    return true;
  }
  return false;
}

/**
 * Ends each part of a table where its page ends and begins the next one with 续表 and the head. False where no table
 * goes on over a page that it has not been told of.
 */
export function continueTables(found: [id: string, Destination][]): boolean {
  const { document } = globalThis as unknown as PageWindow;
  const destinations = new Map(found);
  let isAny = false;
  for (const [i, table] of [...document.querySelectorAll("figure.table")].entries()) {
    const heads = [...table.querySelectorAll("thead tr")];
    // 续表1 where the title begins with 表1, 续附表1 where it begins with 附表1.
    const title = table.querySelectorAll("figcaption")[0]?.textContent ?? "";
    const name = /^\s*(附?表)\s*([\d.-]+)/.exec(title)?.slice(1).join("") ?? "表";
    const rows = [...table.querySelectorAll("tbody tr:not(.continued, .again)")];
    const pages = rows.map((_, j) => destinations.get(`probe-row-${i}-${j}`)?.page);
    // Notes that would stand on a page without the table take two rows with them; Chromium leaves them alone there.
    const end = destinations.get(`probe-end-${i}`)?.page;
    if (end !== undefined && end > (pages.at(-1) ?? end) && rows.length > 3) pages.fill(end, -2);
    let last: number | undefined;
    let spanning = "";
    for (const [j, row] of rows.entries()) {
      const first = row.querySelectorAll("td, th")[0];
      if (first && !first.matches(".merged")) spanning = first.textContent;
      const page = pages[j];
      if (page !== undefined && last !== undefined && page > last && !row.previousElementSibling?.matches(".again")) {
        isAny = true;
        table.classList.add("split");
        if (first?.matches(".merged")) {
          first.append(spanning);
          first.classList.remove("merged");
        }
        const word = document.createElement("td");
        word.textContent = `续${name}`;
        word.colSpan = heads[0]?.querySelectorAll("th, td").length ?? 1;
        const continued = document.createElement("tr");
        continued.className = "continued";
        continued.append(word);
        const again = heads.map(head => head.cloneNode(true));
        for (const head of again) head.className = "again";
        row.previousElementSibling?.classList.add("ends");
        row.before(continued, ...again);
      }
      last = page ?? last;
    }
    // From the first draft on the room for 续表 is taken by the word itself.
    table.classList.remove("draft");
  }
  return isAny;
}

/** Moves the foot of a bulletin (报尾) down to the foot of the text block of the page that it stands on. */
export function sinkColophon(found: [id: string, Destination][]): void {
  const { document } = globalThis as unknown as PageWindow;
  const end = new Map(found).get("probe-colophon");
  // Points. Heights are told as if the sheet had no margin at its head: the sheet less the text block, then the line
  // below. What is over is for rounding: a hair over the foot makes a page of its own.
  const foot = 841.9 - 637.8 + 1 + 0.5;
  // Not by a margin, which is nothing where a page begins.
  if (end && end.y > foot)
    for (const colophon of document.querySelectorAll(".colophon"))
      colophon.setAttribute("style", `position:relative;top:${(end.y - foot).toFixed(1)}pt`);
}

export function removeProbes(): void {
  const { document } = globalThis as unknown as PageWindow;
  for (const probe of [...document.querySelectorAll("#probes, .probe")]) probe.remove();
}
