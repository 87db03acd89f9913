import { xml } from "../paper/xml.ts";
import {
  BLOCK,
  BODY_SIZE,
  CHARACTER,
  CHARACTER_SPACING,
  LINE_PITCH,
  pointTwips,
  TITLE_SIZE,
  twips,
} from "./lengths.ts";

/**
 * The styles of a paper by GB/T 9704-2012, 7.3, under the names that Word knows them by: an office that changes 标题 1
 * changes all headings. Faces are the official ones; where they are missing, the font table names who stands in.
 */
const FANG = "仿宋_GB2312";
const KAI = "楷体_GB2312";
const HEI = "黑体";
const SONG = "宋体";
const TITLE = "方正小标宋简体";

/** Sizes in points: 二号, 三号, 小四, 五号, 小五; of source marks in tables. */
const SIZES = { title: TITLE_SIZE, body: BODY_SIZE, caption: 12, small: 10.5, smallest: 9, mark: 7.5 };

const fonts = (face: string): string =>
  `<w:rFonts w:ascii="${face}" w:eastAsia="${face}" w:hAnsi="${face}" w:cs="${face}"/>`;
export const sizeXml = (points: number): string => `<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`;

/** Outside of the grid of the text: no less space between characters. */
const set = (face: string, points: number): string => `${fonts(face)}<w:spacing w:val="0"/>${sizeXml(points)}`;

interface Style {
  id: string;
  /** As Word has it: built-in names are English in the file and shown in the user's language. */
  name: string;
  type?: "character";
  basedOn?: string;
  next?: string;
  /** Inside pPr and rPr, in the order of the schema. */
  paragraph?: string;
  run?: string;
  /** Not among those that Word offers. */
  isQuiet?: boolean;
}

/** 左空二字: in hundredths of a character, so that it follows the size. */
const INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>';
const NO_GRID = '<w:snapToGrid w:val="0"/>';
const lines = (rule: "exact" | "auto", value: number, before = 0, after = 0): string =>
  `<w:spacing w:before="${before}" w:after="${after}" w:line="${value}" w:lineRule="${rule}"/>`;
/** Lines of so many points, the same whatever face stands in: pages break where they break with the official ones. */
const points = (value: number, before = 0, after = 0): string => lines("exact", pointTwips(value), before, after);
/** Lines of so many times the size of the font, for what may hold more than text. */
const times = (factor: number, before = 0, after = 0): string => lines("auto", Math.round(factor * 240), before, after);

const heading = (level: number, run: string): Style => ({
  id: `Heading${level}`,
  name: `heading ${level}`,
  basedOn: "Normal",
  next: "BodyText",
  paragraph: `<w:keepNext/>${INDENT}<w:outlineLvl w:val="${level - 1}"/>`,
  run,
});

/** Of the name of a bulletin and of the line below it. */
const RED = "C8102E";
/** A character of the text, in twips. */
const EM = pointTwips(BODY_SIZE);

/** A line of its own pitch below a title: a little over the pitch of the text, so that two lines stand together. */
const TITLE_LINE = Math.round(LINE_PITCH * 1.2);

const PARAGRAPHS: readonly Style[] = [
  { id: "BodyText", name: "Body Text", basedOn: "Normal", paragraph: `${INDENT}<w:jc w:val="both"/>` },
  {
    id: "Title",
    name: "Title",
    basedOn: "Normal",
    next: "BodyText",
    paragraph: `${NO_GRID}${lines("exact", TITLE_LINE)}<w:jc w:val="center"/>`,
    run: set(TITLE, SIZES.title),
  },
  {
    id: "Subtitle",
    name: "Subtitle",
    basedOn: "Normal",
    next: "BodyText",
    paragraph: '<w:jc w:val="center"/>',
    run: fonts(KAI),
  },
  {
    id: "Masthead",
    name: "报头",
    basedOn: "Normal",
    next: "Issue",
    paragraph: `${NO_GRID}${lines("exact", 2 * LINE_PITCH, LINE_PITCH)}<w:jc w:val="center"/>`,
    run: `${fonts(TITLE)}<w:color w:val="${RED}"/><w:spacing w:val="0"/>`,
  },
  { id: "Issue", name: "期号", basedOn: "Normal", next: "Imprint", paragraph: '<w:jc w:val="center"/>' },
  // A red line below who edits the bulletin and the day, each a character in; the title stands two lines below it.
  {
    id: "Imprint",
    name: "编印单位和日期",
    basedOn: "Normal",
    next: "Title",
    paragraph:
      `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="1" w:color="${RED}"/></w:pBdr>` +
      `<w:tabs><w:tab w:val="left" w:pos="${EM}"/><w:tab w:val="right" w:pos="${twips(BLOCK.width) - EM}"/></w:tabs>` +
      `<w:spacing w:before="${LINE_PITCH}" w:after="${2 * LINE_PITCH}"/>`,
  },
  heading(1, fonts(HEI)),
  heading(2, fonts(KAI)),
  heading(3, `${fonts(FANG)}<w:b/><w:bCs/>`),
  heading(4, fonts(FANG)),
  {
    id: "Annex",
    name: "附件标题",
    basedOn: "Heading1",
    next: "BodyText",
    paragraph: '<w:pageBreakBefore/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:outlineLvl w:val="0"/>',
  },
  { id: "ListParagraph", name: "List Paragraph", basedOn: "BodyText" },
  {
    id: "Quote",
    name: "Quote",
    basedOn: "BodyText",
    paragraph: '<w:ind w:leftChars="200" w:left="640"/>',
    run: fonts(KAI),
  },
  {
    id: "CodeBlock",
    name: "代码",
    basedOn: "Normal",
    paragraph: `${NO_GRID}${times(1.2)}<w:ind w:leftChars="200" w:left="640"/>`,
    run: set(SONG, SIZES.small),
  },
  {
    id: "AnnexNote",
    name: "附件说明",
    basedOn: "Normal",
    paragraph: `<w:ind w:left="${5 * CHARACTER}"/>`,
  },
  {
    id: "Signature",
    name: "Signature",
    basedOn: "Normal",
    paragraph: `<w:keepLines/><w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>`,
  },
  {
    id: "Caption",
    name: "caption",
    basedOn: "Normal",
    next: "BodyText",
    paragraph: `${NO_GRID}${points(18, 60, 60)}<w:jc w:val="center"/>`,
    run: set(HEI, SIZES.caption),
  },
  {
    id: "TableUnit",
    name: "表的单位",
    basedOn: "Normal",
    paragraph: `<w:keepNext/>${NO_GRID}${points(15.75)}<w:jc w:val="right"/>`,
    run: set(SONG, SIZES.small),
  },
  {
    id: "TableText",
    name: "表中文字",
    basedOn: "Normal",
    paragraph: `${NO_GRID}${points(13.65)}`,
    run: set(SONG, SIZES.small),
  },
  { id: "TableHead", name: "表头", basedOn: "TableText", paragraph: "<w:keepNext/>", run: fonts(HEI) },
  {
    id: "TableTextSmall",
    name: "表中小字",
    basedOn: "TableText",
    paragraph: points(11.7),
    run: sizeXml(SIZES.smallest),
  },
  { id: "TableHeadSmall", name: "小字表头", basedOn: "TableTextSmall", paragraph: "<w:keepNext/>", run: fonts(HEI) },
  {
    id: "FigureNote",
    name: "图表注",
    basedOn: "Normal",
    paragraph: `${NO_GRID}${points(15.75, 40, 0)}`,
    run: set(SONG, SIZES.small),
  },
  {
    id: "Picture",
    name: "图",
    basedOn: "Normal",
    next: "Caption",
    paragraph: `<w:keepNext/>${NO_GRID}${times(1, 120, 0)}<w:jc w:val="center"/>`,
    run: sizeXml(SIZES.small),
  },
  {
    id: "SourceText",
    name: "资料来源",
    basedOn: "Normal",
    paragraph: `${NO_GRID}${points(12.6, 0, 30)}<w:jc w:val="both"/>`,
    run: set(SONG, SIZES.smallest),
  },
  {
    id: "SheetText",
    name: "表前文字",
    basedOn: "BodyText",
    paragraph: `${NO_GRID}${points(19.2, 0, 60)}<w:ind w:firstLineChars="200" w:firstLine="480"/>`,
    run: `<w:spacing w:val="0"/>${sizeXml(SIZES.caption)}`,
  },
  // 四号; lines that turn over begin behind 报：.
  {
    id: "Colophon",
    name: "报尾",
    basedOn: "Normal",
    paragraph: `${NO_GRID}${points(21)}<w:ind w:left="560" w:hanging="560"/>`,
    run: set(FANG, 14),
  },
  {
    id: "SectionEnd",
    name: "节末",
    basedOn: "Normal",
    paragraph: `${NO_GRID}${lines("exact", 20)}`,
    run: sizeXml(1),
    isQuiet: true,
  },
  {
    id: "TOCHeading",
    name: "TOC Heading",
    basedOn: "Normal",
    next: "BodyText",
    paragraph: '<w:keepNext/><w:jc w:val="center"/>',
    run: `${fonts(HEI)}<w:spacing w:val="${pointTwips(BODY_SIZE)}"/>`,
  },
  ...[1, 2].map(
    (level): Style => ({
      id: `TOC${level}`,
      name: `toc ${level}`,
      basedOn: "Normal",
      next: "Normal",
      paragraph:
        `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="${twips(BLOCK.width)}"/></w:tabs>` +
        (level === 1 ? "" : '<w:ind w:leftChars="200" w:left="640"/>'),
      run: fonts(level === 1 ? HEI : KAI),
    }),
  ),
  // 7.5: 四号半角宋体, one character in from the outer edge.
  {
    id: "Footer",
    name: "footer",
    basedOn: "Normal",
    paragraph: `${NO_GRID}${lines("exact", pointTwips(14))}`,
    run: set(SONG, 14),
  },
];

/** Without the room that Word puts between characters and digits: 28 to the line, as in the printed paper. */
const ON_GRID = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>';

const CHARACTERS: readonly Style[] = [
  { id: "Hyperlink", name: "Hyperlink", run: '<w:u w:val="single"/>' },
  { id: "SourceMark", name: "来源标记", run: set(SONG, SIZES.smallest) },
  { id: "TableMark", name: "表中来源标记", run: set(SONG, SIZES.mark) },
  { id: "Quantity", name: "所引数量", run: '<w:b/><w:bCs/><w:u w:val="single"/>' },
  { id: "Code", name: "代码字", run: fonts(SONG) },
];

export function stylesXml(lang: string): string {
  const isChinese = /^zh\b/i.test(lang);
  const language = `<w:lang w:val="${isChinese ? "en-US" : xml(lang)}" w:eastAsia="${isChinese ? xml(lang) : "zh-CN"}"/>`;
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n` +
    `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
    `<w:docDefaults><w:rPrDefault><w:rPr>${fonts(FANG)}<w:kern w:val="0"/>${sizeXml(SIZES.body)}${language}</w:rPr></w:rPrDefault>` +
    `<w:pPrDefault><w:pPr>${times(1)}</w:pPr></w:pPrDefault></w:docDefaults>` +
    `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/>${ON_GRID}</w:pPr><w:rPr><w:spacing w:val="${CHARACTER_SPACING}"/>${sizeXml(SIZES.body)}</w:rPr></w:style>` +
    `<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>` +
    `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
    PARAGRAPHS.map(style => styleXml({ basedOn: "Normal", ...style }, "paragraph")).join("") +
    CHARACTERS.map(style => styleXml({ basedOn: "DefaultParagraphFont", ...style }, "character")).join("") +
    TABLES +
    "</w:styles>"
  );
}

function styleXml(
  { id, name, basedOn, next, paragraph, run, isQuiet }: Style,
  type: "paragraph" | "character",
): string {
  return (
    `<w:style w:type="${type}" w:styleId="${id}"${CUSTOM.test(name) ? ' w:customStyle="1"' : ""}><w:name w:val="${name}"/>` +
    `<w:basedOn w:val="${basedOn}"/>${next ? `<w:next w:val="${next}"/>` : ""}` +
    `${isQuiet ? "<w:semiHidden/>" : type === "paragraph" ? "<w:qFormat/>" : ""}` +
    `${paragraph ? `<w:pPr>${paragraph}</w:pPr>` : ""}${run ? `<w:rPr>${run}</w:rPr>` : ""}</w:style>`
  );
}

/** Names that are ours. */
const CUSTOM = /\p{Script=Han}/u;

const margins = (topBottom: number, sides: number): string =>
  `<w:tblCellMar><w:top w:w="${topBottom}" w:type="dxa"/><w:left w:w="${sides}" w:type="dxa"/>` +
  `<w:bottom w:w="${topBottom}" w:type="dxa"/><w:right w:w="${sides}" w:type="dxa"/></w:tblCellMar>`;
const border = (side: string, eighths: number): string =>
  `<w:${side} w:val="single" w:sz="${eighths}" w:space="0" w:color="000000"/>`;
/** 顶线, 底线 1.25 pt, 表头线 0.6 pt (CY/T 170-2019), in eighths of a point. */
const THICK = 10;
export const THIN = 5;
/** 0.35 mm (GB/T 9704, 7.4.1). */
const RULE = 8;

const tableStyle = (id: string, name: string, borders: string, cells = margins(40, 80)): string =>
  `<w:style w:type="table" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>` +
  `<w:tblPr><w:tblBorders>${borders}</w:tblBorders>${cells}</w:tblPr>` +
  `<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>${border("bottom", THIN)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>`;

const TABLES =
  tableStyle("ColophonTable", "报尾表", border("top", RULE) + border("bottom", RULE), margins(0, 280)) +
  tableStyle("ThreeLine", "三线表", border("top", THICK) + border("bottom", THICK)) +
  tableStyle(
    "FullGrid",
    "全线表",
    ["top", "left", "bottom", "right", "insideH", "insideV"].map(side => border(side, THIN)).join(""),
  );

/** Who stands in for a face: first those of other Windows versions and of WPS, then free ones. */
const STAND_INS: readonly (readonly [face: string, others: string, family: "roman" | "modern" | "script"])[] = [
  [TITLE, "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,Noto Serif CJK SC", "roman"],
  [FANG, "仿宋,FangSong,华文仿宋,STFangsong,FandolFang,Noto Serif CJK SC", "modern"],
  [KAI, "楷体,KaiTi,华文楷体,STKaiti,LXGW WenKai,Noto Serif CJK SC", "script"],
  [HEI, "SimHei,Noto Sans CJK SC", "modern"],
  [SONG, "SimSun,Noto Serif CJK SC", "roman"],
];

export function fontTableXml(): string {
  const all = STAND_INS.map(
    ([face, others, family]) =>
      `<w:font w:name="${face}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="variable"/></w:font>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${all.join("")}</w:fonts>`;
}
