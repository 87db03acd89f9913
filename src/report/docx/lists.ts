/** Depths of a list that Word knows. */
const LEVELS = 9;

/** Entries without a mark, as the standard wants them; Word still knows them as a list. */
const PLAIN_LIST = 1;

/** The number under which Word counts an ordered list. */
const numberOfList = (ordered: number): number => PLAIN_LIST + ordered;

/**
 * That a paragraph is an entry of a list.
 *
 * @param level from 0
 * @param ordered which of the ordered lists, from 1; undefined for any other
 */
export function listXml(level: number, ordered: number | undefined): string {
  const list = ordered === undefined ? PLAIN_LIST : numberOfList(ordered);
  return `<w:numPr><w:ilvl w:val="${Math.min(level, LEVELS - 1)}"/><w:numId w:val="${list}"/></w:numPr>`;
}

/** @param ordered how many ordered lists there are; each counts from one */
export function numberingXml(ordered: number): string {
  const levels = (format: string, text: (level: number) => string) =>
    Array.from(
      { length: LEVELS },
      (_, level) =>
        `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:suff w:val="nothing"/><w:lvlText w:val="${text(level)}"/><w:lvlJc w:val="left"/></w:lvl>`,
    ).join("");
  const abstract = (id: number, content: string) =>
    `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="multilevel"/>${content}</w:abstractNum>`;
  const lists = Array.from({ length: ordered }, (_, index) => {
    const restart = `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`;
    return `<w:num w:numId="${numberOfList(index + 1)}"><w:abstractNumId w:val="1"/>${restart}</w:num>`;
  });
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
    abstract(
      0,
      levels("none", () => ""),
    ) +
    abstract(
      1,
      levels("decimal", level => `%${level + 1}.`),
    ) +
    `<w:num w:numId="${PLAIN_LIST}"><w:abstractNumId w:val="0"/></w:num>${lists.join("")}</w:numbering>`
  );
}
