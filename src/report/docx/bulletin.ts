import { mastheadSize } from "../masthead.ts";
import type { Colophon, Masthead } from "../paper/paper.ts";
import { LINE_PITCH } from "./lengths.ts";
import { paragraph } from "./paragraph.ts";
import { textXml } from "./runs.ts";
import { sizeXml } from "./styles.ts";

/** The head of a bulletin (报头): its paragraphs. */
export function mastheadXml({ name, issue, office, date }: Masthead): string[] {
  const tab = "<w:r><w:tab/></w:r>";
  const room = issue === "" ? `<w:spacing w:before="${2 * LINE_PITCH}"/>` : "";
  return [
    paragraph("Masthead", textXml(name, sizeXml(mastheadSize(name)))),
    ...(issue === "" ? [] : [paragraph("Issue", textXml(issue))]),
    paragraph("Imprint", tab + textXml(office) + tab + textXml(date), room),
  ];
}

/**
 * The foot of a bulletin (报尾): a table at the foot of the last page, as offices set it.
 *
 * @param width twips
 */
export function colophonXml({ recipients, copies }: Colophon, width: number): string {
  const lines = recipients.map(line => paragraph("Colophon", textXml(line)));
  if (copies !== "")
    lines.push(paragraph("Colophon", textXml(copies), '<w:ind w:left="0" w:firstLine="0"/><w:jc w:val="right"/>'));
  return (
    `<w:tbl><w:tblPr><w:tblStyle w:val="ColophonTable"/>` +
    `<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>` +
    `<w:tblW w:w="${width}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>` +
    `<w:tblGrid><w:gridCol w:w="${width}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>` +
    `<w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${lines.join("")}</w:tc></w:tr></w:tbl>`
  );
}
