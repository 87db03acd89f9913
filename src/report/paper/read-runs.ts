import type { ChildNode, Element } from "domhandler";
import { hasClass, isElement } from "./elements.ts";
import type { Run } from "./paper.ts";

/** Not text of the paper: what only a screen shows. */
const NOT_PRINTED = new Set(["script", "style", "svg", "details", "summary"]);

/**
 * The text of elements in runs, blanks as a browser shows them.
 * @param leaveOut elements that are read elsewhere
 */
export function readRuns(nodes: readonly ChildNode[], leaveOut: (element: Element) => boolean = () => false): Run[] {
  const runs: Run[] = [];
  const read = (list: readonly ChildNode[], style: Omit<Run, "text">) => {
    for (const node of list) {
      if (!isElement(node)) {
        if ("data" in node && node.type === "text")
          runs.push({ ...style, text: node.data.replace(/[ \t\r\n\f]+/g, " ") });
        continue;
      }
      if (NOT_PRINTED.has(node.name) || hasClass(node, "close") || leaveOut(node)) continue;
      // Paragraphs of an entry of a list follow each other as lines.
      if (node.name === "br" || (node.name === "p" && runs.length > 0)) runs.push({ ...style, text: "\n" });
      if (node.name !== "br") read(node.children, { ...style, ...styleOf(node) });
    }
  };
  read(nodes, {});
  return tidied(runs);
}

function styleOf(element: Element): Omit<Run, "text"> {
  switch (element.name) {
    case "strong":
    case "b":
      return { bold: true };
    case "em":
    case "i":
      return { italic: true };
    case "s":
    case "del":
      return { struck: true };
    case "code":
      return { code: true };
    case "mark":
      return { marked: true };
    case "a":
      return linkOf(element);
    case "span":
      if (hasClass(element, "far")) return { far: hasClass(element, "joined") ? "joined" : "alone" };
      return hasClass(element, "sign") ? { isSign: true } : {};
    default:
      return {};
  }
}

function linkOf(element: Element): Omit<Run, "text"> {
  const href = element.attribs.href ?? "";
  if (href.startsWith("#")) {
    const anchor = decoded(href.slice(1));
    return hasClass(element, "src") ? { isSource: true, anchor } : { anchor };
  }
  return /^(https?:|mailto:)/i.test(href) ? { url: href } : {};
}

/** Markdown writes Chinese anchors in percent signs; ours stand as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One blank between words, none at the ends of lines; runs of one look put together. */
function tidied(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    const atStart = last === undefined || /[ \n]$/.test(last.text);
    const text = atStart ? run.text.replace(/^ /, "") : run.text;
    if (text.startsWith("\n") && last) last.text = last.text.replace(/ $/, "");
    if (text === "") continue;
    if (last && looksLike(last, run)) last.text += text;
    else result.push({ ...run, text });
  }
  const last = result.at(-1);
  if (last) last.text = last.text.replace(/[ \n]+$/, "");
  return result.filter(({ text }) => text !== "");
}

function looksLike({ text: _, ...first }: Run, { text: __, ...second }: Run): boolean {
  // Marks that follow each other are links of their own even where they lead to one place.
  if (first.isSource || second.isSource) return false;
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]) as Set<keyof typeof first>;
  return [...keys].every(key => first[key] === second[key]);
}
