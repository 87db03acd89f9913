import { describe, expect, test } from "vitest";
import { type NameGrammar, readOrganisations } from "../../src/documents/layout/names.ts";
import { readLeadsWithPeople, readPeople } from "../../src/documents/layout/people.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

const { lexicon, regions } = loadDocumentReference(openWorkspace(null));
const grammar: NameGrammar = { lexicon, startsWithRegion: text => regions.beginsWithName(text) };

describe("organisations", () => {
  test.each([
    ["市民政局 市财政局 各市（区）政府", ["市民政局", "市财政局", "各市（区）政府"]],
    ["市人才工作局\n市妇联", ["市人才工作局", "市妇联"]],
    ["市人力资源社会保\n\n障局\n市社保局", ["市人力资源社会保障局", "市社保局"]],
    ["各县（市、区）\n\n政府", ["各县（市、区）政府"]],
    ["各县（市、\n区）政府", ["各县（市、区）政府"]],
    ["市科协\n市科普工作联席会\n议成员单位\n江海区政府", ["市科协", "市科普工作联席会议成员单位", "江海区政府"]],
    ["团市委、市妇联，市残联；江门供电局", ["团市委", "市妇联", "市残联", "江门供电局"]],
    ["市教育局/市财政局／市住建局", ["市教育局", "市财政局", "市住建局"]],
    ["人民银行江门市中心支行", ["人民银行江门市中心支行"]],
    ["市委组织部 市委老干部局", ["市委组织部", "市委老干部局"]],
  ])("%j", (text, names) => {
    expect(readOrganisations(text, 8, grammar)).toEqual({ names, unclear: [] });
  });

  test("a name whose ending is unknown is kept and reported", () => {
    expect(readOrganisations("市烟草 市教育局", 8, grammar)).toEqual({
      names: ["市烟草", "市教育局"],
      unclear: ["市烟草"],
    });
  });
});

describe("people", () => {
  test.each([
    ["梁君明 聂加伟 刘 兵", ["梁君明", "聂加伟", "刘兵"]],
    ["芶晓彤\n\n蒋  茜", ["芶晓彤", "蒋茜"]],
    ["王 平 易 陟", ["王平", "易陟"]],
    ["林健生 苟晓彤 市直各相关单位 负责人 各市（区）长", ["林健生", "苟晓彤", "市直各相关单位负责人", "各市（区）长"]],
    ["灵 君\n市科普工作联席\n会议成员单位主\n要负责同志", ["灵君", "市科普工作联席会议成员单位主要负责同志"]],
    ["谢鸿猷 江宁进 各县（市、区）\n长", ["谢鸿猷", "江宁进", "各县（市、区）长"]],
    ["副市长 张三", ["张三"]],
    ["副市长张三丰", ["张三丰"]],
    ["常务副市长 张 三\n副市长 李四", ["张三", "李四"]],
    ["张三 市教育局局长", ["张三"]],
    ["张三（市教育局局长）", ["张三"]],
    ["张 三丰", ["张三丰"]],
    ["欧阳 明  王  平", ["欧阳明", "王平"]],
    ["欧阳明华 司马 光", ["欧阳明华", "司马光"]],
    ["李明/赵一", ["李明", "赵一"]],
    ["李明 / 赵一", ["李明", "赵一"]],
    ["李 大 力", ["李大力"]],
    ["阿不都 • 热合曼", ["阿不都·热合曼"]],
    ["张三同志\n李四副局长", ["张三", "李四"]],
    ["措旺拉姆 阿不都·热合曼 赖惠镇", ["措旺拉姆", "阿不都·热合曼", "赖惠镇"]],
  ])("%j", (text, names) => {
    expect(readPeople(text, grammar)).toEqual({ names, unclear: [] });
  });

  test.each([
    ["王平 李 张三", ["王平", "李张三"], ["李张三"]],
    ["刘 兵 王 平 李", ["刘 兵 王 平 李"], ["刘 兵 王 平 李"]],
    ["张三\n副市长", ["张三", "副市长"], ["副市长"]],
  ])("what may be one or two is reported: %j", (text, names, unclear) => {
    expect(readPeople(text, grammar)).toEqual({ names, unclear });
  });

  test("a single character that belongs to no other is reported", () => {
    expect(readPeople("王平 李", grammar)).toEqual({ names: ["王平", "李"], unclear: ["李"] });
  });
});

test.each([
  "市民政局 李明华",
  "市民政局（李明华）",
  "市民政局：李明华",
  "市民政局\n李明华",
  "市民政局\n李 华\n市财政局 陈大文",
])("organisations with their heads: %j", text => {
  const { organisations, people, unclear } = readLeadsWithPeople(text, 8, grammar);
  const two = text.includes("财政");
  expect({ organisations, people, unclear }).toEqual({
    organisations: two ? ["市民政局", "市财政局"] : ["市民政局"],
    people: two ? ["李华", "陈大文"] : ["李明华"],
    unclear: [],
  });
});
