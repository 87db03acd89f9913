import type { Comparator } from "../model.ts";

/** How a comparator is said (不少于2.737万批次) and how a table prints it (≥2.737万). */
export const COMPARATORS: Readonly<Record<Comparator, { words: string; sign: string }>> = {
  ">=": { words: "不少于", sign: "≥" },
  ">": { words: "超过", sign: "＞" },
  "=": { words: "", sign: "" },
  "~": { words: "约", sign: "约" },
  "<=": { words: "不超过", sign: "≤" },
  "<": { words: "低于", sign: "＜" },
};
