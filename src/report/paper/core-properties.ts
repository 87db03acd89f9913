import type { Paper } from "./paper.ts";
import { xml } from "./xml.ts";

/** As the printed paper has it where the paper names no day: the clock is never asked. */
const NO_DATE = "2000-01-01";

/** docProps/core.xml of an Office file: title, author, language and day, for its properties and for search. */
export function corePropertiesXml({
  title,
  issuer,
  description,
  lang,
  date,
}: Omit<Paper, "blocks" | "isSheet">): string {
  const day = `${date ?? NO_DATE}T00:00:00Z`;
  const when = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${day}</dcterms:${name}>`;
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
    `<dc:title>${xml(title)}</dc:title>${issuer ? `<dc:creator>${xml(issuer)}</dc:creator>` : ""}` +
    `${description ? `<dc:description>${xml(description)}</dc:description>` : ""}<dc:language>${xml(lang)}</dc:language>` +
    `${when("created")}${when("modified")}</cp:coreProperties>`
  );
}
