/** Excel takes no more, and none of these signs. */
const LONGEST = 31;
const FORBIDDEN = /[\\/?*[\]:\p{Cc}]/gu;

/**
 * Names for sheets: those wished for, without signs that Excel forbids, cut, and each once (whatever the case).
 */
export function sheetNames(wishes: readonly string[]): string[] {
  const taken = new Set<string>();
  return wishes.map(wish => {
    const plain =
      wish
        .replace(FORBIDDEN, " ")
        .replace(/\s+/g, " ")
        .replace(/^['\s]+|['\s]+$/g, "") || "表";
    for (let copy = 1; ; copy++) {
      const ending = copy === 1 ? "" : `（${copy}）`;
      const name = cut(plain, LONGEST - ending.length) + ending;
      if (taken.has(name.toLowerCase()) || RESERVED.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
}

/** Excel keeps this one for itself. */
const RESERVED = new Set(["history"]);

/** By UTF-16 units, as Excel counts, without half a character at the end. */
function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, "")
    .replace(/['\s]+$/, "");
}
