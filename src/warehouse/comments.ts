/** What the comment of a table, view or column says: `数值，照原文 | Value as the text says | unit`. */
export interface Comment {
  zh: string;
  en: string;
  /** The name of the column that holds the unit, or the unit itself (`0–1`); empty where there is none. */
  unit: string;
}

const SEPARATOR = " | ";

/** A comment as the schema has it, in parts. Parts that are not there are empty. */
export function parseComment(text: string | null): Comment {
  const [zh = "", en = "", unit = ""] = (text ?? "").split(SEPARATOR);
  return { zh, en, unit };
}

export function commentText({ zh, en, unit }: Comment): string {
  return [zh, en, ...(unit ? [unit] : [])].join(SEPARATOR);
}
