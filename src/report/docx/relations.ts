import { xml } from "../paper/xml.ts";

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

/** What a part of the document points to: other parts, pictures, addresses; numbered in the order of asking. */
export class Relations {
  private readonly all: { type: string; target: string; external: boolean }[] = [];

  /** @param type the last part of its name: `styles`, `image` */
  part(type: string, target: string): string {
    return this.add(type, target, false);
  }

  /** One relation for each address. */
  link(url: string): string {
    const index = this.all.findIndex(({ target, external }) => external && target === url);
    return index === -1 ? this.add("hyperlink", url, true) : `rId${index + 1}`;
  }

  xml(): string {
    const entries = this.all.map(
      ({ type, target, external }, index) =>
        `<Relationship Id="rId${index + 1}" Type="${type.includes(":") ? type : `${OFFICE}/${type}`}" Target="${xml(target)}"${external ? ' TargetMode="External"' : ""}/>`,
    );
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${PACKAGE}">${entries.join("")}</Relationships>`;
  }

  private add(type: string, target: string, external: boolean): string {
    this.all.push({ type, target, external });
    return `rId${this.all.length}`;
  }
}
