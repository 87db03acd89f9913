import type { Finding, Item } from "../model.ts";
import type { Declared } from "./metadata/declared.ts";
import type { Heading } from "./metadata/heading.ts";

/** What a reader of the table must know: counts that differ, numbers missing or twice, items without text. */
export function checkItems(items: readonly Item[], declared: Declared): Finding[] {
  return [...checkNumbers(items), ...checkTexts(items), ...checkDeclared(items, declared)];
}

/**
 * A report on progress that nowhere says apart from the tasks what was attained: figures attained would count as those
 * to attain.
 */
export function checkProgress(items: readonly Item[], { title, titlePlace }: Heading): Finding[] {
  if (items.some(item => item.progress !== null || item.status !== null)) return [];
  return [{ code: "progress-not-apart", severity: "error", place: titlePlace, text: title ?? "", params: {} }];
}

function checkNumbers(items: readonly Item[]): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<number>();
  for (const [index, item] of items.entries()) {
    const report = (code: string, params: Finding["params"]) =>
      findings.push({ code, severity: "error", place: item.place, text: item.text, params });
    const before = items[index - 1]?.seq ?? 0;
    if (seen.has(item.seq)) report("number-repeated", { seq: item.seq });
    else if (item.seq < before) report("number-out-of-order", { seq: item.seq, before });
    else if (item.seq > before + 1) {
      const [from, to] = [before + 1, item.seq - 1];
      report("number-missing", { from, to, numbers: from === to ? from : `${from}–${to}`, seq: item.seq });
    }
    seen.add(item.seq);
  }
  return findings;
}

function checkTexts(items: readonly Item[]): Finding[] {
  return items
    .filter(item => item.text === "")
    .map(item => ({
      code: "item-without-text",
      severity: "error",
      place: item.place,
      text: "",
      params: { seq: item.seq },
    }));
}

function checkDeclared(items: readonly Item[], declared: Declared): Finding[] {
  const findings: Finding[] = [];
  const compare = (code: string, said: number | null, read: number, params: Finding["params"] = {}) => {
    if (said === null || said === read) return;
    findings.push({
      code,
      severity: "error",
      place: declared.place,
      text: declared.text,
      params: { ...params, declared: said, read },
    });
  };
  compare("declared-items-differ", declared.items, items.length);
  // Without categories the 十件 of a title are its items.
  // Some count the themes above them, others the tasks themselves, so that 十件 without a count of 项 may mean either.
  const categories = new Set(items.map(item => item.categoryNo ?? item.category).filter(category => category !== null))
    .size;
  const either = (declared.fromTitle || declared.items === null) && declared.categories === items.length;
  if (categories > 0 && !either) compare("declared-categories-differ", declared.categories, categories);
  else if (categories === 0 && declared.items === null)
    compare("declared-items-differ", declared.categories, items.length);
  if (items.some(item => item.status !== null))
    for (const { status, count } of declared.statuses)
      compare("declared-statuses-differ", count, items.filter(item => item.status === status).length, { status });
  return findings;
}
