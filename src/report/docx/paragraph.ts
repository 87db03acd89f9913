/**
 * @param content runs
 * @param properties in the order of the schema: keepNext, numPr, spacing, indents, jc
 */
export function paragraph(style: string, content: string, properties = ""): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr>${content}</w:p>`;
}
