import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Tasks with indicators: each stands once or twice a year, with another number, word or scope. */
const INDICATED: readonly ((n: number) => string)[] = [
  n => `全年完成食品抽检任务量不少于${27000 + n * 130}批次，食品检验量达到每千人${6 + (n % 5) / 10}批次。`,
  n => `新建改建农村公路${n % 3 === 0 ? "约" : ""}${80 + n}公里，改造农村公路危旧桥${4 + (n % 9)}座。`,
  n => `为超过${3 + (n % 4)}万名适龄妇女免费提供乳腺癌、宫颈癌筛查。`,
  n => `城乡低保标准提高到每人每月${900 + n}元，重度残疾人护理补贴提高到每人每月${235 + n}元。`,
  n => `新增公办幼儿园学位${1500 + n * 20}个，公办幼儿园在园幼儿占比达到50%以上。`,
  n => `开展“粤菜师傅”培训${1000 + n * 10}人次以上，“南粤家政”培训不少于${3000 + n * 10}人次。`,
  n => `改造城镇老旧小区不少于${10 + (n % 30)}个，新增汽车停车泊位${2000 + n * 7}个。`,
  n => `在${100 + n}家农贸市场开展食用农产品快速检测，全年检测不少于${30 + (n % 20)}万批次。`,
];
/** What most tasks are: quantities that nobody follows through the years, or none. */
const OTHER: readonly ((n: number) => string)[] = [
  () => "加强心理健康服务体系建设，完善服务网络，提高服务能力。",
  n => `建设社区体育公园${n}个，“15分钟健身圈”覆盖率达到9${n % 10}%，惠及居民${n}.5万人。`,
  n => `为第${n}村小学更换课桌椅${20 + n}套，维修校舍${n}平方米，12月底前完成。`,
  n => `新建口袋公园${1 + (n % 9)}个（含滨江${n % 3}个），栽种树木${100 + n}株。`,
];
const ORGS = [
  "市市场监管局",
  "市交通运输局",
  "市卫生健康局",
  "市民政局",
  "市教育局",
  "市人力资源社会保障局",
  "市住房城乡建设局",
];
const PEOPLE = ["苟晓彤", "芶晓彤", "欧阳明", "王平", "何俊杰"];
const STATUS = ["已完成", "按进度完成", "进展较慢"];
const CATEGORIES = 10;

/** A workspace of one region with so many years of so many items each, every third year with what was attained. */
export function writeSyntheticWorkspace(folder: string, region: string, years: number, itemsAYear: number): void {
  mkdirSync(join(folder, "data", "sources"), { recursive: true });
  writeFileSync(join(folder, "minsheng.yaml"), "");
  const rows = ["file,region,year,kind,title,origin"];
  for (let y = 0; y < years; y++) {
    const year = 2026 - years + y;
    const isProgress = y % 3 === 2;
    const file = `synthetic-${year}.csv`;
    const title = `${year}年${region}民生实事${isProgress ? "1-6月进展情况汇总表" : "任务分解表"}`;
    writeFileSync(join(folder, "data", "sources", file), table(title, year, y, itemsAYear, isProgress));
    rows.push(`${file},${region},${year},${isProgress ? "progress" : "plan"},${title},虚构`);
  }
  writeFileSync(join(folder, "data", "sources.csv"), `${rows.join("\n")}\n`);
}

function table(title: string, year: number, y: number, count: number, isProgress: boolean): string {
  const head = ["大类", "序号", "工作任务", "分管市领导", "责任单位", "责任人", isProgress ? "进展情况" : "完成时限"];
  const lines = [title, ...(isProgress ? [`（截至${year}年6月30日）`] : []), head.join(",")];
  for (let i = 0; i < count; i++) {
    const category = Math.floor((i * CATEGORIES) / count);
    const task =
      i % 20 === 0 && i < 20 * INDICATED.length ? INDICATED[i / 20]!(y * 3) : OTHER[(i + y) % OTHER.length]!(i + y);
    const numbers = [...task.matchAll(/\d{2,}/g)].map(([text]) => Math.floor(Number(text) * (0.3 + (i % 8) / 10)));
    const status = STATUS[i % STATUS.length]!;
    const last = isProgress ? `${status}。截至6月底，${done(task, numbers)}` : `12月${10 + (i % 20)}日`;
    const orgs = [ORGS[i % ORGS.length], ORGS[(i + 3) % ORGS.length]].join("、");
    lines.push(
      [
        `${"一二三四五六七八九十"[category]}、第${category + 1}类民生实事`,
        String(i + 1),
        task,
        PEOPLE[i % PEOPLE.length]!,
        orgs,
        PEOPLE[(i + 1) % PEOPLE.length]!,
        last,
      ].join(","),
    );
  }
  return `${lines.map(line => line.replaceAll("\n", "")).join("\n")}\n`;
}

/** The task's words again, with other numbers. */
function done(task: string, numbers: readonly number[]): string {
  let k = 0;
  return task.replaceAll("不少于", "").replaceAll(/\d{2,}/g, () => String(numbers[k++] ?? 1));
}
