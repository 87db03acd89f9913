/** Documents that nobody would write, of so many lines or pieces: what they are made of is read again and again by a naive reader. */
const title = "2024年江门市十件民生实事\n\n";
const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, n) => line(n));
const inItem = (content: string) => `${title}1.新建公园1个。\n${content}\n2.新建幼儿园2所。\n`;
const inCell = (role: string, content: string) =>
  `${title}序号\t工作任务\t${role}\t完成时间\n1\t新建公园1个。\t${content}\t12月底\n2\t新建幼儿园2所。\t市教育局\t12月底\n`;
const inRows = (rows: readonly string[]) =>
  `${title}序号\t工作任务\t责任单位\t完成时间\n1\t新建公园\t市民政局\t12月底\n${rows.join("\n")}\n2\t建园\t市教育局\t12月底\n`;
const inFlow = (content: readonly string[]) =>
  `${title}序号 工作任务 责任单位 责任人 完成时间\n1\n新建公园1个。\n${content.join("\n")}\n12月底\n`;

export const madeUp: Record<string, (count: number) => string> = {
  "contacts in one item": n => inItem(lines(n, i => `联系人：张三，电话${i}`).join("\n")),
  "lines of one item": n => inItem(lines(n, i => `其中第${i}片区建成口袋公园，惠及群众`).join("\n")),
  "fields that differ": n => inItem(lines(n, i => `责任单位：市教育局${i}`).join("\n")),
  "contents of one item": n => inItem(lines(n, i => `项目内容：建公园${i}个`).join("\n")),
  "titles inside an item": n => inItem(lines(n, () => "2024年江门市十件民生实事").join("\n")),
  "heads alone": n => `${title}${lines(n, i => `一、加强教育保障${i}`).join("\n")}\n`,
  "colons alone": n => inItem(lines(n, () => "：：：：责任单位：").join("\n")),
  "brackets open": n => inItem(lines(n, () => "（（（【【牵头单位").join("\n")),
  "brackets in brackets": n => inItem(`${"（".repeat(n)}${"）".repeat(n)}`),
  "one line": n => `${title}1.${"新建公园3个，".repeat(n)}。\n2.新建幼儿园2所。\n`,
  "lists that begin again": n =>
    `${title}${lines(n, i => (i % 2000 === 0 ? "2024年江门市十件民生实事" : ["1.建1个", "3.建", "2.建"][i % 3]!)).join("\n")}\n`,
  "a cell of fields": n => inCell("责任单位", lines(n, i => `配合单位：市教育局${i}；`).join("")),
  "a cell of brackets": n => inCell("责任单位", "（".repeat(n)),
  "a cell of unknown names": n => inCell("责任单位", lines(n, i => `市建设${i}`).join("、")),
  "a cell of people": n => inCell("责任人", "张 王三 李 ".repeat(n)),
  "rows of one task": n => inRows(lines(n, i => `\t续建公园${i}个\t\t`)),
  "rows of one list of names": n => inRows(lines(n, i => `\t\t市教育局${i}\t`)),
  "names without cells": n => inFlow(lines(n, () => "市教育局")),
  "tasks without cells": n => inFlow(lines(n, () => "新建公园。")),
};
