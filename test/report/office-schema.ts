import { type ChildNode, DomHandler, type Element } from "domhandler";
import { Parser } from "htmlparser2";
import { unpack } from "../../src/documents/readers/archive.ts";
import { partsOf } from "./office-parts.ts";

/**
 * What may stand in an element, in this order: ECMA-376 part 1 (transitional), as far as we write it. Word and Excel hold
 * files to it where LibreOffice and WPS do not: a child that stands too early makes them offer repair.
 */
const ORDER: Readonly<Record<string, string>> = {
  "w:document": "w:body",
  "w:tbl": "w:tblPr w:tblGrid w:tr",
  "w:tblPr":
    "w:tblStyle w:tblpPr w:tblW w:jc w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook w:tblCaption w:tblDescription",
  "w:tblGrid": "w:gridCol",
  "w:tr": "w:trPr w:tc",
  "w:trPr": "w:cantSplit w:tblHeader",
  "w:tcPr": "w:tcW w:gridSpan w:vMerge w:tcBorders w:shd w:noWrap w:tcMar w:textDirection w:tcFitText w:vAlign",
  "w:tcBorders": "w:top w:left w:bottom w:right w:insideH w:insideV",
  "w:tblBorders": "w:top w:left w:bottom w:right w:insideH w:insideV",
  "w:tblCellMar": "w:top w:left w:bottom w:right",
  "w:tcMar": "w:top w:left w:bottom w:right",
  "w:pPr":
    "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:pBdr w:shd w:tabs w:kinsoku w:wordWrap w:autoSpaceDE w:autoSpaceDN w:snapToGrid w:spacing w:ind w:jc w:textDirection w:outlineLvl w:rPr w:sectPr",
  "w:pBdr": "w:top w:left w:bottom w:right",
  "w:numPr": "w:ilvl w:numId",
  "w:rPr":
    "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:strike w:color w:spacing w:w w:kern w:position w:sz w:szCs w:highlight w:u w:vertAlign w:lang",
  "w:sectPr": "w:headerReference w:footerReference w:type w:pgSz w:pgMar w:pgNumType w:cols w:titlePg w:docGrid",
  "w:styles": "w:docDefaults w:latentStyles w:style",
  "w:docDefaults": "w:rPrDefault w:pPrDefault",
  "w:style":
    "w:name w:basedOn w:next w:link w:uiPriority w:semiHidden w:unhideWhenUsed w:qFormat w:pPr w:rPr w:tblPr w:trPr w:tcPr w:tblStylePr",
  "w:tblStylePr": "w:pPr w:rPr w:tblPr w:trPr w:tcPr",
  "w:numbering": "w:abstractNum w:num",
  "w:abstractNum": "w:multiLevelType w:lvl",
  "w:lvl": "w:start w:numFmt w:pStyle w:suff w:lvlText w:lvlJc w:pPr w:rPr",
  "w:num": "w:abstractNumId w:lvlOverride",
  "w:lvlOverride": "w:startOverride",
  "w:settings":
    "w:zoom w:mirrorMargins w:updateFields w:evenAndOddHeaders w:characterSpacingControl w:compat w:themeFontLang",
  "w:compat": "w:balanceSingleByteDoubleByteWidth w:useFELayout w:compatSetting",
  "w:fonts": "w:font",
  "w:font": "w:altName w:panose1 w:charset w:family w:pitch",
  "wp:inline": "wp:extent wp:effectExtent wp:docPr wp:cNvGraphicFramePr a:graphic",
  "pic:pic": "pic:nvPicPr pic:blipFill pic:spPr",
  "pic:blipFill": "a:blip a:srcRect a:stretch",
  "pic:spPr": "a:xfrm a:prstGeom",
  worksheet:
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData autoFilter mergeCells conditionalFormatting hyperlinks printOptions pageMargins pageSetup headerFooter",
  sheetView: "pane selection",
  sheetData: "row",
  row: "c",
  c: "f v is",
  headerFooter: "oddHeader oddFooter evenHeader evenFooter",
  workbook: "workbookPr bookViews sheets definedNames calcPr",
  styleSheet: "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs",
  font: "b i strike u sz color name family charset",
  border: "left right top bottom diagonal",
  xf: "alignment",
};
/** Elements whose children may stand in any order. */
const FREE = ["w:body", "w:p", "w:r", "w:tc", "w:hyperlink"];

/** What is wrong with a Word or Excel file, in words; nothing if these programs take it as it is. */
export function officeFaults(file: Uint8Array): string[] {
  const faults: string[] = [];
  const names = [...unpack(file, /./, "file").keys()];
  const roots = new Map([...partsOf(file)].map(([name, text]) => [name, parsed(text)]));
  for (const [name, root] of roots) if (/^(word|xl)\/.*\.xml$/.test(name)) inOrder(root, name, faults);
  references(roots, names, faults);
  const all = (part: string, element: string) => (roots.has(part) ? below(roots.get(part)!, element) : []);
  const styles = new Set(all("word/styles.xml", "w:style").map(style => style.attribs["w:styleId"]));
  for (const [part, root] of roots)
    for (const kind of ["w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"])
      for (const { attribs } of below(root, kind))
        if (part.startsWith("word/") && !styles.has(attribs["w:val"]))
          faults.push(`${part}: no style ${attribs["w:val"]}`);
  const lists = new Set(all("word/numbering.xml", "w:num").map(list => list.attribs["w:numId"]));
  for (const { attribs } of all("word/document.xml", "w:numId"))
    if (!lists.has(attribs["w:val"])) faults.push(`no list ${attribs["w:val"]}`);
  once(
    all("word/document.xml", "w:bookmarkStart").map(({ attribs }) => `bookmark ${attribs["w:id"]}`),
    faults,
  );
  once(
    all("word/document.xml", "w:bookmarkStart").map(({ attribs }) => `bookmark ${attribs["w:name"]}`),
    faults,
  );
  once(
    all("word/document.xml", "wp:docPr").map(({ attribs }) => `drawing ${attribs.id}`),
    faults,
  );
  for (const { attribs } of all("word/document.xml", "wp:docPr"))
    if (!attribs.descr) faults.push("drawing without words");
  for (const cell of all("word/document.xml", "w:tc"))
    if (elements(cell).at(-1)?.name !== "w:p") faults.push("cell that ends without a paragraph");
  const body = all("word/document.xml", "w:body")[0];
  if (body && elements(body).at(-1)?.name !== "w:sectPr") faults.push("body without a section at its end");
  fields(all("word/document.xml", "w:fldChar"), faults);
  return faults;
}

function parsed(text: string): Element {
  const handler = new DomHandler();
  new Parser(handler, { xmlMode: true }).end(text);
  return handler.root.children.find((node): node is Element => node.type === "tag")!;
}

function elements({ children }: Element): Element[] {
  return children.filter((node: ChildNode): node is Element => node.type === "tag");
}

function below(element: Element, name: string): Element[] {
  return elements(element).flatMap(child => [...(child.name === name ? [child] : []), ...below(child, name)]);
}

function inOrder(element: Element, part: string, faults: string[]): void {
  const order = ORDER[element.name]?.split(" ");
  const children = elements(element);
  let last = -1;
  for (const child of children) {
    const at = order?.indexOf(child.name) ?? last;
    if (order && at === -1) faults.push(`${part}: ${child.name} in ${element.name}`);
    else if (at < last) faults.push(`${part}: ${child.name} after ${order![last]} in ${element.name}`);
    else last = at;
    // Properties stand first.
    if (FREE.includes(element.name) && /^w:(p|r|tc)Pr$/.test(child.name) && child !== children[0])
      faults.push(`${part}: ${child.name} is not first in ${element.name}`);
    inOrder(child, part, faults);
  }
}

/** Every part has a type and is pointed to; every relation leads somewhere and, from the document, is used. */
function references(roots: ReadonlyMap<string, Element>, names: readonly string[], faults: string[]): void {
  const types = roots.get("[Content_Types].xml")!;
  const endings = new Set(elements(types).map(({ attribs }) => attribs.Extension));
  const overrides = elements(types).flatMap(({ attribs }) => (attribs.PartName ? [attribs.PartName.slice(1)] : []));
  for (const name of overrides) if (!names.includes(name)) faults.push(`type of ${name}, which is not there`);
  const reached = new Set<string>(["[Content_Types].xml"]);
  for (const [name, root] of roots) {
    if (!name.endsWith(".rels")) continue;
    const owner = name.replace(/_rels\/([^/]*)\.rels$/, "$1");
    const folder = owner.replace(/[^/]*$/, "");
    const used = roots.has(owner) ? relationsIn(roots.get(owner)!) : undefined;
    reached.add(name);
    once(
      elements(root).map(({ attribs }) => `${name} ${attribs.Id}`),
      faults,
    );
    const known = new Set(elements(root).map(({ attribs }) => attribs.Id));
    for (const id of used ?? []) if (!known.has(id)) faults.push(`${owner}: no relation ${id}`);
    for (const { attribs } of elements(root)) {
      const isNamed = /\/(hyperlink|image|footer|worksheet)$/.test(attribs.Type ?? "");
      if (isNamed && used && !used.has(attribs.Id!)) faults.push(`${owner}: relation ${attribs.Id} is not used`);
      if (attribs.TargetMode === "External") continue;
      const target = `${folder}${attribs.Target}`;
      reached.add(target);
      if (!names.includes(target)) faults.push(`${name}: ${target} is not there`);
    }
  }
  for (const name of names) {
    if (!reached.has(name)) faults.push(`nothing leads to ${name}`);
    if (!overrides.includes(name) && !endings.has(name.replace(/^.*\./, ""))) faults.push(`${name} has no type`);
    if (/^(word|xl)\/[^_].*\.xml$/.test(name) && !overrides.includes(name))
      faults.push(`${name} has no type of its own`);
  }
}

function relationsIn(element: Element): Set<string> {
  const own = Object.entries(element.attribs).flatMap(([name, id]) => (name.startsWith("r:") ? [id] : []));
  return new Set([...own, ...elements(element).flatMap(child => [...relationsIn(child)])]);
}

function once(keys: readonly string[], faults: string[]): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) faults.push(`twice: ${key}`);
    seen.add(key);
  }
}

/** Fields open and close in pairs. */
function fields(marks: readonly Element[], faults: string[]): void {
  let depth = 0;
  for (const { attribs } of marks) {
    if (attribs["w:fldCharType"] === "begin") depth++;
    if (attribs["w:fldCharType"] === "end" && --depth < 0) faults.push("field that ends before it begins");
  }
  if (depth !== 0) faults.push("field without an end");
}
