import { escaped, MAIN, XML } from "../../warehouse/formats/workbook.ts";

export type FontName = "normal" | "bold" | "title" | "small";
/** How a cell looks; formats are Excel's. */
export interface CellLook {
  font: FontName;
  align: "left" | "center" | "right";
  vertical: "top" | "center" | "bottom";
  wraps: boolean;
  border: "none" | "all";
  format: string;
}

const FONTS: readonly FontName[] = ["normal", "bold", "title", "small"];
const FACE = '<name val="宋体"/><charset val="134"/>';
const FONTS_XML: Readonly<Record<FontName, string>> = {
  normal: `<font><sz val="11"/>${FACE}</font>`,
  bold: `<font><b/><sz val="11"/>${FACE}</font>`,
  title: `<font><b/><sz val="14"/>${FACE}</font>`,
  small: `<font><sz val="10"/>${FACE}</font>`,
};
const SIDE = '<{} style="thin"><color auto="1"/></{}>';
const THIN = ["left", "right", "top", "bottom"].map(side => SIDE.replaceAll("{}", side)).join("");
/** Own formats count from here (ECMA-376 part 1, 18.8.30). */
const FIRST_FORMAT = 164;
const TEXT_FORMAT = "@";
const BUILT_IN: Readonly<Record<string, number>> = {
  General: 0,
  "0": 1,
  "0.00": 2,
  "0%": 9,
  "0.00%": 10,
  [TEXT_FORMAT]: 49,
};

/** The looks that the cells of a workbook have; each gets a number when it is first asked for. */
export class Styles {
  private readonly looks = new Map<string, { number: number; look: CellLook }>();
  private readonly formats = new Map<string, number>();

  numberOf(look: CellLook): number {
    const key = JSON.stringify(look);
    let entry = this.looks.get(key);
    if (!entry) {
      // The first one is that of cells that say nothing.
      entry = { number: this.looks.size + 1, look };
      this.looks.set(key, entry);
    }
    return entry.number;
  }

  xml(): string {
    const cells = [...this.looks.values()].map(({ look }) => this.xf(look));
    const formats = [...this.formats].map(([code, id]) => `<numFmt numFmtId="${id}" formatCode="${escaped(code)}"/>`);
    return (
      `${XML}<styleSheet xmlns="${MAIN}">` +
      `${formats.length === 0 ? "" : `<numFmts count="${formats.length}">${formats.join("")}</numFmts>`}` +
      `<fonts count="${FONTS.length}">${FONTS.map(name => FONTS_XML[name]).join("")}</fonts>` +
      `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
      `<borders count="2"><border/><border>${THIN}<diagonal/></border></borders>` +
      `<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${cells.length + 1}"><xf/>${cells.join("")}</cellXfs></styleSheet>`
    );
  }

  private xf({ font, align, vertical, wraps, border, format }: CellLook): string {
    return (
      `<xf numFmtId="${this.formatId(format)}" fontId="${FONTS.indexOf(font)}" fillId="0" borderId="${border === "all" ? 1 : 0}" xfId="0" ` +
      `applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">` +
      `<alignment horizontal="${align}" vertical="${vertical}"${wraps ? ' wrapText="1"' : ""}/></xf>`
    );
  }

  private formatId(code: string): number {
    const known = BUILT_IN[code];
    if (known !== undefined) return known;
    let id = this.formats.get(code);
    if (id === undefined) {
      id = FIRST_FORMAT + this.formats.size;
      this.formats.set(code, id);
    }
    return id;
  }
}
