/** The part of a page's world that our functions in it use; the project itself is compiled without the DOM's types. */
export interface PageWindow {
  document: {
    title: string;
    body: PageElement;
    documentElement: { lang: string };
    fonts: { load(font: string, text: string): Promise<unknown>; ready: Promise<unknown> };
    createElement(name: string): PageElement;
    createRange(): PageRange;
    querySelectorAll(selector: string): Iterable<PageElement>;
    createNodeIterator(root: unknown, show: number): { nextNode(): TextNode | null };
  };
  getComputedStyle(element: PageElement): {
    fontSize: string;
    marginTop: string;
    textAlign: string;
    getPropertyValue(name: string): string;
  };
}

/** In CSS pixels. */
export interface PageBox {
  left: number;
  right: number;
  top: number;
  width: number;
  height: number;
}

interface PageRange {
  setStart(node: TextNode, offset: number): void;
  setEnd(node: TextNode, offset: number): void;
  getBoundingClientRect(): PageBox;
}

export interface TextNode {
  data: string;
  parentElement: PageElement | null;
  previousSibling: unknown;
  splitText(offset: number): TextNode;
  before(...elements: PageElement[]): void;
  replaceWith(...parts: (PageElement | string)[]): void;
}

export interface PageElement {
  id: string;
  href: string;
  className: string;
  colSpan: number;
  rowSpan: number;
  textContent: string;
  classList: { add(name: string): void; remove(name: string): void; contains(name: string): boolean };
  parentElement: PageElement | null;
  previousSibling: unknown;
  previousElementSibling: PageElement | null;
  nextElementSibling: PageElement | null;
  append(element: PageElement | string): void;
  prepend(element: PageElement): void;
  before(...elements: PageElement[]): void;
  remove(): void;
  cloneNode(deep: boolean): PageElement;
  matches(selector: string): boolean;
  closest(selector: string): PageElement | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  querySelectorAll(selector: string): ArrayLike<PageElement> & Iterable<PageElement>;
  checkVisibility(): boolean;
  getBoundingClientRect(): PageBox;
  getClientRects(): Iterable<PageBox>;
}
