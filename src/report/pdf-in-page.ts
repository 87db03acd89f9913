// Functions that run in the page to be printed. Each is sent there as its text: nothing outside it exists for it.

/** Names the document, waits for all its fonts and gives the text that will be printed. */
export async function prepareDocument(title: string, lang: string): Promise<string> {
  const { document } = globalThis as unknown as PageWindow;
  document.title = title;
  document.documentElement.lang = lang;
  // Page numbers stand in margin boxes, whose fonts Chromium does not load by itself.
  await document.fonts.load('14pt "minsheng-song"', "— 0123456789 —");
  await document.fonts.ready;
  let text = "";
  const nodes = document.createNodeIterator(document.body, 4 /* text nodes */);
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode())
    if (node.parentElement?.checkVisibility()) text += node.data;
  return text;
}

/** Whether the page prints contents that want page numbers: `[data-page-of=<id>]`. */
export function hasPrintedContents(): boolean {
  const { document } = globalThis as unknown as PageWindow;
  return [...document.querySelectorAll("[data-page-of]")].some(element => element.checkVisibility());
}

/** Writes the page number of each heading into the contents. */
export function fillContents(pages: [id: string, page: number][]): void {
  const { document } = globalThis as unknown as PageWindow;
  const numbers = new Map(pages);
  for (const element of document.querySelectorAll("[data-page-of]"))
    element.textContent = String(numbers.get(element.getAttribute("data-page-of") ?? "") ?? "");
}

/**
 * Puts links to the first and the last row of each table at the end of the page, since a PDF names only the pages of
 * what links lead to. False where no table has two rows.
 */
export function markTables(): boolean {
  const { document } = globalThis as unknown as PageWindow;
  const links = document.createElement("p");
  links.id = "table-probes";
  for (const [i, table] of [...document.querySelectorAll("figure.table")].entries()) {
    const rows = [...table.querySelectorAll("tbody tr")];
    if (rows.length < 2) continue;
    for (const [end, row] of Object.entries({ first: rows[0], last: rows.at(-1) })) {
      // On an element of its own: the row may have an id that others link to.
      const probe = document.createElement("span");
      probe.id = `table-${i}-${end}`;
      row?.querySelectorAll("td, th")[0]?.prepend(probe);
      const link = document.createElement("a");
      link.href = `#${probe.id}`;
      link.textContent = "-";
      links.append(link);
    }
  }
  if (links.textContent !== "") document.body.append(links);
  return links.textContent !== "";
}

/** Marks the tables that go on over a page as `split`, and takes the links of markTables away. False where there are none. */
export function continueTables(pages: [id: string, page: number][]): boolean {
  const { document } = globalThis as unknown as PageWindow;
  const numbers = new Map(pages);
  let isAny = false;
  for (const [i, table] of [...document.querySelectorAll("figure.table")].entries()) {
    const first = numbers.get(`table-${i}-first`);
    const last = numbers.get(`table-${i}-last`);
    if (first === undefined || last === undefined || last === first) continue;
    isAny = true;
    table.classList.add("split");
    // 续表1 where the title begins with 表1.
    const number = /^\s*表\s*([\d.-]+)/.exec(table.querySelectorAll("figcaption")[0]?.textContent ?? "")?.[1] ?? "";
    for (const head of table.querySelectorAll("thead")) head.setAttribute("data-continued", `续表${number}`);
  }
  for (const probe of document.querySelectorAll("#table-probes, [id^=table-][id$=-first], [id^=table-][id$=-last]"))
    if (/^table-(?:probes|\d+-(?:first|last))$/.test(probe.id)) probe.remove();
  return isAny;
}

/** The part of a page's world that these functions use; the project itself is compiled without the DOM's types. */
interface PageWindow {
  document: {
    title: string;
    body: PageElement;
    documentElement: { lang: string };
    fonts: { load(font: string, text: string): Promise<unknown>; ready: Promise<unknown> };
    createElement(name: string): PageElement;
    querySelectorAll(selector: string): Iterable<PageElement>;
    createNodeIterator(root: unknown, show: number): { nextNode(): TextNode | null };
  };
}

interface TextNode {
  data: string;
  parentElement: PageElement | null;
}

interface PageElement {
  id: string;
  href: string;
  textContent: string;
  classList: { add(name: string): void };
  append(element: PageElement): void;
  prepend(element: PageElement): void;
  remove(): void;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  querySelectorAll(selector: string): ArrayLike<PageElement> & Iterable<PageElement>;
  checkVisibility(): boolean;
}
