import { LINE_PITCH, PAGE, twips, WIDE_PAGE } from "./lengths.ts";

/** How the pages of a part of the paper lie; `columns` goes on on the same page in two columns, `below` then in one. */
export type SectionKind = "portrait" | "wide" | "columns" | "below";

/** Relations of the footers for odd and even pages. */
export interface Footers {
  odd: string;
  even: string;
}

/** The dash of the number stands 7 mm below the block; 14 pt high, its middle. */
const FOOTER = PAGE.bottom - 7 - 2.5;

/** What a section's last paragraph, or the end of the body, says of its pages. */
export function sectionXml(kind: SectionKind, { odd, even }: Footers): string {
  const isWide = kind === "wide";
  const page = isWide ? WIDE_PAGE : PAGE;
  const at = (name: string, millimetres: number) => ` w:${name}="${twips(millimetres)}"`;
  return (
    `<w:sectPr><w:footerReference w:type="default" r:id="${odd}"/><w:footerReference w:type="even" r:id="${even}"/>` +
    `<w:type w:val="${kind === "columns" || kind === "below" ? "continuous" : "nextPage"}"/>` +
    `<w:pgSz${at("w", page.width)}${at("h", page.height)}${isWide ? ' w:orient="landscape"' : ""}/>` +
    `<w:pgMar${at("top", page.top)}${at("right", page.right)}${at("bottom", page.bottom)}${at("left", page.left)}` +
    `${at("header", 15)}${at("footer", isWide ? 8 : FOOTER)} w:gutter="0"/>` +
    `${kind === "columns" ? `<w:cols w:num="2" w:space="${twips(6)}"/>` : '<w:cols w:space="425"/>'}` +
    `<w:docGrid w:type="lines" w:linePitch="${LINE_PITCH}"/></w:sectPr>`
  );
}
