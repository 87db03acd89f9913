// Functions that run in the page to be printed. Each is sent there as its text: nothing outside it exists for it.
import type { Destination } from "./pdf-contents.ts";
import type { PageWindow } from "./pdf-window.ts";

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
export function fillContents(found: [id: string, Destination][]): void {
  const { document } = globalThis as unknown as PageWindow;
  const destinations = new Map(found);
  for (const element of document.querySelectorAll("[data-page-of]"))
    element.textContent = String(destinations.get(element.getAttribute("data-page-of") ?? "")?.page ?? "");
}
