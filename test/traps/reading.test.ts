import { describe, expect, it } from "vitest";
import { realFacts } from "./facts.ts";

const { rows, ask, measured } = realFacts();
const item = async (id: string, columns: string) =>
  (await rows(`SELECT ${columns} FROM items WHERE item_id = $id`, { id }))[0];
const list = async (id: string, table: "item_orgs" | "item_people", column: string) =>
  (await rows(`SELECT ${column} AS name FROM ${table} WHERE item_id = $id ORDER BY ord`, { id })).map(row => row.name);

/** Traps 37–51: dates, organisations, persons and tables as they are printed. */
describe("traps of reading", () => {
  it("trap 37: the column's deadline rules, and the text keeps its own", async () => {
    const residence = await item("jiangmen-2020/16", "deadline, deadline_text, text");
    expect(residence).toMatchObject({ deadline: "2020-04-30", deadline_text: "4 月底" });
    expect(residence!.text).toMatch(/^2020 ?年底前/);
    const homes = await item("jiangmen-2025/2", "deadline, text");
    expect(homes).toMatchObject({ deadline: "2025-12-10" });
    expect(homes!.text).toContain("2025 年底");
  });

  it("trap 38: 12月底 is in December, J21 has no deadline, K24's is the last node", async () => {
    expect(await item("jiangmen-2020/1", "deadline")).toEqual({ deadline: "2020-12-31" });
    expect(await rows("SELECT count(deadline) AS n FROM items WHERE document_id = 'jiangmen-2021'")).toEqual([
      { n: "0" },
    ]);
    const last = await rows(
      "SELECT i.item_id FROM items i WHERE document_id = 'kaiping-2024' AND deadline <> (SELECT max(due) FROM milestones m WHERE m.item_id = i.item_id)",
    );
    expect(last).toEqual([]);
    expect(await ask("deadlines-before", { region: "江门市" }, "年份", "之前完成", "没有时限")).toEqual([
      ["2020", "4", "0"],
      ["2021", "0", "25"],
      ["2023", "6", "0"],
      ["2025", "4", "0"],
    ]);
  });

  it("trap 39: printed before it was issued is a finding; the title is the annex's own", async () => {
    expect(
      await rows("SELECT issued_on, title, document_number FROM documents WHERE document_id = 'kaiping-2024'"),
    ).toEqual([
      { issued_on: "2024-02-29", title: "2024年开平市十件民生实事项目", document_number: "开府办〔2024〕8号" },
    ]);
    expect(await rows("SELECT code, severity FROM findings WHERE document_id = 'kaiping-2024'")).toEqual([
      { code: "printed-before-issued", severity: "warning" },
    ]);
  });

  it("trap 40: an organisation keeps its id through renamings", async () => {
    const ids = async (pattern: string) =>
      (
        await rows(
          "SELECT DISTINCT agency_id FROM item_orgs WHERE item_id LIKE 'jiangmen-%' AND regexp_matches(org, $pattern) ORDER BY 1",
          { pattern },
        )
      ).map(row => row.agency_id);
    expect(await ids("^市政务")).toEqual(["440700/市政务和数据局"]);
    expect(await ids("^市消防")).toEqual(["440700/市消防救援支队"]);
    expect(await ids("^各.*政府")).toEqual(["440700/各县（市、区）政府"]);
    expect(await list("jiangmen-2021/22", "item_orgs", "org")).toContain("市消防支队");
  });

  it("trap 41: 市住房和城乡建设局 is 市住房城乡建设局: six items in 2020, not five", async () => {
    const rows_ = await ask(
      "organisation-items",
      { org: "市住房城乡建设局", region: "江门市", year: "2020" },
      "参与项数",
      "单位",
    );
    expect(rows_).toEqual([["6", "市住房和城乡建设局、市住房城乡建设局"]]);
  });

  it("trap 42: 苟晓彤 and 芶晓彤 are one person; blanks within names go", async () => {
    expect(await rows("SELECT DISTINCT person_id FROM item_people WHERE person LIKE '%晓彤' ORDER BY 1")).toEqual([
      { person_id: "440700/苟晓彤" },
    ]);
    expect(await rows("SELECT DISTINCT person FROM item_people WHERE person LIKE '%晓彤' ORDER BY 1")).toHaveLength(2);
    expect(await rows("SELECT count(*) AS n FROM item_people WHERE regexp_matches(person, '\\s')")).toEqual([
      { n: "0" },
    ]);
    expect(await rows("SELECT count(*) AS n FROM items WHERE regexp_matches(leader, '\\s')")).toEqual([{ n: "0" }]);
    for (const name of ["蒋茜", "刘兵", "王平"])
      expect(await rows("SELECT DISTINCT person_id FROM item_people WHERE person = $name", { name })).toEqual([
        { person_id: `440700/${name}` },
      ]);
  });

  it("trap 43: persons in other duties", async () => {
    const changed = await ask("changed-duties", { region: "江门市" }, "姓名");
    expect(changed.flat().sort()).toEqual(
      ["林健生", "谢少谋", "邝积康", "赖惠镇", "马品高", "刘兵", "胡其波", "谢焱冰", "汤惠红"].sort(),
    );
  });

  it("trap 44: two persons of one organisation in one document stay two, tied to items, not to the organisation", async () => {
    for (const [seq, person] of [
      ["16", "谢焱冰"],
      ["21", "谭良伟"],
    ] as const)
      expect(await list(`jiangmen-2020/${seq}`, "item_people", "person")).toContain(person);
    expect(await list("jiangmen-2020/5", "item_people", "person")).toContain("蔡汉文");
    expect(await list("jiangmen-2020/14", "item_people", "person")).toContain("顾达华");
    for (const [seq, person] of [
      ["17", "姚益平"],
      ["19", "汪世雷"],
    ] as const)
      expect(await list(`jiangmen-2020/${seq}`, "item_people", "person")).toContain(person);
    // No table pairs a person with an organisation.
    expect(
      await rows(
        "SELECT table_name FROM duckdb_columns() WHERE column_name IN ('org', 'person') GROUP BY 1 HAVING count(*) > 1",
      ),
    ).toEqual([]);
  });

  it("trap 45: category 三 in two spellings is one, and ten in all; roads stand under 脱贫", async () => {
    expect(
      await rows(
        "SELECT DISTINCT category_no, category FROM items WHERE item_id IN ('jiangmen-2020/6', 'jiangmen-2020/7', 'jiangmen-2020/8', 'jiangmen-2020/9')",
      ),
    ).toEqual([{ category_no: "3", category: "加大市场食品安全监管力度" }]);
    expect(await rows("SELECT count(DISTINCT category) AS n FROM items WHERE document_id = 'jiangmen-2020'")).toEqual([
      { n: "10" },
    ]);
    expect(await item("jiangmen-2020/13", "category")).toEqual({ category: "打赢精准脱贫攻坚战" });
    expect(await rows("SELECT code FROM findings WHERE document_id = 'jiangmen-2020'")).toEqual([
      { code: "category-spelled-twice" },
    ]);
  });

  it("trap 46: merged category cells are filled down; broken heads are joined", async () => {
    const filled = await rows(
      "SELECT seq, category_no FROM items WHERE document_id = 'jiangmen-2021' AND seq IN (5, 7, 10, 12, 14, 16, 18, 19) ORDER BY seq",
    );
    expect(filled.map(row => row.category_no)).toEqual(["2", "2", "3", "3", "4", "4", "5", "5"]);
    expect(
      await rows("SELECT DISTINCT category FROM items WHERE document_id = 'jiangmen-2025' AND category_no = 6"),
    ).toEqual([{ category: "推动城乡教育均衡和科普教育创新" }]);
  });

  it("trap 47: 市直各相关单位负责人 is one entry; brackets of any width name the lead", async () => {
    expect(await list("jiangmen-2020/15", "item_orgs", "org")).toHaveLength(6);
    expect(await list("jiangmen-2020/15", "item_people", "person")).toEqual([
      "元小文",
      "容新荣",
      "林健生",
      "苟晓彤",
      "市直各相关单位负责人",
      "各市（区）长",
    ]);
    const [cleaning] = await rows("SELECT lead_org, text FROM items WHERE item_id = 'jiangmen-2020/21'");
    expect(cleaning).toEqual({ lead_org: "市城市管理综合执法局", text: "持续开展“城管进社区管到位”行动。" });
  });

  it("trap 48: organisations joined by a line break only are two", async () => {
    expect(await list("jiangmen-2021/20", "item_orgs", "org")).toEqual([
      "市人力资源社会保障局",
      "市委统战部",
      "市人才工作局",
      "市妇联",
    ]);
    expect(await list("jiangmen-2021/20", "item_people", "person")).toEqual(["钱杰润", "庄春维", "李曦", "林露华"]);
  });

  it("trap 49: a doubled word stays; lines broken within words are joined; a footer is no item", async () => {
    expect((await item("jiangmen-2023/26", "text"))!.text).toContain("诉求诉求快速响应平台");
    const broken = await rows(
      "SELECT count(*) AS n FROM items WHERE document_id = 'jiangmen-2025' AND regexp_matches(text, '\\n|[一-龥] [一-龥]')",
    );
    expect(broken).toEqual([{ n: "0" }]);
    expect((await item("jiangmen-2025/26", "text"))!.text).toMatch(/新生儿听力障碍筛查。$/);
    expect(await rows("SELECT count(*) AS n, max(seq) AS last FROM items WHERE document_id = 'jiangmen-2025'")).toEqual(
      [{ n: "26", last: "26" }],
    );
  });

  it("trap 50: names with figures are no measures", async () => {
    expect(await measured("J23#11")).toEqual(["100项"]);
    expect(await measured("J23#28")).toEqual([]);
    expect(await measured("J23#26")).toEqual([">=50类", "20%"]);
    expect(await measured("K24#24")).toEqual(["20个"]);
    expect(await measured("J20#12")).toEqual(["100%"]);
    expect(await measured("J25#6")).toEqual(["8个", "8支", "7个", ">80场次", ">10000人次"]);
    expect(
      await rows("SELECT quote FROM measures WHERE regexp_matches(quote, '12355|12345|第五|65 ?岁|两癌|二级以上')"),
    ).toEqual([]);
  });

  it("trap 51: no quantified target is 未定量, never 0", async () => {
    const found = await ask("unquantified-items", {}, "年份", "序号", "目标");
    expect(found.map(([year, seq]) => `${year}#${seq}`).sort()).toEqual(
      ["2023#28", "2023#29", "2021#2", "2021#16", "2020#16", "2020#21", "2024#14"].sort(),
    );
    expect(new Set(found.map(([, , target]) => target))).toEqual(new Set(["未定量"]));
    expect(await rows("SELECT count(*) AS n FROM measures WHERE value = 0")).toEqual([{ n: "0" }]);
  });
});
