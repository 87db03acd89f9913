import type { Element } from "domhandler";
import { classed, find, findAll, named, textIn } from "./elements.ts";
import type { Colophon, Masthead } from "./paper.ts";

/** The head of a bulletin (报头). */
export function readMasthead(element: Element): Masthead {
  const words = (found: Element | undefined) => (found ? textIn(found) : "");
  const imprint = find(element, classed("imprint"));
  const [office, date] = imprint ? findAll(imprint, named("span")) : [];
  return {
    kind: "masthead",
    name: words(find(element, classed("name"))),
    issue: words(find(element, classed("issue"))),
    office: words(office),
    date: words(date),
  };
}

/** The foot of a bulletin (报尾). */
export function readColophon(element: Element): Colophon {
  const copies = find(element, classed("copies"));
  const recipients = findAll(element, named("p")).filter(line => line !== copies);
  return { kind: "colophon", recipients: recipients.map(textIn), copies: copies ? textIn(copies) : "" };
}
