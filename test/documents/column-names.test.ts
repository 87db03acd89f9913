import { expect, test } from "vitest";
import { meaningOf, meaningUnder } from "../../src/documents/layout/column-names.ts";
import { loadDocumentReference } from "../../src/documents/reference.ts";
import { openWorkspace } from "../../src/workspace/workspace.ts";

const { lexicon } = loadDocumentReference(openWorkspace(null));

test.each([
  ["主要内容及目标", "text"],
  ["工作内容及目标", "text"],
  ["年度目标任务", "text"],
  ["具体工作内容", "text"],
  ["建设内容及规模", "text"],
  ["建设规模及内容", "text"],
  ["项目概况", "text"],
  ["工作要求", "text"],
  ["内容、标准", "text"],
  ["责任分工", "orgs"],
  ["牵头及配合单位", "orgs"],
  ["配合单位及部门", "support"],
  ["牵头（责任）单位", "lead"],
  ["责任单位和责任人", "leadWithPeople"],
  ["责任单位、负责人", "leadWithPeople"],
  ["计划竣工时间", "deadline"],
  ["任务完成情况", "progress"],
  ["截至6月底进展情况", "progress"],
  ["一季度完成情况", "progress"],
  ["第一季度工作目标", "milestones"],
  ["下一步工作措施", "other"],
  ["计划进度", "milestones"],
  ["预计完成率", undefined],
  ["目标任务及完成情况", undefined],
  ["分管领导及责任人", undefined],
  ["整改措施", undefined],
  ["满意度", undefined],
  ["工程类别", "category"],
  ["民生工程类别", "category"],
  ["项目分类", "category"],
  ["项目类别", "category"],
  ["实事类别", "category"],
  ["民生实事类别", "category"],
  ["事项类别", "category"],
  ["项目所属领域", "category"],
  ["大类名称", "category"],
  ["工程内容", "text"],
  ["工程名称", "name"],
  ["人员类别", undefined],
  ["单位类别", undefined],
])("%s is %s", (name, role) => {
  const { roles } = meaningOf(name, lexicon);
  if (role === undefined) expect(roles).toEqual([]);
  else expect(roles).toContain(role);
});

test.each([
  ["责任单位", "牵头", "lead"],
  ["责任单位", "配合", "support"],
  ["进度安排", "二季度", "milestones"],
  ["完成情况", "二季度", "progress"],
  ["序", "号", "seq"],
  ["测评等次", "满意", "ballot"],
])("under %s, %s is %s", (above, name, role) => {
  expect(meaningUnder(above, name, lexicon).roles[0]).toBe(role);
});
