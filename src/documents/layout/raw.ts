import type { Finding, SourcePlace } from "../../model.ts";
import type { Cell, Row } from "../source.ts";
import type { Column } from "./header.ts";
import type { ColumnRole } from "./lexicon.ts";

/** The fields of one item as they stand in the source: line breaks kept, nothing taken apart. */
export interface RawItem {
  place: SourcePlace;
  fields: ReadonlyMap<ColumnRole, RawField>;
  /** Cells of columns that are no field, in printed order. */
  notes?: readonly RawNote[];
}

export interface RawNote extends RawField {
  name: string;
}

export interface RawField {
  text: string;
  place: SourcePlace;
}

/** What a layout makes of a source, before the fields are read. */
export interface RawTable {
  columns: Column[];
  items: RawItem[];
  findings: Finding[];
  /** Text before the first and after the last row: title, notice, date. */
  before: RawField[];
  after: RawField[];
  /**
   * Rows and cells that are no part of any item, of a table whose cells are known: headers, notes, totals, and what a
   * finding is about. Every other one must be found in the items again (conservation.ts).
   */
  aside?: ReadonlySet<Row | Cell>;
}
