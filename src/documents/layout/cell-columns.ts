import type { Row } from "../source.ts";
import { compact } from "../typography.ts";
import { type Column, headerName } from "./header.ts";
import { parseNumber } from "./item-numbers.ts";
import type { Lexicon } from "./lexicon.ts";
import { isChineseNumber, isFilled } from "./rows.ts";

/**
 * What only the cells below a header show of its columns:
 *
 *     序号 | 实事 | 序号 | 任务        the inner numbers are the tasks', the outer ones those of the categories
 *     序号 | 实事 | 具体任务 (two columns: 1 | 新建…)
 *     序号 (一, 1, 2, 二, 3)           that the Chinese numbers are those of categories
 *     进展情况 | 完成情况              that the second holds nothing but states (已完成)
 *
 * @param rows below the header
 */
export function columnsByCells(columns: readonly Column[], rows: readonly Row[], lexicon: Lexicon): Column[] {
  const texts = (index: number) =>
    rows.flatMap(({ cells }) => {
      const cell = cells[index];
      // The header comes again on each page.
      return cell && isFilled(cell) && headerName(cell.text) !== columns[index]!.name ? [compact(cell.text)] : [];
    });
  const all = (index: number, holds: (text: string) => boolean) => texts(index).length > 0 && texts(index).every(holds);
  const found = withStates(withInnerNumbers([...columns], all, lexicon), all, lexicon);
  return found.map((column, index) => {
    const numbers = column.role === "seq" ? texts(index).map(text => text.replace(/[、.．]$/u, "")) : [];
    const heads = numbers.some(isChineseNumber) && numbers.some(text => /^\d+$/.test(text));
    return heads ? { ...column, heads } : column;
  });
}

type All = (index: number, holds: (text: string) => boolean) => boolean;

function withInnerNumbers(columns: Column[], all: All, lexicon: Lexicon): Column[] {
  const text = columns.findIndex(({ role }) => role === "text");
  const isNumbers = ({ name, role }: Column, index: number) =>
    index < text &&
    ((role === null && lexicon.rolesOf.get(name)?.includes("seq")) ||
      (role === "name" && columns[index + 1]?.name === name));
  const inner = columns.findLastIndex((column, index) => isNumbers(column, index) && all(index, cell => isCount(cell)));
  if (inner < 0) return columns;
  const outer = columns.findIndex(({ role }) => role === "seq");
  if (outer > inner) return columns;
  const hasCategory = columns.some(({ role }) => role === "category");
  return columns.map((column, index) => {
    if (index === inner) return { ...column, role: "seq" };
    if (index === outer) return { ...column, role: "categoryNo" };
    // Between the two numbers stands what the outer one counts.
    return column.role === "name" && !hasCategory && index < inner ? { ...column, role: "category" } : column;
  });
}

const isCount = (text: string) => parseNumber(text) !== null;

function withStates(columns: Column[], all: All, { statuses }: Lexicon): Column[] {
  const attained = columns.flatMap(({ role }, index) => (role === "progress" ? [index] : []));
  const hasStatus = columns.some(({ role }) => role === "status");
  const states = attained.filter(index => all(index, cell => statuses.includes(cell.replace(/[。；]$/u, ""))));
  if (hasStatus || states.length !== 1 || attained.length < 2) return columns;
  const rest = attained.length - states.length;
  return columns.map((column, index) => {
    if (index === states[0]) return { name: column.name, role: "status" };
    // A second column of progress was told from the first by its name; alone it needs none.
    return column.role === "progress" && rest === 1 && column.label === column.name
      ? { name: column.name, role: "progress" }
      : column;
  });
}
