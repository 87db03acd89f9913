import type { ChartFigure } from "../paper/paper.ts";
import { xml } from "../paper/xml.ts";
import { emu, pixels } from "./lengths.ts";
import type { Relations } from "./relations.ts";

/** A file of the document that is no XML of ours. */
export interface Media {
  name: string;
  content: string | Uint8Array;
}

/** So high a chart leaves room for its words and for a third of a page of text. */
const MOST_HEIGHT = 130;
/** What Word takes for a font where the SVG names several: the first one that office PCs have. */
const OFFICE_FONT = "'Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC','SimHei',sans-serif";

/** Charts as drawings, with a picture of dots beside each for programs that draw no SVG. */
export class Pictures {
  readonly media: Media[] = [];
  private readonly relations: Relations;
  private readonly dots: ReadonlyMap<string, Uint8Array>;

  /** @param dots the PNG of each SVG */
  constructor(relations: Relations, dots: ReadonlyMap<string, Uint8Array>) {
    this.relations = relations;
    this.dots = dots;
  }

  /** @param most width in mm that there is */
  xml({ svg = "", name, description }: ChartFigure, most: number): string {
    const number = this.media.length / 2 + 1;
    const add = (ending: string, content: string | Uint8Array) => {
      this.media.push({ name: `media/image${number}.${ending}`, content });
      return this.relations.part("image", `media/image${number}.${ending}`);
    };
    const dots = add("png", this.dots.get(svg)!);
    const drawing = add("svg", svg.replace(/ font-family="[^"]*"/, ` font-family="${OFFICE_FONT}"`));
    const [, across = "1", down = "1"] = /\bwidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
    const [width, height] = [pixels(Number(across)), pixels(Number(down))];
    const scale = Math.min(1, most / width, MOST_HEIGHT / height);
    const size = `cx="${emu(width * scale)}" cy="${emu(height * scale)}"`;
    const names = `id="${number}" name="${xml(name)}" descr="${xml(description)}"`;
    return (
      `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ${size}/><wp:docPr ${names}/>` +
      `<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>` +
      `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>` +
      `<pic:nvPicPr><pic:cNvPr ${names}/><pic:cNvPicPr><a:picLocks noChangeAspect="1"/></pic:cNvPicPr></pic:nvPicPr>` +
      `<pic:blipFill><a:blip r:embed="${dots}"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">` +
      `<asvg:svgBlip r:embed="${drawing}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
      `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>` +
      `</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
    );
  }
}
