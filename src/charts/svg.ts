import { CHART_FONT } from "./theme.ts";

/**
 * What the font stands for where no style sheet says it (an SVG on its own): faces of office PCs and of Linux after the
 * face that the text was measured with. A page overrides it by `.chart { font-family: … }`.
 */
const FONT_STACK =
  "minsheng-hei,'Noto Sans SC','Source Han Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif";

export interface SvgText {
  /** Unique on the page; ids inside the SVG begin with it. */
  id: string;
  title: string | undefined;
  description: string;
  /** Drawn for a phone; the page shows it there in the place of the other. */
  isNarrow?: boolean;
}

/**
 * Makes Vega's SVG one picture for a screen reader, with title and description, and fit to stand beside others on a
 * page: ids of its own, the font named once, scaling with the width it is given.
 */
export function finishSvg(svg: string, { id, title, description, isNarrow = false }: SvgText): string {
  const opening = /^<svg[^>]*>/.exec(svg)?.[0] ?? "";
  const [, width = "0", height = "0"] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(opening) ?? [];
  const label = title === undefined ? `${id}-desc` : `${id}-title ${id}-desc`;
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart${isNarrow ? " narrow" : ""}" role="img" aria-labelledby="${escapeXml(label)}" ` +
    `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT_STACK}">` +
    (title === undefined ? "" : `<title id="${escapeXml(id)}-title">${escapeXml(title)}</title>`) +
    `<desc id="${escapeXml(id)}-desc">${escapeXml(description)}</desc>`;
  const body = svg
    .slice(opening.length)
    .replace(EMPTY_PATH, "")
    .replace(/<[a-z][^>]*>/gi, tag => finishTag(tag, escapeXml(id)));
  return head + body;
}

/** Backgrounds and foregrounds of groups, which show nothing in our theme. */
const EMPTY_PATH =
  /<path class="(?:background|foreground)" aria-hidden="true" d="[^"]*"(?: (?:display|pointer-events)="none")*\/>/g;
/** Names of clip paths and gradients, which Vega numbers from 0 in every chart. */
const OWN_ID = /( id="|url\(#)((?:clip|gradient_|p_)\w*)/g;
/** The parts need no roles of their own: the whole is one picture. Classes and pointer events serve the browser only. */
const NEEDLESS =
  / (?:class="(?:mark|role)[^"]*"|role="graphics-[^"]*"|aria-[a-z]+="[^"]*"|pointer-events="none"|stroke-miterlimit="10")/g;

function finishTag(tag: string, id: string): string {
  return tag.replace(` font-family="${CHART_FONT}"`, "").replace(OWN_ID, `$1${id}-$2`).replace(NEEDLESS, "");
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}
