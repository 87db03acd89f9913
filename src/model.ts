/**
 * The words of minsheng as types (docs/design.md, "Words"). Imports nothing; every stage passes these plain values on.
 */

/** An exact decimal number in plain notation, e.g. `"27370"`, `"2.846"`. Never a float: a float cannot hold 0.1. */
export type Decimal = string;

/** A calendar day as `YYYY-MM-DD`, without time or zone. */
export type IsoDate = string;

/** What a document is: the year's task list (任务分解表), a report on progress (进展情况), a list with dated steps (节点计划). */
export type DocumentKind = "plan" | "progress" | "schedule";

export type RegionLevel = "province" | "prefecture" | "county";

/** A division of China by GB/T 2260. */
export interface Region {
  /** Six digits, e.g. `440700`. */
  code: string;
  /** Full name, e.g. `江门市`. */
  name: string;
  level: RegionLevel;
  /** Code of the division it belongs to; null for a province. */
  parent: string | null;
}

/** Where a piece of a source file stands. Numbers count from 1. */
export interface SourcePlace {
  page?: number;
  table?: number;
  row?: number;
  column?: number;
  line?: number;
  /** Of a workbook. */
  sheet?: string;
}

/** One published table of one region and year (文件). */
export interface Document {
  /** `<region in pinyin>-<year>`, e.g. `jiangmen-2020`. */
  documentId: string;
  title: string;
  /** Full name of the division, e.g. `江门市`. */
  region: string;
  /** GB/T 2260. */
  regionCode: string;
  regionLevel: RegionLevel;
  year: number;
  kind: DocumentKind;
  /** The day up to which progress is reported (1-6月 is June 30). */
  asOf: IsoDate | null;
  /** 发文机关. */
  issuer: string | null;
  /** 成文日期. */
  issuedOn: IsoDate | null;
  /** 发文字号, e.g. `开府办〔2024〕8号`. */
  documentNumber: string | null;
  /** The document's own counts: 共10件，29项. */
  declaredCategories: number | null;
  declaredItems: number | null;
  /** File name as given, without folders of this machine. */
  sourcePath: string;
  sourceSha256: string;
  /** The reader that made it, e.g. `text`. */
  reader: string;
  /** In order of seq. */
  items: Item[];
  findings: Finding[];
}

/** One numbered row (序号) of a document. */
export interface Item {
  /** 序号. */
  seq: number;
  /** 一、二、… as a number; null where the document numbers no categories. */
  categoryNo: number | null;
  /** 大类 without its number. */
  category: string | null;
  /** Without the 牵头单位 bracket and without blanks between Chinese characters. */
  text: string;
  leadOrg: string | null;
  /** 责任单位, in the order printed, the lead included where it is printed there. */
  orgs: string[];
  /** 责任人, in the order printed. Not paired with orgs: their numbers may differ. */
  people: string[];
  /** 分管领导. */
  leader: string | null;
  deadline: IsoDate | null;
  /** The deadline as printed, e.g. `12 月底`. */
  deadlineText: string | null;
  /** 已完成, 按进度完成, … */
  status: string | null;
  /** What the document reports as attained, status included as printed. */
  progress: string | null;
  milestones: Milestone[];
  /** What columns say of it that are none of these fields: 总投资, 建设地点, 备注. In printed order. */
  notes: ItemNote[];
  place: SourcePlace;
}

/** A cell of a column that no field of an item holds. */
export interface ItemNote {
  /** The column's name as printed, its unit with it: 总投资（万元）. */
  name: string;
  text: string;
}

/** A dated step of an item (节点计划). */
export interface Milestone {
  due: IsoDate;
  text: string;
}

/** Something about a document that a person must know: a count that differs, a number missing, a date that is none. */
export interface Finding {
  /** Stable name, e.g. `declared-items-differ`. */
  code: string;
  /** An error refuses the document; a warning is loaded with it. */
  severity: "error" | "warning";
  place: SourcePlace;
  /** The source text concerned, verbatim. */
  text: string;
  /** Values for the message of this code in data/messages. */
  params: Record<string, string | number>;
}

export type MeasureContext = "task" | "milestone" | "progress";
export type MeasureRole = "target" | "milestone" | "actual" | "baseline";
export type Comparator = ">=" | ">" | "=" | "~" | "<=" | "<";

/** One quantity stated in an item's text, milestone or progress. */
export interface Measure {
  /** From 1 within the item, in the order task, milestones, progress. */
  seq: number;
  context: MeasureContext;
  /** Of the milestone it stands in; null elsewhere. */
  due: IsoDate | null;
  role: MeasureRole;
  /** A short noun phrase of the text that says what is counted. */
  subject: string;
  /** What the text says, 万 and 亿 multiplied out, never adjusted. */
  value: Decimal;
  /** Upper end of a range (3-5人), else null. */
  valueHigh: Decimal | null;
  /** Normalised: `批次`, `%`, `元/人/月`, `批次/千人`. */
  unit: string;
  comparator: Comparator;
  /** 各, 每个: the amount holds for each of several. */
  isEach: boolean;
  /** Verbatim stretch of the text that holds comparator, number and unit. */
  quote: string;
  /** UTF-16 offsets of quote in the text of its task, milestone or progress; end is exclusive. */
  spanStart: number;
  spanEnd: number;
  /** The catalogue's indicator, or null. */
  indicatorId: string | null;
  /** What the figure covers, one of the indicator's bases; null exactly when indicatorId is. */
  basis: string | null;
}

export type Direction = "higher" | "lower" | "neutral";

/** A named quantity that recurs across documents (指标). */
export interface Indicator {
  indicatorId: string;
  name: string;
  nameEn: string;
  unit: string;
  direction: Direction;
  theme: string;
  definition: string;
  bases: IndicatorBasis[];
}

/**
 * What a figure is: flow 时期数, counted from zero within a year (改造, 培训, 新增), so that years may be added and the year that
 * has passed is a yardstick; stock 时点数, what is in place on a day (在营, 纳入, 能力); cumulative 累计数, all that was done over
 * several years; rate 比率; standard 标准, an amount or limit that a rule fixes.
 */
export const FIGURE_KINDS = ["flow", "stock", "cumulative", "rate", "standard"] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** One thing that figures of an indicator may cover (口径). */
export interface IndicatorBasis {
  basis: string;
  kind: FigureKind;
  name: string;
  /** Several figures of this basis in one document and role are parts of one total (332条 + 132条) and may be added. */
  additive: boolean;
  /** With which other bases it may be compared; every basis is comparable with itself, and with no other unless named. */
  relations: BasisRelation[];
}

export interface BasisRelation {
  /** The other basis. */
  basis: string;
  verdict: "comparable" | "with_note";
  /** Why, in Chinese, as it is printed. */
  note: string;
}
