import type { LiveWords } from "./interactive/scripts.ts";

/** What a layout itself says, in the language of the paper (not of the person who runs the program). */
export interface PageWords {
  contents: string;
  skip: string;
  sources: string;
  /** How the labels of sources are to be read. */
  sourceLabels: string;
  close: string;
  /** In a workbook: what the column of source marks beside a column is called. */
  marksOf: (column: string) => string;
  /** In a workbook's list of sources: mark, document and item, sentences, note. */
  sourceColumns: readonly [string, string, string, string];
  /** The headings that begin an annex. */
  annex: RegExp;
  /** Before the names of the annexes, below the text. */
  annexNote: string;
  /** At the foot of a bulletin: whom it goes to, how many are printed. */
  recipients: Readonly<Record<"superiors" | "peers" | "subordinates", (names: string) => string>>;
  copies: (count: string) => string;
  /** Of a chart that the page draws itself. */
  live: LiveWords;
  /** What a chart's figures are in. */
  unitOf: (unit: string) => string;
}

const CHINESE: PageWords = {
  contents: "目录",
  skip: "跳到正文",
  sources: "资料来源",
  sourceLabels: "方括号内为文件年份和事项序号；…… 为略去的文字。",
  close: "关闭",
  marksOf: column => `${column}来源`,
  sourceColumns: ["标记", "文件和事项", "原句", "说明"],
  annex: /^附件\d*$/,
  annexNote: "附件：",
  recipients: {
    superiors: names => `报：${names}`,
    peers: names => `送：${names}`,
    subordinates: names => `发：${names}`,
  },
  copies: count => `共印${count}份`,
  live: { larger: "放大", smaller: "缩小", whole: "还原", keys: "（按左右方向键逐个查看数据）" },
  unitOf: unit => `单位：${unit}`,
};
const ENGLISH: PageWords = {
  contents: "Contents",
  skip: "Skip to the text",
  sources: "Sources",
  sourceLabels: "In brackets: year of the document and number of the item; …… stands for words left out.",
  close: "Close",
  marksOf: column => `${column} (source)`,
  sourceColumns: ["Mark", "Document and item", "Sentence", "Note"],
  annex: /^Annex( \d+)?$/,
  annexNote: "Annexes: ",
  recipients: {
    superiors: names => `Reported to: ${names}`,
    peers: names => `Sent to: ${names}`,
    subordinates: names => `Issued to: ${names}`,
  },
  copies: count => `${count} copies printed`,
  live: {
    larger: "Zoom in",
    smaller: "Zoom out",
    whole: "Whole chart",
    keys: "(left and right arrow keys go through the data)",
  },
  unitOf: unit => `Unit: ${unit}`,
};

/** @param lang a language tag; all but Chinese are served in English */
export function pageWords(lang: string): PageWords {
  return /^zh\b/i.test(lang) ? CHINESE : ENGLISH;
}
