import { pointTwips } from "./lengths.ts";
import { fieldXml, textXml } from "./runs.ts";

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** — 1 — one character in from the outer edge: right on odd pages, left on even ones (GB/T 9704-2012, 7.5). */
export function footerXml(side: "left" | "right"): string {
  const indent = `<w:ind w:${side}="${pointTwips(14)}"/>`;
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:ftr ${NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>` +
    `${indent}<w:jc w:val="${side}"/></w:pPr>${textXml("— ")}${fieldXml("PAGE", "1")}${textXml(" —")}</w:p></w:ftr>`
  );
}
