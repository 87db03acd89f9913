// What is done that everything fits its page, in the page to be printed. Each function is sent there as its text:
// nothing outside it exists for it.
import type { PageWindow } from "./pdf-window.ts";

/**
 * Makes tables smaller that are wider than their page: Chromium would make the whole paper smaller. The widths of pages
 * are the style sheet's `--block` and `--wide-block`; a page without them is left as it is.
 */
export function fitTables(): void {
  const { document, getComputedStyle } = globalThis as unknown as PageWindow;
  const styles = getComputedStyle(document.body);
  const [block, wideBlock] = ["--block", "--wide-block"].map(name => styles.getPropertyValue(name));
  if (!block || !wideBlock) return;
  // 五号 must not become smaller than 小五.
  const widest = 10.5 / 9;
  const ruler = document.createElement("div");
  document.body.append(ruler);
  for (const figure of document.querySelectorAll("main figure.table")) {
    const table = figure.querySelectorAll("table")[0];
    if (!table || table.matches(".fixed")) continue;
    ruler.setAttribute("style", `width: ${figure.matches(".wide") ? wideBlock : block}`);
    const room = ruler.getBoundingClientRect().width;
    table.setAttribute("style", "width: min-content");
    const width = () => table.getBoundingClientRect().width;
    if (width() > room) figure.classList.add("snug");
    // Much too wide, it has its source marks below its figures.
    if (width() > room * widest) figure.classList.add("tight");
    const needed = width();
    // A little room is left for what is rounded.
    table.setAttribute("style", needed > room ? `zoom: ${Math.floor((room / needed) * 990) / 1000}` : "");
  }
  ruler.remove();
}
