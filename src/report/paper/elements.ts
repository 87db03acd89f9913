import type { ChildNode, Document, Element } from "domhandler";

export function isElement(node: ChildNode): node is Element {
  return "attribs" in node;
}

export function hasClass(element: Element, name: string): boolean {
  return (element.attribs.class ?? "").split(/\s+/).includes(name);
}

/** All elements below, in order, that fit. */
export function findAll(parent: Element | Document, fits: (element: Element) => boolean): Element[] {
  return parent.children.flatMap(child =>
    isElement(child) ? [...(fits(child) ? [child] : []), ...findAll(child, fits)] : [],
  );
}

export function find(parent: Element | Document, fits: (element: Element) => boolean): Element | undefined {
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    if (fits(child)) return child;
    const found = find(child, fits);
    if (found) return found;
  }
  return undefined;
}

export const named = (name: string) => (element: Element) => element.name === name;
export const classed = (name: string) => (element: Element) => hasClass(element, name);

/** The text of an element as it is written, blanks at its ends left out. */
export function textIn(element: Element): string {
  const read = (nodes: readonly ChildNode[]): string =>
    nodes
      .map(node =>
        isElement(node) ? (node.name === "br" ? "\n" : read(node.children)) : "data" in node ? node.data : "",
      )
      .join("");
  return read(element.children).trim();
}
