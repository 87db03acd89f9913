import { xml } from "../paper/xml.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

export function contentTypesXml(): string {
  const parts = [
    ["document", "document.main"],
    ["styles", "styles"],
    ["settings", "settings"],
    ["numbering", "numbering"],
    ["fontTable", "fontTable"],
    ["footer1", "footer"],
    ["footer2", "footer"],
  ].map(([part, type]) => `<Override PartName="/word/${part}.xml" ContentType="${WORD}.${type}+xml"/>`);
  return (
    `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
    `<Default Extension="svg" ContentType="image/svg+xml"/>${parts.join("")}` +
    `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
  );
}

/** Backs of pages are told apart; punctuation keeps its width, as the grid of characters wants it. */
export function settingsXml(lang: string): string {
  const compat = (name: string, value: string) =>
    `<w:compatSetting w:name="${name}" w:uri="http://schemas.microsoft.com/office/word" w:val="${value}"/>`;
  return (
    `${HEAD}<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/>` +
    `<w:mirrorMargins/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>` +
    `<w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>${compat("compatibilityMode", "15")}</w:compat>` +
    `<w:themeFontLang w:val="en-US" w:eastAsia="${xml(/^zh\b/i.test(lang) ? lang : "zh-CN")}"/></w:settings>`
  );
}
