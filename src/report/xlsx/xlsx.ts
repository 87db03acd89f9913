import { Failure } from "../../failure.ts";
import { escaped, type WorkbookSheet, workbook } from "../../warehouse/formats/workbook.ts";
import { type PageWords, pageWords } from "../page-words.ts";
import { corePropertiesXml } from "../paper/core-properties.ts";
import { type Block, type Paper, plainText, type SourceList } from "../paper/paper.ts";
import { readPaper } from "../paper/read-paper.ts";
import { headRowOf, type SheetTable, type SourcePlaces, sheetXml } from "./sheet.ts";
import { sheetNames } from "./sheet-names.ts";
import { Styles } from "./styles.ts";

/**
 * The tables of a page of ours as an Excel workbook: a sheet for each, for the data of each chart, and for the sources.
 *
 * @throws Failure `xlsx-without-tables`, `xlsx-text-too-long`
 */
export async function xlsxOf(html: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsx(readPaper(html))) pieces.push(piece);
  return Buffer.concat(pieces);
}

function xlsx(paper: Paper): AsyncGenerator<Uint8Array> {
  const tables = paper.blocks.flatMap(tableOf);
  if (tables.length === 0) throw new Failure("xlsx-without-tables");
  const list = paper.blocks.find((block): block is SourceList => block.kind === "sources");
  const names = sheetNames([...tables.map(({ title }) => title.replace("\u3000", " ")), ...(list ? [list.title] : [])]);
  const words = pageWords(paper.lang);
  const sources = list && sourceTable(list, words);
  const places: SourcePlaces | undefined = list && {
    sheet: names.at(-1)!,
    cells: new Map(list.sources.map(({ id }, index) => [id, `A${index + 3}`])),
  };
  const styles = new Styles();
  // Styles are known when all cells are written; sheets are small enough to be held until then.
  const sheets = [...tables, ...(sources ? [sources] : [])].map(
    (sheet, index): WorkbookSheet => ({ name: names[index]!, content: [...sheetXml(sheet, styles, words, places)] }),
  );
  const printTitles = [...tables, ...(sources ? [sources] : [])].flatMap((sheet, index) => {
    const row = headRowOf(sheet);
    const name = `'${names[index]!.replaceAll("'", "''")}'`;
    return row === undefined
      ? []
      : [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${escaped(`${name}!$${row}:$${row}`)}</definedName>`,
        ];
  });
  return workbook(sheets, styles.xml(), {
    definedNames: printTitles.join(""),
    coreProperties: corePropertiesXml(paper),
  });
}

function tableOf(block: Block): SheetTable[] {
  if (block.kind !== "table" && block.kind !== "chart") return [];
  if (block.kind === "table" && block.repeatsChart) return [];
  const below = block.below.map(({ runs }) => plainText(runs));
  const shared = { title: block.caption ?? block.name, below };
  if (block.kind === "table") return [{ ...shared, unit: block.unit, table: block.table, isGrid: block.isGrid }];
  return [{ ...shared, unit: undefined, table: block.data, isGrid: false }];
}

/** Document and item, the sentences as they stand there, what to know of them. */
function sourceTable({ title, sources }: SourceList, words: PageWords): SheetTable {
  const cell = (text: string, column: number) => ({
    runs: text === "" ? [] : [{ text }],
    marks: [],
    column,
    columnSpan: 1,
    rowSpan: 1,
    align: "left" as const,
  });
  const column = (name: string) => ({ title: name, align: "left" as const, isWords: true, hasMarks: false });
  return {
    title,
    unit: undefined,
    isGrid: false,
    below: [],
    table: {
      widths: undefined,
      columns: words.sourceColumns.map(column),
      head: [],
      body: sources.map(({ label, title: item, passages, note }) =>
        [label, item, passages.map(passage => plainText(passage)).join("\n"), note ?? ""].map(cell),
      ),
    },
  };
}
